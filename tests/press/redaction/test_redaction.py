"""Redaction: gone for every reader, from every corner of the file, and the rest still readable in order."""

import io
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from mingtang.press.redaction import Area, NotOnPage, Redacted, Span, Unreadable, read_pages, redact
from tests.press.redaction import sheets
from tests.press.redaction.sheets import SECRET, SECRET_PHONE

LINES = [
    f"养护合同由{SECRET}签署，合同编号第三号。",
    f"联系电话 {SECRET_PHONE}，地址在前进街。",
    "===",
    "第二页的第一行没有秘密。",
    f"末行再次写到{SECRET}与其他人。",
]


def spans_of(data: bytes, word: str) -> list[Span]:
    return [Span(number, *place) for number, page in enumerate(read_pages(data)) for place in page.places(word)]


def assert_gone(done: Redacted, words: list[str], rest: str, folder: Path) -> None:
    """Nothing of the words anywhere, the rest in order for both readers, and a sound file."""
    for text in (sheets.by_pdftotext(done.data, folder), sheets.by_pdfminer(done.data)):
        assert text == sheets.squeezed(rest)
    content = sheets.everything_in(done.data)
    for word in words:
        assert word.encode() not in content
        assert word.encode("utf-16-be") not in content
        assert word.encode("utf-16-be").hex().encode() not in content.lower()
    assert sheets.sound(done.data, folder)


def test_words_set_by_typst_are_gone_and_the_rest_is_read_in_order(tmp_path: Path) -> None:
    data = sheets.set_by_typst(LINES)
    spans = spans_of(data, SECRET) + spans_of(data, SECRET_PHONE)
    assert len(spans) == 3
    done = redact(data, spans=spans)
    rest = "".join(line for line in LINES if line != "===").replace(SECRET, "").replace(SECRET_PHONE, "")
    assert_gone(done, [SECRET, SECRET_PHONE], rest, tmp_path)
    assert done.redrawn == ()


def test_the_place_is_black_and_the_rest_of_the_page_unchanged() -> None:
    import pypdfium2

    data = sheets.set_by_typst(LINES[:2])
    (span,) = spans_of(data, SECRET)
    done = redact(data, spans=[span])
    before, after = (pypdfium2.PdfDocument(one)[0].render(scale=2).to_pil().convert("L") for one in (data, done.data))
    (area,) = done.areas
    box = (
        int(area.left * 2) + 1,
        int((300 - area.top) * 2) + 1,
        int(area.right * 2) - 1,
        int((300 - area.bottom) * 2) - 1,
    )
    assert max(after.crop(box).tobytes()) == 0
    margin = 5
    outside = (box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin)
    for picture in (before, after):
        picture.paste(255, outside)
    assert before.tobytes() == after.tobytes()


def test_whole_pages_go(tmp_path: Path) -> None:
    data = sheets.set_by_typst(LINES)
    done = redact(data, pages=[0])
    assert_gone(done, [SECRET_PHONE], "".join(LINES[3:]), tmp_path)
    assert done.emptied == (0,)


def test_a_font_without_widths_makes_the_page_a_picture_whose_text_can_still_be_read(tmp_path: Path) -> None:
    data = sheets.written_by_hand(
        b"BT /F 14 Tf 40 200 Td (Contract signed by Yunling Jia) Tj 0 -30 Td (Second line) Tj ET"
    )
    done = redact(data, spans=spans_of(data, "Yunling Jia"))
    assert done.redrawn == (0,)
    assert_gone(done, ["Yunling"], "Contractsignedby Secondline", tmp_path)


