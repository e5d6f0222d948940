"""The registry of statistics: rooms say what they count in a year, reports ask without knowing the rooms.

A statistic is a table of cells, each openable to the things it counts. A cell that is not there is a zero.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

#: Row and column of a cell.
Place = tuple[str, str]
Number = int | Decimal
#: The codes of the bodies counted together; None for all.
Bodies = Collection[str] | None


@dataclass(frozen=True)
class Line:
    """A row or a column: its code, its Chinese label, and how deep it stands below those before it."""

    code: str
    label: str
    depth: int = 0


@dataclass(frozen=True)
class Thing:
    """One thing that a cell counts: what it is called and its reference (`foi.request:15`)."""

    label: str
    ref: str


@dataclass(frozen=True)
class Statistic:
    """A table that a room counts. `unit` is of its numbers; `basis` holds ids of the rules that fix its form.

    `count(year, bodies)` gives the cells that are not zero; `things(year, bodies, row, column)` what a cell counts.
    """

    name: str
    label: str
    unit: str
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    count: Callable[[int, Bodies], Mapping[Place, Number]]
    things: Callable[[int, Bodies, str, str], list[Thing]]
    basis: tuple[str, ...] = ()


_statistics: dict[str, Statistic] = {}


def register(statistic: Statistic) -> None:
    """Add a statistic (from `AppConfig.ready`); the same name twice is a programming error."""
    if statistic.name in _statistics:
        raise ValueError(f"statistic {statistic.name} registered twice")
    _statistics[statistic.name] = statistic


def registered() -> tuple[Statistic, ...]:
    """All statistics, in the order of their registration."""
    return tuple(_statistics.values())


def statistic(name: str) -> Statistic:
    """The statistic of this name; KeyError when no room counts it."""
    return _statistics[name]
