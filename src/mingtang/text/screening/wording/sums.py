"""Sums in tables: the row of totals against the rows above it."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation

from mingtang.text.document import Cell, Table
from mingtang.text.screening.finding import Finding

_TOTAL = re.compile(r"^(?:合\s*计|总\s*计|共\s*计|总\s*数|合计数)(?:[（(].*[）)])?[：:]?$")
_PART = re.compile(r"^(?:小\s*计|其\s*中)")
_NUMBER = re.compile(r"^[¥￥]?\s?(-?\d[\d,，]*(?:\.\d+)?)\s?[元万亩人户件个次头只]{0,2}$")
#: Heads of columns whose numbers are not added: serial numbers, rates, years, prices.
_NOT_ADDED = re.compile(
    r"序号|编号|号码|电话|年份|年度|年龄|日期|时间|标准|单价|比例|比重|率|占比|排名|平均|均值|身份证|账号|卡号|代码|面积单位"
)


def table_sums(tables: Sequence[Table]) -> Iterator[Finding]:
    """A finding for each cell of a row of totals that is not the sum of the numbers above it."""
    for table in tables:
        for at, row in enumerate(table.rows):
            if at > 1 and row and any(_TOTAL.match(_bare(cell)) for cell in row[:3]):
                yield from _row(table, at)
                break


def _row(table: Table, at: int) -> Iterator[Finding]:
    row = table.rows[at]
    for column, cell in enumerate(row):
        told = _value(cell)
        if told is None or (column and cell is row[column - 1]):
            continue
        head, values, parts = _above(table, at, column)
        if len(values) < 2 or _NOT_ADDED.search(head):
            continue
        total = sum(values, Decimal(0))
        if told not in (total, parts):
            yield Finding(
                "table_sum", "wording", "warn", cell.start, cell.end, cell.text,
                f"“{head or '这一列'}”合计写的是 {told}，上面各行相加是 {total}，请核对。",
            )  # fmt: skip


def _above(table: Table, at: int, column: int) -> tuple[str, list[Decimal], Decimal | None]:
    """The head of a column, the numbers above the total, and the sum of the subtotals where there are any.

    No numbers come back where a cell between them is neither a number nor empty: then it is no column of numbers.
    """
    heads: list[str] = []
    values: list[Decimal] = []
    parts: list[Decimal] = []
    seen: set[int] = set()
    for row in table.rows[:at]:
        if column >= len(row) or row[column].start in seen:
            continue
        cell = row[column]
        seen.add(cell.start)
        value = _value(cell)
        if value is None:
            if not values:
                heads.append(_bare(cell))
                continue
            if _bare(cell) not in ("", "-", "—", "——", "/", "0"):
                return "", [], None
        elif any(_PART.match(_bare(one)) for one in row[:3]):
            parts.append(value)
        else:
            values.append(value)
    return "".join(heads), values, sum(parts, Decimal(0)) if parts else None


def _value(cell: Cell) -> Decimal | None:
    match = _NUMBER.match(cell.text.strip())
    if match is None or len(re.sub(r"\D", "", match.group(1))) > 14:
        return None
    try:
        return Decimal(re.sub("[,，]", "", match.group(1)))
    except InvalidOperation:
        return None


def _bare(cell: Cell) -> str:
    return "".join(cell.text.split())
