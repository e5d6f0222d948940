"""What is set can be read back in order, sound and whole, by programs that do not know how it was made."""

import datetime
import re
import string
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingtang.press import fonts as press_fonts
from mingtang.press.document import Cell, Document, Heading, Layout, Paragraph, Table, texts
from mingtang.press.errors import NoFonts, NoGlyphs
from mingtang.press.fonts import Face, Font, Fonts
from mingtang.press.typesetting import pdf
from tests.press.paper import Paper
from tests.press.samples import LETTER, MOMENT, NOTICE


@pytest.fixture(scope="module")
def notice(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    return Paper(pdf(NOTICE, moment=MOMENT), tmp_path_factory.mktemp("notice"))


def plain(*blocks: Heading | Paragraph | Table) -> Document:
    return Document(title="", layout=Layout.PLAIN, body=blocks, sealed=False)


def test_the_file_is_sound_tagged_and_named(notice: Paper) -> None:
    assert notice.is_sound()
    assert notice.info["Tagged"] == "yes"
    assert "政务公开任务分解表的通知" in notice.info["Title"]
    assert b"pdfaid:part" in notice.path.read_bytes().replace(b"\n", b"") or "Metadata Stream" in notice.info


def test_every_font_is_embedded_as_a_subset_that_maps_to_unicode(notice: Paper) -> None:
    assert len(notice.fonts) >= 4
    assert all(embedded and subset and unicode for _, embedded, subset, unicode in notice.fonts), notice.fonts


def test_text_comes_out_in_reading_order(notice: Paper) -> None:
    """The name in the head, number, title … down to the version record, each after the one before."""
    at = 0
    for part in texts(replace(NOTICE, annexes=())):
        wanted = re.sub(r"\s", "", part)
        if part == NOTICE.copies_to[0]:
            at = 0  # the version record follows the annexes
        found = notice.text.find(wanted, at)
        assert found >= 0, f"{part!r} is missing or out of order"
        at = found


def test_headings_become_bookmarks(notice: Paper) -> None:
    assert b"/Outlines" in notice.path.read_bytes() or "Outlines" in notice.info


def test_a_table_repeats_its_head_on_every_page_it_runs_over(notice: Paper) -> None:
    pages = [page for page in range(1, notice.pages + 1) if "项任务：" in notice.page_text(page)]
    assert len(pages) >= 3
    assert all("序号任务责任单位" in notice.page_text(page) for page in pages)


def test_annexes_begin_pages_of_their_own(notice: Paper) -> None:
    starts = [page for page in range(1, notice.pages + 1) if re.match(r"附件\d", notice.page_text(page))]
    assert len(starts) == 2


def test_nothing_in_a_text_is_markup(tmp_path: Path) -> None:
    words = r'#panic("x") *粗* _斜_ $x^2$ @ref <label> [a] \n \u{41} `c` // 注 /* 注 */ = 标题 - 项 "引" #let ~ --- ...'
    read = Paper(pdf(plain(Heading(words), Paragraph(words), Table(((words,),), (1,))), moment=MOMENT), tmp_path)
    assert read.text.count(re.sub(r"\s", "", words)) == 3


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(alphabet=string.punctuation + "aZ09 国“”‘’（）〔〕、。", min_size=1, max_size=60))
def test_any_text_comes_out_as_it_went_in(words: str, tmp_path: Path) -> None:
    read = Paper(pdf(plain(Paragraph(f"始{words}终")), moment=MOMENT), tmp_path)
    assert re.sub(r"\s", "", f"始{words}终") in read.text


def test_control_characters_are_dropped_and_line_feeds_break(tmp_path: Path) -> None:
    read = Paper(pdf(plain(Paragraph("甲\x00\x07\u202e乙\r\n丙\t丁")), moment=MOMENT), tmp_path)
    first, second = (" ".join(word.text for word in line) for line in read.lines(1)[:2])
    assert (first, second.replace(" ", "")) == ("甲乙", "丙丁")


def test_a_long_address_stays_within_the_text_and_reads_as_it_is(tmp_path: Path) -> None:
    address = "https://example.invalid/" + "a1" * 60
    read = Paper(pdf(plain(Paragraph(f"见{address}。"), Table((("甲", address),), (1, 3))), moment=MOMENT), tmp_path)
    assert read.text.count(address) == 2
    assert read.ink(1, 0, 264)[2] <= 184.5


