"""Reading files: what each format keeps and leaves out, and one clear line for every file that gives no text."""

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from mingtang.text import Document, UnreadableFile, read, read_bytes
from mingtang.text.formats import MAX_BYTES
from mingtang.text.formats.detect import decode, kind_of
from mingtang.text.formats.numbering import written
from tests.text.scoring import NOTICES

SENTENCE = "各部门要在年底前公开目录。"


def docx_of(build: Any) -> bytes:
    document = docx.Document()
    build(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def xlsx_of(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def zipped(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_the_encoding_is_found(encoding: str) -> None:
    assert texts(read_bytes(SENTENCE.encode(encoding))) == [SENTENCE]


def test_the_kind_is_told_by_the_bytes_and_not_by_the_name(tmp_path: Path) -> None:
    lying = tmp_path / "要点.docx"
    lying.write_bytes(f"<html><body><p>{SENTENCE}</p></body></html>".encode("gb18030"))
    assert read(lying).format == "html"
    assert texts(read(lying)) == [SENTENCE]


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "空"),
        (b"\x00\x00 \n", "空"),
        (b"%PDF-1.7\nbroken", "PDF"),
        (b"\x89PNG\r\n\x1a\n....", "图片"),
        (b"\xff\xd8\xff\xe0....", "图片"),
        (b"{\\rtf1\\ansi}", "RTF"),
        (b"PK\x03\x04 not a zip", "损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧版"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (b"\x7fELF\x02\x01\x01\x00\x00\x00binary", "不是文字"),
        (b"<html><body></body></html>", "没有"),
        (zipped({"a.txt": b"x"}), "压缩包"),
        (zipped({"word/document.xml": b"<w:document"}), "损坏"),
        (zipped({"word/document.xml": b"<a/>"}), "正文"),
        (zipped({"xl/workbook.xml": b"<workbook/>"}), "损坏"),
    ],
)
def test_a_file_that_gives_no_text_is_told_in_one_line(data: bytes, word: str) -> None:
    with pytest.raises(UnreadableFile) as told:
        read_bytes(data)
    assert word in str(told.value)
    assert "\n" not in str(told.value) and str(told.value).endswith("。")


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    huge = tmp_path / "大.pdf"
    with huge.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)
    with pytest.raises(UnreadableFile, match="200 MB"):
        read(huge)
    assert MAX_BYTES < 200 * 1024 * 1024


def test_a_device_without_end_is_read_no_further_than_the_limit() -> None:
    with pytest.raises(UnreadableFile, match="上限"):
        read("/dev/zero")


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="找不到"):
        read(tmp_path / "没有.txt")
    with pytest.raises(UnreadableFile, match="文件夹"):
        read(tmp_path)


@pytest.mark.parametrize("name", ["word/document.xml", "xl/workbook.xml"])
def test_a_zip_bomb_is_refused_unopened(name: str) -> None:
    bomb = zipped({name: b"<a/>", "padding.xml": b"0" * (40 * 1024 * 1024)})
    assert len(bomb) < 200_000
    with pytest.raises(UnreadableFile, match="异常"):
        kind_of(bomb)


def test_entities_in_a_word_part_are_not_expanded() -> None:
    secret = b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    part = (
        secret
        + f'<w:document xmlns:w="{w}"><w:body><w:p><w:r><w:t>a&x;b</w:t></w:r></w:p></w:body></w:document>'.encode()
    )
    document = read_bytes(zipped({"word/document.xml": part}))
    assert len(document.text.strip()) <= 2


def test_a_scanned_pdf_is_told(tmp_path: Path) -> None:
    import pypdfium2

    pdf = pypdfium2.PdfDocument.new()
    pdf.new_page(595, 842)
    pdf.new_page(595, 842)
    target = tmp_path / "扫描.pdf"
    pdf.save(str(target))
    with pytest.raises(UnreadableFile, match="扫描"):
        read(target)


