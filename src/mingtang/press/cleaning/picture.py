"""A picture drawn anew from its pixels: nothing it remembers comes along, given areas are painted black."""

import io
import warnings
from collections.abc import Iterable
from importlib import import_module
from typing import Any

Box = tuple[int, int, int, int]


def clean_picture(data: bytes, boxes: Iterable[Box] = ()) -> bytes:
    """The picture upright, without EXIF, comments and profiles; `boxes` (left, top, right, bottom in pixels) black.

    JPEG stays JPEG, all else becomes PNG. Raises ValueError where the bytes are no picture.
    """
    pictures: Any = import_module("PIL.Image")
    operations: Any = import_module("PIL.ImageOps")
    drawing: Any = import_module("PIL.ImageDraw")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with pictures.open(io.BytesIO(data)) as picture:
                kind = str(picture.format)
                upright = operations.exif_transpose(picture).convert("RGB" if kind == "JPEG" else "RGBA")
    except Exception as error:
        # Pillow raises whatever its decoders raise on a damaged picture: OSError, SyntaxError, ValueError …
        raise ValueError("图片损坏，打不开") from error
    fresh = pictures.new(upright.mode, upright.size)
    fresh.paste(upright)
    pen = drawing.Draw(fresh)
    for left, top, right, bottom in boxes:
        pen.rectangle((left - 2, top - 2, right + 2, bottom + 2), fill="black")
    out = io.BytesIO()
    if kind == "JPEG":
        fresh.save(out, "JPEG", quality=90)
    else:
        fresh.save(out, "PNG")
    return out.getvalue()
