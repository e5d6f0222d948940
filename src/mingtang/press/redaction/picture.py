"""A page as a picture with the areas blackened, and under it, unseen, the characters that stay, each in its place."""

import io
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from mingtang.press.redaction.errors import NotOnPage
from mingtang.press.redaction.places import Box, PageText, opened, overlaps

pikepdf: Any = import_module("pikepdf")

_DPI = 200
_QUALITY = 85
#: Larger pages are drawn with fewer points an inch, so that a picture has at most this many pixels.
_MAX_PIXELS = 24_000_000
#: Codes of a font of empty glyphs: one byte each, 0 unused.
_CODES = 255


def drawn(page: Any, areas: Sequence[Box]) -> tuple[bytes, int, int]:
    """A JPEG of a pdfium page whose rotation is 0, areas black, with its width and height in pixels."""
    left, _, _, top = page.get_bbox()
    scale = min(_DPI / 72, (_MAX_PIXELS / max(1.0, page.get_width() * page.get_height())) ** 0.5)
    picture = page.render(scale=scale).to_pil().convert("RGB")
    draw: Any = import_module("PIL.ImageDraw").Draw(picture)
    for area in areas:
        corners = [(area[0] - left) * scale, (top - area[3]) * scale, (area[2] - left) * scale, (top - area[1]) * scale]
        draw.rectangle(corners, fill=(0, 0, 0))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue(), picture.width, picture.height


def page_picture(data: bytes, number: int, *, dots: int = 90) -> bytes:
    """A PNG of a page (from 0) as it is shown; raises `Unreadable`, `NotOnPage`."""
    pdf = opened(data)
    try:
        if not 0 <= number < len(pdf):
            raise NotOnPage(f"没有第 {number + 1} 页，这份文件共 {len(pdf)} 页；请重新选取。")
        page = pdf[number]
        scale = min(dots / 72, (_MAX_PIXELS / max(1.0, page.get_width() * page.get_height())) ** 0.5)
        out = io.BytesIO()
        page.render(scale=scale).to_pil().convert("RGB").save(out, "PNG")
        return out.getvalue()
    finally:
        pdf.close()


def as_picture(pdf: Any, page: Any, areas: Sequence[Box], text: PageText | None) -> tuple[bytes, Any]:
    """Content and resources that show a pdfium page as a picture, its remaining text (None: none) still to be read."""
    jpeg, width, height = drawn(page, areas)
    left, bottom, right, top = page.get_bbox()
    image = pdf.make_stream(jpeg)
    image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    image.Width, image.Height, image.BitsPerComponent = width, height, 8
    image.ColorSpace, image.Filter = pikepdf.Name.DeviceRGB, pikepdf.Name.DCTDecode
    kept = [
        (char, box)
        for char, box in zip(text.text if text else "", text.boxes if text else (), strict=True)
        if box is not None and not any(overlaps(box, area) for area in areas)
    ]
    fonts, codes = _empty_fonts(pdf, [char for char, _ in kept])
    lines = [f"q {right - left:.3f} 0 0 {top - bottom:.3f} {left:.3f} {bottom:.3f} cm /P Do Q BT 3 Tr"]
    for char, box in kept:
        size = max(box[3] - box[1], 0.5)
        stretch = (box[2] - box[0]) / size * 100
        name, code = codes[char]
        lines.append(f"{name} {size:.3f} Tf {stretch:.2f} Tz 1 0 0 1 {box[0]:.3f} {box[1]:.3f} Tm <{code:02x}> Tj")
    lines.append("ET")
    resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=image))
    if fonts:
        resources.Font = pikepdf.Dictionary(fonts)
    return "\n".join(lines).encode(), resources


def _empty_fonts(pdf: Any, characters: Sequence[str]) -> tuple[dict[str, Any], dict[str, tuple[str, int]]]:
    """Fonts whose glyphs draw nothing, and for each character the font and the code that mean it."""
    fonts: dict[str, Any] = {}
    codes: dict[str, tuple[str, int]] = {}
    distinct = list(dict.fromkeys(characters))
    for number, start in enumerate(range(0, len(distinct), _CODES)):
        mine = distinct[start : start + _CODES]
        name = f"/E{number}"
        fonts[name] = _empty_font(pdf, mine)
        codes.update({char: (name, index + 1) for index, char in enumerate(mine)})
    return fonts, codes


def _empty_font(pdf: Any, characters: Sequence[str]) -> Any:
    lines = [f"<{index + 1:02x}> <{char.encode('utf-16-be').hex()}>" for index, char in enumerate(characters)]
    blocks = [lines[at : at + 100] for at in range(0, len(lines), 100)]
    mapping = "".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks)
    unicode = pdf.make_stream(
        (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Kept def /CMapType 2 def\n"
            f"1 begincodespacerange <00> <ff> endcodespacerange\n{mapping}endcmap end end"
        ).encode()
    )
    glyph = pdf.make_stream(b"1000 0 0 0 1000 1000 d1")
    last = len(characters)
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type3,
            FontBBox=[0, 0, 1000, 1000],
            FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
            FirstChar=1,
            LastChar=last,
            Widths=[1000] * last,
            CharProcs=pikepdf.Dictionary(e=glyph),
            Encoding=pikepdf.Dictionary(
                Type=pikepdf.Name.Encoding, Differences=[1, *[pikepdf.Name("/e") for _ in range(last)]]
            ),
            ToUnicode=unicode,
        )
    )
