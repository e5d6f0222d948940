"""A whole report as one value: whose, about which year, its chapters, its tables."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise
from pathlib import PurePath

from mingtang.law.annual.cells import Grid, squeezed
from mingtang.law.annual.heading import body_of, dated_lines, title_of, year_of
from mingtang.law.annual.reading import read_tables
from mingtang.law.annual.schema import CHAPTERS
from mingtang.law.annual.tables import Tables

_HEADING = re.compile(r"^\s*[（(]?([一二三四五六七八九])[）)]?[、.．\s]\s*(.{2,40}?)[。：:]?\s*$")
_HEADING_IN_LINE = re.compile(r"^\s*([一二三四五六七八九])、\s*([^。：:，]{2,30})[。：:]?")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph outside the tables: its text and where it starts; `table_after` says that a table follows it."""

    text: str
    start: int
    table_after: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter as the report has it: its number in the form (0: none of the six), heading and own paragraphs."""

    number: int
    heading: str
    start: int
    paragraphs: tuple[Passage, ...]
    tables: int

    @property
    def characters(self) -> int:
        """Characters of its narrative, blanks left out."""
        return sum(len("".join(passage.text.split())) for passage in self.paragraphs)


@dataclass(frozen=True)
class Report:
    """What was read from one file."""

    file: str
    title: str
    body: str
    year: int | None
    published_on: datetime.date | None
    chapters: tuple[Chapter, ...]
    opening: tuple[Passage, ...]
    tables: Tables
    text: str
    #: `published_on` is the day under the report, not the page's own
    signed: bool = False

    @property
    def passages(self) -> tuple[tuple[str, int, int], ...]:
        """The narrative as `(text, start, chapter number)`, the opening as chapter 0."""
        rows = [(passage.text, passage.start, 0) for passage in self.opening]
        for chapter in self.chapters:
            rows.extend((passage.text, passage.start, chapter.number) for passage in chapter.paragraphs)
        return tuple(rows)

    @property
    def key(self) -> str:
        """The body's name as it is compared between reports: 青槐县 and 青槐县人民政府 are one."""
        return re.sub(r"(?<=[省市县区旗州盟镇乡])人民政府$", "", squeezed(self.body))

    def new_requests(self) -> Decimal | None:
        return self.tables.request("new", "total")


def report_of(
    *, file: str, passages: Sequence[Passage], grids: Sequence[Grid], text: str, titles: Sequence[str] = (),
    issuer: str = "", published_on: datetime.date | None = None,
) -> Report:  # fmt: skip
    """The report in a document.

    `passages` are the paragraphs in reading order, `grids` the tables, `titles` what the frame of the page calls the
    document, `issuer` and `published_on` what it says of them.
    """
    passages = [piece for passage in passages for piece in _cut_at_headings(passage)]
    texts = [passage.text.strip() for passage in passages]
    name = PurePath(file).stem
    title = title_of(texts[:12], titles)
    opening, chapters = _chapters([p for p in passages if squeezed(p.text) != squeezed(title)])
    signed = published_on is None
    return Report(
        file, title, body_of(title, titles, texts, issuer, name), year_of(title, titles, texts, name),
        published_on or _signed_on(texts), chapters, opening, read_tables(grids, text), text, signed,
    )  # fmt: skip


_DAY = re.compile(r"(20\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")


def _signed_on(texts: Sequence[str]) -> datetime.date | None:
    """The day under the report, where it stands in a line of its own."""
    for line in dated_lines(texts):
        if match := _DAY.search(line):
            try:
                return datetime.date(*(int(part) for part in match.groups()))
            except ValueError:
                return None
    return None


_HEADING_INSIDE = re.compile(
    r"(?<![一二三四五六七八九十（(])[一二三四五六]、\s*(?:总体情况|主动公开政府信息情况|(?:行政机关)?收到和处理政府信息公开申请(?:的)?情况"
    r"|(?:因)?政府信息公开(?:工作)?(?:被申请)?行政复议(?:、|和|及)?(?:提起)?行政诉讼(?:的)?情况"
    r"|(?:政府信息公开工作)?存在的?主要问题(?:及|和)改进(?:情况|措施)?|其他需要报告的事项)"
)


