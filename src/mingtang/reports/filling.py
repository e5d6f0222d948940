"""The numbers of a report: each cell with its value and where it comes from, counted live until they are frozen.

Nobody types a number twice. A cell is counted by a room (`trace.statistics`), imported, carried over from last year's
published report, or put together from the reports that a government's takes in; totals are always sums. A correction
lies on top and stays visible.

How a government's report is put together (rule `annual-report-aggregation.sum`): what the government itself counts,
plus the numbers of the reports included, minus the exclusions.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from mingtang.law.annual.cells import Number
from mingtang.law.annual.schema import APPLICANTS, DISPUTE_GROUPS, OUTCOMES, ROW_ORDER
from mingtang.law.annual.tables import Tables
from mingtang.law.annual.written import NORM_FORM, TABLES, TableName, place_of
from mingtang.law.requests import Row
from mingtang.reports import versions
from mingtang.reports.models import AnnualReport, Correction, ImportedNumber
from mingtang.trace import statistics
from mingtang.trace.statistics import Bodies, Statistic, Thing

Place = tuple[str, str, str]
RESULTS = tuple(row.value for row in Row)
ZERO = Decimal(0)


class Origin(StrEnum):
    """Where the number of a cell comes from."""

    COUNTED = "counted"
    IMPORTED = "imported"
    CARRIED = "carried"
    GATHERED = "gathered"
    SUMMED = "summed"
    MISSING = "missing"


@dataclass(frozen=True)
class Cell:
    """A cell: `base` is what counting says, `value` what the report says; None where there is no number yet."""

    table: TableName
    row: str
    column: str
    base: Decimal | None
    origin: Origin
    correction: Correction | None = None
    imported: ImportedNumber | None = None

    @property
    def value(self) -> Decimal | None:
        """The number that stands in the report."""
        return self.correction.new if self.correction else self.base

    @property
    def place(self) -> Place:
        """Table, row and column."""
        return self.table, self.row, self.column

    @property
    def called(self) -> str:
        """The cell in the words of the form."""
        return place_of(self.table, self.row, self.column)


@dataclass(frozen=True)
class Sheet:
    """All cells of the three tables."""

    cells: Mapping[Place, Cell]

    def cell(self, table: str, row: str, column: str) -> Cell:
        """One cell; KeyError where the form has none."""
        return self.cells[table, row, column]

    def value(self, table: str, row: str, column: str) -> Decimal | None:
        """Its number."""
        return self.cells[table, row, column].value

    def tables(self) -> Tables:
        """The tables as the check and the files take them."""
        found: dict[str, dict[str, dict[str, Number]]] = {name: defaultdict(dict) for name in TABLES}
        for cell in self.cells.values():
            raw = "" if cell.value is None else f"{cell.value.normalize():f}"
            found[cell.table][cell.row][cell.column] = Number(cell.value, raw)
        return Tables(dict(found["norms"]), dict(found["requests"]), dict(found["disputes"]))


def leaves() -> Iterator[Place]:
    """The cells that are not sums of others, in the order of the form."""
    for row, columns in NORM_FORM.items():
        yield from (("norms", row, column) for column in columns)
    for row in ROW_ORDER:
        if row != "total":
            yield from (("requests", row, column) for column in APPLICANTS)
    for group in DISPUTE_GROUPS:
        yield from (("disputes", group, outcome) for outcome in OUTCOMES[:-1])


LEAVES = frozenset(leaves())


def sheet(report: AnnualReport) -> Sheet:
    """The report's numbers as they stand: frozen ones as they were submitted, else counted now."""
    base = thawed(report.frozen) if report.frozen is not None else counted(report)
    latest = {each.place: each for each in report.corrections.all()}
    for place, correction in latest.items():
        if not correction.lifts and place in base:
            base[place] = replace(base[place], correction=correction)
    return Sheet({cell.place: cell for cell in _with_totals(base)})


def counted(report: AnnualReport) -> dict[Place, Cell]:
    """The cells as they would be counted now, without corrections and totals."""
    cells = _own(report)
    if report.is_government:
        gathered = _gathered(report)
        for place, cell in cells.items():
            if place in gathered or cell.base is not None:
                cells[place] = replace(
                    cell, base=gathered.get(place, ZERO) + (cell.base or ZERO), origin=Origin.GATHERED, imported=None
                )
    for place, number in carried(report).items():
        cells[place] = replace(cells[place], base=number, origin=Origin.CARRIED)
    return cells


def carried(report: AnnualReport) -> dict[Place, Decimal]:
    """Row 2 as last year's published report fixes it; nothing where no such report is public."""
    before = versions.public_before(report)
    if before is None:
        return {}
    numbers = {column: before.tables.request("carried_forward", column) for column in APPLICANTS}
    return {("requests", "carried_over", column): n for column, n in numbers.items() if n is not None}


def _own(report: AnnualReport) -> dict[Place, Cell]:
    """What the body itself counts and has imported."""
    asked = Asked(report.year, (report.body.code,))
    imports = {each.place: each for each in report.numbers.select_related("batch", "batch__made_by__person")}
    cells: dict[Place, Cell] = {}
    for place in leaves():
        table, row, column = place
        imported = imports.get(place)
        number = asked.count(*place)
        if number is not None:
            cells[place] = Cell(_table(table), row, column, number, Origin.COUNTED)
        elif imported is not None:
            cells[place] = Cell(_table(table), row, column, imported.value, Origin.IMPORTED, imported=imported)
        else:
            cells[place] = Cell(_table(table), row, column, None, Origin.MISSING)
    return cells


