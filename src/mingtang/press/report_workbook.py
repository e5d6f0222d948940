"""A document of words and tables as an xlsx workbook: the words on the first sheet, each table on one of its own."""

import datetime
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mingtang.press.bag import EPOCH
from mingtang.press.document import Table
from mingtang.press.table_grid import Align, Cell, place

#: Characters that XML 1.0 does not allow; openpyxl refuses them.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,6})?")
#: Characters that fit the width of an A4 page.
_WIDTH = 92.0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the first sheet; a strong one is a heading."""

    text: str
    strong: bool = False


def report_workbook(
    title: str, name: str, lines: Sequence[Line], tables: Sequence[tuple[str, Table]], *, moment: datetime.datetime
) -> bytes:
    """The bytes of the file: `name` is that of the first sheet, `tables` are (name of the sheet, table).

    `moment` is the time of making that its properties state. Numbers are numbers; everything else stays text, also
    what begins like a formula. The same content gives the same bytes.
    """
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    sheet.title = name
    _write_lines(sheet, title, lines)
    for name_of_table, table in tables:
        _write_table(book.create_sheet(name_of_table), table)
    for each in book.worksheets:
        _set_up(each)
    stream = io.BytesIO()
    book.save(stream)
    return _of_moment(stream.getvalue(), moment)


def _of_moment(archive: bytes, moment: datetime.datetime) -> bytes:
    """The workbook with one time of making, whenever it was saved."""
    stamp = moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _STAMP.sub(rb"\g<1>" + stamp + rb"\g<2>", content)
            target.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _write_lines(sheet: Any, title: str, lines: Sequence[Line]) -> None:
    from openpyxl.styles import Alignment, Font

    sheet.column_dimensions["A"].width = _WIDTH
    wrapped = Alignment(vertical="top", wrap_text=True)
    for at, line in enumerate([Line(title, strong=True), *lines], start=1):
        cell = sheet.cell(at, 1)
        _put(cell, line.text, number=False)
        cell.alignment = wrapped
        cell.font = Font(bold=line.strong, size=16 if at == 1 else 12)


def _write_table(sheet: Any, table: Table) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.utils import get_column_letter

    thin = Side(style="thin", color="000000")
    border = Border(left=thin, right=thin, top=thin, bottom=thin)
    total = sum(table.widths)
    for at, width in enumerate(table.widths, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = max(5.0, _WIDTH * width / total)
    sheet.cell(1, 1, _CONTROL.sub("", table.caption)).font = Font(bold=True, size=14)
    heads = len(table.head_lines)
    for row, placed in enumerate(place((*table.head_lines, *table.rows), len(table.widths)), start=2):
        for each in placed:
            _border(sheet, row, each.column + 1, each.cell.columns, border)
            if each.continues:
                continue
            head = row < 2 + heads
            cell = sheet.cell(row, each.column + 1)
            _put(cell, each.cell.text, number=not head)
            centred = head or each.cell.align is Align.CENTRE
            cell.alignment = Alignment(
                horizontal="center" if centred else each.cell.align.value, vertical="center", wrap_text=True
            )
            cell.font = Font(bold=head or each.cell.strong, size=11)
            _merge(sheet, row, each.column + 1, each.cell)
    sheet.freeze_panes = sheet.cell(2 + heads, 1)
    sheet.print_title_rows = f"2:{1 + heads}" if heads else None


def _merge(sheet: Any, row: int, column: int, cell: Cell) -> None:
    if cell.columns > 1 or cell.rows > 1:
        sheet.merge_cells(
            start_row=row, start_column=column, end_row=row + cell.rows - 1, end_column=column + cell.columns - 1
        )


def _border(sheet: Any, row: int, column: int, columns: int, border: Any) -> None:
    """The rules around a cell, before it is merged with its neighbours."""
    for at in range(column, column + columns):
        sheet.cell(row, at).border = border


def _put(cell: Any, words: str, *, number: bool) -> None:
    if number and _NUMBER.fullmatch(words):
        cell.value = Decimal(words) if "." in words else int(words)
    else:
        cell.value = _CONTROL.sub("", words)
        cell.data_type = "s"


def _set_up(sheet: Any) -> None:
    sheet.page_setup.orientation = "portrait"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