def test_pdf_lines_are_joined_and_page_numbers_are_gone() -> None:
    lines = texts(read(NOTICES / "11-office.pdf"))
    assert all("—" not in line for line in lines)
    assert any(
        line.startswith("（一）公开防汛信息。") and line.endswith("（责任处室：水旱灾害防御处）") for line in lines
    )


def test_word_numbers_that_word_itself_writes_are_there() -> None:
    lines = texts(read(NOTICES / "09-word-numbering.docx"))
    assert "二、主要任务" in lines and "（二）强化企业诉求回应" in lines
    assert any(line.startswith("2.行政审批局") for line in lines)
    assert "（一）各局办要落实审查责任，未经审查的信息不得公开。" in lines


@pytest.mark.parametrize(
    ("value", "kind", "shown"),
    [(12, "chineseCountingThousand", "十二"), (3, "decimalEnclosedCircleChinese", "③"), (4, "decimal", "4")],
)
def test_words_number_formats(value: int, kind: str, shown: str) -> None:
    assert written(value, kind) == shown


def test_a_soft_break_begins_a_new_line_and_deleted_words_are_gone() -> None:
    def build(document: Any) -> None:
        run = document.add_paragraph().add_run("关于做好公开工作")
        run.add_break()
        run.add_text("的通知")
        paragraph = document.add_paragraph("保留的话。")
        deleted = paragraph._p.makeelement(docx.oxml.ns.qn("w:del"), {})
        gone = paragraph._p.makeelement(docx.oxml.ns.qn("w:r"), {})
        text = paragraph._p.makeelement(docx.oxml.ns.qn("w:delText"), {})
        text.text = "删去的话。"
        gone.append(text)
        deleted.append(gone)
        paragraph._p.append(deleted)

    assert texts(read_bytes(docx_of(build))) == ["关于做好公开工作", "的通知", "保留的话。"]


def test_a_merged_word_cell_stands_at_each_of_its_places() -> None:
    table = read(NOTICES / "10-word-table.docx").tables[0]
    assert table.rows[1][0] is table.rows[2][0]
    assert len({len(row) for row in table.rows}) == 1


def test_the_frame_of_a_page_is_left_out_and_its_facts_are_kept() -> None:
    document = read(NOTICES / "07-province-page.html")
    for word in ("无障碍", "浏览次数", "索引号", "上一篇", "ICP", "互动交流", "打印"):
        assert all(word not in line for line in texts(document))
    assert document.fact("文号") == "安政办发〔2018〕26号"
    assert document.fact("成文日期") == "2018年05月16日"


def test_a_line_end_in_the_source_of_a_page_is_no_paragraph() -> None:
    page = "<html><body><div><p>各部门要\n    及时公开。</p>第一行<br>第二行</div></body></html>"
    assert texts(read_bytes(page.encode())) == ["各部门要及时公开。", "第一行", "第二行"]


def test_spans_of_a_web_table_are_spread() -> None:
    table = read(NOTICES / "08-web-table.html").tables[0]
    assert table.rows[2][1] is table.rows[3][1]
    assert len({cell.start for cell in table.rows[1]}) == 1


def test_a_sheet_gives_its_title_rows_and_its_grid() -> None:
    document = read_bytes(
        xlsx_of([["任务分解表"], ["任务", "责任单位"], ["公开预算", "财政局"], [None, None], ["公开决算", 3.0]])
    )
    assert texts(document) == ["任务分解表"]
    assert [cell.text for cell in document.tables[0].rows[-1]] == ["公开决算", "3"]


def test_a_page_nested_deep_is_read_and_one_nested_without_end_is_refused() -> None:
    def page(depth: int) -> bytes:
        return ("<html><body>" + "<div>" * depth + SENTENCE + "</div>" * depth + "</body></html>").encode()

    assert SENTENCE in read_bytes(page(200)).text
    with pytest.raises(UnreadableFile):
        read_bytes(page(30_000))


def test_bytes_that_are_no_text_are_told() -> None:
    with pytest.raises(UnreadableFile):
        decode(bytes(range(1, 9)) * 50 + b"\x00")
