"""The typed tables of a report: every cell a number, a blank, or named as unreadable."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from mingtang.law.annual.cells import Number
from mingtang.law.annual.schema import (
    COLUMN_LABELS,
    DISPUTE_LABELS,
    NORM_COLUMN_LABELS,
    NORM_LABELS,
    OUTCOME_LABELS,
    ROW_LABELS,
    Form,
)

#: Rows of a table: row key → column key → what stood in the cell.
Cells = Mapping[str, Mapping[str, Number]]
Value = int | str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a table that could not be read: where it stands and what was seen."""

    where: str
    message: str


@dataclass(frozen=True)
class Tables:
    """The three tables; one that the report does not hold is empty."""

    norms: Cells = field(default_factory=dict[str, Mapping[str, Number]])
    requests: Cells = field(default_factory=dict[str, Mapping[str, Number]])
    disputes: Cells = field(default_factory=dict[str, Mapping[str, Number]])
    form: Form = "2021"
    #: the unit in which the report's own table states charges, as read from its head; `charges` are in 万元
    charge_unit: str = "万元"
    problems: tuple[Problem, ...] = ()

    def request(self, row: str, column: str) -> Decimal | None:
        """A number of table 2; a blank is 0, None where the report has no such cell or it could not be read.

        A total left blank beside filled columns counts as their sum; that it is blank is the row's own finding.
        """
        cells = self.requests.get(row, {})
        if (
            column == "total"
            and column in cells
            and cells[column].blank
            and all(cells[name].readable for name in cells)
        ):
            return sum((cells[name].worth for name in cells if name != column), Decimal(0))
        return _worth(self.requests, row, column)

    def dispute(self, group: str, outcome: str) -> Decimal | None:
        """A number of table 3, as `request`."""
        return _worth(self.disputes, group, outcome)

    def norm(self, row: str, column: str) -> Decimal | None:
        """A number of table 1, as `request`."""
        return _worth(self.norms, row, column)

    def as_json(self) -> dict[str, dict[str, dict[str, Value | None]]]:
        """The tables as plain values; a blank is 0, what could not be read is null."""
        return {
            "norms": _plain(self.norms),
            "requests": _plain(self.requests),
            "disputes": _plain(self.disputes),
        }


def request_place(row: str, column: str) -> str:
    """How a cell of table 2 is called."""
    return f"表二“{ROW_LABELS.get(row, row)}”行“{COLUMN_LABELS.get(column, column)}”列"


def dispute_place(group: str, outcome: str) -> str:
    """How a cell of table 3 is called."""
    return f"表三“{DISPUTE_LABELS.get(group, group)}”的“{OUTCOME_LABELS.get(outcome, outcome)}”"


def norm_place(row: str, column: str) -> str:
    """How a cell of table 1 is called."""
    return f"表一“{NORM_LABELS.get(row, row)}”的“{NORM_COLUMN_LABELS.get(column, column)}”"


def unread(tables: Tables) -> Iterator[Problem]:
    """Each cell that could not be read, and what stood there."""
    places = (("requests", request_place), ("disputes", dispute_place), ("norms", norm_place))
    for name, place in places:
        cells: Cells = getattr(tables, name)
        for row, columns in cells.items():
            for column, cell in columns.items():
                if not cell.readable:
                    yield Problem(place(row, column), f"“{cell.raw.strip()[:20]}”不是数字，没有读取。")


def _worth(cells: Cells, row: str, column: str) -> Decimal | None:
    cell = cells.get(row, {}).get(column)
    return cell.worth if cell is not None and cell.readable else None


def _plain(cells: Cells) -> dict[str, dict[str, Value | None]]:
    return {row: {column: _value(cell) for column, cell in columns.items()} for row, columns in cells.items()}


def _value(cell: Number) -> Value | None:
    """An integer where it is one, else the decimal as text (money is never a float)."""
    if not cell.readable:
        return None
    worth = cell.worth
    return int(worth) if worth == worth.to_integral() else str(worth)
