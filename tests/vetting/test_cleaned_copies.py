"""Each safe copy is proved clean by readers that share no code with ours, and keeps what may be read."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import mammoth
import openpyxl
import pikepdf
import pytest
from PIL import Image, ImageDraw, ImageFont

from mingtang.text.formats import ocr
from mingtang.vetting import Options, vet
from mingtang.vetting.cleaning import cleaned, veiled
from tests.press.redaction import sheets
from tests.text.carried import making
from tests.text.screening.making import card, identity_number, mobile

SECRET = identity_number(11)
QUICK = Options(recognise=False)


def every_byte(ending: str, data: bytes) -> bytes:
    """All that the file holds, unpacked by zipfile or qpdf."""
    if ending in ("docx", "xlsx"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return b"\n".join(archive.read(name) for name in archive.namelist())
    return sheets.everything_in(data) if ending == "pdf" else data


@pytest.mark.parametrize(
    ("ending", "make"),
    [(ending, make) for ending, make, _ in making.HIDING_PLACES],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_nothing_of_the_secret_is_left_in_any_byte(ending: str, make: Callable[[str], bytes]) -> None:
    before = make(SECRET)
    after = cleaned(before, QUICK).data
    left = every_byte(ending, after)
    assert SECRET.encode() not in left
    assert SECRET.encode("utf-16-be") not in left
    assert not [each for each in vet(after, QUICK).findings if each.severity != "note"]


def test_what_may_be_read_stays_readable() -> None:
    word = cleaned(making.word_comment(SECRET), QUICK).data
    assert making.SEEN in mammoth.extract_raw_text(io.BytesIO(word)).value
    book = openpyxl.load_workbook(io.BytesIO(cleaned(making.book_column(SECRET), QUICK).data))
    assert [[cell.value for cell in row] for row in book.active.rows][:2] == [
        ["姓名", "村", "金额"],
        ["某甲", "红旗村", 300],
    ]


def test_a_black_bar_becomes_a_true_one(tmp_path: Path) -> None:
    after = cleaned(making.pdf_bar(SECRET), QUICK).data
    for text in (sheets.by_pdftotext(after, tmp_path), sheets.by_pdfminer(after)):
        assert text == making.SEEN
    assert sheets.sound(after, tmp_path)
    assert not pikepdf.open(io.BytesIO(after)).docinfo


def test_a_photograph_forgets_where_it_was_taken() -> None:
    after = cleaned(making.photograph(SECRET), QUICK).data
    assert b"Exif" not in after
    assert not Image.open(io.BytesIO(after)).getexif()


def test_columns_of_a_list_are_masked_and_those_its_kind_allows_stay() -> None:
    from mingtang.law.profiles import profile

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["姓名", "身份证号", "一卡通账号", "联系电话", "家庭住址", "病情", "金额"])
    for n in range(3):
        sheet.append(["某甲", identity_number(n), card(n), mobile(n), f"红旗村{n}组{n + 3}号", "胃病", 100 + n])
    out = io.BytesIO()
    book.save(out)
    options = Options(profile=profile("subsidy-list"), recognise=False)
    rows = [
        [cell.value for cell in row]
        for row in openpyxl.load_workbook(io.BytesIO(cleaned(out.getvalue(), options).data)).active.rows
    ]
    for n, row in enumerate(rows[1:]):
        assert row[0] == "某甲" and row[6] == 100 + n
        assert all("*" in str(value) for value in row[1:6])
        assert identity_number(n)[:6] == row[1][:6] and mobile(n)[-4:] == row[3][-4:]


def test_a_masked_text_is_as_long_as_before() -> None:
    text = f"李某，身份证{SECRET}，手机{mobile(4)}，户籍地址：红旗村3组45号。"
    assert len(veiled(text)) == len(text)
    assert not vet(veiled(text).encode(), QUICK).findings


@pytest.mark.skipif(not ocr.available(), reason="no text recognition installed")
def test_a_photographed_identity_card_is_found_and_every_line_of_it_blackened() -> None:
    font = ImageFont.truetype("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 34)
    picture = Image.new("RGB", (860, 300), "white")
    pen = ImageDraw.Draw(picture)
    pen.text((40, 40), "姓名 某某甲", font=font, fill="black")
    pen.text((40, 200), f"公民身份号码 {SECRET}", font=font, fill="black")
    out = io.BytesIO()
    picture.save(out, "PNG")
    assert "id_number" in {each.code for each in vet(out.getvalue()).findings}
    after = cleaned(out.getvalue()).data
    assert SECRET[6:14] not in "".join(span.text for span in ocr.read_picture(after))
    shown = Image.open(io.BytesIO(after)).convert("L")
    assert max(shown.crop((300, 215, 420, 230)).tobytes()) == 0
