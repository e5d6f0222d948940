"""What a result shows of a text: its title and the sentence that answers, with the words of the query marked."""

import re
from collections.abc import Sequence

from markupsafe import Markup, escape

from mingtang.text import folding

#: Characters that a snippet shows at most.
LENGTH = 120
#: How far back from a find a snippet may begin, to begin with a sentence.
BEFORE = 24
BREAKS = "。！？；\n"


def marked(text: str, marks: Sequence[str]) -> Markup:
    """The text as safe HTML with every mark in `<mark>`."""
    return _marked(text, _places(folding.fold(text), marks))


def snippet(text: str, marks: Sequence[str], length: int = LENGTH) -> Markup:
    """The part of a plain text in which most of the marks stand, as safe HTML; its beginning when none does."""
    folded = folding.fold(text)
    places = _places(folded, marks)
    start = _start(text, places, folded, length)
    end = min(len(text), start + length)
    inside = [(max(a, start) - start, min(b, end) - start) for a, b in places if a < end and b > start]
    part = text[start:end].replace("\n", " ")
    return Markup("{}{}{}").format("…" if start else "", _marked(part, inside), "…" if end < len(text) else "")


def _places(folded: str, marks: Sequence[str]) -> list[tuple[int, int]]:
    """Where the marks stand, in order, none within another."""
    wanted = sorted({mark for mark in marks if mark}, key=len, reverse=True)
    if not wanted:
        return []
    return [match.span() for match in re.finditer("|".join(map(re.escape, wanted)), folded)]


def _start(text: str, places: list[tuple[int, int]], folded: str, length: int) -> int:
    best, most = 0, 0
    for index, (begin, _end) in enumerate(places[:400]):
        words = {folded[a:b] for a, b in places[index : index + 40] if b <= begin + length - BEFORE}
        if len(words) > most:
            best, most = begin, len(words)
    if not places or best < BEFORE:
        return 0
    breaks = [text.rfind(mark, best - BEFORE, best) for mark in BREAKS]
    return max(breaks) + 1 if max(breaks) >= 0 else best - BEFORE // 2


def _marked(text: str, places: Sequence[tuple[int, int]]) -> Markup:
    pieces: list[Markup] = []
    last = 0
    for begin, end in places:
        pieces += [escape(text[last:begin]), Markup("<mark>{}</mark>").format(text[begin:end])]
        last = end
    return Markup("").join([*pieces, escape(text[last:])])
