"""Writes a document as docx with the measures of the PDF and real styles, for offices that go on in Word or WPS."""

import datetime
import io
import zipfile
from collections.abc import Iterable
from typing import Any

from mingtang.press.document import Annex, Block, Document, Heading, Layout, Paragraph, Table, chinese_date
from mingtang.press.geometry import GB9704, MM
from mingtang.press.plain_text import plain
from mingtang.press.word_page import set_up_pages
from mingtang.press.word_parts import Sheet, framed, indents, rule
from mingtang.press.word_styles import Style, add_styles
from mingtang.press.word_tables import add_table

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip archive knows


def docx(document: Document, *, moment: datetime.datetime) -> bytes:
    """The document as an Office Open XML file; `moment` is the time of making that its properties state.

    The same document and moment give the same bytes. Fonts are named, not embedded: the reader's machine has them.
    A name in Mongolian script (`vertical`) is left out: word processors differ in setting it.
    """
    import docx as python_docx

    file: Any = python_docx.Document()
    add_styles(file)
    sheet = Sheet(file)
    set_up_pages(sheet, document)
    _head(sheet, document)
    _blocks(sheet, document.body)
    _foot(sheet, document)
    for number, annex in enumerate(document.annexes, start=1):
        _annex(sheet, annex, number if max(len(document.annexes), len(document.attachments)) > 1 else 0)
    if document.layout is not Layout.PLAIN:
        _version_record(sheet, document)
    _properties(file, document, moment)
    written = io.BytesIO()
    file.save(written)
    return _with_fixed_times(written.getvalue())


def _head(sheet: Sheet, document: Document) -> None:
    if document.layout is Layout.OFFICIAL and document.masthead:
        _official_head(sheet, document)
    elif document.layout is Layout.LETTER and document.masthead:
        for mark in document.marks:
            sheet.add(mark, Style.MARK)
        sheet.add(document.number, Style.NUMBER_RIGHT)
        sheet.blank(2)
    if document.title:
        sheet.add(document.title, Style.TITLE)
    if document.addressee:
        sheet.blank(1)
        sheet.add(document.addressee + "：", Style.ADDRESSEE)


def _official_head(sheet: Sheet, document: Document) -> None:
    geometry = GB9704
    for mark in document.marks:
        sheet.add(mark, Style.MARK)
    drop = geometry.head_drop * MM - len(document.marks) * geometry.line_points
    for at, name in enumerate(document.masthead):
        last = at == len(document.masthead) - 1
        paragraph = sheet.add(name + ("文件" if last else ""), Style.MASTHEAD)
        if at == 0:
            paragraph.paragraph_format.space_before = _points(max(0.0, drop))
        _fit(paragraph, name + "文件", 52 if len(document.masthead) == 1 else 36)
    sheet.blank(2)
    if document.signer:
        paragraph = sheet.add(f"{document.number}\t签发人：", Style.NUMBER)
        sheet.upward(paragraph, document.signer)
    else:
        paragraph = sheet.add(document.number, Style.NUMBER)
    rule(paragraph, "bottom", "E60012", eighths=12, space=round(geometry.rule_below_number * MM))
    sheet.blank(2)


def _fit(paragraph: Any, words: str, most: float) -> None:
    """The largest size up to `most` points at which the words stand on one line."""
    size = min(most, GB9704.text_width * MM / max(1, len(words)) * 0.98)
    for run in paragraph.runs:
        run.font.size = _points(size)


def _blocks(sheet: Sheet, blocks: Iterable[Block]) -> None:
    for block in blocks:
        match block:
            case Heading():
                sheet.add(block.text, f"Heading {block.level}")
            case Paragraph():
                sheet.add(block.text, Style.BODY if block.indented else Style.ADDRESSEE, lead=block.lead)
            case Table():
                if block.caption:
                    sheet.add(block.caption, Style.CAPTION)
                add_table(sheet, block)


