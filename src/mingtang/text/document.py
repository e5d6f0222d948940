"""The one value every format is read into: a text, and the blocks that stand in it with their places."""

from dataclasses import dataclass
from typing import Literal

from mingtang.text.markers import marker_of

Format = Literal["txt", "html", "docx", "pdf", "xlsx", "picture"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph that occupies `Document.text[start:end]`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell that occupies `Document.text[start:end]`; a merged cell stands at each of its grid places."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """A rectangular grid of cells, row by row; `start` and `end` enclose all of them."""

    rows: tuple[tuple[Cell, ...], ...]
    start: int
    end: int


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Recognized:
    """A line that text recognition read: on which page, where (left, top, right, bottom in pixels of the page's
    picture), and how sure it is (0–1)."""

    page: int
    text: str
    box: tuple[int, int, int, int]
    confidence: float


@dataclass(frozen=True, slots=True)
class Document:
    """What was read from a file.

    `text` is cleaned: line ends are "\\n", invisible characters are gone, single spaces beside Chinese characters are
    gone, wrapped lines are joined again. All offsets of this library are character offsets into it. `facts` holds what
    the frame around the text said (网页索引表: 发文机关, 文号, 成文日期 …), never part of the text. `recognized` holds
    the lines of a scan or picture; () for a file that has its text as text.
    """

    text: str
    blocks: tuple[Block, ...]
    format: Format = "txt"
    facts: tuple[tuple[str, str], ...] = ()
    recognized: tuple[Recognized, ...] = ()

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs outside tables, in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables, in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    def fact(self, name: str) -> str | None:
        """What the frame around the text said under `name`, or None."""
        return next((value for key, value in self.facts if key == name), None)


class Composer:
    """Builds a `Document` block by block and keeps the offsets true."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._unfinished = ""

    def _put(self, piece: str) -> tuple[int, int]:
        start = self._length
        self._pieces.append(piece)
        self._length += len(piece)
        return start, self._length

    def paragraph(self, text: str) -> None:
        """Add a paragraph; an empty one is left out, one that cannot end here is joined with the next."""
        if not text:
            return
        if self._unfinished:
            if marker_of(text) is None:
                text = self._unfinished + text
            else:
                self._place(self._unfinished)
            self._unfinished = ""
        if unfinished(text):
            self._unfinished = text
        else:
            self._place(text)

    def _place(self, text: str) -> None:
        start, end = self._put(text)
        self._blocks.append(Paragraph(text, start, end))
        self._put("\n")

    def _settle(self) -> None:
        if self._unfinished:
            self._place(self._unfinished)
            self._unfinished = ""

    def table(self, grid: list[list[str | None]], merged: dict[tuple[int, int], tuple[int, int]] | None = None) -> None:
        """Add a table given as a grid; `merged` maps a grid place to the place whose cell covers it."""
        self._settle()
        covers = merged or {}
        placed: dict[tuple[int, int], Cell] = {}
        start = self._length
        rows: list[tuple[Cell, ...]] = []
        for i, row in enumerate(grid):
            cells: list[Cell] = []
            for j, text in enumerate(row):
                origin = covers.get((i, j), (i, j))
                if origin not in placed:
                    cell_start, cell_end = self._put(text or "")
                    placed[origin] = Cell(text or "", cell_start, cell_end)
                    self._put("\t")
                cells.append(placed[origin])
            rows.append(tuple(cells))
            self._put("\n")
        if rows:
            self._blocks.append(Table(tuple(rows), start, self._length))

    def document(
        self,
        format_: Format,
        facts: tuple[tuple[str, str], ...] = (),
        recognized: tuple[Recognized, ...] = (),
    ) -> Document:
        """The finished value."""
        self._settle()
        return Document("".join(self._pieces), tuple(self._blocks), format_, facts, recognized)


def unfinished(text: str) -> bool:
    """Whether a line cannot be the end of a paragraph: it ends with a comma, or inside 《 》 or a bracket."""
    if text[-1] in "，、,":
        return True
    tail = text[-60:]
    return len(text) < 400 and (tail.rfind("《") > tail.rfind("》") or _open_bracket(tail))


def _open_bracket(tail: str) -> bool:
    last_open = max(tail.rfind("（"), tail.rfind("("))
    return (
        last_open >= 0
        and last_open > max(tail.rfind("）"), tail.rfind(")"))
        and tail.count("(") + tail.count("（") > tail.count(")") + tail.count("）")
    )