def test_the_same_document_is_the_same_file_and_another_moment_another() -> None:
    assert pdf(LETTER, moment=MOMENT) == pdf(LETTER, moment=MOMENT)
    assert pdf(LETTER, moment=MOMENT) != pdf(LETTER, moment=MOMENT + datetime.timedelta(days=1))


def test_rare_characters_and_mongolian_fall_back_on_another_font(tmp_path: Path) -> None:
    read = Paper(pdf(plain(Paragraph("王𠮷、李䶮，ᠮᠣᠩᠭᠣᠯ")), moment=MOMENT), tmp_path)
    assert "王𠮷、李䶮" in read.text
    assert any("Mongol" in name for name, *_ in read.fonts)
    assert all(embedded for _, embedded, *_ in read.fonts)


def test_a_name_in_mongolian_script_stands_downwards_beside_the_head(tmp_path: Path) -> None:
    without = Paper(pdf(LETTER, moment=MOMENT), tmp_path).bands(1)[0]
    read = Paper(pdf(replace(LETTER, vertical=("ᠮᠣᠩᠭᠣᠯ ᠬᠡᠯᠡ",)), moment=MOMENT), tmp_path)
    assert any("Mongol" in name for name, *_ in read.fonts)
    top, bottom = read.bands(1)[0]
    assert bottom - top > without[1] - without[0] + 3, "the column is longer than the name is high"


def test_a_character_that_no_font_holds_is_named_beforehand() -> None:
    with pytest.raises(
        NoGlyphs, match=r"“\U0010fffd”（U\+10FFFD 未命名）、“𐎀”（U\+10380 UGARITIC LETTER ALPA）"
    ) as caught:
        pdf(plain(Paragraph("甲\U0010fffd"), Table((("乙", Cell("𐎀")),), (1, 1))), moment=MOMENT)
    assert caught.value.characters == ("\U0010fffd", "𐎀")


def test_without_any_font_the_error_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(press_fonts, "_installed", lambda folders: iter(()))
    with pytest.raises(NoFonts, match=r"没有可用的仿宋、楷体、黑体、小标宋、宋体字体.*make fonts.*MINGTANG_FONTS"):
        press_fonts.find([tmp_path])


def test_a_face_for_which_another_must_stand_in_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    song = Font("Noto Serif CJK SC", 400, "song.ttc", 0)
    monkeypatch.setattr(press_fonts, "_installed", lambda folders: iter((song, replace(song, weight=700))))
    found = press_fonts.find([tmp_path])
    assert found.stand_ins == (Face.FANGSONG, Face.KAITI, Face.HEITI)
    assert found.families(Face.FANGSONG) == ["Noto Serif CJK SC"]
    assert (found.weight(Face.SONG), found.weight(Face.XIAOBIAOSONG)) == (400, 700)


def test_the_fonts_of_this_machine_need_no_stand_in() -> None:
    found: Fonts = press_fonts.find()
    assert found.stand_ins == (), "run make fonts"


def test_typst_is_not_loaded_for_commands_that_set_nothing() -> None:
    code = (
        "import sys; import mingtang.cli, mingtang.press.document, mingtang.press.typesetting, mingtang.press.word; "
        "print([each for each in ('typst', 'docx', 'fontTools') if each in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_signature_never_stands_alone_on_a_page(tmp_path: Path) -> None:
    """Whatever the length of the body, the page with the signature has text above it (7.3.5.5)."""
    for lines in range(12, 26):
        body = tuple(Paragraph(f"第{at}段说明情况。") for at in range(1, lines))
        read = Paper(pdf(replace(LETTER, body=body, copies_to=()), moment=MOMENT), tmp_path)
        assert "段说明情况" in read.page_text(read.pages)


def test_a_table_with_cells_that_do_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="表格第2行多出1个单元格"):
        Table((("甲", Cell("乙", rows=2)), ("丙", "丁")), (1, 1))
    with pytest.raises(ValueError, match="表格第1行的单元格放不下"):
        Table((("甲", Cell("乙", columns=2)),), (1, 1))
