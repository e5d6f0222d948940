"""A report on paper: its chapters, its three tables by the official form and the notes on its numbers as a document."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from mingtang.law.annual.data_notes import data_notes
from mingtang.law.annual.official import Form, Slot, forms
from mingtang.law.annual.schema import CHAPTERS
from mingtang.law.annual.written import TABLE_CHAPTERS, WrittenReport
from mingtang.press.document import Block, Document, Heading, Layout, Paragraph, Table
from mingtang.press.report_workbook import Line, report_workbook
from mingtang.press.table_grid import Align, Cell
from mingtang.press.typesetting import pdf
from mingtang.press.word import docx

ORDINALS = "一二三四五六"
#: The size of letters in tables 1 to 3: what fits the width of the text.
POINTS = {"norms": 12.0, "requests": 9.0, "disputes": 9.0}
SHEETS = {"norms": "表一", "requests": "表二", "disputes": "表三"}


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter in order: its heading with its number, its paragraphs, its table where it has one."""

    number: int
    heading: str
    paragraphs: tuple[str, ...]
    form: Form | None


def parts(written: WrittenReport) -> tuple[Part, ...]:
    """The six chapters as they stand in every file; a chapter that says nothing says so."""
    tables = {form.name: form for form in forms(written.tables)}
    made: list[Part] = []
    for number, title, _ in CHAPTERS:
        form = tables.get(TABLE_CHAPTERS.get(number, ""))
        paragraphs = written.chapter(number).paragraphs or (() if form else ("无。",))
        made.append(Part(number, f"{ORDINALS[number - 1]}、{title}", paragraphs, form))
    return tuple(made)


def document_of(written: WrittenReport) -> Document:
    """The report as a document of GB/T 9704, signed by its body; no red head, since a report bears no number."""
    return Document(
        title=f"{written.body}{written.year}年\n政府信息公开工作年度报告",
        layout=Layout.PLAIN,
        body=tuple(_blocks(written)),
        signature=(written.body,),
        dated=written.published_on,
        sealed=False,
    )


def _blocks(written: WrittenReport) -> Iterator[Block]:
    for part in parts(written):
        yield Heading(part.heading)
        for words in part.paragraphs:
            yield Paragraph(words)
        if part.form:
            yield table_of(part.form)
    notes = data_notes(written)
    if notes:
        yield Paragraph("数据说明：")
        for words in notes:
            yield Paragraph(words)


def table_of(form: Form) -> Table:
    """A form as a table to be set."""
    middle = form.name != "requests"
    rows = tuple(tuple(_cell(slot, middle or at < form.heads) for slot in row) for at, row in enumerate(form.rows))
    return Table(
        rows[form.heads :], form.widths, caption=form.title, heads=rows[: form.heads], points=POINTS[form.name],
        together=form.name != "requests",
    )  # fmt: skip


def _cell(slot: Slot, middle: bool) -> Cell:
    """Labels of table 2 begin at the left; groups, heads and numbers stand in the middle."""
    align = Align.CENTRE if middle or not slot.head or slot.down > 1 else Align.LEFT
    words = (
        slot.text.replace("）", "）\n", 1) if slot.down > 1 and slot.text.startswith("（") and not middle else slot.text
    )
    return Cell(words, slot.across, slot.down, align)


def pdf_of(written: WrittenReport, *, moment: datetime.datetime) -> bytes:
    """The report as PDF/A; the errors of `press.typesetting.pdf`."""
    return pdf(document_of(written), moment=moment)


def docx_of(written: WrittenReport, *, moment: datetime.datetime) -> bytes:
    """The report as a Word document."""
    return docx(document_of(written), moment=moment)


def workbook_of(written: WrittenReport, *, moment: datetime.datetime) -> bytes:
    """The report as a workbook: the narrative, then each table on a sheet."""
    lines: list[Line] = []
    for part in parts(written):
        lines.append(Line(part.heading, strong=True))
        lines += [Line(words) for words in part.paragraphs]
    notes = data_notes(written)
    lines += [Line("数据说明：", strong=True), *map(Line, notes)] if notes else []
    tables = [(SHEETS[form.name], table_of(form)) for form in forms(written.tables)]
    return report_workbook(written.title, "正文", lines, tables, moment=moment)
