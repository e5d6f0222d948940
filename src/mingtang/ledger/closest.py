"""Which names of the directory an unknown name may mean: abbreviations, parts, and names that look alike."""

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

#: What bodies are called in general: two names that share only this share nothing.
_GENERAL = re.compile(r"(人民政府|政府|街道办事处|办事处|委员会|办公室|指挥部|领导小组|管理局|中心|局|委|办|站|所)$")
_EACH = re.compile(r"^(全|本|各级|各|有关|相关)")
LIKENESS = 0.6
MOST = 3


def closest(name: str, labels: Mapping[str, str], most: int = MOST) -> tuple[str, ...]:
    """The names that `name` may mean, likeliest first, each once; none when nothing is like it.

    `labels` gives for each way to call somebody (full name, short name, alias) the name to suggest.
    """
    scored = sorted(
        ((likeness(name, label), suggested) for label, suggested in labels.items()), key=lambda pair: -pair[0]
    )
    return tuple(dict.fromkeys(suggested for score, suggested in scored if score >= LIKENESS))[:most]


def likeness(one: str, other: str) -> float:
    """How alike two names are, 0 to 1, without what most names end in.

    An abbreviation takes its characters in order out of the long name, the first one included (卫健, 卫生健康).
    """
    short, long = sorted((core(one), core(other)), key=len)
    if not short:
        return 0.0
    if short == long:
        return 1.0
    alike = SequenceMatcher(None, short, long, autojunk=False).ratio()
    if len(short) > 1 and (short in long or (short[0] == long[0] and _in_order(short, long))):
        return 0.75 + alike / 4
    return alike


def core(name: str) -> str:
    """What tells a name apart: 卫生健康 of 卫生健康委员会."""
    bare = _EACH.sub("", re.sub(r"[\s“”\"（）()、]", "", name))
    return _GENERAL.sub("", bare) or bare


def _in_order(short: Iterable[str], long: str) -> bool:
    rest = iter(long)
    return all(character in rest for character in short)