def _foot(sheet: Sheet, document: Document) -> None:
    unit = GB9704.character_points
    if document.attachments:
        sheet.blank(1)
        many = len(document.attachments) > 1
        for at, name in enumerate(document.attachments):
            before = "附件：" if at == 0 else ""
            number = f"{at + 1}." if many else ""
            paragraph = sheet.add(f"{before}{number}{name}", Style.ATTACHMENTS)
            hanging = (3 if at == 0 else 0) + (1 if many else 0)
            indents(paragraph, left=(2 + 3 + (1 if many else 0)) * unit, first=-hanging * unit)
    if document.signature or document.dated:
        _signature(sheet, document)
    if document.note:
        sheet.add(f"（{document.note}）", Style.BODY)


def _signature(sheet: Sheet, document: Document) -> None:
    """Signature and date as the clauses 7.3.5.1 (sealed) and 7.3.5.2 place them, in characters from the right."""
    unit = GB9704.character_points
    date = chinese_date(document.dated) if document.dated else ""
    widest = max((_width(name) for name in document.signature), default=0.0)
    sheet.blank(2 if document.sealed else 1)
    if document.sealed:
        middle = max(4 + _width(date) / 2, 1 + widest / 2)
        rights = [middle - _width(name) / 2 for name in document.signature]
        last = middle - _width(date) / 2
    else:
        wide = max(widest, _width(date) + (2 if document.signature else 0))
        rights = [2 + wide - _width(name) for name in document.signature]
        last = 2 + wide - _width(date) - (2 if document.signature else 0)
    for name, right in zip(document.signature, rights, strict=True):
        indents(sheet.add(name, Style.SIGNATURE), right=max(0.0, right) * unit)
    if date:
        indents(sheet.add(date, Style.DATE), right=max(0.0, last) * unit)


def _width(words: str) -> float:
    """Width in characters: figures and Latin letters take half of one."""
    return sum(0.5 if ord(each) < 0x2000 else 1.0 for each in words)


def _annex(sheet: Sheet, annex: Annex, number: int) -> None:
    mark = sheet.add(f"附件{number or ''}", Style.MARK)
    mark.paragraph_format.page_break_before = True
    sheet.blank(1)
    sheet.add(annex.title, Style.TITLE)
    sheet.blank(1)
    _blocks(sheet, annex.body)


def _version_record(sheet: Sheet, document: Document) -> None:
    """Copy-to and imprint in a frame at the foot of the last page's text (7.4)."""
    official = document.layout is Layout.OFFICIAL
    rows: list[str] = []
    if document.copies_to:
        rows.append("抄送：" + "，".join(document.copies_to) + "。")
    if document.imprint and official:
        rows.append(f"{document.imprint.by}\t{chinese_date(document.imprint.on)}印发")
    for at, words in enumerate(rows):
        paragraph = sheet.add(words, Style.RECORD)
        framed(paragraph, GB9704.text_width * MM)
        if official:
            rule(paragraph, "top", "000000", eighths=8 if at == 0 else 6, space=1)
            if at == len(rows) - 1:
                rule(paragraph, "bottom", "000000", eighths=8, space=1)


def _properties(file: Any, document: Document, moment: datetime.datetime) -> None:
    properties = file.core_properties
    moment = moment.astimezone(datetime.UTC)
    properties.title = plain(document.title).replace("\n", "")
    properties.author = "、".join(map(plain, document.signature or document.masthead))
    properties.last_modified_by = properties.author
    properties.comments = ""
    properties.language = "zh-CN"
    properties.created = properties.modified = moment.replace(tzinfo=None, microsecond=0)
    properties.revision = 1


def _points(number: float) -> Any:
    from docx.shared import Pt

    return Pt(number)


def _with_fixed_times(archive: bytes) -> bytes:
    """The same archive with one time on all its parts, so that equal documents are equal files."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, _EPOCH), source.read(name), zipfile.ZIP_DEFLATED)
    return written.getvalue()
