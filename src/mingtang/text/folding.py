"""One spelling for what readers write in many: traditional characters, full-width letters, capitals.

Folding never changes how many characters a text has, so a place in the folded text is the same place in the original.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import cast

import opencc

#: A run of letters, digits and Chinese characters; everything else parts runs.
RUN = re.compile(r"[^\W_]+")
HAN = re.compile(r"[\u3007\u3400-\u9fff\U00020000-\U0003ffff]+")
#: Blocks whose characters may have a simplified form: CJK with its extension A, and the compatibility ideographs.
_TRADITIONAL = ((0x3400, 0xA000), (0xF900, 0xFB00))
#: Blocks of compatibility forms: letters with width, circled numbers, Kangxi radicals.
_WIDTHS = ((0x2100, 0x2190), (0x2460, 0x2500), (0x2E80, 0x2FE0), (0xFF01, 0xFFEF))


@cache
def _table() -> dict[int, str]:
    """Character → its one spelling, for those that have another; made once from OpenCC's and Unicode's data."""
    table = {code: chr(code).lower() for code in range(0x41, 0x250) if len(chr(code).lower()) == 1}
    simplified = cast(Callable[[str], str], opencc.OpenCC("t2s").convert)  # type: ignore[reportUnknownMemberType]
    for first, end in (*_WIDTHS, *_TRADITIONAL):
        for code in range(first, end):
            plain = unicodedata.normalize("NFKC", chr(code)).lower()
            plain = simplified(plain) if len(plain) == 1 else chr(code)
            if len(plain) == 1 and plain != chr(code):
                table[code] = plain
    return table


def fold(text: str) -> str:
    """The text in one spelling, character by character: simplified, half width, small letters."""
    return text.translate(_table())


def runs(folded: str) -> list[str]:
    """The runs of letters, digits and Chinese characters of a folded text; blanks between Chinese do not part them."""
    return RUN.findall(_joined(folded))


def key(text: str) -> str:
    """What two writings of the same title have in common: the folded text without blanks and punctuation."""
    return "".join(RUN.findall(fold(text)))


def bigrams(run: str) -> list[str]:
    """The pairs of neighbouring characters of a run, in order; a single character stands for itself."""
    return [a + b for a, b in pairwise(run)] if len(run) > 1 else [run]


def _joined(folded: str) -> str:
    return re.sub(r"(?<=[\u3400-\u9fff])[ \u3000\t]+(?=[\u3400-\u9fff])", "", folded)