class Asked:
    """The rooms asked once for a year and bodies."""

    def __init__(self, year: int, bodies: Bodies) -> None:
        self.year, self.bodies = year, bodies
        self._cells: dict[str, Mapping[tuple[str, str], Any]] = {}

    def count(self, table: str, row: str, column: str) -> Decimal | None:
        """A cell as a room counts it (0 where the room has nothing), None where no room counts the row."""
        source = source_of(table, row)
        if source is None:
            return None
        if source.name not in self._cells:
            self._cells[source.name] = source.count(self.year, self.bodies)
        return Decimal(self._cells[source.name].get((source.own(row), source.own(column)), 0))


def source_of(table: str, row: str) -> Statistic | None:
    """The room that counts a row of a table; None where numbers come by import."""
    return next((each for each in statistics.filling(table) if each.counts_row(row)), None)


def things(report: AnnualReport, table: str, row: str, column: str, bodies: Bodies) -> list[Thing]:
    """What a cell counts of these bodies, one by one; empty where no room counts the row.

    A total opens to the things of all that it sums.
    """
    source = source_of(table, row)
    if source is None:
        return []
    return source.things(report.year, bodies, source.own(row), source.own(column))


def _gathered(report: AnnualReport) -> dict[Place, Decimal]:
    """The sum of the reports included, what is counted twice taken out."""
    totals: dict[Place, Decimal] = {}
    for inclusion in report.included.all():
        for table, rows in inclusion.tables.items():
            for row, columns in rows.items():
                for column, number in columns.items():
                    place = (table, row, column)
                    if place in LEAVES and number is not None:
                        totals[place] = totals.get(place, ZERO) + Decimal(number)
    for exclusion in report.exclusions.all():
        totals[exclusion.place] = totals.get(exclusion.place, ZERO) - exclusion.number
    return totals


def double(report: AnnualReport, members: list[str]) -> dict[Place, tuple[Decimal, list[str]]]:
    """Cells in which one thing is counted by more than one of the bodies: by how much too often, and by whom.

    Rule `annual-report-aggregation.once`: a thing counts once in the government's report, whoever counted it.
    """
    names = [report.body.code, *members]
    found: dict[Place, tuple[Decimal, list[str]]] = {}
    alone = [(name, Asked(report.year, (name,))) for name in names]
    together = Asked(report.year, names)
    for place in leaves():
        whole = together.count(*place)
        if whole is None:
            continue
        parts = [(name, asked.count(*place) or ZERO) for name, asked in alone]
        surplus = sum((number for _name, number in parts), ZERO) - whole
        if surplus > 0:
            found[place] = (surplus, [name for name, number in parts if number])
    return found


def as_plain(numbers: Sheet) -> dict[str, dict[str, dict[str, str | None]]]:
    """The numbers that are not sums, as JSON: what a government's report takes in."""
    found: dict[str, dict[str, dict[str, str | None]]] = {name: {} for name in TABLES}
    for cell in numbers.cells.values():
        if cell.place in LEAVES:
            value = None if cell.value is None else f"{cell.value.normalize():f}"
            found[cell.table].setdefault(cell.row, {})[cell.column] = value
    return found


def frozen(cells: Mapping[Place, Cell]) -> dict[str, Any]:
    """Cells as JSON, to be kept at submission."""
    return {
        "cells": [
            [c.table, c.row, c.column, None if c.base is None else f"{c.base:f}", c.origin.value]
            for c in cells.values()
            if c.place in LEAVES
        ]
    }


def thawed(kept: Mapping[str, Any]) -> dict[Place, Cell]:
    """The cells that `frozen` kept."""
    return {
        (table, row, column): Cell(
            _table(table), row, column, None if base is None else Decimal(base), Origin(origin)
        )
        for table, row, column, base, origin in kept["cells"]
    }  # fmt: skip


def _with_totals(base: Mapping[Place, Cell]) -> Iterator[Cell]:
    """The cells with the sums that the form asks for, in its order."""

    def summed(table: TableName, row: str, column: str, parts: list[Place]) -> Cell:
        values = [base[part].value for part in parts]
        known = [value for value in values if value is not None]
        return Cell(table, row, column, sum(known, ZERO) if known else None, Origin.SUMMED)

    yield from (cell for cell in base.values() if cell.table == "norms")
    for row in ROW_ORDER:
        rows = RESULTS if row == "total" else (row,)
        for column in APPLICANTS:
            own = base.get(("requests", row, column))
            yield own or summed("requests", row, column, [("requests", each, column) for each in rows])
        whole = [("requests", each, column) for each in rows for column in APPLICANTS]
        yield summed("requests", row, "total", whole)
    for group in DISPUTE_GROUPS:
        yield from (base["disputes", group, outcome] for outcome in OUTCOMES[:-1])
        yield summed("disputes", group, "total", [("disputes", group, outcome) for outcome in OUTCOMES[:-1]])


def _table(name: str) -> TableName:
    return next(table for table in TABLES if table == name)
