"""Text recognition: scanned pages of a PDF and pictures (png, jpg) into spans with their place and confidence.

An optional extra (`pip install mingtang[ocr]`: RapidOCR with the PP-OCRv4 models in its wheel, no network). What it
reads is never as sure as a text layer: every span carries the recognizer's confidence, and whoever uses it says so.
"""

import io
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from mingtang.text.errors import UnreadableFile

#: What to do when the extra is missing; the end of the line that a reader is told.
INSTALL = "请安装文字识别组件（pip install 'mingtang[ocr]'）后再读，或换成文字版"
#: A span read with less than this is to be looked at by a person.
DOUBTFUL = 0.90
#: Larger pictures are refused: A3 at 600 dpi has 70 million pixels.
MAX_PIXELS = 80_000_000
#: Pages read of one scan; at some seconds a page this is already a long wait.
MAX_PAGES = 60
#: Lines read of one page; a dense page of a table has about 150.
MAX_LINES = 600
#: Seconds given to one page before what was read so far must do.
PAGE_SECONDS = 60.0
#: Longest side in pixels that is recognized; 2,000 is A4 at 170 dpi, where a 三号 character is 37 pixels high.
_SIDE = 2000
_BATCH = 12

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Span:
    """A line of recognized text; `box` is left, top, right, bottom in pixels of the upright picture.

    `confidence` is between 0 and 1, the mean over the characters.
    """

    text: str
    box: Box
    confidence: float

    @property
    def doubtful(self) -> bool:
        return self.confidence < DOUBTFUL


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """A page of a scan: its number from 1, its size in pixels as recognized, and its spans from top to bottom."""

    number: int
    width: int
    height: int
    spans: tuple[Span, ...]


def available() -> bool:
    """Whether the extra is installed."""
    return find_spec("rapidocr_onnxruntime") is not None


def read_picture(data: bytes, *, seconds: float = PAGE_SECONDS) -> tuple[Span, ...]:
    """The text on a picture (png, jpg), turned upright as its EXIF data says; () when there is none on it.

    Raises `UnreadableFile` when the extra is missing, the picture is broken or has more than 80 million pixels, or
    reading it takes more than `seconds`.
    """
    _require()
    return _spans(upright(data), seconds)


def read_pages(data: bytes, *, seconds: float = PAGE_SECONDS) -> Iterator[ScannedPage]:
    """The pages of a PDF of scans one after the other, each recognized from its rendering; at most 60.

    Raises `UnreadableFile` when the extra is missing, the PDF is broken, locked or longer, or a page takes more than
    `seconds`.
    """
    _require()
    for number, page in enumerate(page_pictures(data), start=1):
        yield ScannedPage(number, page.width, page.height, _spans(page, seconds))


def page_pictures(data: bytes) -> Iterator[Any]:
    """The pages of a PDF as Pillow pictures of at most 2,000 pixels a side; the places of spans refer to them."""
    pypdfium2: Any = import_module("pypdfium2")
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise UnreadableFile(
            "PDF 加了密码，请先去掉密码再试。" if locked else "PDF 已损坏，读不出来；请重新下载或另存后再试。"
        ) from None
    try:
        if len(pdf) > MAX_PAGES:
            raise UnreadableFile(f"扫描件有 {len(pdf)} 页，文字识别一次最多 {MAX_PAGES} 页，请拆分后再试。")
        for index in range(len(pdf)):
            page = pdf[index]
            yield page.render(scale=_SIDE / max(page.get_size())).to_pil().convert("RGB")
            page.close()
    except pypdfium2.PdfiumError:
        raise UnreadableFile("PDF 有页面损坏，读不出来；请重新下载或另存后再试。") from None
    finally:
        pdf.close()


def upright(data: bytes) -> Any:
    """A picture file as a Pillow picture in RGB, turned as its EXIF data says; the places of spans refer to it."""
    pictures: Any = import_module("PIL.Image")
    operations: Any = import_module("PIL.ImageOps")
    try:
        with pictures.open(io.BytesIO(data), formats=("JPEG", "PNG")) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise UnreadableFile(f"图片超过 {MAX_PIXELS // 1_000_000} 百万像素，请缩小后再试。")
            return operations.exif_transpose(picture).convert("RGB")
    except UnreadableFile:
        raise
    except Exception:
        # Pillow raises whatever its decoders raise on a damaged picture: OSError, SyntaxError, ValueError …
        raise UnreadableFile("图片已损坏，显示不出来；请重新导出或拍摄后再试。") from None


