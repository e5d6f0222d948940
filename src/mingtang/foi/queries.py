"""Reading requests: what one may see, the board's lines, similar requests, how often an applicant asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from mingtang.foi import access, standing
from mingtang.foi.models import OPEN_STATES, Asked, Request
from mingtang.foi.similar import likeness, marks
from mingtang.foi.standing import Clocked

#: How far back similar requests are looked for, and how many are compared.
LOOK_BACK, MOST_COMPARED = timedelta(days=730), 2000
#: From this likeness on two requests are shown as similar.
SIMILAR = 0.5


@dataclass(frozen=True)
class Line:
    """One line of the board: the request as the clock has it today; `left` working days, None where none run."""

    request: Request
    clocked: Clocked
    left: int | None


def visible(user: Any, on: date, verb: str = "foi.view") -> QuerySet[Request]:
    """The requests that the user may see (or do `verb` to), with what a list shows of each."""
    rows = access.limited(Request.objects.all(), user, verb, on=on)
    return rows.select_related("body", "unit", "handler__person", "campaign")


def open_ones(rows: QuerySet[Request]) -> QuerySet[Request]:
    """Those still to be worked on, the most pressing first; what waits for its receipt to be confirmed leads."""
    return rows.filter(state__in=OPEN_STATES).order_by("next_due", "due_on", "id")


def lines(rows: Sequence[Request] | QuerySet[Request], on: date) -> list[Line]:
    """The lines of a page of requests, folded as of the day: three queries, however many they are."""
    folded = standing.with_steps(rows) if isinstance(rows, QuerySet) else rows
    return [_line(row, on) for row in folded]


def _line(row: Request, on: date) -> Line:
    clocked = standing.of(row, on)
    return Line(row, clocked, clocked.standing.remaining)


def numbers(rows: QuerySet[Request], on: date) -> dict[str, int]:
    """How many requests are open, overdue, due within seven days, unconfirmed, waiting for others: one query."""
    soon = on + timedelta(days=7)
    is_open = Q(state__in=OPEN_STATES)
    return rows.order_by().aggregate(
        open=Count("pk", filter=is_open),
        overdue=Count("pk", filter=is_open & Q(due_on__lt=on)),
        soon=Count("pk", filter=is_open & Q(due_on__gte=on, due_on__lte=soon)),
        unconfirmed=Count("pk", filter=Q(state="unconfirmed")),
        waiting=Count("pk", filter=Q(state__in=["correcting", "paused"])),
    )


def similar(request: Request, *, most: int = 10) -> list[tuple[Request, float]]:
    """Other requests to the same body that ask for much the same, the most alike first."""
    own = marks(f"{request.subject} {request.wanted}")
    since = request.arrived_on - LOOK_BACK
    others = Request.objects.filter(body=request.body_id, arrived_on__gte=since, merged_into=None)
    near = others.exclude(pk=request.pk).order_by("-arrived_on")[:MOST_COMPARED]
    found = [(other, likeness(own, marks(f"{other.subject} {other.wanted}"))) for other in near]
    return sorted((pair for pair in found if pair[1] >= SIMILAR), key=lambda pair: -pair[1])[:most]


def asked_by_same(request: Request) -> dict[str, int]:
    """How many requests and things the same applicant sent this body: this month, and within a year."""
    same = Request.objects.filter(body=request.body_id, applicant__same=request.applicant.same, merged_into=None)
    month = same.filter(arrived_on__gte=request.arrived_on.replace(day=1))
    year = same.filter(arrived_on__gt=request.arrived_on - timedelta(days=365))
    return {
        "month": month.count(),
        "month_things": Asked.objects.filter(request__in=month).count(),
        "year": year.count(),
    }
