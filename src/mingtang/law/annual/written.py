"""A report that we wrote, as one frozen value: all files, pages and charts of it are made from this and nothing else.

It can be kept as JSON and read back without loss (`as_json`, `from_json`), and turned into what the check reads
(`to_report`), so that a report in work is checked by the same engine as anybody's.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Literal, TypeVar, cast

from mingtang.law.annual.cells import Number, shown
from mingtang.law.annual.cells import number as read_number
from mingtang.law.annual.report import Passage, Report, report_of
from mingtang.law.annual.schema import CHAPTERS, REQUEST_COLUMNS, ROW_ORDER
from mingtang.law.annual.tables import Cells, Tables, dispute_place, norm_place, request_place

FORMAT = "mingtang.annual-report/1"
_Made = TypeVar("_Made")

TableName = Literal["norms", "requests", "disputes"]
#: The tables as the report numbers them.
TABLES: tuple[TableName, ...] = ("norms", "requests", "disputes")
TABLE_LABELS: Mapping[TableName, str] = {"norms": "表一", "requests": "表二", "disputes": "表三"}
#: The chapter that holds each table.
TABLE_CHAPTERS: Mapping[int, TableName] = {2: "norms", 3: "requests", 4: "disputes"}
#: Rows of table 1 in the form of 2021, each with its columns, in the order of the form.
NORM_FORM: Mapping[str, tuple[str, ...]] = {
    "regulations": ("made", "repealed", "valid"),
    "normative_documents": ("made", "repealed", "valid"),
    "licences": ("decisions",),
    "penalties": ("decisions",),
    "coercion": ("decisions",),
    "charges": ("amount",),
}


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter's narrative: its number in the form (1–6), its heading, its paragraphs without the table."""

    number: int
    title: str
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """A number that a person put in place of the counted one: visible for good.

    `after` is the number of the published edition that it corrected; 0 while the report was not public yet.
    """

    table: TableName
    row: str
    column: str
    old: Decimal | None
    new: Decimal
    reason: str
    by: str
    at: datetime.datetime
    after: int = 0

    @property
    def place(self) -> str:
        """The cell in the words of the form."""
        return place_of(self.table, self.row, self.column)


@dataclass(frozen=True, slots=True)
class Exclusion:
    """What the government's report leaves out of the sum of the bodies' numbers, as counted by two of them."""

    table: TableName
    row: str
    column: str
    number: Decimal
    reason: str
    rule: str

    @property
    def place(self) -> str:
        """The cell in the words of the form."""
        return place_of(self.table, self.row, self.column)


@dataclass(frozen=True, slots=True)
class Source:
    """Where an imported number came from: the system that holds it, the file, who brought it and when."""

    table: TableName
    row: str
    column: str
    system: str
    file: str
    by: str
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem that the report names, and what will be done about it."""

    text: str
    measure: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A problem of last year's report, and what became of it: `solved`, `partly` or `open`."""

    text: str
    measure: str
    outcome: Literal["solved", "partly", "open"]
    result: str

    @property
    def label(self) -> str:
        """The outcome in words."""
        return {"solved": "已解决", "partly": "部分解决", "open": "尚未解决"}[self.outcome]


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """An item of the ledger and how far it was fulfilled: `done` of `duties`; `path` is its page below the portal."""

    ledger: str
    item: str
    title: str
    duties: int
    done: int
    late: int = 0
    path: str = ""

    @property
    def label(self) -> str:
        """In words."""
        if self.done >= self.duties:
            return "已完成"
        return "正在推进" if self.done else "尚未完成"


@dataclass(frozen=True, slots=True)
class Fees:
    """The information processing fees received: how many notices were paid, how much in yuan."""

    notices: int = 0
    amount: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Publication:
    """A time at which the report went before the public; from the second on with the reason of the new edition."""

    edition: int
    at: datetime.datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Included:
    """A body whose report the government's report takes in."""

    code: str
    name: str


