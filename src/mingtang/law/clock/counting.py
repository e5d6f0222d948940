"""Counting the days of a reply period: working days after the start, without the time that does not count.

Which days do not count (Order 711, article 33, third paragraph; 国办函〔2020〕109号 for the fee): a period begins on
the day after the event that opens it (民法典 article 201, which administrative periods follow too). So asking takes
the days after the letter went out up to and with the day on which the answer came: the day of asking is still a day
of the reply period, the day of the answer is not, and the first working day after it is the next that counts. Days
that two pauses share are left out once. A pause opened on or after the last day of the period moves nothing.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from mingtang.law.calendar import ONE_DAY, Day, WorkCalendar
from mingtang.law.rules import Rule

_AFTER = attrgetter("after")


@dataclass(frozen=True)
class Pause:
    """Time that does not count: the days after `after` up to and with `until`; `why` is shown beside each of them."""

    after: datetime.date
    until: datetime.date
    why: str
    rule: Rule

    def covers(self, date: datetime.date) -> bool:
        """Whether the day is one of those that do not count."""
        return self.after < date <= self.until


@dataclass(frozen=True)
class CountedClockDay:
    """A day of the period: its place among the days counted, None when it did not count, and then why."""

    day: Day
    number: int | None
    why: str


def running(start: datetime.date, pauses: Iterable[Pause]) -> Iterator[tuple[datetime.date, datetime.date | None]]:
    """The time after `start` that counts, as spans (begin, end] in order; the last has no end."""
    begin = start
    for pause in sorted(pauses, key=_AFTER):
        if pause.after > begin:
            yield begin, pause.after
        begin = max(begin, pause.until)
    yield begin, None


def due(calendar: WorkCalendar, start: datetime.date, working_days: int, pauses: Iterable[Pause] = ()) -> datetime.date:
    """The last day of a period of `working_days` after `start`; UnknownYear when the calendar does not reach so far."""
    begin, to_count = start, working_days
    for begin, end in running(start, pauses):
        counts = calendar.elapsed(begin, end) if end else to_count
        if counts >= to_count:
            break
        to_count -= counts
    return calendar.after(begin, to_count)


def left(calendar: WorkCalendar, now: datetime.date, last: datetime.date, pauses: Iterable[Pause] = ()) -> int:
    """How many working days still count after `now` up to and with `last`, where no pause begins later."""
    spans = ((begin, end or last) for begin, end in running(now, pauses))
    return sum(calendar.elapsed(begin, end) for begin, end in spans if begin < end)


def counted(
    calendar: WorkCalendar, start: datetime.date, end: datetime.date, pauses: Sequence[Pause] = ()
) -> tuple[CountedClockDay, ...]:
    """Every day after `start` up to and with `end`, numbered where it counts, with the reason where it does not."""
    days: list[CountedClockDay] = []
    number = 0
    for day in calendar.walk(start + ONE_DAY, end):
        reasons = list(dict.fromkeys(pause.why for pause in pauses if pause.covers(day.date)))
        if day.works and not reasons:
            number += 1
            days.append(CountedClockDay(day, number, day.reason))
        else:
            why = "、".join(reasons) if day.works else day.reason
            days.append(CountedClockDay(day, None, why))
    return tuple(days)
