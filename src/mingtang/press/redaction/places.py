"""Where things stand on a page: areas in points, spans of the page's text, and the text with the box of each character.

All coordinates are PDF user space: points, origin at the lower left of an unrotated page.
"""

import io
from collections.abc import Iterable, Sequence
from ctypes import byref, c_double
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from mingtang.press.redaction.errors import Unreadable

Box = tuple[float, float, float, float]
#: How much of a character's box at either end of a span is left out, so that its neighbours are not touched.
_INSET = 0.12


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle on a page (pages count from 0)."""

    page: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def box(self) -> Box:
        return self.left, self.bottom, self.right, self.top


@dataclass(frozen=True, slots=True)
class Span:
    """Characters start to end (end not included) of `PageText.text`; pages count from 0."""

    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PageText:
    """What is written on a page as a reader program sees it; `boxes` holds None for line ends and blanks it made up.

    `sheet` is the page's own box in its user space, `turned` by how many degrees it is shown turned to the right.
    """

    text: str
    boxes: tuple[Box | None, ...]
    sheet: Box
    turned: int = 0

    def area(self, page: int, left: float, top: float, width: float, height: float) -> Area:
        """The area given as shares (0 to 1) of the page as it is shown, from its upper left corner."""
        x0, y0, x1, y1 = left, top, min(left + width, 1.0), min(top + height, 1.0)
        for _quarter in range(self.turned // 90 % 4):  # turn back to the left, a quarter at a time
            x0, y0, x1, y1 = y0, 1 - x1, y1, 1 - x0
        low, bottom, right, high = self.sheet
        across, up = right - low, high - bottom
        return Area(page, low + x0 * across, high - y1 * up, low + x1 * across, high - y0 * up)

    def places(self, word: str) -> tuple[tuple[int, int], ...]:
        """Where a word stands, also across line ends and blanks: (start, end) pairs."""
        kept = [index for index, char in enumerate(self.text) if not char.isspace()]
        text = "".join(self.text[index] for index in kept)
        wanted = "".join(word.split())
        found: list[tuple[int, int]] = []
        at = text.find(wanted) if wanted else -1
        while at >= 0:
            found.append((kept[at], kept[at + len(wanted) - 1] + 1))
            at = text.find(wanted, at + len(wanted))
        return tuple(found)


def opened(data: bytes) -> Any:
    """The PDF as pdfium reads it; raises `Unreadable`."""
    pypdfium2: Any = import_module("pypdfium2")
    try:
        return pypdfium2.PdfDocument(io.BytesIO(data))
    except pypdfium2.PdfiumError:
        raise Unreadable("PDF 打不开：可能损坏或加了密码，请重新导出后再试。") from None


def pages_in(data: bytes) -> tuple[PageText, ...]:
    """The text of each page with its boxes; raises `Unreadable` when the file cannot be opened."""
    pdf = opened(data)
    try:
        return tuple(_page_text(pdf[index]) for index in range(len(pdf)))
    finally:
        pdf.close()


def _page_text(page: Any) -> PageText:
    raw: Any = import_module("pypdfium2.raw")
    textpage = page.get_textpage()
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    pieces: list[str] = []
    boxes: list[Box | None] = []
    try:
        for index in range(textpage.count_chars()):
            code = raw.FPDFText_GetUnicode(textpage, index)
            char = "\n" if code in (10, 13) else chr(code) if 31 < code < 0x110000 and code != 0xFFFE else "\ufffd"
            pieces.append(char)
            if char == "\n" or raw.FPDFText_IsGenerated(textpage, index) == 1:
                boxes.append(None)
                continue
            loose = raw.FS_RECTF()
            raw.FPDFText_GetLooseCharBox(textpage, index, byref(loose))
            box = (loose.left, loose.bottom, loose.right, loose.top)
            if loose.right <= loose.left or loose.top <= loose.bottom:
                raw.FPDFText_GetCharBox(textpage, index, byref(left), byref(right), byref(bottom), byref(top))
                box = (left.value, bottom.value, right.value, top.value)
            boxes.append(box)
        return PageText("".join(pieces), tuple(boxes), tuple(page.get_bbox()), page.get_rotation())
    finally:
        textpage.close()
        page.close()


def areas_of(span: Span, text: PageText) -> list[Area]:
    """The areas that a span covers, one a line, kept clear of the characters beside it."""
    lines: list[list[Box]] = []
    for box in text.boxes[max(0, span.start) : span.end]:
        if box is None:
            continue
        if lines and _same_line(lines[-1][-1], box):
            lines[-1].append(box)
        else:
            lines.append([box])
    return [_inset(span.page, line) for line in lines]


def _same_line(before: Box, box: Box) -> bool:
    middle = (box[1] + box[3]) / 2
    height = before[3] - before[1]
    return before[1] <= middle <= before[3] and box[0] >= before[0] and box[0] - before[2] < max(height, 1) * 2


def _inset(page: int, line: Sequence[Box]) -> Area:
    first, last = line[0], line[-1]
    low, high = min(box[1] for box in line), max(box[3] for box in line)
    return Area(
        page,
        first[0] + (first[2] - first[0]) * _INSET,
        low + (high - low) * _INSET,
        last[2] - (last[2] - last[0]) * _INSET,
        high - (high - low) * _INSET,
    )


def overlaps(box: Box, area: Box) -> bool:
    """Whether two boxes share more than a hair's breadth."""
    hair = 0.01
    return min(box[2], area[2]) - max(box[0], area[0]) > hair and min(box[3], area[3]) - max(box[1], area[1]) > hair


def within(box: Box, area: Box, margin: float = 1.0) -> bool:
    """Whether a box lies in an area, give or take a margin in points."""
    return (
        box[0] >= area[0] - margin
        and box[1] >= area[1] - margin
        and box[2] <= area[2] + margin
        and box[3] <= area[3] + margin
    )


def kept_text(text: PageText, areas: Iterable[Box]) -> str:
    """The characters of a page that stand in none of the areas, without blanks and line ends."""
    covers = list(areas)
    return "".join(
        char
        for char, box in zip(text.text, text.boxes, strict=True)
        if box is not None and not char.isspace() and not any(overlaps(box, area) for area in covers)
    )