@dataclass(frozen=True)
class WrittenReport:
    """Everything that a written report says; `edition` counts from 1 (0 while nothing is frozen).

    `earlier` holds the tables of up to four years before, newest first, for trends. `government` says whose report it
    is: a body's own (False) or the aggregate of a government (True), with the bodies `included`.
    """

    body: str
    body_code: str
    year: int
    government: bool
    edition: int = 0
    chapters: tuple[Chapter, ...] = ()
    tables: Tables = field(default_factory=Tables)
    corrections: tuple[Correction, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    sources: tuple[Source, ...] = ()
    problems: tuple[Problem, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    fulfilment: tuple[Fulfilment, ...] = ()
    fees: Fees = Fees()
    included: tuple[Included, ...] = ()
    earlier: tuple[tuple[int, Tables], ...] = ()
    publications: tuple[Publication, ...] = ()
    #: why this edition replaces a published one; empty for the first
    reason: str = ""

    @property
    def title(self) -> str:
        """The title, as the form has it."""
        return f"{self.body}{self.year}年政府信息公开工作年度报告"

    @property
    def published_on(self) -> datetime.date | None:
        """The day of the first publication in China's time; None before it."""
        china = datetime.timezone(datetime.timedelta(hours=8))
        return self.publications[0].at.astimezone(china).date() if self.publications else None

    def chapter(self, number: int) -> Chapter:
        """The chapter of this number, empty where nothing is written yet."""
        written = {chapter.number: chapter for chapter in self.chapters}
        return written.get(number) or Chapter(number, chapter_title(number))


def chapter_title(number: int) -> str:
    """The heading of a chapter in the form, without its number; KeyError where the form has none."""
    return {known: title for known, title, _ in CHAPTERS}[number]


def place_of(table: str, row: str, column: str) -> str:
    """How a cell of any table is called."""
    return {"norms": norm_place, "requests": request_place, "disputes": dispute_place}[table](row, column)


def to_report(written: WrittenReport, file: str = "") -> Report:
    """The report as the check takes it: the same value that reading its own page would give."""
    passages: list[Passage] = []
    at = 0

    def add(text: str, table_after: bool = False) -> None:
        nonlocal at
        passages.append(Passage(text, at, table_after))
        at += len(text) + 1

    add(written.title)
    for number, title, _ in CHAPTERS:
        chapter = written.chapter(number)
        table = number in TABLE_CHAPTERS
        add(f"{'一二三四五六'[number - 1]}、{title}", table and not chapter.paragraphs)
        for index, paragraph in enumerate(chapter.paragraphs, start=1):
            add(paragraph, table and index == len(chapter.paragraphs))
    text = "\n".join(passage.text for passage in passages)
    report = report_of(file=file or written.title, passages=passages, grids=(), text=text, titles=(written.title,))
    return replace(
        report, title=written.title, body=written.body, year=written.year, tables=written.tables,
        published_on=written.published_on,
    )  # fmt: skip


def empty_tables() -> Tables:
    """The tables of the form of 2021 with every cell blank."""
    blank = Number(None, "")
    return Tables(
        norms={row: dict.fromkeys(columns, blank) for row, columns in NORM_FORM.items()},
        requests={row: dict.fromkeys(REQUEST_COLUMNS, blank) for row in ROW_ORDER},
        disputes={
            group: dict.fromkeys(("upheld", "corrected", "other", "pending", "total"), blank)
            for group in ("review", "direct_litigation", "litigation_after_review")
        },
    )


def as_json(written: WrittenReport) -> dict[str, Any]:
    """The report as plain values: numbers as text, days and moments in ISO 8601."""
    return {
        "format": FORMAT,
        **{
            name: _plain(getattr(written, name))
            for name in WrittenReport.__dataclass_fields__
            if name not in ("tables", "earlier")
        },
        "tables": tables_as_json(written.tables),
        "earlier": [{"year": year, "tables": tables_as_json(tables)} for year, tables in written.earlier],
    }


def from_json(value: Mapping[str, Any]) -> WrittenReport:
    """What `as_json` wrote; ValueError for another format."""
    if value.get("format") != FORMAT:
        raise ValueError(f"not {FORMAT}")
    return WrittenReport(
        body=value["body"],
        body_code=value["body_code"],
        year=value["year"],
        government=value["government"],
        edition=value["edition"],
        reason=value["reason"],
        chapters=tuple(Chapter(c["number"], c["title"], tuple(c["paragraphs"])) for c in value["chapters"]),
        tables=tables_from_json(value["tables"]),
        corrections=tuple(
            _made(Correction, c, old=_decimal(c["old"]), new=Decimal(c["new"]), at=_moment(c["at"]))
            for c in value["corrections"]
        ),
        exclusions=tuple(_made(Exclusion, e, number=Decimal(e["number"])) for e in value["exclusions"]),
        sources=tuple(_made(Source, s, at=_moment(s["at"])) for s in value["sources"]),
        problems=tuple(_made(Problem, p) for p in value["problems"]),
        follow_ups=tuple(_made(FollowUp, f) for f in value["follow_ups"]),
        fulfilment=tuple(_made(Fulfilment, f) for f in value["fulfilment"]),
        fees=_made(Fees, value["fees"], amount=Decimal(value["fees"]["amount"])),
        included=tuple(_made(Included, i) for i in value["included"]),
        earlier=tuple((e["year"], tables_from_json(e["tables"])) for e in value["earlier"]),
        publications=tuple(_made(Publication, p, at=_moment(p["at"])) for p in value["publications"]),
    )


def _made(kind: type[_Made], value: Mapping[str, Any], **other: Any) -> _Made:
    """A dataclass of this module from its plain fields, those in `other` already turned."""
    fields: dict[str, Any] = {**value, **other}
    return kind(**fields)


def tables_as_json(tables: Tables) -> dict[str, Any]:
    """The tables cell by cell: a number as text, a blank as null."""
    return {name: _cells(getattr(tables, name)) for name in TABLES}


def tables_from_json(value: Mapping[str, Any]) -> Tables:
    """What `tables_as_json` wrote."""
    return Tables(cells_from(value["norms"]), cells_from(value["requests"]), cells_from(value["disputes"]))


def cells_from(rows: Mapping[str, Mapping[str, Any]]) -> Cells:
    """Rows of numbers, texts or None as cells."""
    return {
        row: {column: read_number("" if cell is None else str(cell)) for column, cell in columns.items()}
        for row, columns in rows.items()
    }


def _cells(cells: Cells) -> dict[str, dict[str, str | None]]:
    return {
        row: {column: None if cell.value is None else shown(cell.value) for column, cell in columns.items()}
        for row, columns in cells.items()
    }


def _plain(value: Any) -> Any:
    """A value of this module as JSON: dataclasses as objects, tuples as lists, decimals and moments as text."""
    if isinstance(value, tuple):
        return [_plain(each) for each in cast(tuple[Any, ...], value)]
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return value


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _moment(value: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(value)
