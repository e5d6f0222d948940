"""What a photograph remembers besides its picture: where and by whom it was taken, and with what."""

import io
import warnings
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from mingtang.text.carried.part import Part

_GPS = 0x8825
#: EXIF fields that may name a person, a place or a device, with what they are called.
_FIELDS = {
    0x010E: "图像说明",
    0x013B: "作者",
    0x8298: "版权",
    0x9C9B: "标题",
    0x9C9C: "备注",
    0x9C9D: "作者",
    0x9286: "用户注释",
    0xA430: "相机所有者",
    0xA431: "机身编号",
}
_PNG_KEYS = ("Author", "Description", "Comment", "Copyright", "Title", "XML:com.adobe.xmp", "Raw profile type exif")


def parts(data: bytes) -> Iterator[Part]:
    """The position of the photograph, and what its fields say; nothing for what is no picture."""
    pictures: Any = import_module("PIL.Image")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with pictures.open(io.BytesIO(data)) as picture:
                exif: Any = picture.getexif()
                position: dict[int, Any] = dict(exif.get_ifd(_GPS))
                fields: dict[int, Any] = {**dict(exif), **dict(exif.get_ifd(0x8769))}
                info: dict[str, Any] = dict(picture.info)
    except Exception:
        # Pillow raises whatever its decoders raise on a damaged picture: OSError, SyntaxError, ValueError …
        return
    if where := _degrees(position):
        yield Part("EXIF 位置", "position", where)
    for tag, label in _FIELDS.items():
        if text := _said(fields.get(tag)):
            yield Part(f"EXIF {label}", "property", text)
    for key in _PNG_KEYS:
        if text := _said(info.get(key)):
            yield Part(f"图片属性 {key}", "property", text[:2000])


def _degrees(position: dict[int, Any]) -> str:
    """Latitude and longitude as one line, "" where the picture does not say."""
    told: list[str] = []
    for label, reference, place in (("纬度", 1, 2), ("经度", 3, 4)):
        values = position.get(place)
        if not values:
            continue
        try:
            degrees, minutes, seconds = (float(value) for value in values)
        except (TypeError, ValueError, ZeroDivisionError):
            continue
        told.append(f"{label} {degrees + minutes / 60 + seconds / 3600:.5f}{_said(position.get(reference))}")
    return "，".join(told)


def _said(value: Any) -> str:
    if isinstance(value, bytes):
        wide = value.count(b"\x00") * 3 > len(value)
        value = value.decode("utf-16-le" if wide else "utf-8", "ignore").removeprefix("ASCII")
    return str(value).replace("\x00", "").strip() if isinstance(value, str) else ""
