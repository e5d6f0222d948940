"""A text PDF into a document: lines by their place on the page, joined into paragraphs, page furniture left out."""

from importlib import import_module
from typing import Any

from mingtang.text.cleaning import clean_line
from mingtang.text.document import Composer, Document
from mingtang.text.errors import NoTextLayer, UnreadableFile
from mingtang.text.formats.pdf_tables import Character, RuledTable, continued, outside, rules_of, tables_on
from mingtang.text.formats.printed import Line, Part, paragraphs, without_furniture

#: A notice with annexes has some dozens of pages; reading stops here.
MAX_PAGES = 500
#: Fewer characters a page than this mean that the pages are pictures.
MIN_CHARACTERS_A_PAGE = 12


def read(data: bytes) -> Document:
    """The document of a PDF that has a text layer; raises `NoTextLayer` when it has none.

    Raises `UnreadableFile` when it is locked or broken.
    """
    pages = _pages(data)
    if sum(map(_characters_on, pages)) < MIN_CHARACTERS_A_PAGE * len(pages):
        raise NoTextLayer("PDF 里没有文字层，像是扫描件；请换成文字版，或先做文字识别（OCR）再试。")
    composer = Composer()
    lines: list[Line] = []
    for part in _joined_tables([part for page in without_furniture(pages) for part in page]):
        if isinstance(part, Line):
            lines.append(part)
            continue
        for text in paragraphs(lines):
            composer.paragraph(text)
        lines = []
        composer.table([list(row) for row in part.cells], part.merged)
    for text in paragraphs(lines):
        composer.paragraph(text)
    return composer.document("pdf")


def _characters_on(page: list[Part]) -> int:
    return sum(
        len(part.text) if isinstance(part, Line) else sum(len(cell or "") for row in part.cells for cell in row)
        for part in page
    )


def _joined_tables(parts: list[Part]) -> list[Part]:
    """The parts with a table that runs on over the next page made one."""
    joined: list[Part] = []
    for part in parts:
        whole = None
        if joined and isinstance(part, RuledTable) and isinstance(joined[-1], RuledTable):
            whole = continued(joined[-1], part)
        if whole is not None:
            joined[-1] = whole
        else:
            joined.append(part)
    return joined


def _pages(data: bytes) -> list[list[Part]]:
    # Imported by name: pdfium's binding is heavy, and comes without types.
    pypdfium2: Any = import_module("pypdfium2")
    raw: Any = import_module("pypdfium2.raw")
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise UnreadableFile("PDF 加了密码，请先去掉密码再试。") from None
        raise UnreadableFile("PDF 已损坏，读不出来；请重新下载或另存后再试。") from None
    try:
        if len(pdf) > MAX_PAGES:
            raise UnreadableFile(f"PDF 有 {len(pdf)} 页，超过 {MAX_PAGES} 页的上限，请拆分后再试。")
        return [_parts(pdf[index], raw) for index in range(len(pdf))]
    except pypdfium2.PdfiumError:
        raise UnreadableFile("PDF 有页面损坏，读不出来；请重新下载或另存后再试。") from None
    finally:
        pdf.close()


def _parts(page: Any, raw: Any) -> list[Part]:
    """The printed lines and the ruled tables of a page from top to bottom."""
    textpage = page.get_textpage()
    try:
        characters = _characters(textpage, raw)
        tables = tables_on(rules_of(page.raw, raw), characters)
    finally:
        textpage.close()
        page.close()
    parts: list[Part] = []
    waiting = list(tables)
    for line in _lines([one for one in characters if all(outside(table, one) for table in tables)]):
        while waiting and waiting[0].top > line.top:
            parts.append(waiting.pop(0))
        parts.append(line)
    return [*parts, *waiting]


def _characters(textpage: Any, raw: Any) -> list[Character]:
    """The characters of a page in the order they are drawn, with left, right, bottom and top; a line end is "\\n"."""
    from ctypes import byref

    box = raw.FS_RECTF()
    found: list[Character] = []
    for index in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(textpage, index)
        char = chr(code) if code else ""
        if not char or code == 0xFFFE:
            continue
        raw.FPDFText_GetLooseCharBox(textpage, index, byref(box))
        found.append(("\n" if char in "\r\n" else char, box.left, box.right, box.bottom, box.top))
    return found


def _lines(characters: list[Character]) -> list[Line]:
    """The printed lines that characters make: a line ends where one ends it or a character stands wholly below."""
    lines: list[Line] = []
    current: list[Character] = []
    for place in [*characters, ("\n", 0.0, 0.0, 0.0, 0.0)]:
        char, _, _, bottom, top = place
        if char == "\n" or (char.strip() and current and top > bottom and top < _floor(current)):
            lines.extend(_line(current))
            current = []
        if char != "\n":
            current.append(place)
    return lines


def _line(places: list[Character]) -> list[Line]:
    text = clean_line(_spaced(places)) if places else ""
    if not text:
        return []
    size = max((place[4] - place[3] for place in places if place[4] > place[3]), default=10.0)
    return [Line(text, min(p[1] for p in places), max(p[2] for p in places), size, places[0][4])]


def _floor(current: list[Character]) -> float:
    """The lowest point of the line so far; a character wholly below it begins a new line."""
    return min((place[3] for place in current if place[4] > place[3]), default=float("-inf"))


def _spaced(places: list[Character]) -> str:
    """The characters of a line, a wide gap between two kept as two blanks (署名  日期)."""
    pieces: list[str] = []
    last_right: float | None = None
    for char, left, right, bottom, top in places:
        size = top - bottom
        if last_right is not None and size > 0 and left - last_right > max(size, 8) * 2:
            pieces.append("  ")
        pieces.append(char)
        if char.strip():
            last_right = right
    return "".join(pieces)
