"""Redaction: what stands in the areas is taken out of the file, and the result is proven before it is given out."""

import io
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from mingtang.press.redaction.content import without
from mingtang.press.redaction.document import prepared, put, saved
from mingtang.press.redaction.errors import NotOnPage, NotRemoved, Unworkable
from mingtang.press.redaction.picture import as_picture
from mingtang.press.redaction.places import (
    Area,
    Box,
    PageText,
    Span,
    areas_of,
    kept_text,
    opened,
    overlaps,
    pages_in,
)

pikepdf: Any = import_module("pikepdf")


@dataclass(frozen=True, slots=True)
class Redacted:
    """The new file; the areas blackened; the pages (from 0) taken out whole, and those redrawn as pictures."""

    data: bytes
    areas: tuple[Area, ...]
    emptied: tuple[int, ...]
    redrawn: tuple[int, ...]


def read_pages(data: bytes) -> tuple[PageText, ...]:
    """The text of each page as it will be redacted: `Span` counts in it; raises `Unreadable`."""
    return pages_in(prepared(data))


def redact(
    data: bytes, *, areas: Iterable[Area] = (), spans: Iterable[Span] = (), pages: Collection[int] = ()
) -> Redacted:
    """A PDF without what stands in `areas` and `spans`, and with the `pages` left black.

    Text, pictures and drawings in the areas are removed, not covered; of the file around the pages (metadata, outlines,
    attachments, forms, layers, tags, earlier versions) nothing is kept. A page that cannot be taken apart surely
    becomes a picture with the remaining text beneath. The proof: read again, no character stands in an area, and all
    others are there in their order; else `NotRemoved`. Raises `Unreadable`, `NotOnPage`.

    The width of a blackened place stays as it was, so the length of what stood there can still be guessed.
    """
    base = prepared(data)
    texts = pages_in(base)
    wanted = _checked(texts, areas, spans, pages)
    boxes: dict[int, list[Box]] = defaultdict(list)
    for area in wanted:
        boxes[area.page].append(area.box)
    whole = frozenset(pages)
    redrawn: set[int] = set()
    result = _made(base, texts, boxes, whole, redrawn)
    if doubtful := _unproven(result, texts, boxes, whole):
        redrawn |= doubtful
        result = _made(base, texts, boxes, whole, redrawn)
    if _unproven(result, texts, boxes, whole):
        raise NotRemoved("遮盖后仍能读出应当删去的内容，已放弃结果；请把这一页整页遮盖，或先打印成扫描件再遮盖。")
    return Redacted(result, tuple(wanted), tuple(sorted(whole)), tuple(sorted(redrawn)))


def _checked(
    texts: Sequence[PageText], areas: Iterable[Area], spans: Iterable[Span], pages: Collection[int]
) -> list[Area]:
    wanted = list(areas)
    for span in spans:
        if not 0 <= span.page < len(texts) or not 0 <= span.start < span.end <= len(texts[span.page].text):
            raise NotOnPage(f"第 {span.page + 1} 页没有这一段文字；请重新选取。")
        wanted += areas_of(span, texts[span.page])
    if bad := sorted({one for one in [*pages, *(area.page for area in wanted)] if not 0 <= one < len(texts)}):
        raise NotOnPage(f"没有第 {bad[0] + 1} 页，这份文件共 {len(texts)} 页；请重新选取。")
    for area in wanted:
        if area.right <= area.left or area.top <= area.bottom:
            raise NotOnPage(f"第 {area.page + 1} 页有一块区域没有大小；请重新选取。")
    return wanted


def _made(
    base: bytes, texts: Sequence[PageText], boxes: dict[int, list[Box]], whole: Collection[int], redrawn: set[int]
) -> bytes:
    """The file with each page rewritten; adds to `redrawn` the pages that had to become pictures."""
    pdf = pikepdf.open(io.BytesIO(base))
    viewer = opened(base)
    try:
        for number, page in enumerate(pdf.pages):
            mine = boxes.get(number, [])
            if number in whole:
                _blacken_whole(pdf, page)
                continue
            if mine and number not in redrawn:
                try:
                    content, resources = without(pdf, page, page.obj.Resources, mine)
                    put(pdf, page, b"q\n" + content + b"\nQ\n" + _bars(mine), resources)
                except Unworkable:
                    redrawn.add(number)
            if number in redrawn:
                shown = viewer[number]
                shown.set_rotation(0)
                put(pdf, page, *as_picture(pdf, shown, mine, texts[number]))
        pdf.remove_unreferenced_resources()
        return saved(pdf)
    finally:
        viewer.close()


def _bars(areas: Iterable[Box]) -> bytes:
    lines = [f"{a[0]:.2f} {a[1]:.2f} {a[2] - a[0]:.2f} {a[3] - a[1]:.2f} re" for a in areas]
    return ("q 0 g\n" + "\n".join(lines) + "\nf Q\n").encode() if lines else b""


def _blacken_whole(pdf: Any, page: Any) -> None:
    left, bottom, right, top = (float(number) for number in page.cropbox)
    put(pdf, page, _bars([(left, bottom, right, top)]), pikepdf.Dictionary())


def _unproven(
    result: bytes, before: Sequence[PageText], boxes: dict[int, list[Box]], whole: Collection[int]
) -> set[int]:
    """The pages on which something remains in an area, or on which more is missing than should be."""
    doubtful: set[int] = set()
    for number, (old, new) in enumerate(zip(before, pages_in(result), strict=True)):
        if number in whole:
            if new.text.strip():
                doubtful.add(number)
            continue
        mine = boxes.get(number, [])
        inside = [box for box in new.boxes if box is not None and any(overlaps(box, area) for area in mine)]
        if inside or kept_text(new, []) != kept_text(old, mine):
            doubtful.add(number)
    return doubtful
