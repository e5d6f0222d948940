"""What a workbook carries besides its visible cells: hidden sheets, rows, columns, comments, properties."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from mingtang.text.carried.part import Part
from mingtang.text.carried.word import properties
from mingtang.text.errors import UnreadableFile
from mingtang.text.formats.markup import MARKUP_ERRORS
from mingtang.text.formats.workbook import MAX_COLUMNS, MAX_ROWS, shown

_BROKEN = "表格文件已损坏，读不出来；请在 Excel 或 WPS 中打开另存后再试。"
#: A cell in this number format shows nothing.
_SHOWS_NOTHING = re.compile(r"^\s*;{2,3}\s*$")
_LINK = re.compile(r"\[[^\]]+\]|(?:https?|file)://[^\s\"]+", re.IGNORECASE)
_EXTERNAL = re.compile(r"xl/externalLinks/externalLink\d+\.xml")


def parts(data: bytes) -> Iterator[Part]:
    """All that the workbook carries besides what is seen; raises `UnreadableFile` when it is broken."""
    import openpyxl

    try:
        book: Any = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except Exception:
        # openpyxl raises whatever its parsers raise on a damaged part: KeyError, ValueError, ParseError, TypeError.
        raise UnreadableFile(_BROKEN) from None
    try:
        for sheet in book.worksheets:
            yield from _sheet(sheet)
        for name, defined in getattr(book.defined_names, "items", dict[str, Any]().items)():
            if getattr(defined, "hidden", False) and (text := str(defined.attr_text or "")):
                yield Part(f"隐藏的名称“{name}”", "hidden", text)
    finally:
        book.close()
    yield from _beside(data)


def _beside(data: bytes) -> Iterator[Part]:
    """Properties, and the copies of other workbooks' cells that links leave behind."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from properties(archive)
            for name in archive.namelist():
                if _EXTERNAL.fullmatch(name):
                    text = re.sub(r"<[^>]+>", " ", archive.read(name).decode("utf-8", "ignore"))
                    if text := " ".join(text.split()):
                        yield Part("外部链接的缓存", "formula", text)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, *MARKUP_ERRORS):
        raise UnreadableFile(_BROKEN) from None


def _sheet(sheet: Any) -> Iterator[Part]:
    rows, columns = min(sheet.max_row or 0, MAX_ROWS), min(sheet.max_column or 0, MAX_COLUMNS)
    grid: list[tuple[Any, ...]] = list(sheet.iter_rows(min_row=1, max_row=rows, max_col=columns)) if rows else []
    for row in grid:
        for cell in row:
            if cell.comment is not None and (text := str(cell.comment.text or "").strip()):
                yield Part(f"{sheet.title}!{cell.coordinate} 批注", "comment", text)
    if sheet.sheet_state != "visible":
        if text := "\n".join("\t".join(_shown(row)) for row in grid if any(_shown(row))):
            yield Part(f"工作表“{sheet.title}”", "sheet", text)
        return
    yield from _hidden_lines(sheet, grid)
    for place, text in _margins(sheet):
        yield Part(f"{sheet.title} {place}", "aside", text)


def _hidden_lines(sheet: Any, grid: list[tuple[Any, ...]]) -> Iterator[Part]:
    """Hidden columns and rows, and cells whose type is white or whose format shows nothing."""
    hidden = _hidden_columns(sheet)
    for number in sorted(hidden):
        cells = [row[number - 1] for row in grid if number <= len(row)]
        if text := "\n".join(filter(None, _shown(cells))):
            yield Part(f"{sheet.title}!{cells[0].column_letter}列", "cells", text, in_text=True)
    for row in grid:
        number = row[0].row if row else 0
        size = sheet.row_dimensions.get(number)
        gone = size is not None and (size.hidden or (size.height is not None and size.height < 1))
        if gone and (text := "\t".join(filter(None, _shown(row)))):
            yield Part(f"{sheet.title}!第{number}行", "cells", text, in_text=True)
        for cell in row if not gone else ():
            if cell.value is not None and _unseen(cell):
                yield Part(f"{sheet.title}!{cell.coordinate}", "hidden", shown(cell.value), in_text=True)


def _hidden_columns(sheet: Any) -> set[int]:
    found: set[int] = set()
    for size in sheet.column_dimensions.values():
        if size.hidden or (size.width is not None and size.width < 0.3):
            found.update(range(size.min or 0, min((size.max or size.min or 0), MAX_COLUMNS) + 1))
    return {number for number in found if number > 0}


def _unseen(cell: Any) -> bool:
    if not cell.has_style:
        return False
    if _SHOWS_NOTHING.match(str(cell.number_format or "")):
        return True
    colour = getattr(cell.font, "color", None)
    white = colour is not None and (
        (colour.type == "rgb" and str(colour.rgb)[-6:].upper() == "FFFFFF")
        or (colour.type == "theme" and colour.theme == 0 and not colour.tint)
    )
    return bool(white and (cell.fill is None or cell.fill.fill_type is None))


def _margins(sheet: Any) -> Iterator[tuple[str, str]]:
    for label, margin in (("页眉", sheet.oddHeader), ("页脚", sheet.oddFooter)):
        text = " ".join(str(part.text) for part in (margin.left, margin.center, margin.right) if part and part.text)
        if text:
            yield label, text


def _shown(cells: Any) -> list[str]:
    return [shown(cell.value) for cell in cells]
