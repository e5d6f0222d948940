"""Names of people beside words that make them private: the ill, minors, those who complained or asked for help.

A name is a surname and one or two characters that are no common word, or a Mongolian name by its parts, standing right
behind such a word and ending where a name ends. A name that is masked (王某、王*明) is left alone.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from mingtang.text.screening.finding import Finding, Severity
from mingtang.text.screening.identity import PRIVACY
from mingtang.text.screening.sieve import Sought

_DATA = tomllib.loads(Path(__file__).with_name("names.toml").read_text(encoding="utf-8"))
_SURNAMES = "".join(_DATA["surnames"].split())
_DOUBLE, _MONGOLIAN = ("|".join(_DATA[key].split()) for key in ("double", "mongolian"))
_END = (
    r"(?=[，,。．；;、：:（(）)\s<>《》“”!！?？\t]|$|[男女之的于因在向已被经系近曾住反身患确感不每手电身病年提申家签入出领带办前称说到来收未共均和及与]|\d"
    r"|等[人，。\d一二三四五六七八九十])"
)
_NAME = (
    rf"((?:{_DOUBLE})[一-龥]{{1,2}}?|[{_SURNAMES}][一-龥]{{1,2}}?"
    rf"|[一-龥]{{0,3}}?(?:{_MONGOLIAN})[一-龥]{{0,3}}?){_END}"
)
_LINK = r"(?:姓名|本人|名叫|名为|叫|为|是|系|[（(])?\s?[:：]?\s?"
#: The first two characters of words that begin like a name and are none.
_WORD_TWO = frozenset(_DATA["words"].split())

_MENDS = {"grave": "不得公开，请删去或只留姓氏。", "usual": "没有规定公开的请只留姓氏。"}


def _sought(name: str, words: list[str]) -> Sought:
    ordered = sorted(set(words), key=len, reverse=True)
    return Sought(name, re.compile(rf"(?:{'|'.join(ordered)}){_LINK}{_NAME}"), tuple(ordered))


SOUGHT = (_sought("grave", _DATA["grave"].split()), _sought("usual", _DATA["usual"].split()))


def person(text: str, name: str, match: re.Match[str]) -> Iterator[Finding]:
    """The finding of one match of `SOUGHT`, where a name stands there."""
    start, end = match.span(1)
    said = match.group(1)
    if not is_name(said):
        return
    severity: Severity = "block" if name == "grave" else "warn"
    hidden = said[0] + "*" * (len(said) - 1)
    word = text[match.start() : start].rstrip(" ：:（(")
    yield Finding(
        "person", "secrecy", severity, start, end, f"{word}{hidden}",
        f"“{word}”后面写出了姓名，{_MENDS[name]}", PRIVACY, hidden,
    )  # fmt: skip


def is_name(said: str) -> bool:
    """Whether characters behind such a word are a name, not a word that begins like one, and not masked."""
    if len(said) < 2 or "某" in said or re.search(r"[*×xX＊]", said):
        return False
    if re.search(_MONGOLIAN, said):
        return True
    return said[:2] not in _WORD_TWO
