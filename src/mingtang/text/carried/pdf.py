"""What a PDF carries besides what is seen: text under bars, without ink, off the page, layers, notes, old versions."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from mingtang.text.carried.limits import USUAL, Allowance
from mingtang.text.carried.part import Part
from mingtang.text.errors import UnreadableFile

Box = tuple[float, float, float, float]
_BROKEN = "PDF 已损坏，读不出来；请重新下载或另存后再试。"
_INFO = {
    "/Author": "作者",
    "/Title": "标题",
    "/Subject": "主题",
    "/Keywords": "关键词",
    "/Creator": "制作程序",
    "/Producer": "转换程序",
    "/Company": "单位",
    "/SourceModified": "来源",
}
#: Properties that name a program, not a person.
_PROGRAMS = ("/Creator", "/Producer")
_TALKING = re.compile(r"<(?:dc:creator|dc:description|dc:title|pdf:Keywords|xmp:Nickname)[^>]*>(.*?)</", re.DOTALL)
#: Share of a character's box that a drawing must cover.
_COVERED = 0.6
#: Share of a whole run of text from which on all of it counts as covered.
_WHOLE = 0.95
_MOST_FORMS = 5
_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5
_NO_INK = 3


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Something painted over what was there before: its box, its number in the order of painting."""

    box: Box
    order: int
    picture: bool = False


@dataclass(frozen=True, slots=True)
class _Written:
    """A text object: its words, its box, its order, whether it leaves ink, whether it is white or tiny."""

    text: str
    box: Box
    order: int
    inked: bool
    faint: bool


def parts(data: bytes, allowance: Allowance) -> Iterator[Part]:
    """All that the PDF carries besides its visible text; raises `UnreadableFile`."""
    yield from _around(data, allowance)
    yield from _pages(data, allowance)
    yield from _remains(data, allowance)


# -- what stands around the pages --------------------------------------------------------------------------------------


def _opened(data: bytes) -> Any:
    pikepdf: Any = import_module("pikepdf")
    try:
        return pikepdf.open(io.BytesIO(data), suppress_warnings=True)
    except pikepdf.PasswordError:
        raise UnreadableFile("PDF 加了密码，请先去掉密码再试。") from None
    except (pikepdf.PdfError, ValueError, RuntimeError):
        raise UnreadableFile(_BROKEN) from None


def _around(data: bytes, allowance: Allowance) -> Iterator[Part]:
    pikepdf: Any = import_module("pikepdf")
    with _opened(data) as pdf:
        if len(pdf.pages) > allowance.max_pages:
            raise UnreadableFile(f"PDF 有 {len(pdf.pages)} 页，超过 {allowance.max_pages} 页的上限，请拆分后再试。")
        try:
            for key, label in _INFO.items():
                value = pdf.docinfo.get(key) if key not in _PROGRAMS else None
                if value is not None and (text := str(value).strip()):
                    yield Part(f"属性·{label}", "property", text)
            if "/Metadata" in pdf.Root:
                yield from _of_packet(bytes(pdf.Root.Metadata.read_bytes()).decode("utf-8", "ignore"))
            for number, page in enumerate(pdf.pages, start=1):
                yield from _notes(page, number)
            yield from _layers(pdf)
        except (pikepdf.PdfError, ValueError, RuntimeError, AttributeError, KeyError, TypeError):
            raise UnreadableFile(_BROKEN) from None


def _of_packet(packet: str) -> Iterator[Part]:
    for match in _TALKING.finditer(packet[:200_000]):
        if text := " ".join(re.sub(r"<[^>]+>", " ", match.group(1)).split()):
            yield Part("XMP 属性", "property", text)


def _notes(page: Any, number: int) -> Iterator[Part]:
    for note in page.obj.get("/Annots", []):
        kind = str(note.get("/Subtype", ""))
        if kind in ("/Link", "/Popup"):
            continue
        text = " ".join(str(note.get(key, "")).strip() for key in ("/Contents", "/RC", "/V") if key in note)
        text = re.sub(r"<[^>]+>", " ", text).strip()
        if text:
            yield Part(f"第{number}页注释", "annotation", text)


