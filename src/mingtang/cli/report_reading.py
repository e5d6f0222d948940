"""From files to annual reports and back to findings: the work that `mingtang report check` divides among processes."""

import datetime
import re
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from mingtang.law.annual import Finding, Passage, Report, check, check_across, pairs_over_years, report_of
from mingtang.law.annual.cells import squeezed
from mingtang.law.annual.likeness import common_sentences, likeness, name_left
from mingtang.law.annual.prescribed import PRESCRIBED
from mingtang.law.annual.report import is_heading
from mingtang.text import Cell, Document, Paragraph, Table, TextError, read
from mingtang.text.similarity import Sketch, similar, sketch

#: From so many files on the reading is shared between two processes; below, starting one costs more than it saves.
SHARED_FROM = 12
WORKERS = 2
#: So many common sentences of a pair are shown.
SHOWN = 20
_DAY = re.compile(r"(20\d\d)\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})")


@dataclass(frozen=True)
class Unread:
    """A file that gave no report, with the reason."""

    file: str
    reason: str


@dataclass(frozen=True)
class Across:
    """A finding between two reports: the files it concerns, the later or first one in front."""

    files: tuple[str, str]
    finding: Finding
    #: the sentences that both reports have, in the order of the first
    sentences: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        value = {**self.finding.as_json(), "files": list(self.files)}
        return {**value, "sentences": list(self.sentences)} if self.sentences else value


@dataclass(frozen=True)
class Checked:
    """The outcome for a set of files."""

    reports: tuple[tuple[Report, tuple[Finding, ...]], ...]
    across: tuple[Across, ...]
    unread: tuple[Unread, ...]


def report_from(file: str, document: Document) -> Report:
    """The report in a document."""
    pieces = [piece for block in document.blocks for piece in _pieces(block)]
    passages = [
        Passage(piece.text, piece.start, isinstance(after, tuple))
        for piece, after in pairwise([*pieces, None])
        if not isinstance(piece, tuple) and piece is not None
    ]
    grids = [piece for piece in pieces if isinstance(piece, tuple)]
    titles = [value for name, value in document.facts if name == "标题"]
    day = next(
        (
            value
            for name, value in document.facts
            if name in ("发布日期", "公布日期", "发布时间", "发表日期", "发表时间")
        ),
        "",
    )
    return report_of(
        file=file,
        passages=passages,
        grids=grids,
        text=document.text,
        titles=titles,
        issuer=document.fact("发布机构") or document.fact("发文机关") or "",
        published_on=_day(day),
    )


Rows = tuple[tuple[Cell, ...], ...]


def _pieces(block: Paragraph | Table) -> list[Paragraph | Cell | Rows]:
    """A paragraph as it is; a table in its parts where headings and sentences stand in it as rows of their own.

    A workbook, and a page that was laid out as one table, hold the whole report in one grid.
    """
    if isinstance(block, Paragraph):
        return [block]
    pieces: list[Paragraph | Cell | Rows] = []
    rows: list[tuple[Cell, ...]] = []
    for row in block.rows:
        told = {cell.start: cell for cell in row if cell.text.strip()}
        only = next(iter(told.values())) if len(told) == 1 else None
        if only is None or not (is_heading(only.text) or ("。" in only.text and len(only.text) >= 12)):
            rows.append(row)
            continue
        if rows:
            pieces.append(tuple(rows))
            rows = []
        pieces.append(only)
    return [*pieces, tuple(rows)] if rows else pieces


def _day(words: str) -> datetime.date | None:
    match = _DAY.search(words)
    try:
        return datetime.date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        return None


@dataclass(frozen=True)
class Read:
    """One file's report, its narrative as it is compared, and what is found in it alone."""

    report: Report
    sketch: Sketch
    findings: tuple[Finding, ...]


def read_report(file: str) -> Read | Unread:
    """Read and check one file; a file without a report gives the reason."""
    try:
        document = read(Path(file))
    except TextError as error:
        return Unread(file, str(error))
    report = report_from(file, document)
    if not report.chapters and not report.tables.requests and not report.tables.norms:
        return Unread(file, "不像政府信息公开工作年度报告：没有找到六个部分和任何一张表。")
    return Read(report, sketch(narrative_of(report), PRESCRIBED), check(report))


def narrative_of(report: Report) -> str:
    """The words of a report outside its tables."""
    return "\n".join(text for text, _, _ in report.passages)


def check_files(files: Sequence[str]) -> Checked:
    """Read and check all files: each alone, over the years of a body, and for sameness with one another."""
    if len(files) >= SHARED_FROM:
        with ProcessPoolExecutor(WORKERS) as pool:
            outcomes = list(pool.map(read_report, files, chunksize=8))
    else:
        outcomes = [read_report(file) for file in files]
    read_ones = [outcome for outcome in outcomes if not isinstance(outcome, Unread)]
    reports = [each.report for each in read_ones]
    before = {id(later): earlier for later, earlier in pairs_over_years(reports)}
    across = [Across((report.file, before[id(report)].file), finding) for report, finding in check_across(reports)]
    across += _likenesses(reports, [each.sketch for each in read_ones])
    across += _names_left(reports)
    alone = {id(each.report): each.findings for each in read_ones}
    return Checked(
        tuple(
            (report, check(report, before[id(report)]) if id(report) in before else alone[id(report)])
            for report in reports
        ),
        tuple(across),
        tuple(outcome for outcome in outcomes if isinstance(outcome, Unread)),
    )


def _likenesses(reports: list[Report], sketches: list[Sketch]) -> list[Across]:
    found: list[Across] = []
    for pair in similar(sketches, least=0.15):
        one, other = reports[pair.a], reports[pair.b]
        if (one.year or 0) < (other.year or 0):
            one, other, spans = other, one, [passage.b for passage in pair.passages]
        else:
            spans = [passage.a for passage in pair.passages]
        text = narrative_of(one)
        quotes = sorted((text[start:end] for start, end in spans), key=len, reverse=True)
        finding = likeness(one, other, pair.score, quotes)
        if finding:
            found.append(Across((one.file, other.file), finding, common_sentences(text, spans)[:SHOWN]))
    return found


def _names_left(reports: list[Report]) -> list[Across]:
    """Full names of other bodies among those checked that stand in a narrative where they have no business."""
    found: list[Across] = []
    bodies = {squeezed(report.body): report for report in reports if len(squeezed(report.body)) >= 5}
    for report in reports:
        text = narrative_of(report)
        for name, other in bodies.items():
            if name in text and other.key != report.key and (finding := name_left(report, other, text)):
                found.append(Across((report.file, other.file), finding))
    return found
