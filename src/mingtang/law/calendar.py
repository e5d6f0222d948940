"""Working days: which days count, the day N of them later, how many lie between, and the count day by day.

Days are plain dates in Asia/Shanghai. The State Council's yearly arrangement (holidays and the weekend days worked for
them) comes from the package chinesecalendar and from added years (`mingtang.law.added_years`); a year that neither
knows raises UnknownYear, for a guessed deadline is worse than none. The day of the event itself is never counted.
"""

import datetime
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

import chinese_calendar  # pyright: ignore[reportMissingTypeStubs] - plain tables of dates, checked against `holidays`

from mingtang.law.added_years import AddedYear
from mingtang.law.errors import UnknownYear
from mingtang.law.rules import Rule
from mingtang.law.shelf import rule

WEEKDAYS = "一二三四五六日"
ONE_DAY = datetime.timedelta(days=1)
#: The package names festivals in English; these are the names that the yearly notices use.
FESTIVALS = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利70周年纪念日",
}


@dataclass(frozen=True)
class Day:
    """One day of the calendar: whether it is worked, and why ("周六", "春节放假", "春节调休上班"; "" if plain)."""

    date: datetime.date
    works: bool
    reason: str

    @property
    def weekday(self) -> str:
        """周一 to 周日."""
        return "周" + WEEKDAYS[self.date.weekday()]


@dataclass(frozen=True)
class CountedDay:
    """A day as a count met it: `number` is its place among the working days counted, None when it did not count."""

    day: Day
    number: int | None


@dataclass(frozen=True)
class Count:
    """A count of working days that can be shown day by day, with the rules it follows.

    `start` is the day of the event and is not counted; `end` is the day arrived at; `working_days` is negative when
    the count ran backwards. `days` are all days after (before) `start` up to and with `end`, in the order counted.
    """

    start: datetime.date
    end: datetime.date
    working_days: int
    days: tuple[CountedDay, ...]
    rules: tuple[Rule, ...]


class WorkCalendar:
    """The working days of the years it knows; added years go before the package's."""

    def __init__(self, added: Iterable[AddedYear] = ()) -> None:
        self._rest, self._work, self._years = _published()
        for year in sorted(added, key=lambda each: each.year):
            self._add_year(year)

    def _add_year(self, added: AddedYear) -> None:
        """A complete year replaces what was known of it; the days of a correction replace only themselves."""
        if added.complete:
            for table in (self._rest, self._work):
                for day in [day for day in table if day.year == added.year]:
                    del table[day]
            self._years.add(added.year)
        for day, name in added.holidays.items():
            self._work.pop(day, None)
            self._rest[day] = name
        for day, name in added.workdays.items():
            self._rest.pop(day, None)
            self._work[day] = name

    @property
    def years(self) -> tuple[int, ...]:
        """The years whose arrangement is known, in order."""
        return tuple(sorted(self._years))

    def day(self, date: datetime.date) -> Day:
        """The day with the reason why it is worked or not; UnknownYear outside the years known."""
        if date.year not in self._years:
            raise UnknownYear(date.year, self.years)
        if date in self._work:
            return Day(date, works=True, reason=self._work[date] + "调休上班")
        if date in self._rest:
            return Day(date, works=False, reason=self._rest[date] + "放假")
        if date.weekday() >= 5:
            return Day(date, works=False, reason="周" + WEEKDAYS[date.weekday()])
        return Day(date, works=True, reason="")

    def is_workday(self, date: datetime.date) -> bool:
        """Whether offices work that day."""
        return self.day(date).works

    def add(self, start: datetime.date, working_days: int) -> Count:
        """The day `working_days` working days after `start` (before it, when negative; `start` itself, when 0).

        "Within N working days of the event" ends on this day: the event's own day is not counted, and the day
        arrived at is always a working day.
        """
        step = ONE_DAY if working_days >= 0 else -ONE_DAY
        days: list[CountedDay] = []
        counted, date = 0, start
        self.day(start)  # a start in an unknown year is refused even when nothing is counted
        while counted < abs(working_days):
            date += step
            day = self.day(date)
            counted += day.works
            days.append(CountedDay(day, counted if day.works else None))
        return Count(start, date, working_days, tuple(days), self.rules)

    def subtract(self, start: datetime.date, working_days: int) -> Count:
        """The day `working_days` working days before `start`."""
        return self.add(start, -working_days)

    def between(self, start: datetime.date, end: datetime.date) -> Count:
        """How many working days lie after `start` up to and with `end`; negative when `end` is before `start`.

        Seen from today, this is what is left until a deadline, or how long ago it passed.
        """
        step = ONE_DAY if end >= start else -ONE_DAY
        days: list[CountedDay] = []
        counted, date = 0, start
        self.day(start)
        while date != end:
            date += step
            day = self.day(date)
            counted += day.works
            days.append(CountedDay(day, counted if day.works else None))
        return Count(start, end, counted if end >= start else -counted, tuple(days), self.rules)

    def after(self, start: datetime.date, working_days: int) -> datetime.date:
        """The day that `add` arrives at (`working_days` at least 1), without the days on the way."""
        place = self._place(start) + working_days - 1
        if place >= len(self._worked):
            raise UnknownYear(max(start.year, self.years[-1] + 1), self.years)
        end = datetime.date.fromordinal(self._worked[place])
        self._require_years(start, end)
        return end

    def elapsed(self, start: datetime.date, end: datetime.date) -> int:
        """How many working days lie after `start` up to and with `end`, which is not before `start`; no days listed."""
        self._require_years(start, end)
        return self._place(end) - self._place(start)

    @cached_property
    def _worked(self) -> list[int]:
        """The ordinals of all working days of the years known."""
        days = (self.walk(datetime.date(year, 1, 1), datetime.date(year, 12, 31)) for year in self.years)
        return [day.date.toordinal() for year in days for day in year if day.works]

    def _place(self, date: datetime.date) -> int:
        """How many working days of the years known are not after `date`."""
        return bisect_right(self._worked, date.toordinal())

    def _require_years(self, first: datetime.date, last: datetime.date) -> None:
        """UnknownYear for the first year between two days whose arrangement is not known."""
        for year in range(first.year, last.year + 1):
            if year not in self._years:
                raise UnknownYear(year, self.years)

    def walk(self, first: datetime.date, last: datetime.date) -> Iterator[Day]:
        """Every day from `first` to `last`, both included."""
        for offset in range((last - first).days + 1):
            yield self.day(first + datetime.timedelta(days=offset))

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that every count follows."""
        return tuple(rule(each) for each in ("working-time.7", "holidays.arrangement", "civil-code.201"))


def _published() -> tuple[dict[datetime.date, str], dict[datetime.date, str], set[int]]:
    """Holidays, worked weekend days, and the years known, as the package has them.

    A year counts as known when its National Day is there: the arrangement of one year may reach into a neighbouring
    year, which is not thereby known.
    """
    rest = {day: _festival(name) for day, name in chinese_calendar.holidays.items()}
    work = {day: _festival(name) for day, name in chinese_calendar.workdays.items()}
    years = {day.year for day in rest if (day.month, day.day) == (10, 1)}
    return rest, work, years


def _festival(name: str | None) -> str:
    """The Chinese name of a festival; one that the package adds later keeps the package's name."""
    return FESTIVALS.get(name or "", name or "节日")


@lru_cache(maxsize=1)
def national() -> WorkCalendar:
    """The calendar of the published arrangements alone."""
    return WorkCalendar()