def _layers(pdf: Any) -> Iterator[Part]:
    """Names of layers that are not shown at first; what stands on them is read with the pages."""
    layers = pdf.Root.get("/OCProperties")
    if layers is None:
        return
    shown = layers.get("/D", {})
    off = {one.objgen for one in shown.get("/OFF", [])}
    if str(shown.get("/BaseState", "")) == "/OFF":
        on = {one.objgen for one in shown.get("/ON", [])}
        off |= {one.objgen for one in layers.get("/OCGs", []) if one.objgen not in on}
    for one in layers.get("/OCGs", []):
        if one.objgen in off:
            yield Part(
                f"图层“{one.get('/Name', '')}”", "layer", _on_layer(pdf, one.objgen) or str(one.get("/Name", ""))
            )


def _on_layer(pdf: Any, layer: Any) -> str:
    """The text shown within marks of one layer, where its fonts say what their codes mean."""
    pikepdf: Any = import_module("pikepdf")
    found: list[str] = []
    for page in pdf.pages:
        marks = page.obj.get("/Resources", {}).get("/Properties", {})
        names = {str(name) for name, mark in marks.items() if mark.objgen == layer}
        if not names:
            continue
        depth: list[bool] = []
        font = ""
        maps = _maps(page)
        for instruction in pikepdf.parse_content_stream(page):
            operator = str(instruction.operator)
            if operator in ("BDC", "BMC"):
                operands = list(instruction.operands)
                depth.append(operator == "BDC" and str(operands[-1]) in names)
            elif operator == "EMC" and depth:
                depth.pop()
            elif operator == "Tf":
                font = str(instruction.operands[0])
            elif operator in ("Tj", "TJ", "'", '"') and any(depth):
                found.append(_decoded(list(instruction.operands)[-1], maps.get(font, {})))
    return "\n".join(filter(None, found))


def _maps(page: Any) -> dict[str, dict[bytes, str]]:
    """For each font of a page: what its codes mean by its ToUnicode table."""
    maps: dict[str, dict[bytes, str]] = {}
    for name, font in page.obj.get("/Resources", {}).get("/Font", {}).items():
        table: dict[bytes, str] = {}
        if "/ToUnicode" in font:
            source = bytes(font.ToUnicode.read_bytes()).decode("latin-1")
            for code, value in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*\n", source):
                table[bytes.fromhex(code)] = bytes.fromhex(value).decode("utf-16-be", "ignore")
        maps[str(name)] = table
    return maps


def _decoded(operand: Any, table: dict[bytes, str]) -> str:
    pikepdf: Any = import_module("pikepdf")
    pieces = list(operand) if isinstance(operand, pikepdf.Array) else [operand]
    text = ""
    for piece in pieces:
        if not isinstance(piece, pikepdf.String):
            continue
        raw = bytes(piece)
        width = len(next(iter(table), b"x"))
        codes = [raw[at : at + width] for at in range(0, len(raw), width)]
        text += "".join(table.get(code, code.decode("latin-1") if width == 1 else "") for code in codes)
    return text


