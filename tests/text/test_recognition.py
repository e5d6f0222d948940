"""Scans and pictures are read by text recognition when asked for; otherwise one clear line says what to do."""

import io
from datetime import UTC, date, datetime

import pypdfium2
import pytest
from PIL import Image

from mingtang.press.document import Document, Layout, paragraphs
from mingtang.press.typesetting import pdf
from mingtang.text import NoTextLayer, UnreadableFile, read_bytes
from mingtang.text.formats import ocr
from mingtang.text.formats.scanned import crop
from mingtang.text.norms import read_norm

installed = pytest.mark.skipif(not ocr.available(), reason="the extra ocr (rapidocr-onnxruntime) is not installed")
NOTICE = Document(
    title="云岭旗草场巡护管理办法",
    layout=Layout.PLAIN,
    number="云政规发〔2022〕3号",
    body=paragraphs("第一条　为了保护草场，制定本办法。\n第二条　本办法自2022年5月1日起施行，有效期5年。"),
    signature=("云岭旗人民政府",),
    dated=date(2022, 3, 15),
    sealed=False,
)


def page() -> Image.Image:
    document = pypdfium2.PdfDocument(pdf(NOTICE, moment=datetime(2022, 3, 15, tzinfo=UTC)))
    return document[0].render(scale=1.6).to_pil().convert("L")


def saved(picture: Image.Image, kind: str) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, kind)
    return stream.getvalue()


@installed
def test_a_skewed_scan_gives_the_same_fields_as_the_text() -> None:
    scan = saved(page().rotate(0.6, fillcolor=245), "PDF")
    document = read_bytes(scan, recognize=True)
    found = read_norm(document)
    assert (found.title, found.issuer, found.made_on) == ("云岭旗草场巡护管理办法", "云岭旗人民政府", date(2022, 3, 15))
    assert (found.effective_on, found.expires_on, found.articles) == (date(2022, 5, 1), date(2027, 4, 30), 2)
    assert len(document.recognized) >= 5
    assert all(0 < line.confidence <= 1 for line in document.recognized)
    title = next(line for line in document.recognized if "管理办法" in line.text and "条" not in line.text)
    cut = Image.open(io.BytesIO(crop(scan, title)))
    assert cut.width > cut.height > 20


@installed
def test_a_picture_turned_by_the_camera_is_read_upright() -> None:
    turned = page().crop((0, 0, 952, 420)).rotate(90, expand=True)
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera says: turn by 90 degrees clockwise
    stream = io.BytesIO()
    turned.save(stream, "JPEG", exif=exif)
    spans = ocr.read_picture(stream.getvalue())
    assert "云岭旗草场巡护管理办法" in [span.text for span in spans]
    assert all(span.box[2] > span.box[0] and span.box[3] > span.box[1] for span in spans)


@installed
def test_an_empty_page_has_no_text() -> None:
    blank = saved(Image.new("L", (600, 400), 255), "PNG")
    assert ocr.read_picture(blank) == ()
    with pytest.raises(UnreadableFile, match="没有认出文字"):
        read_bytes(blank, recognize=True)


@installed
@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\nbroken", b"\xff\xd8\xff\xe0broken"])
def test_a_broken_picture_is_one_line(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match="图片已损坏"):
        ocr.read_picture(data)


@installed
def test_time_and_size_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = saved(page(), "PNG")
    with pytest.raises(UnreadableFile, match="秒"):
        ocr.read_picture(picture, seconds=0)
    monkeypatch.setattr(ocr, "MAX_PIXELS", 1000)
    with pytest.raises(UnreadableFile, match="像素"):
        ocr.read_picture(picture)


def test_without_asking_for_recognition_a_scan_has_no_text_layer() -> None:
    with pytest.raises(NoTextLayer):
        read_bytes(saved(page(), "PDF"))
    with pytest.raises(NoTextLayer):
        read_bytes(saved(page(), "PNG"))


def test_without_the_extra_a_line_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "find_spec", lambda name: None)
    assert not ocr.available()
    with pytest.raises(UnreadableFile, match=r"pip install 'mingtang\[ocr\]'"):
        read_bytes(saved(page(), "PDF"), recognize=True)


@pytest.mark.parametrize(
    ("read", "regular"),
    [
        ("云政规发[2022]3号", "云政规发〔2022〕3号"),
        ("《管理办法（试行)》,自公布之日起施行", "《管理办法（试行）》，自公布之日起施行"),
        ("(一)水源", "（一）水源"),
        ("GB/T 9704 (2012)", "GB/T 9704 (2012)"),
        ("上午9:00", "上午9:00"),
    ],
)
def test_punctuation_is_made_full_width_beside_chinese(read: str, regular: str) -> None:
    assert ocr.regular(read) == regular
