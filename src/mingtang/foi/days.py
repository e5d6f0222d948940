"""The working days this installation counts by: the published arrangements and the years that the office added.

A year whose arrangement is not yet published is assumed to work from Monday to Friday, and what was counted so is
marked as estimated: a request of December must have a day to work towards before the State Council has announced.
"""

import hashlib
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from mingtang.law.added_years import AddedYear, read_added_years
from mingtang.law.calendar import WorkCalendar, national
from mingtang.law.errors import CalendarError

#: How many years beyond the last known one are assumed.
AHEAD = 2


def calendar() -> WorkCalendar:
    """The calendar now: the published arrangements, and the added years where their files have no faults."""
    return _calendar(settings.CALENDAR_FOLDER, stamp())[0]


def faults() -> tuple[str, ...]:
    """What is wrong with the files of added years, one Chinese line each; while anything is, none is used."""
    return _calendar(settings.CALENDAR_FOLDER, stamp())[1]


def estimated() -> WorkCalendar:
    """The same with the years to come assumed to work from Monday to Friday."""
    return _estimated(settings.CALENDAR_FOLDER, stamp())


def ahead() -> range:
    """The years that `estimated` assumes."""
    last = calendar().years[-1]
    return range(last + 1, last + AHEAD + 1)


def stamp() -> str:
    """Changes whenever a day of the calendar may have changed: the package's years and the added files."""
    seen = hashlib.sha256(repr(national().years).encode())
    for file in _files(settings.CALENDAR_FOLDER):
        seen.update(file.name.encode() + b"\0" + file.read_bytes())
    return seen.hexdigest()


def digest(known: WorkCalendar) -> str:
    """A digest of every working day of the years known: equal only for calendars that count alike."""
    seen = hashlib.sha256()
    for year in known.years:
        start, end = _year(year)
        works = "".join("1" if day.works else "0" for day in known.walk(start, end))
        seen.update(f"{year}:{works};".encode())
    return seen.hexdigest()


def _year(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def _files(folder: Path | None) -> list[Path]:
    return sorted(folder.glob("*.toml")) if folder else []


@lru_cache(maxsize=4)
def _calendar(folder: Path | None, _stamp: str) -> tuple[WorkCalendar, tuple[str, ...]]:
    try:
        return (WorkCalendar(read_added_years(folder)) if folder else national()), ()
    except CalendarError as error:
        return national(), tuple(error.faults)


@lru_cache(maxsize=4)
def _estimated(folder: Path | None, stamp: str) -> WorkCalendar:
    known, wrong = _calendar(folder, stamp)
    added = read_added_years(folder) if folder and not wrong else ()
    last = known.years[-1]
    assumed = [AddedYear(last + more, "", complete=True, holidays={}, workdays={}) for more in range(1, AHEAD + 1)]
    return WorkCalendar([*added, *assumed])