def test_a_scan_loses_its_pixels(tmp_path: Path) -> None:
    noise = Image.effect_noise((400, 300), 90).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "JPEG")
    made = pikepdf.new()
    image = made.make_stream(out.getvalue())
    image.Type, image.Subtype, image.Filter = pikepdf.Name.XObject, pikepdf.Name.Image, pikepdf.Name.DCTDecode
    image.Width, image.Height, image.BitsPerComponent, image.ColorSpace = 400, 300, 8, pikepdf.Name.DeviceRGB
    sheet = made.add_blank_page(page_size=(400, 300))
    sheet.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=image))
    sheet.obj.Contents = made.make_stream(b"q 400 0 0 300 0 0 cm /I Do Q")
    done = redact(sheets.written(made), areas=[Area(0, 100, 100, 200, 200)])
    assert done.redrawn == (0,) and sheets.sound(done.data, tmp_path)
    with pikepdf.open(io.BytesIO(done.data)) as pdf:
        (held,) = pdf.pages[0].get_images().values()
        picture = pikepdf.PdfImage(held).as_pil_image().convert("L")
    scale = picture.width / 400
    inside = picture.crop(tuple(int(number * scale) for number in (104, 104, 196, 196)))
    assert max(inside.tobytes()) < 12
    assert out.getvalue() not in done.data


def test_nothing_around_the_pages_says_it(tmp_path: Path) -> None:
    data = sheets.with_everything(sheets.set_by_typst(LINES), SECRET)
    assert SECRET.encode("utf-16-be") in sheets.everything_in(data) or SECRET.encode() in sheets.everything_in(data)
    done = redact(data, spans=spans_of(data, SECRET))
    rest = "".join(line for line in LINES if line != "===").replace(SECRET, "")
    assert_gone(done, [SECRET], rest, tmp_path)
    with pikepdf.open(io.BytesIO(done.data)) as pdf:
        assert set(pdf.Root.keys()) <= {"/Type", "/Pages"} and len(pdf.docinfo) == 0


def test_an_earlier_version_does_not_come_along(tmp_path: Path) -> None:
    base = sheets.written_by_hand(b"BT /F 14 Tf 40 200 Td (Public line) Tj ET")
    data = sheets.revised(base, "OLDSECRET")
    assert b"OLDSECRET" in data
    done = redact(data, areas=[Area(0, 0, 0, 20, 20)])
    assert b"OLDSECRET" not in sheets.everything_in(done.data)
    assert sheets.sound(done.data, tmp_path)


def test_a_hidden_layer_is_not_carried_over(tmp_path: Path) -> None:
    layer = pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="hidden")
    base = pikepdf.open(
        io.BytesIO(
            sheets.written_by_hand(
                b"BT /F 14 Tf 40 200 Td (Shown) Tj ET /OC /L BDC BT /F 14 Tf 40 100 Td (LAYERSECRET) Tj ET EMC"
            )
        )
    )
    held = base.make_indirect(layer)
    font = base.pages[0].obj.Resources.Font.F
    font.FirstChar, font.LastChar, font.Widths = 32, 126, pikepdf.Array([556] * 95)
    base.pages[0].obj.Resources.Properties = pikepdf.Dictionary(L=held)
    base.Root.OCProperties = pikepdf.Dictionary(OCGs=[held], D=pikepdf.Dictionary(OFF=[held]))
    done = redact(sheets.written(base), areas=[Area(0, 300, 250, 320, 270)])
    assert b"LAYERSECRET" not in sheets.everything_in(done.data)
    assert sheets.by_pdfminer(done.data) == "Shown"


def test_what_a_form_field_shows_stays_visible_and_can_be_taken_out(tmp_path: Path) -> None:
    made = pikepdf.open(io.BytesIO(sheets.written_by_hand(b"BT /F 14 Tf 40 200 Td (Name of the applicant) Tj ET")))
    fonts = made.pages[0].obj.Resources.Font
    shown = made.make_stream(b"BT /F 12 Tf 2 4 Td (FIELDSECRET) Tj ET")
    shown.Type, shown.Subtype, shown.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 150, 20]
    shown.Resources = pikepdf.Dictionary(Font=fonts)
    field = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, T="n", V="FIELDSECRET", F=4,
        Rect=[40, 100, 190, 120], AP=pikepdf.Dictionary(N=shown),
    )  # fmt: skip
    made.pages[0].obj.Annots = pikepdf.Array([made.make_indirect(field)])
    made.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([made.pages[0].obj.Annots[0]]))
    data = sheets.written(made)
    kept = redact(data, areas=[Area(0, 300, 250, 320, 270)])
    assert "FIELDSECRET" in sheets.by_pdfminer(kept.data)
    gone = redact(data, areas=[Area(0, 38, 98, 192, 122)])
    assert_gone(gone, ["FIELDSECRET"], "Nameoftheapplicant", tmp_path)


