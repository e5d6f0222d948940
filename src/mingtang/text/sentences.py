"""Cut official Chinese text into sentences and clauses, each with its offsets; quotes and brackets stay whole."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PAIRS = {
    "“": "”",
    "《": "》",
    "（": "）",
    "(": ")",
    "‘": "’",
    "〈": "〉",
    "「": "」",
    "【": "】",
    "〔": "〕",
    "[": "]",
    "<": ">",
}
_CLOSERS = {closer: opener for opener, closer in _PAIRS.items()}
_BRACKET = re.compile("[" + re.escape("".join((*_PAIRS, *_CLOSERS))) + "]")
_STOPS = "。！？!?"


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text that stands at `start`–`end` of the whole."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Offset of the character after the last."""
        return self.start + len(self.text)

    def cut(self, start: int, end: int) -> "Span":
        """The piece from `start` to `end`, counted inside this span."""
        return Span(self.text[start:end], self.start + start)

    def stripped(self) -> "Span":
        """The span without blanks at its ends."""
        left = len(self.text) - len(self.text.lstrip())
        return Span(self.text.strip(), self.start + left)


def depths(text: str) -> list[int]:
    """How deep each character stands inside quotes and brackets; an opener never closed counts for nothing.

    The brackets themselves stand inside. Linear in the length of the text.
    """
    if _BRACKET.search(text) is None:
        return [0] * len(text)
    matched: list[tuple[int, int]] = []
    stacks: dict[str, list[int]] = {}
    for index, char in enumerate(text):
        if char in _PAIRS:
            stacks.setdefault(_family(char), []).append(index)
        elif char in _CLOSERS:
            stack = stacks.get(_family(_CLOSERS[char]))
            if stack:
                matched.append((stack.pop(), index))
    change = [0] * (len(text) + 1)
    for opened, closed in matched:
        change[opened] += 1
        change[closed + 1] -= 1
    depth, result = 0, [0] * len(text)
    for index in range(len(text)):
        depth += change[index]
        result[index] = depth
    return result


def _family(opener: str) -> str:
    """Full- and half-width brackets close each other: （…)."""
    return {"（": "(", "〔": "[", "【": "["}.get(opener, opener)


def sentences(span: Span) -> Iterator[Span]:
    """The sentences of a paragraph; each keeps its stop. A closing quote or bracket after the stop belongs to it."""
    text, depth = span.text, depths(span.text)
    start, index = 0, 0
    while index < len(text):
        if depth[index] == 0 and (text[index] in _STOPS or _dot_stops(text, index)):
            end = index + 1
            while end < len(text) and text[end] in _STOPS:
                end += 1
            piece = span.cut(start, end).stripped()
            if piece.text:
                yield piece
            start = index = end
        else:
            index += 1
    rest = span.cut(start, len(text)).stripped()
    if rest.text:
        yield rest


def _dot_stops(text: str, index: int) -> bool:
    """A dot typed for 。 : between Chinese characters or at the end after one."""
    if text[index] not in ".．" or index == 0 or not "一" <= text[index - 1] <= "鿿":
        return False
    return index + 1 == len(text) or "一" <= text[index + 1] <= "鿿"


def clauses(span: Span, marks: str = "，,；;：:。！？!?") -> Iterator[Span]:
    """The pieces of a sentence between `marks` outside quotes and brackets, without the marks."""
    text, depth = span.text, depths(span.text)
    start = 0
    for index, char in enumerate(text):
        if char in marks and depth[index] == 0 and not _inside_number(text, index):
            piece = span.cut(start, index).stripped()
            if piece.text:
                yield piece
            start = index + 1
    rest = span.cut(start, len(text)).stripped()
    if rest.text:
        yield rest


def _inside_number(text: str, index: int) -> bool:
    return text[index] in ",:" and 0 < index < len(text) - 1 and text[index - 1].isdigit() and text[index + 1].isdigit()


def brackets(span: Span) -> Iterator[Span]:
    """The contents of the outermost round brackets of a piece of text, without the brackets."""
    text, depth = span.text, depths(span.text)
    index = 0
    while index < len(text):
        if (
            text[index] in "（([【"
            and depth[index] == 1
            and (index == 0 or depth[index - 1] == 0 or text[index - 1] in "）)]】")
        ):
            end = index + 1
            while end < len(text) and depth[end] >= 1 and not (depth[end] == 1 and text[end] in "）)]】"):
                end += 1
            yield span.cut(index + 1, end)
            index = end
        index += 1
