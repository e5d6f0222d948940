"""A workbook made anew from what is seen: values for formulas, nothing hidden, no comments, no properties."""

import io
import re
from collections.abc import Callable, Collection
from copy import copy
from typing import Any

Veil = Callable[[str], str]
#: Given a sheet's rows as texts: the columns (from 0) that are veiled whole, each from which row on.
Columns = Callable[[list[list[str]]], dict[int, int]]
MAX_ROWS, MAX_COLUMNS = 20_000, 60
_SHOWS_NOTHING = re.compile(r"^\s*;{2,3}\s*$")


def clean_workbook(data: bytes, veil: Veil, columns: Columns) -> bytes:
    """A new workbook with the visible cells, their number formats, widths and merged areas, words veiled.

    Raises ValueError where the workbook does not open.
    """
    import openpyxl

    try:
        old: Any = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except Exception as error:
        # openpyxl raises whatever its parsers raise on a damaged part: KeyError, ValueError, ParseError, TypeError.
        raise ValueError("表格文件已损坏，打不开") from error
    made: Any = openpyxl.Workbook()
    made.remove(made.active)
    for sheet in old.worksheets:
        if sheet.sheet_state == "visible":
            _copy(sheet, made.create_sheet(sheet.title), veil, columns)
    if not made.worksheets:
        made.create_sheet("空")
    old.close()
    made.properties.creator = made.properties.lastModifiedBy = ""
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _copy(sheet: Any, fresh: Any, veil: Veil, columns: Columns) -> None:
    from openpyxl.utils import get_column_letter

    rows = [n for n in range(1, min(sheet.max_row or 0, MAX_ROWS) + 1) if not _row_hidden(sheet, n)]
    hidden = _hidden_columns(sheet)
    cells = [n for n in range(1, min(sheet.max_column or 0, MAX_COLUMNS) + 1) if n not in hidden]
    texts = [[_text(sheet.cell(row, column).value) for column in cells] for row in rows]
    whole = columns(texts)
    for i, row in enumerate(rows, start=1):
        for j, column in enumerate(cells, start=1):
            old = sheet.cell(row, column)
            if old.value is None or _unseen(old):
                continue
            value = old.value
            words = _text(value)
            veiled = veil(words)
            if j - 1 in whole and i - 1 >= whole[j - 1]:
                veiled = starred(words) if veiled == words else veiled
            new = fresh.cell(i, j, veiled if veiled != words else value)
            new.number_format = old.number_format
            new.alignment = copy(old.alignment)
            new.font = copy(old.font)
    for j, column in enumerate(cells, start=1):
        width = sheet.column_dimensions[get_column_letter(column)].width
        if width:
            fresh.column_dimensions[get_column_letter(j)].width = width
    _merge(sheet, fresh, rows, cells)


def starred(words: str) -> str:
    """The words with all but the first character starred; blanks stay."""
    bare = words.strip()
    if len(bare) < 2 or set(bare) <= set("*×—-/无"):
        return words
    return bare[0] + "*" * min(len(bare) - 1, 12)


def _merge(sheet: Any, fresh: Any, rows: list[int], cells: list[int]) -> None:
    for area in sheet.merged_cells.ranges:
        inside = [n for n in rows if area.min_row <= n <= area.max_row]
        across = [n for n in cells if area.min_col <= n <= area.max_col]
        if inside and across and (len(inside) > 1 or len(across) > 1):
            fresh.merge_cells(
                start_row=rows.index(inside[0]) + 1,
                end_row=rows.index(inside[-1]) + 1,
                start_column=cells.index(across[0]) + 1,
                end_column=cells.index(across[-1]) + 1,
            )


def _row_hidden(sheet: Any, number: int) -> bool:
    size = sheet.row_dimensions.get(number)
    return size is not None and bool(size.hidden or (size.height is not None and size.height < 1))


def _hidden_columns(sheet: Any) -> Collection[int]:
    found: set[int] = set()
    for size in sheet.column_dimensions.values():
        if size.hidden or (size.width is not None and size.width < 0.3):
            found.update(range(size.min or 0, min(size.max or size.min or 0, MAX_COLUMNS) + 1))
    return found


def _unseen(cell: Any) -> bool:
    """Whether a cell is white on white, or its format shows nothing."""
    if not cell.has_style:
        return False
    colour = getattr(cell.font, "color", None)
    white = colour is not None and colour.type == "rgb" and str(colour.rgb)[-6:].upper() == "FFFFFF"
    return bool(_SHOWS_NOTHING.match(str(cell.number_format or ""))) or (white and cell.fill.fill_type is None)


def _text(value: object) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
