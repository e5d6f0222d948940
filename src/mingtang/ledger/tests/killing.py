"""Run by `test_whole.py` in a process of its own: acts are killed at every statement, or done by two at once.

Prints one JSON value: what was there after each kill (see `tests.killing`).
"""

import json
import sys
from typing import Any

from django.core.files.base import ContentFile
from django.db import connections
from django.utils import timezone

from mingtang.ledger import actions, building, evidence
from mingtang.ledger.models import Assignment, Evidence, Import, Item, Ledger, Task
from mingtang.ledger.tests.conftest import MOMENT, NOTICE, County, draft_of_the_notice, later
from mingtang.trace.actions import record
from mingtang.trace.models import Event
from tests.killing import killed_everywhere, together


def _written() -> list[int]:
    """Ledgers, items, tasks, drafting events: what an import writes."""
    drafted = Event.objects.filter(verb="ledger.drafted").count()
    return [Ledger.objects.count(), Item.objects.count(), Task.objects.count(), drafted]


def _issued() -> list[int]:
    """Issued ledgers, duties, issuing events, fixed groups."""
    from mingtang.bodies.models import Expansion

    issued = Event.objects.filter(verb="ledger.issued").count()
    return [Ledger.objects.filter(state="issued").count(), Assignment.objects.count(), issued,
            Expansion.objects.count()]  # fmt: skip


def main() -> None:
    """Do all trials and print what was seen."""
    json.dump(_trials(), sys.stdout)


def _trials() -> dict[str, Any]:
    """All trials, in the order in which a notice lives."""
    county = County()
    notice = actions.receive(
        ContentFile(NOTICE.encode(), "a.txt"), body=county.office, actor=county.clerk, moment=MOMENT
    )
    found = {"import": killed_everywhere(lambda: _read(notice.pk), _written)}
    ledger = building.build(draft_of_the_notice(), NOTICE, body=county.office, notice=None, moment=MOMENT)
    found["issue"] = killed_everywhere(lambda: actions.issue(ledger, actor=county.clerk, moment=MOMENT), _issued)
    other = building.build(
        draft_of_the_notice(MOMENT.date().replace(year=2023)), NOTICE, body=county.office, notice=None, moment=MOMENT
    )
    found["two_issue"] = {"status": together(*[lambda: actions.issue(other, actor=county.clerk, moment=MOMENT)] * 2)}
    found["two_issue"]["events"] = Event.objects.filter(verb="ledger.issued", thing=f"ledger.ledger:{other.pk}").count()
    found["two_confirm"] = _two_confirm(county)
    connections.close_all()
    return found


def _read(pk: int) -> None:
    actions.read(Import.objects.get(pk=pk), clock=timezone.now)


def _two_confirm(county: County) -> dict[str, Any]:
    from django.db import transaction

    data = {"title": "视频解读", "path": "records/r1/", "column": "a", "topic": "J", "genre": "interpretation",
            "form": "视频"}  # fmt: skip
    with transaction.atomic():
        record("records.published", "records.record:1", actor="system:test", body="jyj", moment=later(1), data=data)
    evidence.catch_up()
    one = Evidence.objects.filter(quota__form="视频").first()
    status = together(*[lambda: actions.confirm(one, actor=county.teacher, moment=later(2))] * 2)
    confirmed = Event.objects.filter(verb="ledger.evidence_confirmed", data__evidence=one.pk).count()
    return {"status": status, "events": confirmed, "state": Evidence.objects.get(pk=one.pk).state}