def _cut_at_headings(passage: Passage) -> list[Passage]:
    """A paragraph in which headings stand in the middle, as its heading and other pieces."""
    cuts = sorted({0, len(passage.text), *(at for m in _HEADING_INSIDE.finditer(passage.text) for at in m.span())})
    if len(cuts) == 2:
        return [passage]
    pieces = [
        Passage(passage.text[a:b], passage.start + a) for a, b in pairwise(cuts) if passage.text[a:b].strip(" 。")
    ]
    return [*pieces[:-1], replace(pieces[-1], table_after=passage.table_after)]


def chapter_number(heading: str) -> int:
    """Which of the six chapters a heading names; 0 for none.

    The words of chapters 3 and 4 are tried before those of 2: their headings name disclosure as well.
    """
    text = squeezed(heading)
    order = (4, 3, 2, 5, 6, 1)
    found = {number: pattern.search(text) for number, _, pattern in CHAPTERS}
    return next((number for number in order if found[number]), 0)


def is_heading(text: str) -> bool:
    """Whether a line is the heading of one of the six chapters."""
    found = _heading(text)
    return found is not None and chapter_number(found[0]) > 0


#: Words of the tables' rows and heads, where a table came as lines of text.
_TABLE_WORDS = re.compile(
    r"新收|上年结转|结转下年|办理结果|勾稽|申请人情况|信息内容|自然人.{0,3}法人|商业企业|结果维持|第二十条第|处理决定数量|制发件数"
)
_NUMBERS = re.compile(r"(?:(?:^|\s|[^\d\s])-?\d[\d,.]*(?=\s|$)){3,}|^\D{2,40}\d+$")


def _of_table(text: str) -> bool:
    """Whether a line is a piece of a table that lost its cells."""
    bare = not re.search(r"[，。；]", text)
    return bare and (_TABLE_WORDS.search(squeezed(text)) is not None or _NUMBERS.search(text) is not None)


def _heading(text: str) -> tuple[str, int] | None:
    """The heading in a line and where the text after it begins."""
    if _TABLE_WORDS.search(text) or re.search(r"\d{2,}\s|\s\d+\s*$", text):
        return None
    match = _HEADING.match(text) if len(text) <= 46 else None
    if match and not text.lstrip().startswith(("（", "(")):
        return match.group(2), len(text)
    match = _HEADING_IN_LINE.match(text)
    if match and chapter_number(match.group(2)) and len(match.group(2)) <= 24:
        return match.group(2), match.end()
    return None


def _chapters(passages: Sequence[Passage]) -> tuple[tuple[Passage, ...], tuple[Chapter, ...]]:
    opening: list[Passage] = []
    growing: list[_Growing] = []
    for passage in passages:
        heading = _heading(passage.text)
        if heading is not None:
            words, rest_at = heading
            growing.append(_Growing(words, passage.start))
            rest = passage.text[rest_at:]
            if rest.strip():
                growing[-1].paragraphs.append(Passage(rest, passage.start + rest_at))
        elif passage.text.strip() and not _of_table(passage.text):
            (growing[-1].paragraphs if growing else opening).append(passage)
        if passage.table_after and growing:
            growing[-1].tables += 1
    chapters = [Chapter(chapter_number(c.heading), c.heading, c.start, tuple(c.paragraphs), c.tables) for c in growing]
    return tuple(opening), tuple(chapter for chapter in chapters if not _only_listed(chapter, chapters))


def _only_listed(chapter: Chapter, chapters: Sequence[Chapter]) -> bool:
    """Whether a heading is a line of a table of contents: the same chapter stands elsewhere with its content."""
    if not chapter.number or chapter.characters or chapter.tables:
        return False
    return any(
        other.number == chapter.number
        and other is not chapter
        and (other.characters or other.tables or other.start > chapter.start)
        for other in chapters
    )


@dataclass
class _Growing:
    """A chapter while its paragraphs are collected."""

    heading: str
    start: int
    paragraphs: list[Passage] = field(default_factory=list[Passage])
    tables: int = 0