def test_text_turned_to_curves_goes_as_well() -> None:
    curves = b"".join(b"%d 150 m %d 160 l %d 155 l h\n" % (x, x + 4, x + 6) for x in range(100, 200, 8))
    data = sheets.written_by_hand(b"0 g\n" + curves + b"f\nBT /F 9 Tf 40 20 Td (Foot) Tj ET")
    done = redact(data, areas=[Area(0, 90, 140, 150, 170)])
    assert done.redrawn == (0,)
    whole = redact(data, areas=[Area(0, 90, 140, 210, 170)])
    assert b"100 150 m" not in sheets.everything_in(whole.data)


def test_a_turned_page_keeps_its_turn(tmp_path: Path) -> None:
    base = pikepdf.open(io.BytesIO(sheets.set_by_typst(LINES[:2])))
    base.pages[0].Rotate = 90
    data = sheets.written(base)
    done = redact(data, spans=spans_of(data, SECRET))
    with pikepdf.open(io.BytesIO(done.data)) as pdf:
        assert pdf.pages[0].Rotate == 90
    assert SECRET not in sheets.by_pdfminer(done.data) and "合同编号第三号" in sheets.by_pdfminer(done.data)


def test_places_find_a_word_across_lines() -> None:
    data = sheets.set_by_typst(["一" * 27 + SECRET + "完"])
    (place,) = read_pages(data)[0].places(SECRET)
    done = redact(data, spans=[Span(0, *place)])
    assert SECRET not in sheets.by_pdfminer(done.data)
    assert len(done.areas) == 2


def test_a_span_that_is_not_there_is_refused_in_words() -> None:
    data = sheets.set_by_typst(["一行"])
    with pytest.raises(NotOnPage, match="第 1 页没有这一段文字"):
        redact(data, spans=[Span(0, 0, 99)])
    with pytest.raises(NotOnPage, match="没有第 4 页，这份文件共 1 页"):
        redact(data, pages=[3])
    with pytest.raises(Unreadable):
        redact(b"%PDF-1.7 nothing", pages=[0])


SENTENCE = "道路养护合同金额为一百二十万元整签订日期二〇二五年三月五日承包人云岭养护队"
SHEET = sheets.set_by_typst(
    [SENTENCE, f"#text(size: 9pt, tracking: 2pt)[{SENTENCE}]", f"#h(40pt)#underline[{SENTENCE[:20]}]"]
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 90), st.integers(1, 9)), min_size=1, max_size=5))
def test_any_spans_leave_exactly_the_rest(picks: list[tuple[int, int]]) -> None:
    (page,) = read_pages(SHEET)
    spans = [Span(0, start, min(start + length, len(page.text))) for start, length in picks if start < len(page.text)]
    covered = {index for span in spans for index in range(span.start, span.end)}
    rest = "".join(char for index, char in enumerate(page.text) if index not in covered)
    assert sheets.by_pdfminer(redact(SHEET, spans=spans).data) == sheets.squeezed(rest)


@settings(max_examples=15, deadline=None)
@given(st.integers(20, 380), st.integers(20, 280), st.integers(2, 200), st.integers(2, 80))
def test_any_area_leaves_nothing_in_it(left: int, bottom: int, width: int, height: int) -> None:
    area = Area(0, left, bottom, left + width, bottom + height)
    (after,) = read_pages(redact(SHEET, areas=[area]).data)
    middles = [((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) for box in after.boxes if box is not None]
    assert not [1 for x, y in middles if area.left < x < area.right and area.bottom < y < area.top]
