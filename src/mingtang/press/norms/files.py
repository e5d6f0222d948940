"""A normative document as PDF, docx and plain text: title, whence it comes, articles, attachments."""

import datetime
from collections.abc import Iterator, Sequence

from mingtang.press.document import Annex, Block, Document, Heading, Layout, Paragraph, Table
from mingtang.press.fonts import Fonts
from mingtang.press.norms.value import Attached, NormText, Part, kind_of
from mingtang.press.plain_text import plain
from mingtang.press.typesetting import pdf
from mingtang.press.word import docx

_LEVELS = {"part": 1, "chp": 1, "sec": 2, "h1": 1, "h2": 2, "h3": 3, "h4": 4}


def norm_pdf(norm: NormText, *, moment: datetime.datetime, fonts: Fonts | None = None) -> bytes:
    """The document set by GB/T 9704-2012 as PDF/A; errors as `typesetting.pdf` has them."""
    return pdf(_document(norm), moment=moment, fonts=fonts)


def norm_docx(norm: NormText, *, moment: datetime.datetime) -> bytes:
    """The document as docx with the same measures."""
    return docx(_document(norm), moment=moment)


def norm_text(norm: NormText) -> str:
    """The document as plain text, a line a paragraph, cells of tables parted by tabs."""
    lines = [norm.title, *((norm.number,) if norm.number else ()), f"（{norm.caption}）", *norm.opening]
    lines.extend(_lines(norm.structure.body))
    for attachment in norm.structure.attachments:
        lines.extend(line for line in ("", attachment.label, attachment.title) if line or lines[-1])
        lines.extend(attachment.opening)
        lines.extend(_lines(attachment.body))
    return "".join("\t".join(map(plain, line.split("\t"))) + "\n" for line in lines)


def _lines(parts: Sequence[Part]) -> Iterator[str]:
    for block in _blocks(parts):
        match block:
            case Heading():
                yield block.text
            case Paragraph():
                yield block.lead + block.text
            case Table():
                yield from ("\t".join(str(cell) for cell in row) for row in block.rows)


def _document(norm: NormText) -> Document:
    caption = Paragraph(f"（{norm.caption}）")
    # A text with amendments worked in was never issued under the red head.
    layout = Layout.PLAIN if norm.amendments else Layout.OFFICIAL
    opening = tuple(Paragraph(line) for line in norm.opening)
    return Document(
        title=norm.title, layout=layout, masthead=norm.issuers, number=norm.number, addressee=norm.addressee,
        body=(caption, *opening, *_blocks(norm.structure.body)),
        annexes=tuple(_annex(attachment) for attachment in norm.structure.attachments),
    )  # fmt: skip


def _annex(attachment: Attached) -> Annex:
    opening = tuple(Paragraph(line) for line in attachment.opening)
    return Annex(attachment.title or attachment.label, (*opening, *_blocks(attachment.body)))


def _blocks(parts: Sequence[Part]) -> Iterator[Block]:
    for part in parts:
        kind = kind_of(part)
        if kind == "table":
            yield _table(part.text)
        elif kind == "art" or (kind in _LEVELS and not part.heading):
            yield from _led(part)
        elif kind in _LEVELS:
            space = "　" if kind in ("part", "chp", "sec") else ""
            yield Heading(f"{part.label}{space}{part.heading}", _LEVELS[kind])
            yield from _blocks(part.children)
        else:
            yield Paragraph(part.label + part.text)
            yield from _blocks(part.children)


def _led(part: Part) -> Iterator[Block]:
    """An article: its number leads its first paragraph."""
    space = "　" if kind_of(part) == "art" else ""
    lead = f"{part.label}{space}{part.heading}"
    first, rest = (part.children[0], part.children[1:]) if part.children else (None, ())
    if first is not None and kind_of(first) == "para":
        yield Paragraph(first.text, lead=lead)
        yield from _blocks(first.children)
        yield from _blocks(rest)
    else:
        yield Paragraph("", lead=lead)
        yield from _blocks(part.children)


def _table(text: str) -> Table:
    rows = [tuple(cell.strip() for cell in line.split("\t")) for line in text.splitlines()]
    width = max(map(len, rows))
    return Table(tuple((*row, *[""] * (width - len(row))) for row in rows), (1.0,) * width)
