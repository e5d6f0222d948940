"""Scans and pictures into a document: recognized lines set in reading order and joined into paragraphs."""

import io
from collections.abc import Iterable
from statistics import median
from typing import Any

from mingtang.text.cleaning import clean_line
from mingtang.text.document import Composer, Document, Recognized
from mingtang.text.errors import UnreadableFile
from mingtang.text.formats import ocr
from mingtang.text.formats.printed import Line, Part, paragraphs, without_furniture


def read(data: bytes) -> Document:
    """The document of a PDF of scans or of a picture, with every line as it was recognized.

    Raises `UnreadableFile` when the extra is missing or there is no text on it.
    """
    if data.startswith((b"\x89PNG", b"\xff\xd8\xff")):
        spans = ocr.read_picture(data)
        picture = ocr.upright(data)
        return _document([ocr.ScannedPage(1, picture.width, picture.height, spans)], "picture")
    return _document(list(ocr.read_pages(data)), "pdf")


def _document(pages: list[ocr.ScannedPage], format_: Any) -> Document:
    composer = Composer()
    parts: list[list[Part]] = [list(_lines(page)) for page in pages]
    lines = [part for page in without_furniture(parts) for part in page if isinstance(part, Line)]
    for text in paragraphs(lines):
        composer.paragraph(text)
    read_so = tuple(
        Recognized(page.number, span.text, span.box, span.confidence) for page in pages for span in page.spans
    )
    document = composer.document(format_, recognized=read_so)
    if not document.text.strip():
        raise UnreadableFile("文字识别没有认出文字，请换一份清楚的扫描件或文字版。")
    return document


def _lines(page: ocr.ScannedPage) -> Iterable[Line]:
    """The spans of a page as printed lines; those of one row become one, far ones parted by two blanks."""
    height = median([span.box[3] - span.box[1] for span in page.spans]) if page.spans else 0
    row: list[ocr.Span] = []
    for span in (*page.spans, None):
        if row and (span is None or not ocr.same_row(row[-1], span)):
            text = clean_line("  ".join(one.text for one in row))
            if text:
                yield Line(text, row[0].box[0], row[-1].box[2], height, page.height - row[0].box[1])
            row = []
        if span is not None:
            row.append(span)


def crop(data: bytes, line: Recognized, *, margin: int = 12) -> bytes:
    """The part of the page's picture where a line stands, with `margin` pixels around it, as a PNG."""
    if data.startswith((b"\x89PNG", b"\xff\xd8\xff")):
        picture = ocr.upright(data)
    else:
        picture = next(page for number, page in enumerate(ocr.page_pictures(data), start=1) if number == line.page)
    left, top, right, bottom = line.box
    box = (
        max(0, left - margin), max(0, top - margin), min(picture.width, right + margin),
        min(picture.height, bottom + margin),
    )  # fmt: skip
    stream = io.BytesIO()
    picture.crop(box).save(stream, "PNG")
    return stream.getvalue()
