"""JPEG and PNG pictures: not more pixels than are taken, and whole."""

import io
import warnings
from importlib import import_module
from typing import Any

from mingtang.text.guard.findings import Limits, Unfit


def check_picture(data: bytes, kind: str, limits: Limits) -> None:
    """Raise `Unfit` when the picture is too large or does not decode; a JPEG is decoded at an eighth of its size."""
    # Imported by name: Pillow is only needed when somebody sends a picture.
    pictures: Any = import_module("PIL.Image")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with pictures.open(io.BytesIO(data), formats=("JPEG", "PNG")) as picture:
                _check_size(picture.width, picture.height, limits)
                if kind == "jpg":
                    picture.draft("L", (max(1, picture.width // 8), max(1, picture.height // 8)))
                picture.load()
    except Unfit:
        raise
    except pictures.DecompressionBombError:
        raise _too_many(limits) from None
    except MemoryError:
        raise _too_many(limits) from None
    except Exception:
        # Pillow raises whatever its decoders raise on a damaged picture: OSError, SyntaxError, ValueError …
        raise Unfit("broken", "图片损坏，显示不出来", "请重新导出或拍摄后上传") from None


def _check_size(width: int, height: int, limits: Limits) -> None:
    if width * height > limits.max_pixels or max(width, height) > limits.max_side:
        raise _too_many(limits)


def _too_many(limits: Limits) -> Unfit:
    millions = limits.max_pixels // 1_000_000
    return Unfit("picture", f"图片的像素太多（上限 {millions} 百万像素、边长 {limits.max_side}）", "请缩小后再传")
