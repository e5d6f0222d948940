"""Dates as official documents write them: 2021年6月17日, 二〇二一年六月十七日, 2021-06-17."""

import re
from datetime import date

from mingtang.text.cleaning import fold
from mingtang.text.numerals import YEAR_DIGITS, to_int, year_from

_ARABIC = re.compile(r"(\d{4})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?[日号]?")
_HAN = re.compile(
    rf"([{YEAR_DIGITS}]{{4}})\s?年\s?([元一二三四五六七八九十]{{1,3}}|\d{{1,2}})\s?月\s?([一二三四五六七八九十廿卅]{{1,3}}|\d{{1,2}})\s?[日号]?"
)
_DIGITS = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")


def find_date(text: str) -> tuple[date, int, int] | None:
    """The first date in a text and where it stands (start, end), or None; impossible dates are passed over."""
    folded = fold(text)
    best: tuple[date, int, int] | None = None
    for pattern in (_ARABIC, _HAN, _DIGITS):
        for match in pattern.finditer(folded):
            year = year_from(match.group(1))
            month = 1 if match.group(2) == "元" else to_int(match.group(2))
            day = to_int(match.group(3).replace("廿", "二十").replace("卅", "三十"))
            try:
                found = date(year or 0, month or 0, day or 0)
            except ValueError:
                continue
            if best is None or match.start() < best[1]:
                best = (found, match.start(), match.end())
            break
    return best


def lone_date(line: str) -> date | None:
    """The date that a whole short line consists of (brackets around it allowed), or None."""
    found = find_date(line)
    if found is None:
        return None
    rest = fold(line[: found[1]] + line[found[2] :]).strip(" ()。")
    return found[0] if not rest else None
