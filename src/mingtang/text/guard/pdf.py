"""PDF: nothing that acts, nothing hidden inside, nothing that swells, whole and without a password."""

import io
import re
import zlib
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from mingtang.text.guard.findings import Limits, Unfit

_BOMB = Unfit("bomb", "展开后大得异常，像是压缩炸弹", "请重新打印为 PDF 后再传")
_BROKEN = Unfit("broken", "PDF 结构损坏，打不开", "请用原程序重新导出或打印为 PDF 后再传")
_ACTIVE = Unfit("active", "PDF 里有会自动运行的内容（脚本、启动程序或提交表单）", "请打印为 PDF（虚拟打印机）后再传")
_EMBEDDED = Unfit("embedded", "PDF 里夹带别的文件", "请去掉附件，单独上传")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
#: Keys whose presence alone makes a PDF act, or holds what acts.
_ACTIVE_KEYS = frozenset({"/JS", "/JavaScript", "/XFA", "/RichMediaContent", "/RichMediaSettings"})
_ACTIVE_KINDS = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/Movie", "/Sound", "/GoToE"}
    | {"/RichMediaExecute"}
)
_EMBEDDED_KEYS = frozenset({"/EmbeddedFiles", "/EF", "/AF"})
_ACTIVE_MARKS = frozenset({"/RichMedia", "/Movie", "/Screen", "/3D", "/Sound"})
_SWELLING = frozenset({"/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"})
_LZW = frozenset({"/LZWDecode", "/LZW"})
#: Packed bytes of LZW taken: it swells up to 2,500 times, and no program of today writes it.
_MAX_LZW = 64 * 1024
#: A scanned page of black and white has one bit a pixel: more pixels than a photograph are in order.
_SCAN_FACTOR = 4
_MAX_DEPTH = 60
_CHUNK = 1 << 16


def check_pdf(data: bytes, limits: Limits) -> int:
    """The number of pages; raises `Unfit`.

    Every deflated stream is unpacked within the allowance before a PDF library sees the file, so that no table or
    object stream can swell inside it.
    """
    _inflate_all(data, limits)
    # Imported by name: only needed when somebody sends a PDF.
    pikepdf: Any = import_module("pikepdf")
    try:
        pdf = pikepdf.open(io.BytesIO(data), attempt_recovery=False, suppress_warnings=True)
    except pikepdf.PasswordError:
        raise Unfit("encrypted", "PDF 加了密码", "请去掉密码再传") from None
    except (pikepdf.PdfError, pikepdf.DataDecodingError, ValueError, RuntimeError, MemoryError):
        raise _BROKEN from None
    try:
        with pdf:
            return _look(pdf, pikepdf, limits)
    except (pikepdf.PdfError, pikepdf.ForeignObjectError, ValueError, RuntimeError, KeyError, TypeError, MemoryError):
        raise _BROKEN from None


def _look(pdf: Any, pikepdf: Any, limits: Limits) -> int:
    if pdf.is_encrypted:
        raise Unfit("encrypted", "PDF 设了权限密码", "请去掉限制，或打印为 PDF 后再传")
    pages = len(pdf.pages)
    if pages == 0:
        raise _BROKEN
    if pages > limits.max_pages:
        raise Unfit("size", f"PDF 有 {pages} 页，超过 {limits.max_pages} 页的上限", "请拆分后再传")
    if len(pdf.objects) > limits.max_objects:
        raise _BOMB
    for thing in pdf.objects:
        for part in _dictionaries(thing, pikepdf, 0):
            _refuse_active(part)
        if isinstance(thing, pikepdf.Stream):
            _refuse_swelling(thing, pikepdf, limits)
    return pages


def _dictionaries(thing: Any, pikepdf: Any, depth: int) -> Iterator[Any]:
    """The dictionaries in an object, not following references (each object is looked at for itself)."""
    if depth > _MAX_DEPTH:
        raise _BOMB
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        yield thing
        for key in list(thing.keys()):
            inner = thing.get(key)
            if isinstance(inner, pikepdf.Object) and not inner.is_indirect:
                yield from _dictionaries(inner, pikepdf, depth + 1)
    elif isinstance(thing, pikepdf.Array):
        for inner in thing:  # type: ignore[union-attr]
            if isinstance(inner, pikepdf.Object) and not inner.is_indirect:
                yield from _dictionaries(inner, pikepdf, depth + 1)


def _refuse_active(part: Any) -> None:
    keys = set(part.keys())
    if keys & _ACTIVE_KEYS or (str(part.get("/S", "")) in _ACTIVE_KINDS):
        raise _ACTIVE
    if str(part.get("/Type", "")) == "/Annot" or "/Rect" in keys:
        mark = str(part.get("/Subtype", ""))
        if mark in _ACTIVE_MARKS:
            raise _ACTIVE
        if mark == "/FileAttachment":
            raise _EMBEDDED
    if keys & _EMBEDDED_KEYS or str(part.get("/Type", "")) == "/EmbeddedFile":
        raise _EMBEDDED


def _refuse_swelling(stream: Any, pikepdf: Any, limits: Limits) -> None:
    given = stream.get("/Filter")
    names = [str(one) for one in given] if isinstance(given, pikepdf.Array) else [str(given)] if given else []
    if sum(name in _SWELLING for name in names) > 1:
        raise _BOMB
    if _LZW.intersection(names) and len(stream.read_raw_bytes()) > _MAX_LZW:
        raise Unfit("bomb", "PDF 用了过时的压缩方式（LZW）", "请重新打印为 PDF 后再传")
    pixels = int(stream.get("/Width", 0)) * int(stream.get("/Height", 0))
    if str(stream.get("/Subtype", "")) == "/Image" and pixels > limits.max_pixels * _SCAN_FACTOR:
        raise Unfit("picture", "PDF 里的图片像素太多", "请降低扫描分辨率（300 dpi 即可）后再传")


def _inflate_all(data: bytes, limits: Limits) -> None:
    """Unpack whatever deflated stream begins anywhere in the file, counting what comes out."""
    left = limits.max_unpacked
    view = memoryview(data)
    place = 0
    while match := _STREAM.search(data, place):
        place = match.end()
        if data[place : place + 1] not in (b"x", b"H", b"h", b"8", b"X", b"\x18", b"(", b"\x08"):
            continue  # the first byte of a deflated stream names the method
        unpacker = zlib.decompressobj()
        at = place
        try:
            while at < len(data) and not unpacker.eof:
                piece = view[at : at + _CHUNK]
                at += len(piece)
                rest: bytes | memoryview = piece
                while rest and not unpacker.eof:
                    left -= len(unpacker.decompress(rest, 1 << 20))
                    if left < 0:
                        raise _BOMB
                    rest = unpacker.unconsumed_tail
        except zlib.error:
            continue
        place = max(place, at - len(unpacker.unused_data)) if unpacker.eof else place
