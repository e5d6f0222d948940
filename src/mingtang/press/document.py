"""An official document as a value: what stands on paper, in the order of GB/T 9704-2012, not how it is set.

All text is plain: nothing in it is markup. A line feed in a title or a paragraph is a line break; other control
characters are dropped when the document is set.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from mingtang.press.table_grid import Cell, place


class Layout(Enum):
    """How the first page begins and the last one ends."""

    OFFICIAL = "official"  # red head with 文件, version record with rules (GB/T 9704-2012, 7.2–7.4)
    LETTER = "letter"  # name between red double rules, no number on the first page (GB/T 9704-2012, 10.1)
    PLAIN = "plain"  # no head: forms, guides, enclosures


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading on a line of its own; level 1 to 4 are 一、 （一） 1. （1）; the number is part of the text."""

    text: str
    level: int = 1

    def __post_init__(self) -> None:
        if self.level not in (1, 2, 3, 4):
            raise ValueError(f"公文标题只有四级：{self.level}（{self.text}）")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `lead` stands before it on the same line in the face of heading level 2."""

    text: str
    lead: str = ""
    indented: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """A table with rules; widths are parts of the text's width.

    `head` is repeated on each page that the table runs over; a head of several lines is given as `heads` instead.
    `points` is the size of its letters, where it is not the usual one; `together` keeps it on one page.
    """

    rows: tuple[tuple[Cell | str, ...], ...]
    widths: tuple[float, ...]
    head: tuple[Cell | str, ...] = ()
    caption: str = ""
    heads: tuple[tuple[Cell | str, ...], ...] = ()
    points: float = 0
    together: bool = False

    def __post_init__(self) -> None:
        if self.head and self.heads:
            raise ValueError("表头只写一处：一行写在 head，几行写在 heads")
        if not self.widths or any(width <= 0 for width in self.widths):
            raise ValueError("表格的列宽应为正数")
        place(self.head_lines, len(self.widths))
        place(self.rows, len(self.widths))

    @property
    def head_lines(self) -> tuple[tuple[Cell | str, ...], ...]:
        """The lines of the head."""
        return (self.head,) if self.head else self.heads


Block = Heading | Paragraph | Table


@dataclass(frozen=True, slots=True)
class Annex:
    """An attachment bound with the document: it begins a page of its own under 附件 and its number."""

    title: str
    body: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Imprint:
    """The last line of the version record: who printed, and when (7.4.3)."""

    by: str
    on: datetime.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One official document.

    `masthead` names the issuing bodies at the head; `signature` those at the foot, which may differ; `sealed` leaves
    room for the seal over signature and date (7.3.5.1), otherwise they are set as 7.3.5.2 says. `attachments` are the
    names in the note of attachments; `annexes` those that are bound with it. `vertical` is the masthead in Mongolian
    script, set downwards, one column a line.
    """

    title: str
    layout: Layout = Layout.OFFICIAL
    masthead: tuple[str, ...] = ()
    vertical: tuple[str, ...] = ()
    number: str = ""
    marks: tuple[str, ...] = ()  # copy number, secrecy with period, urgency, from the top (7.2.1–7.2.3)
    signer: str = ""  # 签发人, of documents that go upwards (7.2.6)
    addressee: str = ""
    body: tuple[Block, ...] = ()
    attachments: tuple[str, ...] = ()
    signature: tuple[str, ...] = ()
    dated: datetime.date | None = None
    sealed: bool = True
    note: str = ""  # 附注 (7.3.6), without its brackets
    annexes: tuple[Annex, ...] = ()
    copies_to: tuple[str, ...] = ()
    imprint: Imprint | None = None


def chinese_date(day: datetime.date) -> str:
    """A date as documents write it: Arabic figures, whole year, months and days without a leading zero (7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """A text of several lines as paragraphs; empty lines are dropped."""
    return tuple(Paragraph(line.strip()) for line in text.splitlines() if line.strip())


def block_texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    """All text of the blocks in reading order."""
    for block in blocks:
        match block:
            case Heading():
                yield block.text
            case Paragraph():
                yield block.lead + block.text
            case Table():
                yield block.caption
                for row in (*block.head_lines, *block.rows):
                    yield from (cell.text if isinstance(cell, Cell) else cell for cell in row)


def texts(document: Document) -> Iterator[str]:
    """All text of the document in reading order, as `problems` of a letter and the fonts' coverage are asked of."""
    yield from (*document.marks, *document.vertical, *document.masthead)
    yield from (document.number, document.signer, document.title, document.addressee)
    yield from block_texts(document.body)
    yield from (*document.attachments, *document.signature)
    if document.dated:
        yield chinese_date(document.dated)
    yield document.note
    for annex in document.annexes:
        yield annex.title
        yield from block_texts(annex.body)
    yield from document.copies_to
    if document.imprint:
        yield from (document.imprint.by, chinese_date(document.imprint.on))
