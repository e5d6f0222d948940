"""A docx file into a document: paragraphs with the numbers Word generates, soft line breaks, and tables."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from mingtang.text.cleaning import clean_lines
from mingtang.text.document import Composer, Document
from mingtang.text.errors import UnreadableFile
from mingtang.text.formats.markup import MARKUP_ERRORS, xml_tree
from mingtang.text.formats.numbering import Numbering

Element = Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", f"{W}pPr", f"{W}rPr"}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXT_BOX = f"{W}txbxContent"


def read(data: bytes) -> Document:
    """The document of a docx file; raises `UnreadableFile` when a part of it is broken."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            main = _part(archive, "word/document.xml")
            numbering = Numbering(_part(archive, "word/numbering.xml"), _part(archive, "word/styles.xml"))
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, *MARKUP_ERRORS):
        raise UnreadableFile("Word 文件已损坏，读不出来；请在 Word 或 WPS 中打开另存后再试。") from None
    body = None if main is None else main.find(f"{W}body")
    if body is None:
        raise UnreadableFile("Word 文件缺少正文部分；请在 Word 或 WPS 中打开另存后再试。")
    composer = Composer()
    for block in _blocks(body):
        _add_block(composer, block, numbering)
    return composer.document("docx")


def _part(archive: zipfile.ZipFile, name: str) -> Element | None:
    try:
        xml = archive.read(name)
    except KeyError:
        return None
    return xml_tree(xml)


def _blocks(parent: Element) -> Iterator[Element]:
    """Paragraphs and tables, also those inside content controls and inserted sections."""
    for child in parent:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}smartTag", f"{W}customXml"):
            yield from _blocks(child)


def _paragraph_lines(paragraph: Element, numbering: Numbering) -> list[str]:
    """The lines of a paragraph: its generated number first, a soft break begins a new line."""
    pieces: list[str] = []
    boxes: list[Element] = []
    _collect(paragraph, pieces, boxes)
    lines = clean_lines("".join(pieces))
    if lines:
        label = numbering.label_of(paragraph)
        if label:
            lines[0] = label + lines[0]
    for box in boxes:
        for inner in _blocks(box):
            if inner.tag == f"{W}p":
                lines.extend(_paragraph_lines(inner, numbering))
    return lines


def _collect(node: Element, pieces: list[str], boxes: list[Element]) -> None:
    for child in node:
        tag = child.tag
        if tag in _SKIPPED or tag == _FALLBACK or not isinstance(tag, str):
            continue
        if tag == f"{W}t":
            pieces.append(child.text or "")
        elif tag == f"{W}tab":
            pieces.append("  ")
        elif tag in (f"{W}br", f"{W}cr"):
            pieces.append("\n")
        elif tag == f"{W}noBreakHyphen":
            pieces.append("-")
        elif tag == _TEXT_BOX:
            boxes.append(child)
        else:
            _collect(child, pieces, boxes)


def _add_block(composer: Composer, block: Element, numbering: Numbering) -> None:
    if block.tag == f"{W}tbl":
        _add_table(composer, block, numbering)
        return
    for line in _paragraph_lines(block, numbering):
        composer.paragraph(line)


def _frames(table: Element) -> list[Element]:
    """The cells of a table that only frames others: a single row or column with tables in its cells; else none."""
    rows = [[cell for cell in row if cell.tag == f"{W}tc"] for row in _rows(table)]
    cells = [cell for row in rows for cell in row]
    framing = len(rows) == 1 or all(len(row) == 1 for row in rows)
    return cells if framing and any(cell.find(f"{W}tbl") is not None for cell in cells) else []


def _add_table(composer: Composer, table: Element, numbering: Numbering) -> None:
    if framed := _frames(table):
        for cell in framed:
            for block in _blocks(cell):
                _add_block(composer, block, numbering)
        return
    grid: list[list[str | None]] = []
    merged: dict[tuple[int, int], tuple[int, int]] = {}
    for i, row in enumerate(_rows(table)):
        texts: list[str | None] = []
        for cell in row.iter(f"{W}tc"):
            if next(cell.iterancestors(f"{W}tr")) is not row:
                continue  # of a table nested in a cell
            j = len(texts)
            texts.append("\n".join(_cell_lines(cell, numbering)))
            for offset in range(1, _grid_span(cell)):
                texts.append(None)
                merged[(i, j + offset)] = (i, j)
            if _continues_above(cell) and i:
                for offset in range(_grid_span(cell)):
                    merged[(i, j + offset)] = merged.get((i - 1, j), (i - 1, j))
        grid.append(texts)
    width = max(map(len, grid), default=0)
    for row in grid:
        row.extend([None] * (width - len(row)))
    if width == 1:
        for row in grid:
            for line in (row[0] or "").split("\n"):
                composer.paragraph(line)
        return
    composer.table(grid, merged)


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == f"{W}tr":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins"):
            yield from _rows(child)


def _cell_lines(cell: Element, numbering: Numbering) -> list[str]:
    lines: list[str] = []
    for block in _blocks(cell):
        if block.tag == f"{W}p":
            lines.extend(_paragraph_lines(block, numbering))
        else:
            for inner in block.iter(f"{W}p"):
                lines.extend(_paragraph_lines(inner, numbering))
    return lines


def _property(cell: Element, name: str) -> Element | None:
    properties = cell.find(f"{W}tcPr")
    return None if properties is None else properties.find(f"{W}{name}")


def _grid_span(cell: Element) -> int:
    span = _property(cell, "gridSpan")
    try:
        return max(1, min(int(span.get(f"{W}val") or 1), 60)) if span is not None else 1
    except ValueError:
        return 1


def _continues_above(cell: Element) -> bool:
    merge = _property(cell, "vMerge")
    return merge is not None and merge.get(f"{W}val") != "restart"
