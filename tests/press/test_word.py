"""The docx has the measures of the PDF and real styles; another library reads the same text from it."""

import io
import zipfile
from dataclasses import replace

import docx as python_docx
import mammoth
import pytest
from docx.shared import Mm
from lxml import etree

from mingtang.press.document import Cell, Document, Layout, Paragraph, Table
from mingtang.press.word import docx
from tests.press.samples import LETTER, MOMENT, NOTICE

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def notice() -> bytes:
    return docx(NOTICE, moment=MOMENT)


@pytest.fixture(scope="module")
def opened(notice: bytes) -> python_docx.document.Document:
    return python_docx.Document(io.BytesIO(notice))


def read(content: bytes) -> str:
    """The text as mammoth, which shares nothing with our writer, finds it."""
    found = mammoth.extract_raw_text(io.BytesIO(content))
    assert not [each for each in found.messages if each.type == "error"]
    return found.value


def test_another_library_reads_the_text_in_order(notice: bytes) -> None:
    text, at = read(notice), 0
    for part in (
        "云岭旗人民政府办公室文件", "云政办发〔2024〕12号", "任务分解表的通知", "旗直各部门：", "一、总体要求",
        "（一）压实责任。各单位", "（二）明确分工", "附件：1.2024年", "2.联系人名单", "2024年3月5日",
        "（此件公开发布）",
        "附件1", "序号", "第60项任务", "附件2", "王𠮷、李䶮", "抄送：旗委办公室，旗人大常委会办公室。", "印发",
    ):  # fmt: skip
        found = text.find(part, at)
        assert found >= 0, f"{part} is missing or out of order"
        at = found


def test_the_page_has_the_measures_of_the_standard(opened: python_docx.document.Document) -> None:
    section = opened.sections[0]
    got = [section.page_width, section.page_height, section.top_margin, section.left_margin, section.right_margin]
    assert [round(each.mm, 1) for each in got] == [210, 297, 37, 28, 26]
    grid = section._sectPr.find(f"{W}docGrid")
    assert grid.get(f"{W}type") == "lines"
    assert 22 * int(grid.get(f"{W}linePitch")) <= (Mm(225).pt * 20) < 23 * int(grid.get(f"{W}linePitch"))
    closer = int(opened.styles["公文正文"].element.rPr.find(f"{W}spacing").get(f"{W}val")) / 20
    assert 28 * (16 + closer) <= Mm(156).pt < 29 * (16 + closer)


def test_styles_are_real(opened: python_docx.document.Document) -> None:
    used = {paragraph.style.name for paragraph in opened.paragraphs}
    assert {"公文标题", "公文正文", "公文署名", "公文成文日期", "公文版记", "Heading 1", "Heading 2"} <= used
    fonts = opened.styles["公文正文"].element.rPr.rFonts
    assert fonts.get(f"{W}eastAsia") == "仿宋_GB2312"
    assert opened.styles["公文标题"].font.size.pt == 22
    assert opened.styles["Heading 1"].element.rPr.rFonts.get(f"{W}eastAsia") == "黑体"


def test_page_numbers_differ_on_odd_and_even_pages(opened: python_docx.document.Document) -> None:
    section = opened.sections[0]
    assert opened.settings.odd_and_even_pages_header_footer
    for footer in (section.footer, section.even_page_footer):
        assert "PAGE" in footer._element.xml and footer.paragraphs[0].text == "—  —"
    assert section.footer.paragraphs[0].alignment != section.even_page_footer.paragraphs[0].alignment


def test_a_letter_has_its_head_on_the_first_page_only() -> None:
    section = python_docx.Document(io.BytesIO(docx(LETTER, moment=MOMENT))).sections[0]
    assert section.different_first_page_header_footer
    assert section.first_page_header.paragraphs[0].text == "云岭旗自然资源局"
    assert section.first_page_footer.paragraphs[0].text == ""
    assert section.header.paragraphs[0].text == ""


def test_tables_repeat_their_head_and_span_rows_and_columns() -> None:
    table = Table(
        ((Cell("甲", rows=2), Cell("乙", columns=2)), ("丙", "丁")), (1, 1, 1), head=("一", "二", "三"), caption="表"
    )
    document = Document(title="表", layout=Layout.PLAIN, body=(table,))
    found = python_docx.Document(io.BytesIO(docx(document, moment=MOMENT))).tables[0]
    assert [[cell.text for cell in row.cells] for row in found.rows] == [
        ["一", "二", "三"], ["甲", "乙", "乙"], ["甲", "丙", "丁"],
    ]  # fmt: skip
    assert "w:tblHeader" in found.rows[0]._tr.xml and "w:tblHeader" not in found.rows[1]._tr.xml


def test_the_same_document_is_the_same_file(notice: bytes) -> None:
    assert docx(NOTICE, moment=MOMENT) == notice


def test_the_archive_is_whole_and_its_parts_well_formed(notice: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(notice)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))


#: The order in which the schema of WordprocessingML wants the children of paragraph and run properties.
ORDERS = {
    "pPr": [
        "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "pBdr", "shd", "tabs",
        "spacing", "ind", "jc", "rPr",
    ],
    "rPr": ["rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "color", "spacing", "kern", "sz", "szCs", "lang"],
    "tcPr": ["tcW", "gridSpan", "vMerge", "tcBorders", "vAlign"],
    "trPr": ["cantSplit", "trHeight", "tblHeader"],
    "tblPr": ["tblStyle", "tblW", "jc", "tblBorders", "tblLayout", "tblCellMar"],
}  # fmt: skip


def test_elements_stand_in_the_order_of_the_schema(notice: bytes) -> None:
    """Word refuses a file whose elements are out of order; python-docx and our own insertions must agree."""
    letter = docx(replace(LETTER, body=(Paragraph("甲\n乙"),), marks=("特急",)), moment=MOMENT)
    for content in (notice, letter):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [archive.read(name) for name in archive.namelist() if name.startswith("word/") and "xml" in name]
        for properties in (each for part in parts for each in etree.fromstring(part).iter()):
            order = ORDERS.get(str(properties.tag).removeprefix(W), [])
            names = [str(each.tag).removeprefix(W) for each in properties]
            known = [order.index(name) for name in names if name in order]
            assert known == sorted(known), names