def embedded(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The files attached to a PDF: (name, bytes)."""
    pikepdf: Any = import_module("pikepdf")
    with _opened(data) as pdf:
        try:
            for name in list(pdf.attachments.keys()):
                yield str(name), bytes(pdf.attachments[name].get_file().read_bytes())
            for page in pdf.pages:
                for note in page.obj.get("/Annots", []):
                    if str(note.get("/Subtype", "")) == "/FileAttachment" and "/FS" in note:
                        content = note.FS.EF.get("/UF", note.FS.EF.get("/F"))
                        yield str(note.FS.get("/UF", note.FS.get("/F", "附件"))), bytes(content.read_bytes())
        except (pikepdf.PdfError, ValueError, RuntimeError, AttributeError, KeyError, TypeError):
            return


def pictures(data: bytes, allowance: Allowance) -> Iterator[tuple[str, bytes]]:
    """Pages that are pictures, drawn anew for the recogniser: (place, PNG bytes)."""
    pypdfium2: Any = import_module("pypdfium2")
    pdf = _viewed(data)
    try:
        for number in range(min(len(pdf), allowance.max_pages)):
            page = pdf[number]
            if not _is_picture(page):
                continue
            side = max(page.get_size())
            drawn = page.render(scale=min(2.5, 2600 / max(side, 1))).to_pil()
            out = io.BytesIO()
            drawn.save(out, "PNG")
            yield f"第{number + 1}页图片", out.getvalue()
    except pypdfium2.PdfiumError:
        return
    finally:
        pdf.close()


def _is_picture(page: Any) -> bool:
    """Whether pictures fill at least a tenth of the page."""
    width, height = page.get_size()
    filled = 0.0
    for thing in page.get_objects(filter=[_IMAGE], max_depth=3):
        left, bottom, right, top = thing.get_bounds()
        filled += max(0.0, right - left) * max(0.0, top - bottom)
    return filled > width * height * 0.1


# -- what stands on the pages ------------------------------------------------------------------------------------------


def _viewed(data: bytes) -> Any:
    pypdfium2: Any = import_module("pypdfium2")
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        raise UnreadableFile(_BROKEN) from None


def _pages(data: bytes, allowance: Allowance) -> Iterator[Part]:
    pypdfium2: Any = import_module("pypdfium2")
    pdf = _viewed(data)
    try:
        for number in range(min(len(pdf), allowance.max_pages)):
            page = pdf[number]
            try:
                yield from _page(page, number + 1)
            finally:
                page.close()
    except pypdfium2.PdfiumError:
        raise UnreadableFile(_BROKEN) from None
    finally:
        pdf.close()


def _page(page: Any, number: int) -> Iterator[Part]:
    drawn, written = _objects(page)
    sheet: Box = tuple(page.get_mediabox())
    crop: Box = tuple(page.get_cropbox())
    #: The picture of a whole page is a scan; text before or behind it without ink makes it searchable.
    scanned = any(_share(sheet, one.box) > 0.7 for one in drawn if one.picture)
    drawn = [one for one in drawn if not (one.picture and _share(sheet, one.box) > 0.7)]
    notes = _note_boxes(page)
    covered: list[str] = []
    unseen: list[str] = []
    for one in written:
        over = [mark.box for mark in drawn if mark.order > one.order] + notes
        if any(_share(one.box, box) >= _WHOLE for box in over):
            covered.append(one.text)
        elif not one.inked:
            if not scanned:  # beneath a scan it is the text layer that makes it searchable
                unseen.append(one.text)
        elif one.faint or _share(one.box, crop) < 0.1 or _share(one.box, sheet) < 0.1:
            unseen.append(one.text)
        elif over:
            covered += _words_under(page, one, over)
    if covered:
        yield Part(f"第{number}页", "covered", "\n".join(covered), in_text=True)
    if unseen:
        yield Part(f"第{number}页", "invisible", "\n".join(unseen), in_text=True)


def _objects(page: Any) -> tuple[list[_Drawn], list[_Written]]:
    """The opaque drawings and the texts of a page in the order of painting."""
    from ctypes import byref, c_float, c_int, c_uint

    raw: Any = import_module("pypdfium2.raw")
    textpage = page.get_textpage()
    drawn: list[_Drawn] = []
    written: list[_Written] = []
    red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()
    mode, stroke, size = c_int(), c_int(), c_float()
    try:
        for order, thing in enumerate(page.get_objects(max_depth=_MOST_FORMS)):
            if thing.type not in (_TEXT, _PATH, _IMAGE):
                continue
            box: Box = tuple(thing.get_bounds())
            painted = bool(raw.FPDFPageObj_GetFillColor(thing.raw, byref(red), byref(green), byref(blue), byref(alpha)))
            if thing.type == _TEXT:
                text = _text_of(thing, textpage, raw)
                raw.FPDFTextObj_GetFontSize(thing.raw, byref(size))
                inked = raw.FPDFTextObj_GetTextRenderMode(thing.raw) != _NO_INK
                white = painted and min(red.value, green.value, blue.value) >= 250
                bare = white and not any(_share(box, one.box) > 0.5 for one in drawn)
                faint = bare or (painted and alpha.value == 0) or (box[3] - box[1] < 1.5 and size.value < 2)
                if text.strip():
                    written.append(_Written(text, box, order, inked, faint))
            elif thing.type == _PATH:
                raw.FPDFPath_GetDrawMode(thing.raw, byref(mode), byref(stroke))
                solid = mode.value != 0 and painted and alpha.value > 200
                thick = bool(stroke.value) and (box[3] - box[1] > 4 and box[2] - box[0] > 4) and mode.value != 0
                if (solid or thick) and box[3] - box[1] > 3 and box[2] - box[0] > 3:
                    drawn.append(_Drawn(box, order))
            else:
                drawn.append(_Drawn(box, order, picture=True))
    finally:
        textpage.close()
    return drawn, written


def _text_of(thing: Any, textpage: Any, raw: Any) -> str:
    from ctypes import c_ushort

    length = int(raw.FPDFTextObj_GetText(thing.raw, textpage.raw, None, 0))
    if length <= 2:
        return ""
    buffer = (c_ushort * (length // 2 + 1))()
    raw.FPDFTextObj_GetText(thing.raw, textpage.raw, buffer, length)
    return bytes(buffer).decode("utf-16-le", "ignore").split("\x00")[0]


def _words_under(page: Any, one: _Written, over: list[Box]) -> list[str]:
    """The characters of a text object that lie under one of the drawings."""
    from ctypes import byref

    touching = [box for box in over if _share(one.box, box) > 0]
    if not touching:
        return []
    raw: Any = import_module("pypdfium2.raw")
    textpage = page.get_textpage()
    found: list[str] = []
    area = raw.FS_RECTF()
    try:
        for box in touching:
            word = ""
            for index in range(textpage.count_chars()):
                raw.FPDFText_GetLooseCharBox(textpage, index, byref(area))
                place = (area.left, area.bottom, area.right, area.top)
                if _share(place, box) >= _COVERED and _share(place, one.box) > 0.3:
                    word += chr(raw.FPDFText_GetUnicode(textpage, index) or 32)
            if len(word.strip()) > 1:
                found.append(word.strip())
    finally:
        textpage.close()
    return found


def _note_boxes(page: Any) -> list[Box]:
    """The boxes of square, redaction and filled notes, which lie over everything on the page."""
    from ctypes import byref, c_uint

    raw: Any = import_module("pypdfium2.raw")
    boxes: list[Box] = []
    area = raw.FS_RECTF()
    shades = [c_uint() for _ in range(4)]
    for index in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        note = raw.FPDFPage_GetAnnot(page.raw, index)
        if not note:
            continue
        kind = raw.FPDFAnnot_GetSubtype(note)
        filled = bool(
            raw.FPDFAnnot_GetColor(note, raw.FPDFANNOT_COLORTYPE_InteriorColor, *(byref(one) for one in shades))
        )
        if (kind in (raw.FPDF_ANNOT_SQUARE, raw.FPDF_ANNOT_CIRCLE, raw.FPDF_ANNOT_POLYGON) and filled) or kind in (
            raw.FPDF_ANNOT_REDACT,
            raw.FPDF_ANNOT_STAMP,
        ):
            raw.FPDFAnnot_GetRect(note, byref(area))
            low, high = sorted((area.bottom, area.top))
            boxes.append((area.left, low, area.right, high))
        raw.FPDFPage_CloseAnnot(note)
    return boxes


def _share(inner: Box, outer: Box) -> float:
    """How much of a box lies in another: 0 to 1."""
    width, height = inner[2] - inner[0], inner[3] - inner[1]
    if width <= 0 or height <= 0:
        return 0.0
    across = min(inner[2], outer[2]) - max(inner[0], outer[0])
    up = min(inner[3], outer[3]) - max(inner[1], outer[1])
    return max(0.0, across) * max(0.0, up) / (width * height)


# -- earlier versions --------------------------------------------------------------------------------------------------


def _remains(data: bytes, allowance: Allowance) -> Iterator[Part]:
    """What an earlier version kept at the head of the file said and the last one does not."""
    ends = [match.end() for match in re.finditer(rb"%%EOF", data)]
    if len(ends) < 2:
        return
    last = set(_lines(data, allowance))
    for number, end in enumerate(ends[:-1][-3:], start=1):
        gone = [line for line in _lines(data[:end], allowance) if line not in last]
        if gone:
            yield Part(f"旧版本{number}", "remains", "\n".join(gone))


def few_words(data: bytes) -> Iterator[Part]:
    """The words of a PDF that has too few for a text layer."""
    if lines := _lines(data, USUAL):
        yield Part("页面文字", "aside", "\n".join(lines))


def _lines(data: bytes, allowance: Allowance) -> list[str]:
    pypdfium2: Any = import_module("pypdfium2")
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return []
    found: list[str] = []
    try:
        for number in range(min(len(pdf), allowance.max_pages)):
            textpage = pdf[number].get_textpage()
            found += [line.strip() for line in textpage.get_text_range().splitlines() if line.strip()]
            textpage.close()
    except pypdfium2.PdfiumError:
        return found
    finally:
        pdf.close()
    return found
