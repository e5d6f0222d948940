"""An xlsx workbook into a document: each visible sheet's title lines as paragraphs, its grid as a table."""

import io
from datetime import date, datetime
from typing import Any

from mingtang.text.cleaning import clean_lines
from mingtang.text.document import Composer, Document
from mingtang.text.errors import UnreadableFile

#: A task table has some hundreds of rows; reading stops here.
MAX_ROWS = 20_000
MAX_COLUMNS = 60


def read(data: bytes) -> Document:
    """The document of a workbook; raises `UnreadableFile` when it is broken."""
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except Exception:
        # openpyxl raises whatever its parsers raise on a damaged part: KeyError, ValueError, ParseError, TypeError.
        raise UnreadableFile("表格文件已损坏，读不出来；请在 Excel 或 WPS 中打开另存后再试。") from None
    composer = Composer()
    try:
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                _add_sheet(composer, sheet)
    finally:
        book.close()
    return composer.document("xlsx")


def _add_sheet(composer: Composer, sheet: Any) -> None:
    rows, columns = min(sheet.max_row or 0, MAX_ROWS), min(sheet.max_column or 0, MAX_COLUMNS)
    merged: dict[tuple[int, int], tuple[int, int]] = {}
    for area in sheet.merged_cells.ranges:
        for i in range(area.min_row - 1, min(area.max_row, rows)):
            for j in range(area.min_col - 1, min(area.max_col, columns)):
                if (i, j) != (area.min_row - 1, area.min_col - 1):
                    merged[(i, j)] = (area.min_row - 1, area.min_col - 1)
    grid: list[list[str | None]] = (
        [
            ["\n".join(clean_lines(shown(cell.value))) for cell in row]
            for row in sheet.iter_rows(min_row=1, max_row=rows, max_col=columns)
        ]
        if rows and columns
        else []
    )
    first = _first_table_row(grid)
    for row in grid[:first]:
        for text in row:
            for line in (text or "").split("\n"):
                composer.paragraph(line)
    body = grid[first:]
    last = max((i for i, row in enumerate(body) if any(row)), default=-1)
    shifted = {(i - first, j): (oi - first, oj) for (i, j), (oi, oj) in merged.items() if i >= first and oi >= first}
    composer.table(body[: last + 1], shifted)


def _first_table_row(grid: list[list[str | None]]) -> int:
    """The first row with several filled cells; what stands above it are title lines."""
    for i, row in enumerate(grid):
        if sum(1 for text in row if text) >= 2:
            return i
    return len(grid)


def shown(value: object) -> str:
    """A cell value as a reader sees it."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
