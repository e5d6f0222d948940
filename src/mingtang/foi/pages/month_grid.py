"""A count of days laid out as months: each day with its number, or with the reason why it does not count."""

import calendar
import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from mingtang.law.calendar import Day
from mingtang.law.clock import CountedClockDay, Pause

_MONDAYS = calendar.Calendar(firstweekday=0)


@dataclass(frozen=True)
class Cell:
    """A day of a month. `look` is start, counted, due, rest, paused or plain (outside the count)."""

    on: datetime.date
    look: str
    number: int | None
    word: str
    said: str


@dataclass(frozen=True)
class Month:
    """A month's weeks from Monday to Sunday; None where the week reaches into another month."""

    year: int
    month: int
    weeks: tuple[tuple[Cell | None, ...], ...]


@dataclass(frozen=True)
class Span:
    """Days in a row that have something to say: from, to, what."""

    first: datetime.date
    last: datetime.date
    said: str


def months(start: datetime.date, due: datetime.date, days: Sequence[CountedClockDay]) -> tuple[Month, ...]:
    """The months from `start` (not counted) to `due`, every day of the count in its place."""
    by_date = {each.day.date: each for each in days}
    return tuple(_month(year, month, start, due, by_date) for year, month in _between(start, due))


def _between(start: datetime.date, due: datetime.date) -> Iterator[tuple[int, int]]:
    year, month = start.year, start.month
    while (year, month) <= (due.year, due.month):
        yield year, month
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def _month(
    year: int, month: int, start: datetime.date, due: datetime.date, days: dict[datetime.date, CountedClockDay]
) -> Month:
    weeks = tuple(
        tuple(_cell(date, start, due, days.get(date)) if date.month == month else None for date in week)
        for week in _MONDAYS.monthdatescalendar(year, month)
    )
    shown = tuple(week for week in weeks if any(cell and start <= cell.on <= due for cell in week))
    return Month(year, month, shown)


def _cell(date: datetime.date, start: datetime.date, due: datetime.date, counted: CountedClockDay | None) -> Cell:
    if date == start:
        return Cell(date, "start", None, _("起"), _("起算的当日，不计"))
    if counted is None:
        return Cell(date, "plain", None, "", "")
    if counted.number is not None:
        extra = counted.day.reason
        said = _("第%(number)d个工作日") % {"number": counted.number} + (f"（{extra}）" if extra else "")
        if date == due:
            return Cell(date, "due", counted.number, _("班") if extra else "", said + _("，最后一天"))
        return Cell(date, "counted", counted.number, _("班") if extra else "", said)
    if counted.day.works:
        return Cell(date, "paused", None, _("停"), _("%(why)s，不计") % {"why": counted.why})
    return Cell(date, "rest", None, _short(counted.day), _("%(why)s，不计") % {"why": counted.why})


def _short(day: Day) -> str:
    """Two characters for a narrow screen: 国庆 for 国庆节放假; nothing for a plain weekend."""
    name = day.reason.removesuffix("放假")
    return "" if name == day.weekday else name.removesuffix("节")[:2] if len(name) > 2 else name


def remarks(
    start: datetime.date, due: datetime.date, days: Sequence[CountedClockDay], pauses: Sequence[Pause]
) -> list[Span]:
    """What to know of the days besides plain weekends: holidays, weekends worked, pauses, in order."""
    found = [
        Span(max(pause.after, start) + datetime.timedelta(days=1), min(pause.until, due), pause.why + _("，不计"))
        for pause in pauses
        if pause.until > start and pause.after < due
    ]
    for reason, run in groupby((each.day for each in days), key=lambda each: each.reason):
        row = list(run)
        if reason and not reason.startswith("周"):
            said = _("%(reason)s，照常计入") if row[0].works else _("%(reason)s，不计")
            found.append(Span(row[0].date, row[-1].date, said % {"reason": reason}))
    return sorted((span for span in found if span.first <= span.last), key=lambda span: (span.first, span.last))


def weekends(days: Sequence[CountedClockDay]) -> int:
    """How many days were left out because they are plain weekends."""
    return sum(1 for each in days if not each.day.works and each.day.reason == each.day.weekday)
