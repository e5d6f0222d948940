"""The registry of fulfilment: rooms say how far what a year asked for was done, reports ask without knowing the rooms.

Source: a notice of yearly tasks that wants the fulfilment told in the annual report (工作要点, item 20).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from mingtang.trace.statistics import Bodies


@dataclass(frozen=True)
class Line:
    """An item and how far it was fulfilled: `done` of `duties`, `late` of them still owed after their day.

    `plan` names what set the item (a ledger's title), `path` is its page below the portal's root, "" without one.
    """

    plan: str
    item: str
    title: str
    duties: int
    done: int
    late: int = 0
    path: str = ""


#: Given a year, the codes of the bodies (None for all) and the day on which it is asked.
Source = Callable[[int, Bodies, date], Iterable[Line]]

_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Add a source (from `AppConfig.ready`); the same name twice is a programming error."""
    if name in _sources:
        raise ValueError(f"fulfilment {name} registered twice")
    _sources[name] = source


def lines(year: int, bodies: Bodies, on: date) -> list[Line]:
    """Every item of the year in which the bodies have duties, as it stands on a day."""
    return [line for source in _sources.values() for line in source(year, bodies, on)]
