"""The numbering that official documents begin a paragraph with: 第一章, 一、, （一）, 1., （1）, ①."""

import re
from dataclasses import dataclass
from typing import Literal

from mingtang.text.cleaning import fold
from mingtang.text.numerals import COUNTING, enclosed, to_int

Kind = Literal["division", "chapter", "section", "article", "han", "han_bracket", "arabic", "arabic_bracket", "circle"]

#: from the outermost level to the innermost, as GB/T 9704 and habit order them
ORDER: tuple[Kind, ...] = (
    "division",
    "chapter",
    "section",
    "article",
    "han",
    "han_bracket",
    "arabic",
    "arabic_bracket",
    "circle",
)


@dataclass(frozen=True, slots=True)
class Marker:
    """A number at the start of a paragraph; `length` characters long with the blanks after it."""

    kind: Kind
    number: int
    length: int


_HAN = f"[{COUNTING}]{{1,5}}"
_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("division", re.compile(rf"第({_HAN}|\d{{1,2}})(?:部分|编)\s?[:、]?\s?")),
    ("chapter", re.compile(rf"第({_HAN}|\d{{1,2}})章\s?")),
    ("section", re.compile(rf"第({_HAN}|\d{{1,2}})节\s?")),
    ("article", re.compile(rf"第({_HAN}|\d{{1,3}})条\s?")),
    ("han", re.compile(rf"({_HAN})\s?(?:、|\.(?!\d))\s?")),
    ("han_bracket", re.compile(rf"[(\[]\s?({_HAN})\s?[)\]]\s?[、.]?\s?")),
    ("arabic", re.compile(r"(\d{1,3})\s?(?:、|\.(?![\d])|\.(?=\d{4}年))\s?")),
    ("arabic_bracket", re.compile(r"\(\s?(\d{1,3})\s?\)\s?[、.]?\s?")),
    ("arabic_bracket", re.compile(r"(\d{1,2})\)\s?")),
    ("han_bracket", re.compile(rf"({_HAN})\)\s?")),
)
_ENCLOSED_KINDS: dict[str, Kind] = {"①": "circle", "(1)": "arabic_bracket", "1.": "arabic", "(一)": "han_bracket"}


#: the characters a marker may begin with; most paragraphs begin with another
_FIRST = frozenset(
    "第(（[［【〔" + COUNTING + "0123456789０１２３４５６７８９"
    "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳❶❷❸❹❺❻❼❽❾❿⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
)


def marker_of(text: str) -> Marker | None:
    """The marker that `text` begins with, or None."""
    if not text or text[0] not in _FIRST:
        return None
    single = enclosed(text[0])
    if single is not None:
        return Marker(_ENCLOSED_KINDS[single[1]], single[0], 1 + (text[1:2] in ("、", ".", " ")))
    head = fold(text[:16])
    for kind, pattern in _PATTERNS:
        match = pattern.match(head)
        if match:
            number = to_int(match.group(1))
            if number is not None and number > 0:
                return Marker(kind, number, match.end())
    return None
