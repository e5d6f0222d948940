"""Run by `test_whole.py` in a process of its own: acts are killed at every statement, or done by two at once.

Prints one JSON value: what was there after each kill (see `tests.killing`).
"""

import json
import sys
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import connections

from mingtang.records.models import Record
from mingtang.reports import actions, filling, queries
from mingtang.reports.models import AnnualReport, Version
from mingtang.reports.tests.conftest import JANUARY, County
from mingtang.trace.models import Event
from tests.killing import killed_everywhere, together


def main() -> None:
    """Do all trials and print what was seen."""
    json.dump(_trials(), sys.stdout)


def _events(verb: str) -> int:
    return Event.objects.filter(verb=f"reports.{verb}").count()


def _state(report: AnnualReport) -> str:
    return AnnualReport.objects.get(pk=report.pk).state


def _reopened() -> list[Any]:
    """The report's state, its corrections, its versions, the reopening events."""
    report = AnnualReport.objects.get()
    return [report.state, report.corrections.count(), report.versions.count(), _events("reopened")]


def _trials() -> dict[str, Any]:
    """All trials, in the order in which a report lives."""
    county = County()
    report = county.filled(county.opened())
    by: dict[str, Any] = {"actor": county.clerk, "moment": JANUARY}
    found: dict[str, Any] = {}
    submit, release = (lambda: actions.submit(report, **by)), (lambda: actions.release(report, **by))
    found["two_submit"] = {"status": together(submit, submit), "state": _state(report), "events": _events("submitted")}
    actions.accept(report, **by)
    found["two_release"] = {
        "status": together(release, release), "versions": Version.objects.count(), "records": Record.objects.count(),
        "events": _events("released"),
    }  # fmt: skip
    county.signed(AnnualReport.objects.select_related("body", "record").get())
    later = JANUARY + timedelta(days=30)
    own = AnnualReport.objects.select_related("body", "record").get()
    found["reopen"] = killed_everywhere(
        lambda: actions.reopen(own, "漏报两件处罚", actor=county.head, moment=later), _reopened
    )
    place = ("norms", "penalties", "decisions")
    found["two_correct"] = {
        "status": together(
            lambda: actions.correct(own, *place, Decimal(5), "漏报两件，见案卷", actor=county.writer, moment=later),
            lambda: actions.correct(own, *place, Decimal(6), "漏报三件，见案卷", actor=county.clerk, moment=later),
        ),
        "kept": [[str(each.old), str(each.new)] for each in own.corrections.order_by("pk")],
        "now": str(filling.sheet(AnnualReport.objects.get()).value(*place)),
    }  # fmt: skip
    out = queries.published(AnnualReport.objects.select_related("body", "record").get())
    found["public"] = None if out is None else str(out.tables.norm("penalties", "decisions"))
    connections.close_all()
    return found
