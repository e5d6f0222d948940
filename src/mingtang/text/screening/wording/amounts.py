"""Amounts of money in capital numerals against the figures beside them."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from mingtang.text.screening.finding import Finding
from mingtang.text.screening.sieve import Sieve, Sought

_DIGITS = {char: value for value, char in enumerate("零壹贰叁肆伍陆柒捌玖")} | {
    "〇": 0,
    "两": 2,
    "貳": 2,
    "參": 3,
    "陸": 6,
}
_UNITS = {"拾": 10, "佰": 100, "仟": 1000}
_NUMERALS = "零〇壹贰貳叁參肆伍陆陸柒捌玖拾佰仟万亿"
_CAPITAL = re.compile(
    rf"(?:人民币)?[（(]?(?:大写)?[）)]?[：:]?\s?([{_NUMERALS[:-2]}][{_NUMERALS}]{{0,30}}(?:元|圆)(?:零?[{_NUMERALS[:12]}]角)?(?:零?[{_NUMERALS[:12]}]分)?[整正]?)"
)
_FIGURES = re.compile(r"(?:¥|￥|小写[：:]?|人民币)?\s?(\d[\d,，]*(?:\.\d{1,4})?)\s?(万|亿)?元?")
SOUGHT = (Sought("capital", _CAPITAL, tuple("零壹贰貳叁參肆伍陆陸柒捌玖拾佰仟")),)
_SIEVE = Sieve(SOUGHT)


def capital_amount(words: str) -> Decimal | None:
    """The value of an amount in capital numerals (壹万贰仟元整); None when it is malformed."""
    match = re.fullmatch(rf"([{_NUMERALS}]+)(?:元|圆)零?(?:(.)角)?零?(?:(.)分)?[整正]?", words)
    if match is None:
        return None
    total, section, digit = 0, 0, 0
    for char in match.group(1):
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _UNITS:
            section += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            unit = 10_000 if char == "万" else 100_000_000
            total = (total + section + digit) * unit if char == "亿" or total == 0 else total + (section + digit) * unit
            section = digit = 0
    cents = Decimal(_DIGITS.get(match.group(2) or "零", 0)) / 10 + Decimal(_DIGITS.get(match.group(3) or "零", 0)) / 100
    return Decimal(total + section + digit) + cents


def capital_amounts(text: str) -> Iterator[Finding]:
    """An amount in words beside its figures (within 24 characters of one line) that is not the same."""
    for _, match in _SIEVE.matches(text):
        told = capital_amount(match.group(1))
        if told is None or len(match.group(1)) < 3:
            continue
        start = max(text.rfind("\n", 0, match.start()) + 1, match.start() - 24)
        end = text.find("\n", match.end())
        near = text[start : min(match.end() + 24, len(text) if end < 0 else end)]
        values = [value for figures in _FIGURES.finditer(near) if (value := _figure(figures)) is not None]
        if values and told not in values:
            yield Finding(
                "capital_amount", "wording", "warn", match.start(1), match.end(1), match.group(1),
                f"大写金额“{match.group(1)}”是 {told} 元，旁边的小写是 {values[0]} 元，请核对。",
            )  # fmt: skip


def _figure(match: re.Match[str]) -> Decimal | None:
    if not re.search(r"元|¥|￥|小写", match.group()):
        return None
    try:
        value = Decimal(re.sub("[,，]", "", match.group(1)))
    except InvalidOperation:
        return None
    return value * {"万": 10_000, "亿": 100_000_000}.get(match.group(2) or "", 1)
