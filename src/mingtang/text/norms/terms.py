"""From when a document holds, until when, and what it repeals: read from its own closing words."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from mingtang.text.chinese_dates import find_date
from mingtang.text.cleaning import fold
from mingtang.text.numerals import to_int
from mingtang.text.references import titles

_FORCE = r"(?:施行|实施|执行|生效|起效)"
_FROM = re.compile(
    rf"自\s?(?P<day>[^，。；自]{{2,24}}?)\s?起(?P<later>\s?\d+\s?[日天]后|\s?[一二三四五六七八九十]+日后)?\s?(?:正式)?{_FORCE}"
)
_FROM_DAY = re.compile(rf"(?P<day>\d{{4}}年\d{{1,2}}月\d{{1,2}}日)\s?(?:起)?(?:正式)?{_FORCE}")
_PUBLISHED = re.compile(r"(发布|公布|印发|下发|颁布|通告|发文|公告)之日|(发布|公布|印发|颁布)之?日")
_YEARS = re.compile(r"有效期(?:限)?(?:为|是)?\s?(\d{1,2}|[一二两三四五六七八九十]{1,3})\s?年")
_UNTIL = re.compile(
    r"(?:有效期(?:限)?(?:截止|截至|至|到|自[^，。；]{2,20}(?:至|到))|(?:施行|执行|实施)(?:至|到)|有效(?:至|到))\s?(?P<day>\d{4}年\d{1,2}月\d{1,2}日)"
)
_REPEAL = re.compile(r"(?P<what>[^。\n]{0,400}?)(?:同时|即行|予以|同时予以|相应)?(?:废止|停止执行|失效)(?![的前后以])")


@dataclass(frozen=True, slots=True)
class Terms:
    """What the closing words say; None where they say nothing."""

    effective_on: date | None
    expires_on: date | None
    #: titles of the documents that cease with this one
    repeals: tuple[str, ...]
    #: whether the text says at all from when it holds
    stated: bool


def terms_of(text: str, *, made_on: date | None, published_on: date | None) -> Terms:
    """The terms in a text. 自公布之日 is the day of publication, else the day it was made."""
    folded = fold(text)
    effective, stated = _effective(folded, made_on, published_on)
    return Terms(effective, _expires(folded, effective, made_on), _repeals(text), stated)


def _effective(text: str, made_on: date | None, published_on: date | None) -> tuple[date | None, bool]:
    found: date | None = None
    stated = False
    for match in (*_FROM.finditer(text), *_FROM_DAY.finditer(text)):
        day = find_date(match["day"])
        if day:
            return day[0], True
        if _PUBLISHED.search(match["day"]):
            stated = True
            base = made_on if "印发" in match["day"] and made_on else published_on or made_on
            later = re.search(r"\d+|[一二三四五六七八九十]+", match.groupdict().get("later") or "")
            found = base + timedelta(days=to_int(later.group()) or 0) if base and later else base
    return found, stated


def _expires(text: str, effective: date | None, made_on: date | None) -> date | None:
    until = _UNTIL.search(text)
    if until:
        day = find_date(until["day"])
        return day[0] if day else None
    years = _YEARS.search(text)
    begun = effective or made_on
    if years is None or begun is None:
        return None
    count = to_int(years.group(1))
    return _years_later(begun, count) if count else None


def _years_later(begun: date, years: int) -> date:
    """The last day of a term of whole years that begins on `begun`."""
    try:
        end = begun.replace(year=begun.year + years)
    except ValueError:  # 29 February
        end = date(begun.year + years, 3, 1)
    return end - timedelta(days=1)


def _repeals(text: str) -> tuple[str, ...]:
    """The titles in the sentences that say 同时废止; a document that is only mentioned elsewhere is not one."""
    found: list[str] = []
    for sentence in re.split(r"[。\n]", text):
        match = _REPEAL.search(sentence)
        if match is None or re.search(r"(自行|期满|有效期)[^，；]{0,10}失效", sentence):
            continue
        clause = re.split(rf"{_FORCE}[，,；;]?", match["what"])[-1]
        found.extend(title for title in titles(clause) if title not in found)
    return tuple(found)
