"""The days between two dates counted out, in the same view as the deadlines of a request: other dates open here."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _

from mingtang.foi import days
from mingtang.foi.pages import month_grid, reckoning
from mingtang.foi.pages.month_grid import Month, Span
from mingtang.foi.pages.steps import day
from mingtang.foi.pages.story import PATH
from mingtang.law.calendar import WorkCalendar
from mingtang.law.clock import CountedClockDay
from mingtang.law.errors import LawError
from mingtang.law.rules import Rule
from mingtang.trace.pages import Page, Reply

#: Longest span that is laid out, in days: the page of a longer one helps nobody.
LONGEST = 800


@dataclass(frozen=True)
class Counted:
    """The days after `start` up to and with `end`, laid out."""

    start: date
    end: date
    working_days: int
    months: tuple[Month, ...]
    remarks: list[Span]
    weekends: int
    rules: tuple[Rule, ...]


def address(start: date, due: date) -> str:
    """The address of the count from one day to another, the earlier first."""
    first, last = sorted((start, due))
    return PATH + "?" + urlencode({"from": first.isoformat(), "to": last.isoformat()})


def asked(request: HttpRequest) -> bool:
    """Whether the calculator is asked for days between two dates."""
    return "from" in request.GET


def answer(request: HttpRequest) -> Reply:
    """The page: the two days, and the count where both can be read."""
    written = {name: request.GET.get(name, "").strip()[:20] for name in ("from", "to")}
    start, end = day(written["from"]), day(written["to"])
    faults = {name: _("请写成 2026-03-02 的样子。") for name, value in written.items() if value and day(value) is None}
    context: dict[str, Any] = {
        "written": written, "faults": faults, "problem": "", "counted": None, "estimated": 0,
    }  # fmt: skip
    if start and end:
        context |= _laid_out(start, end)
    return Reply(Page("foi/span.html", context, frozenset()), headers={"Cache-Control": "no-cache"})


def _laid_out(start: date, end: date) -> dict[str, Any]:
    """The count, with the year that had to be assumed; else why there is none."""
    if end < start:
        return {"problem": _("后一个日子早于前一个：请对调。")}
    if (end - start).days > LONGEST:
        return {"problem": _("相隔超过%d天，不再逐日列出：请选近一些的日子。") % LONGEST}
    try:
        return {"counted": count(start, end, days.calendar())}
    except LawError as error:
        problem = reckoning.in_plain_words(error)
    if problem.year not in days.ahead():
        return {"problem": problem.said}
    return {"counted": count(start, end, days.estimated()), "estimated": problem.year}


def count(start: date, end: date, calendar: WorkCalendar) -> Counted:
    """The days between, by a calendar; raises `UnknownYear`."""
    found = calendar.between(start, end)
    passed = [CountedClockDay(each.day, each.number, each.day.reason or each.day.weekday) for each in found.days]
    return Counted(
        start=start,
        end=end,
        working_days=found.working_days,
        months=month_grid.months(start, end, passed),
        remarks=month_grid.remarks(start, end, passed, ()),
        weekends=month_grid.weekends(passed),
        rules=found.rules,
    )
