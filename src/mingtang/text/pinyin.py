"""How Chinese words sound: syllables without tones, initials, and reading pinyin that somebody typed."""

from collections.abc import Iterable
from functools import cache, lru_cache

from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PINYIN_DICT
from pypinyin.style import convert

LONGEST_SYLLABLE = 6


@lru_cache(maxsize=65_536)
def syllables(word: str) -> tuple[str, ...]:
    """The syllables of a word in order; what is not Chinese gives none. ü is written v."""
    return tuple(lazy_pinyin(word, style=Style.NORMAL, errors="ignore", v_to_u=False))


def syllables_of(words: Iterable[str]) -> list[str]:
    """The syllables of words that follow each other."""
    return [syllable for word in words for syllable in syllables(word)]


@cache
def known() -> frozenset[str]:
    """Every syllable that a Chinese character may have, without tones."""
    plain = (
        convert(one, Style.NORMAL, strict=False, default=one)
        for spelled in PINYIN_DICT.values()
        for one in spelled.split(",")
    )
    return frozenset(one.replace("ü", "v") for one in plain if one.isascii() or "ü" in one)


def readings(typed: str, most: int = 4) -> list[tuple[str, ...]]:
    """The ways to read letters as a row of syllables, longest syllables first, at most `most` of them.

    `xian` gives (xian) and (xi, an). Letters that are no pinyin give nothing.
    """
    found: list[tuple[str, ...]] = []

    def read(rest: str, before: tuple[str, ...]) -> None:
        if len(found) >= most:
            return
        if not rest:
            found.append(before)
            return
        for length in range(min(LONGEST_SYLLABLE, len(rest)), 0, -1):
            if rest[:length] in known() and (length > 1 or rest[0] in "aeo"):
                read(rest[length:], (*before, rest[:length]))

    if len(typed) <= 40:
        read(typed, ())
    return found


def openings(typed: str, most: int = 4) -> list[tuple[str, ...]]:
    """The ways to read letters as syllables of which the last may be unfinished: `jiaoy` gives (jiao, y)."""
    found: list[tuple[str, ...]] = []
    for length in range(1, min(LONGEST_SYLLABLE, len(typed)) + 1):
        head, tail = typed[:-length], typed[-length:]
        if any(syllable.startswith(tail) for syllable in known()):
            found += [(*row, tail) for row in (readings(head, most) if head else [()])]
    return found[:most]