def _require() -> None:
    if not available():
        raise UnreadableFile(f"没有安装文字识别，读不出图片和扫描件：{INSTALL}。")


@cache
def _engine() -> Any:
    """The recognizer, loaded once a process (a tenth of a second, about 150 MB)."""
    return import_module("rapidocr_onnxruntime").RapidOCR(max_side_len=_SIDE)


def _spans(picture: Any, seconds: float) -> tuple[Span, ...]:
    """Find the lines of a picture, then read them some at a time, so that a page cannot take for ever."""
    began = time.monotonic()
    numpy: Any = import_module("numpy")
    width, height = picture.size
    shrunk = picture.copy()
    shrunk.thumbnail((_SIDE, _SIDE))
    scale = max(width, height) / max(shrunk.size)
    pixels = numpy.ascontiguousarray(numpy.asarray(shrunk)[:, :, ::-1])
    engine = _engine()
    places, _ = engine(pixels, use_det=True, use_cls=False, use_rec=False)
    if not places:
        return ()
    if len(places) > MAX_LINES:
        raise UnreadableFile(f"一页上有超过 {MAX_LINES} 行文字，认不过来；请拆分后再试。")
    corners = [numpy.array(place, dtype=numpy.float32) for place in places]
    found: list[Span] = []
    for start in range(0, len(corners), _BATCH):
        if time.monotonic() - began > seconds:
            raise UnreadableFile(f"一页的文字识别超过 {seconds:.0f} 秒，已停止；请降低分辨率或拆分后再试。")
        batch = corners[start : start + _BATCH]
        cuts, _, _ = engine.text_cls(engine.get_crop_img_list(pixels, batch))
        read, _ = engine.text_rec(cuts)
        for corner, (text, confidence, *_) in zip(batch, read, strict=True):
            if cleaned := regular(str(text)):
                found.append(Span(cleaned, _box(corner, scale, width, height), round(float(confidence), 3)))
    return tuple(_in_reading_order(found))


def _box(corner: Any, scale: float, width: int, height: int) -> Box:
    xs, ys = [float(x) * scale for x in corner[:, 0]], [float(y) * scale for y in corner[:, 1]]
    return max(0, int(min(xs))), max(0, int(min(ys))), min(width, round(max(xs))), min(height, round(max(ys)))


def _in_reading_order(spans: Iterable[Span]) -> list[Span]:
    """Rows from top to bottom, and within a row from left to right: two spans share a row when they overlap by half."""
    rows: list[list[Span]] = []
    for span in sorted(spans, key=lambda one: (one.box[1] + one.box[3], one.box[0])):
        if rows and same_row(rows[-1][-1], span):
            rows[-1].append(span)
        else:
            rows.append([span])
    return [span for row in rows for span in sorted(row, key=lambda one: one.box[0])]


def same_row(one: Span, other: Span) -> bool:
    """Whether two spans stand on one line of print."""
    shared = min(one.box[3], other.box[3]) - max(one.box[1], other.box[1])
    return shared * 2 > min(one.box[3] - one.box[1], other.box[3] - other.box[1])


_HAN = "[\u3400-\u9fff《》“”、。，；：〔〕（）]"
_OPENS = re.compile(rf"\((?={_HAN})|(?<={_HAN})\((?=.)")
_CLOSES = re.compile(rf"(?<={_HAN})\)|\)(?={_HAN})")
_YEAR = re.compile(r"[〔\[【(（]((?:19|20)\d{2})[〕\]】)）](?=第?\d{1,5}号)")
_STOPS = str.maketrans({",": "，", ";": "；", ":": "："})
_STOP = re.compile(rf"(?<={_HAN})[,;:]")


def regular(text: str) -> str:
    """A recognized line with the full-width punctuation that Chinese text has; recognizers confuse the two widths."""
    text = _YEAR.sub(r"〔\1〕", text.strip())
    text = _CLOSES.sub("）", _OPENS.sub("（", text))
    return _STOP.sub(lambda match: match.group().translate(_STOPS), text)
