"""Printed lines with their places on the page, joined into paragraphs; page numbers and running heads left out."""

import re
from collections import Counter
from dataclasses import dataclass

from mingtang.text.formats.pdf_tables import RuledTable
from mingtang.text.markers import marker_of
from mingtang.text.references import lone_number

#: text recognition takes a dash for 一
_PAGE_NUMBER = re.compile(r"^[\s\-—–－·一]*(?:第?\s?\d{1,4}\s?页?(?:\s?[/,，共]+\s?\d{1,4}\s?页?)?)[\s\-—–－·一]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: its text, the points of its left and right end, and the size of its type in points."""

    text: str
    left: float
    right: float
    size: float
    top: float


Part = Line | RuledTable


def is_page_number(text: str) -> bool:
    """Whether a line is the number of its page, dashes around it or not."""
    return _PAGE_NUMBER.match(text) is not None


def without_furniture(pages: list[list[Part]]) -> list[list[Part]]:
    """The pages without page numbers and without the first or last line that repeats on most pages."""
    edges: Counter[str] = Counter()
    for page in pages:
        edges.update({_shape(part.text) for part in (*page[:2], *page[-2:]) if isinstance(part, Line)})
    repeated = {shape for shape, count in edges.items() if count >= 3 and count >= len(pages) * 0.5}
    cleaned: list[list[Part]] = []
    for page in pages:
        kept: list[Part] = []
        for index, part in enumerate(page):
            at_edge = index < 2 or index >= len(page) - 2
            if isinstance(part, Line) and at_edge and (is_page_number(part.text) or _shape(part.text) in repeated):
                continue
            kept.append(part)
        cleaned.append(kept)
    return cleaned


def _shape(text: str) -> str:
    return re.sub(r"\d+", "0", text)


def paragraphs(lines: list[Line]) -> list[str]:
    """Join lines: one runs on when it reaches the right margin and the next starts at the left margin, not indented."""
    if not lines:
        return []
    margin_left = _common_left(lines)
    margin_right = max(line.right for line in lines)
    joined: list[str] = []
    previous: Line | None = None
    for line in lines:
        indented = line.left > margin_left + line.size * 1.2
        runs_on = previous is not None and not indented and _reaches(previous, margin_right)
        if runs_on and marker_of(line.text) is None and lone_number(line.text) is None:
            joined[-1] += line.text
        else:
            joined.append(line.text)
        previous = line
    return joined


def _common_left(lines: list[Line]) -> float:
    """The left margin: the smallest left edge that at least two long lines share."""
    edges = Counter(round(line.left) for line in lines if len(line.text) >= 10)
    shared = [edge for edge, count in edges.items() if count >= 2]
    return min(shared, default=min(line.left for line in lines))


def _reaches(line: Line, margin_right: float) -> bool:
    return line.right >= margin_right - line.size * 2.2
