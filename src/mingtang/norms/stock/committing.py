"""A folder and its corrected sheet taken into the library; what a document repeals becomes an act on it."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from mingtang.norms import actions
from mingtang.norms.actions import Intake
from mingtang.norms.errors import NormsError
from mingtang.norms.models import ENDING, Act, ActKind, Norm
from mingtang.norms.stock.cleanups import ENDS, Proposal
from mingtang.norms.stock.folder import Read, Unread, read_files
from mingtang.norms.stock.intake import Desk
from mingtang.norms.stock.sheet import Entry, Sheet, entry_of


@dataclass
class Report:
    """What became of a folder: counts, and a line for each document that was not taken in."""

    added: int = 0
    unchanged: int = 0
    acts: int = 0
    #: documents that are none of the library (notices, replies …) or were left out by a person
    left_out: int = 0
    refused: list[str] = field(default_factory=list[str])
    unread: list[str] = field(default_factory=list[str])
    #: repeals and amendments whose document the library does not have
    open_acts: list[str] = field(default_factory=list[str])

    def as_json(self) -> dict[str, Any]:
        """The report as plain values."""
        return asdict(self)


def commit(
    files: Sequence[Path], folder: Path, sheet: Sheet | None, desk: Desk, *, actor: Any, moment: datetime,
    recognize: bool = False,
) -> Report:  # fmt: skip
    """Take in the documents of a folder as the sheet says; without one only those of which nothing is doubtful.

    A document at a time is in memory, besides the chunk that is written. Running it again changes nothing.
    """
    report = Report()
    given: list[Entry] = []
    batch = _intakes(files, folder, sheet, desk, report, given, recognize=recognize)
    taken = actions.take_in(batch, actor=actor, moment=moment)
    report.added, report.unchanged = len(taken.added), taken.unchanged
    for one in taken.refused:
        report.refused.append(f"{given[one.place - 1].file}：{one.problem}")
    if sheet is not None:
        report.refused.extend(sheet.problems)
        report.refused.extend(sheet.unused())
    for entry in given:
        if entry.repeals:
            _repeal(entry, report, actor=actor, moment=moment)
        if entry.amends:
            _amend(entry, report, actor=actor, moment=moment)
    return report


def settle(proposals: Sequence[Proposal], report: Report, *, actor: Any, moment: datetime) -> None:
    """Record what announcements of clean-ups decided; a document that has ended already stays as it is."""
    for one in proposals:
        norm = _named(one.document_number) if one.document_number else None
        norm = norm or _named(one.title)
        if norm is None:
            report.open_acts.append(f"《{one.title}》{one.document_number}：清理公告所列文件不在库中，收入后再登记。")
        elif one.on is not None and one.fate in ENDS and not _ended(norm):
            kind = ActKind("repealed" if one.fate == "repealed" else "invalidated")
            _act(norm, kind, report, f"《{one.title}》", by_title=one.by_title[:200], effective_on=one.on,
                 actor=actor, moment=moment)  # fmt: skip


def _intakes(
    files: Sequence[Path], folder: Path, sheet: Sheet | None, desk: Desk, report: Report, given: list[Entry], *,
    recognize: bool,
) -> Iterator[Intake]:  # fmt: skip
    for read in read_files(files, recognize=recognize):
        if isinstance(read, Unread):
            report.unread.append(str(read))
            continue
        entry = _entry(read, folder, sheet, report)
        if entry is None:
            continue
        intake = desk.intake(entry, read.document)
        if isinstance(intake, str):
            report.refused.append(f"{entry.file}：{intake}")
            continue
        given.append(entry)
        yield intake


def _entry(read: Read, folder: Path, sheet: Sheet | None, report: Report) -> Entry | None:
    entry = entry_of(read, folder)
    if sheet is not None:
        entry = sheet.corrected(entry)
    elif entry.include and entry.doubts:
        report.refused.append(f"{entry.file}：{entry.doubts[0]}没有核对过的不收入，请先用 --review 生成核对表。")
        return None
    if not entry.include:
        report.left_out += 1
        return None
    return entry


def _repeal(entry: Entry, report: Report, *, actor: Any, moment: datetime) -> None:
    """Record that a document ended others; one that has ended already stays as it is."""
    by = Norm.objects.filter(source_digest=entry.digest).first()
    if by is None or entry.made_on is None:
        return
    on = entry.effective_on or entry.made_on
    for title in entry.repeals:
        norm = _named(title, by)
        if norm is None:
            report.open_acts.append(f"{entry.file}：废止的《{title}》不在库中，收入后再登记。")
        elif not _ended(norm):
            _act(norm, ActKind("repealed"), report, f"{entry.file}：废止《{title}》", by=by, effective_on=on,
                 actor=actor, moment=moment)  # fmt: skip


def _amend(entry: Entry, report: Report, *, actor: Any, moment: datetime) -> None:
    """Record that a document amended others, with the clauses that it names; once."""
    by = Norm.objects.filter(source_digest=entry.digest).first()
    if by is None or entry.made_on is None:
        return
    on = entry.effective_on or entry.made_on
    for title, clauses in entry.amends:
        norm = _named(title, by)
        if norm is None:
            report.open_acts.append(f"{entry.file}：修改的《{title}》不在库中，收入后再登记。")
        elif not Act.objects.filter(norm=norm, kind=ActKind("amended"), by=by, voided_at=None).exists():
            _act(norm, ActKind("amended"), report, f"{entry.file}：修改《{title}》", by=by, clauses=clauses,
                 effective_on=on, actor=actor, moment=moment)  # fmt: skip


def _ended(norm: Norm) -> bool:
    return Act.objects.filter(norm=norm, kind__in=ENDING, whole=True, voided_at=None).exists()


def _act(norm: Norm, kind: ActKind, report: Report, told: str, **how: Any) -> None:
    try:
        actions.act(norm, kind, **how)
        report.acts += 1
    except NormsError as error:
        report.refused.append(f"{told}没有登记：{error}")


def _named(title: str, by: Norm | None = None) -> Norm | None:
    """The one document of the library that a title, or a number, names; of several that of the same body."""
    others = Norm.objects.exclude(pk=by.pk) if by else Norm.objects.all()
    title = title.replace("〈", "《").replace("〉", "》")
    found = list(others.filter(document_number=title)[:2]) or list(others.filter(title=title)[:3])
    if not found:
        found = list(others.filter(title__contains=f"《{title}》的通知")[:3])
    if not found:
        found = list(others.filter(title__endswith=f"印发{title}的通知")[:3])
    own = [norm for norm in found if by is not None and norm.body_id == by.body_id]
    if len(found) == 1:
        return found[0]
    return own[0] if len(own) == 1 else None
