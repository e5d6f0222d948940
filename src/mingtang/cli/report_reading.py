"""From files to annual reports and back to findings: the work that `mingtang report check` divides among processes."""

import datetime
import re
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from mingtang.law.annual import Finding, Passage, Report, check, check_across, pairs_over_years, report_of
from mingtang.law.annual.likeness import likeness
from mingtang.law.annual.prescribed import PRESCRIBED
from mingtang.text import Document, Paragraph, Table, TextError, read
from mingtang.text.similarity import Sketch, similar, sketch

#: From so many files on the reading is shared between two processes; below, starting one costs more than it saves.
SHARED_FROM = 12
WORKERS = 2
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

    def as_json(self) -> dict[str, object]:
        return {**self.finding.as_json(), "files": list(self.files)}


@dataclass(frozen=True)
class Checked:
    """The outcome for a set of files."""

    reports: tuple[tuple[Report, tuple[Finding, ...]], ...]
    across: tuple[Across, ...]
    unread: tuple[Unread, ...]


def report_from(file: str, document: Document) -> Report:
    """The report in a document."""
    passages = [
        Passage(block.text, block.start, isinstance(after, Table))
        for block, after in pairwise([*document.blocks, None])
        if isinstance(block, Paragraph)
    ]
    titles = [value for name, value in document.facts if name == "标题"]
    day = next((value for name, value in document.facts if name in ("发布日期", "公布日期", "发布时间")), "")
    return report_of(
        file=file,
        passages=passages,
        grids=[table.rows for table in document.tables],
        text=document.text,
        titles=titles,
        issuer=document.fact("发布机构") or document.fact("发文机关") or "",
        published_on=_day(day),
    )


def _day(words: str) -> datetime.date | None:
    match = _DAY.search(words)
    try:
        return datetime.date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        return None


def read_report(file: str) -> tuple[Report, Sketch] | Unread:
    """Read one file; a file without a report gives the reason."""
    try:
        document = read(Path(file))
    except TextError as error:
        return Unread(file, str(error))
    report = report_from(file, document)
    if not report.chapters and not report.tables.requests and not report.tables.norms:
        return Unread(file, "不像政府信息公开工作年度报告：没有找到六个部分和任何一张表。")
    return report, sketch(narrative_of(report), PRESCRIBED)


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
    reports = [report for report, _ in read_ones]
    before = {id(later): earlier for later, earlier in pairs_over_years(reports)}
    across = [Across((report.file, before[id(report)].file), finding) for report, finding in check_across(reports)]
    across += _likenesses(reports, [each for _, each in read_ones])
    return Checked(
        tuple((report, check(report, before.get(id(report)))) for report in reports),
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
            found.append(Across((one.file, other.file), finding))
    return found
