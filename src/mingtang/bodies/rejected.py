"""The workbook of rejected rows: each as it was given, with its number, what is wrong and how to mend it."""

from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from mingtang.bodies.intake import Report, Table


def workbook(table: Table, report: Report) -> bytes:
    """The rejected rows as an xlsx file; corrected, it can be imported as it stands (its extra columns are ignored)."""
    book = Workbook()
    sheet: Any = book.active  # a new workbook has one
    sheet.title = "未导入的行"
    heading = ["行号", "问题", "如何改", *table.heading.cells]
    sheet.append(heading)
    cells = {row.number: row.cells for row in table.rows}
    for number in dict.fromkeys(rejection.row for rejection in report.rejected):
        mine = [rejection for rejection in report.rejected if rejection.row == number]
        what = "\n".join(f"{r.column}：{r.what}" if r.column else r.what for r in mine)
        sheet.append([number, what, "\n".join(r.mend for r in mine), *cells[number]])
        for cell in sheet[sheet.max_row][1:]:
            cell.data_type = "s"  # what somebody typed never becomes a formula
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for at in range(1, len(heading) + 1):
        sheet.column_dimensions[get_column_letter(at)].width = 44 if at in (2, 3) else 18
    for row in sheet.iter_rows(min_row=2, min_col=2, max_col=3):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "D2"
    into = BytesIO()
    book.save(into)
    return into.getvalue()


def write(path: Path, table: Table, report: Report) -> None:
    """Put the workbook at `path`."""
    path.write_bytes(workbook(table, report))
