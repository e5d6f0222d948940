"""What somebody tries with a file is answered with a line that says why; nothing hangs beyond its limit."""

import io
import time
import zipfile
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner

from mingtang.cli import mingtang
from mingtang.text import UnreadableFile
from mingtang.vetting import Options, vet, vet_apart, vet_text
from tests.text.carried import making
from tests.text.screening.making import identity_number

QUICK = Options(recognise=False)


def timed(data: bytes, seconds: float = 20) -> str:
    """What refuses the file, "" where it is taken; fails when it takes longer."""
    began = time.process_time()
    try:
        vet(data, QUICK)
        return ""
    except UnreadableFile as error:
        return str(error)
    finally:
        assert time.process_time() - began < seconds


@pytest.mark.parametrize(
    "text",
    [
        "1" * 60_000,
        "1 " * 30_000,
        "一" * 60_000,
        "患者" * 20_000,
        "（" * 20_000,
        "《" * 20_000,
        "a" * 60_000 + "@",
        "a.a@" * 15_000,
        "号楼" * 20_000,
        "住址" * 20_000,
        "机密 " * 20_000,
        "壹" * 60_000 + "元",
        " " * 60_000 + "密",
        "未经" * 20_000,
    ],
    ids=lambda text: text[:4],
)
def test_a_line_made_to_keep_patterns_busy_is_read_in_time(text: str) -> None:
    began = time.process_time()
    vet_text(text)
    assert time.process_time() - began < 8


def test_thousands_of_findings_take_time_in_proportion() -> None:
    lines = "\n".join(f"某甲，{identity_number(n)}" for n in range(1500))
    began = time.process_time()
    assert len([each for each in vet_text(lines) if each.code == "id_number"]) == 1500
    assert time.process_time() - began < 15


def test_a_zip_bomb_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"\0" * (200 << 20))
    assert "压缩炸弹" in timed(out.getvalue())


def test_ten_thousand_pages_are_refused_with_their_number() -> None:
    made = pikepdf.new()
    made.add_blank_page(page_size=(100, 100))
    made.Root.Pages.Kids = pikepdf.Array([made.pages[0].obj] * 10_000)
    made.Root.Pages.Count = 10_000
    assert "10000 页，超过 500 页" in timed(making.saved(made), 60)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"MZ\x90\x00" + b"\0" * 200, "不是文字"),
        (b"%PDF-1.7\nnothing", "损坏"),
        (b"PK\x03\x04broken", "损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧版 Office"),
        (b"Rar!\x1a\x07\x00", "RAR"),
    ],
)
def test_a_file_whose_type_lies_is_told_by_its_content(data: bytes, told: str) -> None:
    assert told in timed(data)


def test_entities_in_a_docx_are_not_unfolded() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;">]>'
    body = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", bomb + body + b"&y;</w:t></w:r></w:p></w:body></w:document>")
    outcome = vet(out.getvalue(), QUICK)
    assert not outcome.findings
    assert "没有文字" in " ".join(outcome.notes)


def test_apart_a_file_is_bounded_and_answers_the_same() -> None:
    data = making.book_column(identity_number(3))
    assert {each.code for each in vet_apart(data, QUICK).findings} == {each.code for each in vet(data, QUICK).findings}
    with pytest.raises(UnreadableFile, match="损坏"):
        vet_apart(b"%PDF-1.7\nnothing", QUICK)


def test_a_thousand_files_are_one_value_and_a_bad_one_is_one_line(tmp_path: Path) -> None:
    good, bad = tmp_path / "a.txt", tmp_path / "b.pdf"
    good.write_text("统一布署。", encoding="utf-8")
    bad.write_bytes(b"%PDF-1.7\nnothing")
    result = CliRunner().invoke(mingtang, ["review", "--format", "json", *[str(good)] * 50, str(bad)])
    assert result.exit_code == 2
    assert result.stdout.count('"file"') == 50
    assert result.stderr.count("\n") == 1
