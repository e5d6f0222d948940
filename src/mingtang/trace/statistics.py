"""The registry of statistics: rooms say what they count in a year, reports ask without knowing the rooms.

A statistic is a table of cells, each openable to the things it counts. A cell that is not there is a zero.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
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

    A statistic that fills a table of the annual report says which (`fills`: norms, requests, disputes; fees for what
    the last chapter tells) and, where its codes differ from those of `law.annual.schema`, how it calls theirs
    (`codes`). Of two that count the same row, the one with the higher `precedence` is asked: so a room that knows
    better takes a row over from one that knows it roughly. `verb` is what one must be permitted for a body to see its
    things, `link` the name of the desk's address at which a thing stands, given its key.
    """

    name: str
    label: str
    unit: str
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    count: Callable[[int, Bodies], Mapping[Place, Number]]
    things: Callable[[int, Bodies, str, str], list[Thing]]
    basis: tuple[str, ...] = ()
    fills: str = ""
    codes: Mapping[str, str] = field(default_factory=dict[str, str])
    precedence: int = 0
    verb: str = ""
    link: str = ""

    def own(self, code: str) -> str:
        """What the code of a row or column of the report's form is called here."""
        return self.codes.get(code, code)

    def counts_row(self, code: str) -> bool:
        """Whether the row of the report's form is one of ours."""
        return self.own(code) in {line.code for line in self.rows}


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


def filling(table: str) -> tuple[Statistic, ...]:
    """Those that fill a table of the annual report, the one that is asked first before the others."""
    found = [each for each in _statistics.values() if each.fills == table]
    return tuple(sorted(found, key=lambda each: -each.precedence))
