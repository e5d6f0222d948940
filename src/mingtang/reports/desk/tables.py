"""The three tables as the screen shows them: in the form's order and words, each number a way to what it counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from mingtang.law.annual.schema import (
    COLUMN_LABELS,
    DISPUTE_GROUPS,
    DISPUTE_LABELS,
    NORM_COLUMN_LABELS,
    NORM_LABELS,
    OUTCOME_LABELS,
    OUTCOMES,
    REQUEST_COLUMNS,
    ROW_LABELS,
    ROW_ORDER,
)
from mingtang.law.annual.written import NORM_FORM
from mingtang.law.requests import Row
from mingtang.reports.filling import Cell, Origin, Sheet

#: Where a number comes from, in words.
ORIGINS = {
    Origin.COUNTED: _("系统统计"),
    Origin.IMPORTED: _("业务系统导入"),
    Origin.CARRIED: _("上年已公布的报告"),
    Origin.GATHERED: _("各机关报告汇总"),
    Origin.SUMMED: _("分项相加"),
    Origin.MISSING: _("尚无数据"),
}


@dataclass(frozen=True)
class Shown:
    """A number as it is shown: its words, its marks, the address parts of its page."""

    cell: Cell

    @property
    def words(self) -> str:
        """The number without idle zeros; a dash where there is none yet."""
        value = self.cell.value
        return "—" if value is None else f"{value.normalize():f}"

    @property
    def place(self) -> tuple[str, str, str]:
        """Table, row and column."""
        return self.cell.place

    @property
    def called(self) -> str:
        """The cell in the words of the form."""
        return self.cell.called

    @property
    def mark(self) -> str:
        """A letter that says something special: corrected, imported, locked, missing."""
        if self.cell.correction is not None:
            return "corrected"
        marks = {Origin.CARRIED: "locked", Origin.IMPORTED: "imported", Origin.MISSING: "missing"}
        return marks.get(self.cell.origin, "")

    @property
    def is_zero(self) -> bool:
        """Whether it is a zero, drawn paler."""
        return self.cell.value == Decimal(0)


@dataclass(frozen=True)
class Line:
    """A row: its label, how deep it stands, whether it is a sum, its numbers."""

    label: str
    numbers: tuple[Shown, ...]
    depth: int = 0
    strong: bool = False


@dataclass(frozen=True)
class Group:
    """Rows under a heading of their own."""

    label: str
    lines: tuple[Line, ...]


def norms(sheet: Sheet) -> list[dict[str, Any]]:
    """Table 1 in its three parts, each with the heads of its columns."""
    parts = (
        (_("第二十条第（一）项"), ("regulations", "normative_documents"), ("made", "repealed", "valid")),
        (_("第二十条第（五）、（六）项"), ("licences", "penalties", "coercion"), ("decisions",)),
        (_("第二十条第（八）项"), ("charges",), ("amount",)),
    )
    return [
        {
            "label": label,
            "columns": [NORM_COLUMN_LABELS[column] for column in columns],
            "lines": [
                Line(NORM_LABELS[row], tuple(Shown(sheet.cell("norms", row, c)) for c in NORM_FORM[row]))
                for row in rows
            ],
        }
        for label, rows, columns in parts
    ]


def requests(sheet: Sheet) -> dict[str, Any]:
    """Table 2: the heads of its columns, and its rows by group."""
    return {"columns": [COLUMN_LABELS[column] for column in REQUEST_COLUMNS], "groups": list(_request_groups(sheet))}


def _request_groups(sheet: Sheet) -> Iterator[Group]:
    def line(row: str, label: str, depth: int = 0, strong: bool = False) -> Line:
        numbers = tuple(Shown(sheet.cell("requests", row, column)) for column in REQUEST_COLUMNS)
        return Line(label, numbers, depth, strong)

    results = {row.value: row for row in Row}
    for row in ROW_ORDER:
        if row == Row.GRANTED.value:
            yield Group("三、本年度办理结果", ())
        if row not in results:
            yield Group("", (line(row, ROW_LABELS[row], strong=True),))
        elif results[row] is next(each for each in Row if each.section is results[row].section):
            section = results[row].section
            rows = [each for each in Row if each.section is section]
            number = "一二三四五六"[section.value - 1]
            if len(rows) == 1:
                yield Group("", (line(row, f"（{number}）{section.label}", depth=1),))
            else:
                lines = tuple(line(r.value, f"{n}．{r.label}", depth=2) for n, r in enumerate(rows, start=1))
                yield Group(f"（{number}）{section.label}", lines)


def disputes(sheet: Sheet) -> dict[str, Any]:
    """Table 3: the heads of its columns, and its three groups as rows."""
    return {
        "columns": [OUTCOME_LABELS[outcome] for outcome in OUTCOMES],
        "lines": [
            Line(DISPUTE_LABELS[group], tuple(Shown(sheet.cell("disputes", group, o)) for o in OUTCOMES))
            for group in DISPUTE_GROUPS
        ],
    }


def places(sheet: Sheet) -> list[tuple[str, str]]:
    """Cells that are not sums and have a number, as choices of a form."""
    return [
        ("/".join(cell.place), f"{cell.called}（{cell.value.normalize():f}）")
        for cell in sheet.cells.values()
        if cell.origin is not Origin.SUMMED and cell.value
    ]
