"""A list as an xlsx workbook: a title, a fixed head with filters, a line a row, set up for A4 landscape."""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

#: Characters that XML 1.0 does not allow; openpyxl refuses them.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading and its width in characters."""

    heading: str
    width: float


@dataclass(frozen=True, slots=True)
class Listing:
    """A list in a sheet of its own."""

    name: str
    title: str
    columns: Sequence[Column]
    lines: Iterable[Sequence[object]]


def list_workbook(title: str, columns: Sequence[Column], lines: Iterable[Sequence[object]]) -> bytes:
    """The bytes of the file. Cells are text, whole numbers or dates; text that begins like a formula stays text."""
    return lists_workbook([Listing("清单", title, columns, lines)])


def lists_workbook(listings: Sequence[Listing]) -> bytes:
    """The bytes of a file with a sheet for each list, the first one shown."""
    from openpyxl import Workbook

    book: Any = Workbook()
    for place, listing in enumerate(listings):
        _fill(book.active if place == 0 else book.create_sheet(), listing)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _fill(sheet: Any, listing: Listing) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    columns, lines = listing.columns, listing.lines
    sheet.title = listing.name
    sheet["A1"] = listing.title
    sheet["A1"].font = Font(bold=True, size=14)
    for place, column in enumerate(columns, start=1):
        cell = sheet.cell(2, place, column.heading)
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    last = 2
    for last, line in enumerate(lines, start=3):
        for place, value in enumerate(line, start=1):
            _put(sheet.cell(last, place), value, Alignment(vertical="top", wrap_text=True))
    sheet.freeze_panes = "B3"
    sheet.auto_filter.ref = f"A2:{get_column_letter(len(columns))}{last}"
    sheet.print_title_rows = "2:2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _put(cell: Any, value: object, alignment: Any) -> None:
    cell.alignment = alignment
    if isinstance(value, date):
        cell.value = value
        cell.number_format = "yyyy-mm-dd"
    elif isinstance(value, int):
        cell.value = value
    elif value is not None:
        cell.value = _CONTROL.sub("", str(value))
        cell.data_type = "s"
