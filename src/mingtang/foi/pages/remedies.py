"""The guide to remedies: what happened leads to what can be done, with the time there is and the clause."""

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from mingtang.foi import days
from mingtang.foi.pages import offices
from mingtang.foi.pages.remedy_cases import CASES, CHAPTERS, Case
from mingtang.foi.pages.steps import day
from mingtang.law import remedies
from mingtang.law.calendar import WorkCalendar
from mingtang.law.errors import LawError
from mingtang.law.remedies import LastDay, Remedy
from mingtang.law.shelf import rule
from mingtang.trace.pages import LivePage, Page, PageSource, Reply

#: The complaint to the office above: Order 711, articles 47 and 51.
COMPLAINT = ("disclosure-regulation.47", "disclosure-regulation.51")


def guide() -> Page:
    """The question: what happened?"""
    return Page("foi/remedies.html", {"chapters": CHAPTERS}, frozenset())


def case(slug: str) -> Page | None:
    """What somebody can do to whom one of these things happened."""
    found = CASES.get(slug)
    if found is None:
        return None
    office = offices.openness_office()
    tags = frozenset({f"body:{office.code}"} if office else set())
    return Page("foi/remedy.html", {"case": found, "office": office, **_clauses(found)}, tags)


def _clauses(found: Case) -> dict[str, Any]:
    ways = {each.value: each.rule for each in Remedy}
    return {
        "rules": [rule(each) for each in found.rules],
        "first": rule(found.first) if found.first else None,
        "complaint": [rule(each) for each in COMPLAINT],
        "ways": ways,
        "to_whom": rule("reconsideration-law.24"),
    }


def _arguments() -> Iterator[Mapping[str, Any]]:
    yield from ({"slug": slug} for slug in CASES)


def last_days(request: HttpRequest) -> Reply:
    """The last days for reconsideration and for the court, from the day on which the reply came.

    `case` is one of the guide's; `on` the day, `after` the day of a decision on reconsideration where there was one.
    """
    found = CASES.get(request.GET.get("case", ""))
    on, after = request.GET.get("on", "").strip()[:20], request.GET.get("after", "").strip()[:20]
    known, decided = day(on), day(after)
    faults = {
        name: _("请写成 2026-03-02 的样子。")
        for name, written, read in (("on", on, known), ("after", after, decided))
        if written and read is None
    }
    context: dict[str, Any] = {"case": found, "on": on, "after": after, "faults": faults, "problem": "", "found": []}
    if known is not None and not faults:
        try:
            context["found"] = reckoned(
                known, decided, bool(found and found.first), days.calendar(), timezone.localdate()
            )
        except LawError as error:
            context["problem"] = str(error)
    return Reply(Page("foi/last_days.html", context, frozenset()), headers={"Cache-Control": "no-cache"})


def reckoned(
    known: datetime.date,
    decided: datetime.date | None,
    review_first: bool,
    calendar: WorkCalendar,
    today: datetime.date,
) -> list[tuple[LastDay, int]]:
    """The remedies that are open, each with its last day and how many days are left (negative: it is over)."""
    ways = [(Remedy.RECONSIDERATION, known)]
    if not review_first and decided is None:
        ways.append((Remedy.LITIGATION, known))
    if decided is not None:
        ways.append((Remedy.LITIGATION_AFTER_REVIEW, decided))
    found = [remedies.last_day(way, since, calendar) for way, since in ways]
    return [(each, (each.due - today).days) for each in found]


SOURCES = (
    PageSource("request-remedies", "foi/remedies/", guide, verbs=(), timeless=True),
    PageSource("request-remedy", "foi/remedies/<slug:slug>/", case, _arguments, verbs=offices.VERBS, timeless=True),
)
LIVE = LivePage("request-last-days", "foi/remedies/last-days", last_days)
