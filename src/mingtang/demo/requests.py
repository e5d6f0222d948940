"""Requests for information as a county has them: each kind of way a request goes, acted out by a seeded hand.

Every request follows a script that does what handlers and heads do (`mingtang.demo.acting`) and says how many working
days pass in between. All scripts run together in the order of their days, up to a moment: what is not done by then is
left as it stands, so that the board of a demo shows requests in every state.
"""

import heapq
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from django.db import transaction
from django.utils import timezone

from mingtang.demo.acting import Cast, Play
from mingtang.foi import days
from mingtang.foi.errors import NotSealable
from mingtang.foi.models import Request

DAY = timedelta(days=1)

#: Does something, says how many working days pass, goes on.
Script = Callable[[Play], Iterator[int]]


#: A day on which a request comes in, and the way it goes.
Plan = Sequence[tuple[date, Script]]


def spread(scripts: Sequence[Script], *, seed: int, first: date, last: date) -> Plan:
    """The scripts in their order on working days between two, drawn by the seed; the first and the last among them."""
    hand = Random(seed)  # noqa: S311 - a demo's choices, not a secret
    open_days = [day.date for day in days.estimated().walk(first, last) if day.works]
    chosen = sorted(hand.choices(open_days, k=len(scripts)))
    return list(zip([open_days[0], *chosen[1:-1], open_days[-1]], scripts, strict=True))


def run(cast: Cast, plan: Plan, *, seed: int, until: datetime, hand: type[Play] = Play) -> list[Request]:
    """Act out the requests of a plan; what has happened by the moment `until`, each done the way `hand` does it.

    A letter that cannot be sealed (no fonts on this machine) stays a draft, and its request stays where it is.
    """
    dice = Random(seed)  # noqa: S311
    waiting: list[tuple[datetime, int, Iterator[int]]] = []
    plays: list[Play] = []
    for number, (begun, script) in enumerate(plan):
        play = hand(cast, number + 1, dice, _moment(begun, number))
        plays.append(play)
        heapq.heappush(waiting, (play.moment, number, script(play)))
    while waiting and waiting[0][0] <= until:
        moment, number, acting = heapq.heappop(waiting)
        plays[number].moment = moment
        following = _go_on(acting)
        if following is not None:
            then = _moment(_working_days_after(timezone.localdate(moment), following), number)
            heapq.heappush(waiting, (max(then, moment + timedelta(minutes=20)), number, acting))
    return [play.request for play in plays if hasattr(play, "request")]


def _go_on(script: Iterator[int]) -> int | None:
    """Let a script act; the working days until it acts again, None when it has ended."""
    try:
        with transaction.atomic():
            return next(script, None)
    except NotSealable:
        return None


def days_ago(working_days: int, moment: datetime) -> date:
    """The day so many working days before the moment's; for none the last working day that is not after it."""
    calendar, today = days.estimated(), timezone.localdate(moment)
    return calendar.subtract(today, working_days).end if working_days else calendar.subtract(today + DAY, 1).end


def _working_days_after(day: date, number: int) -> date:
    return days.estimated().after(day, number) if number else day


def _moment(day: date, number: int) -> datetime:
    """Within the hours of the office, each request at an hour of its own."""
    return timezone.make_aware(datetime.combine(day, time(9 + number % 7, 5 * (number % 12))))
