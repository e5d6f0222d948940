"""The one door: a file or text in, everything that speaks against its publication out."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from mingtang.law.documents import find_document_numbers
from mingtang.text import Document, document_from_text
from mingtang.text.carried import Carried, carried
from mingtang.text.document import Table
from mingtang.text.screening import Finding, screen
from mingtang.vetting.carrying import about_parts
from mingtang.vetting.options import PLAIN, Options
from mingtang.vetting.under_profile import under

_ORDER = {"block": 0, "warn": 1, "note": 2}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found in a file, what could not be looked into and why, and what kind of file it is."""

    kind: str
    findings: tuple[Finding, ...]
    notes: tuple[str, ...] = ()


def vet(data: bytes, options: Options = PLAIN) -> Outcome:
    """Everything that speaks against publishing this file; raises `UnreadableFile` where it is refused."""
    whole: Carried = carried(data, options.allowance, recognise=options.recognise)
    found = vet_document(whole.document, options) if whole.document is not None else []
    beside = [*under(options.profile, about_parts(whole.parts, found))]
    if options.layout:
        if whole.kind == "docx":
            from mingtang.vetting.layout import layout

            beside += layout(data)
        else:
            whole = replace(whole, notes=(*whole.notes, "只有 docx 文件能按公文格式检查版式。"))
    return Outcome(whole.kind, (*found, *beside), whole.notes)


def vet_text(text: str, options: Options = PLAIN) -> list[Finding]:
    """The same for a text already in memory; [] for an empty one."""
    return vet_document(document_from_text(text), options) if text.strip() else []


def vet_document(document: Document, options: Options = PLAIN) -> list[Finding]:
    """The screening of a document under its kind, and document numbers that are not written as the standard asks."""
    found = screen(document, consultation=options.consultation, register=options.register)
    found += _document_numbers(document.text)
    kept = sorted(under(options.profile, found), key=lambda each: (each.start, each.end, each.code))
    return [*_with_places(document, kept)]


def gravest_first(findings: Iterable[Finding]) -> list[Finding]:
    """Blocking ones first, otherwise in their order."""
    return sorted(findings, key=lambda each: _ORDER[each.severity])


def _document_numbers(text: str) -> Iterator[Finding]:
    for number in find_document_numbers(text):
        for fault in number.faults[:1]:
            yield Finding(
                "document_number", "wording", "warn", number.start, number.end, number.written,
                f"发文字号{fault}，应为“{number.number}”。", ("document-format.number",), str(number.number),
            )  # fmt: skip


def _with_places(document: Document, findings: list[Finding]) -> Iterator[Finding]:
    """Each finding with the paragraph or table cell in which it stands."""
    blocks = document.blocks
    at = tables = paragraphs = 0
    place = ""
    for finding in findings:
        while at < len(blocks) and blocks[at].start <= finding.start:
            block = blocks[at]
            tables += isinstance(block, Table)
            paragraphs += not isinstance(block, Table)
            at += 1
        block = blocks[at - 1] if at else None
        if isinstance(block, Table):
            place = f"表{tables}" + _cell(block, finding.start)
        elif block is not None:
            place = f"第{paragraphs}段"
        yield replace(finding, place=place)


def _cell(table: Table, start: int) -> str:
    i = bisect_right(table.rows, start, key=lambda row: row[0].start if row else 0) - 1
    for j, cell in enumerate(table.rows[max(i, 0)]):
        if cell.start <= start <= cell.end and cell.text:
            return f"第{i + 1}行第{j + 1}列"
    return ""
