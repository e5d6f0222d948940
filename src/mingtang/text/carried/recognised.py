"""Text in pictures, by the recogniser of this installation where there is one."""

from collections.abc import Iterator

from mingtang.text.carried.part import Part
from mingtang.text.errors import UnreadableFile
from mingtang.text.formats import ocr

#: Below this confidence a line is more noise than text.
MIN_CONFIDENCE = 0.5


def recogniser_missing() -> str:
    """Why text in pictures is not read here, "" where it is."""
    if ocr.available():
        return ""
    return f"图片里的文字没有检查：{ocr.INSTALL}，或人工查看图片。"


def in_picture(data: bytes, place: str, notes: list[str]) -> Iterator[Part]:
    """The lines of text in a picture, as one part with the lowest confidence of its lines; why not goes to `notes`."""
    try:
        spans = [span for span in ocr.read_picture(data) if span.confidence >= MIN_CONFIDENCE]
    except UnreadableFile as error:
        notes.append(f"{place}：{error}")
        return
    if spans:
        yield Part(place, "picture", "\n".join(span.text for span in spans), min(span.confidence for span in spans))
