"""Text in pictures, by the recogniser of this installation where there is one."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from mingtang.text.carried.part import Part

_WHERE = "mingtang.text.formats.ocr"
#: Below this confidence a line is more noise than text.
MIN_CONFIDENCE = 0.5


def recogniser_missing() -> str:
    """Why text in pictures is not read here, "" where it is."""
    if find_spec(_WHERE) is not None and import_module(_WHERE).available():
        return ""
    return "图片里的文字没有检查：没有安装文字识别组件（rapidocr-onnxruntime），请人工查看图片。"


def in_picture(data: bytes, place: str) -> Iterator[Part]:
    """The lines of text that are recognised in a picture, as one part with the lowest confidence of its lines."""
    ocr: Any = import_module(_WHERE)
    try:
        spans = [span for span in ocr.read_picture(data) if span.text.strip() and span.confidence >= MIN_CONFIDENCE]
    except (ValueError, OSError):
        return
    if spans:
        yield Part(place, "picture", "\n".join(s.text for s in spans), min(float(s.confidence) for s in spans))
