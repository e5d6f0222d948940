"""From when a document holds, until when, and what it repeals: read from its own closing words."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from mingtang.text.chinese_dates import find_date
from mingtang.text.cleaning import fold
from mingtang.text.numerals import to_int
from mingtang.text.references import document_numbers, titles

_FORCE = r"(?:施行|实施|执行|生效|起效|试行)"
_HAN = r"[一二两三四五六七八九十]{1,3}"
_LATER = rf"(?:\s?(?:满|后第?)?\s?(?P<later>\d+|{_HAN})\s?(?:个)?(?P<unit>工作日|日|天|个?月)(?:后|内)?)?"
_FROM = re.compile(rf"[自从于]\s?(?P<day>[^，。；自从]{{2,24}}?)\s?起{_LATER}(?:之后)?\s?(?:开始)?(?:正式)?{_FORCE}")
_FROM_DAY = re.compile(
    rf"(?P<day>\d{{4}}年\d{{1,2}}月\d{{1,2}}日)\s?(?:零时|0时|00:00)?(?:起|抄见量起)?(?:开始)?(?:正式)?{_FORCE}"
)
_AFTER = re.compile(
    rf"(?P<day>(?:发布|公布|印发))(?:之日)?(?:后|满)\s?(?P<later>\d+|{_HAN})\s?(?P<unit>日|天)(?:后|起)?{_FORCE}"
)
_PUBLISHED = re.compile(r"(发布|公布|印发|下发|颁布|通告|发文|公告|批准|签发|通过)之日|(发布|公布|印发|颁布)之?日")
#: what the sentence speaks of is this document
_ITSELF = re.compile(
    r"本(?:办法|规定|细则|规则|条例|规程|意见|通知|通告|公告|决定|标准|制度|方案|措施|政策|规范|准则|令|文件|实施细则|暂行办法)|现予|以上(?:价格|标准)|印发给?你们"
)
_AT_ONCE = re.compile(r"即日|本日")
_WORKING = re.compile(r"(\d{1,2})月(\d{1,2})日$")
_TERM_NAME = (
    r"(?:有效期限?|执行期限?|实施期限?|施行期限?|试行期限?|暂行期限?|试行时间|执行时间|试行(?!\)|》)|暂定(?:为)?|有效)"
)
_TERM = re.compile(
    rf"{_TERM_NAME}(?:暂定)?(?:自[^，。；]{{2,16}}起)?(?:为|是|限)?(?:[:：])?\s?(?P<n>\d{{1,2}}|{_HAN})\s?(?P<unit>年|个月)(?!度|后|内|前|来|以)"
)
_UNTIL = re.compile(
    rf"(?:(?:有效期限?|执行期限?|试行期限?|有效时间|执行时间)(?:自[^，。；]{{2,24}}?)?(?:截止|截至|延长至|延续至|至|到|止于)(?:于|到)?"
    rf"|{_FORCE}[，,]?(?:有效期)?(?:至|到)|有效(?:至|到)|(?:自|从)[^，。；]{{4,20}}起?(?:至|到)(?=[^，。；]{{6,14}}(?:止|有效)))"
    r"\s?(?P<day>\d{4}年(?:\d{1,2}月\d{1,2}日|底|年底|末))"
    rf"|{_TERM_NAME}(?:为|是)?[:]?(?:自|从)?\d{{4}}年\d{{1,2}}月\d{{1,2}}日起?(?:至|到|-)\s?(?P<last>\d{{4}}年\d{{1,2}}月\d{{1,2}}日)"
)
_REPEAL = re.compile(
    r"(?P<what>[^。\n]{0,400}?)(?:同时|即行|予以|同时予以|相应|一并|自行|即)?"
    r"(?:废止|停止执行|停止施行|不再执行|失效)(?!前|后|以|期|的(?!决定)|日期|或者?|、|和)"
)
_ENDING_WORDS = re.compile(r"废止|停止[执施]行|不再执行|失效")
#: 同时废止《…》
_ORDERED = re.compile(r"(?:^|同时|之日起[，,]?|施行后[，,]?|一并)\s?废止(?P<what>(?:原)?《[^。\n]{2,300})")
#: what may stand between a title and 废止
_FILLER = re.compile(
    r"^\s*(?:[(（][^()（）]{0,60}[)）])?(?:等[^，,]{0,20})?(?:[，,]?(?:自|从)[^，,]{2,20}起)?[，,]?"
    r"(?:均|也|即|一律|将|已|现|应|予以|同时|相应|一并|全部|的规定|文件|规定|随之|自动)*$"
)
_LAPSES = re.compile(r"(自行|自动|期满|有效期|届满)[^，；]{0,12}(失效|废止|停止)|逾期[^，；]{0,10}失效")
_YEARS_LONGEST = 30

#: how a day was come by: said outright, counted from another day, or from a day that is itself not sure
Basis = Literal["said", "counted", "assumed", ""]


@dataclass(frozen=True, slots=True)
class Terms:
    """What the closing words say; None where they say nothing."""

    effective_on: date | None
    expires_on: date | None
    #: titles of the documents that cease with this one
    repeals: tuple[str, ...]
    #: whether the text says at all from when it holds
    stated: bool
    effective_basis: Basis = ""
    expires_basis: Basis = ""


def terms_of(text: str, *, made_on: date | None, published_on: date | None) -> Terms:
    """The terms in a text. 自公布之日 is the day of publication, else the day it was made."""
    folded = fold(text)
    effective, stated, basis = _effective(folded, made_on, published_on)
    expires, expires_basis = _expires(folded, effective, made_on)
    return Terms(effective, expires, _repeals(text), stated, basis, expires_basis)


def _effective(text: str, made_on: date | None, published_on: date | None) -> tuple[date | None, bool, Basis]:
    """The day from which the document itself holds: a sentence that speaks of it (本办法) before any other."""
    best: tuple[int, date | None, Basis] | None = None
    matches = (*_FROM.finditer(text), *_FROM_DAY.finditer(text), *_AFTER.finditer(text))
    for match in sorted(matches, key=lambda one: one.start()):
        read = _day_from(match, made_on, published_on)
        if read is None:
            continue
        day, basis = read
        sentence = text[_begin(text, match.start()) : match.end()]
        own = 2 if _ITSELF.search(sentence) else 0
        other = -3 if text[match.end() : match.end() + 1] in ("的", "之") else 0
        weight = own + other + (1 if basis == "said" else 0)
        if best is None or weight > best[0]:
            best = (weight, day, basis)
    if best is None:
        return None, False, ""
    return best[1], best[0] >= 0, best[2] if best[1] else ""


def _begin(text: str, at: int) -> int:
    return max(text.rfind(mark, 0, at) for mark in "。；\n") + 1


def _day_from(
    match: re.Match[str], made_on: date | None, published_on: date | None
) -> tuple[date | None, Basis] | None:
    """The day that a phrase names; None when it names none at all."""
    words = match["day"]
    day = find_date(words)
    if day:
        return day[0], "said"
    short = _WORKING.search(words)
    if short and made_on and not re.search(r"每年|\d{4}", words):
        return _month_day(made_on, int(short.group(1)), int(short.group(2))), "counted"
    if _AT_ONCE.search(words):
        return made_on, "assumed"
    if _PUBLISHED.search(words) or match.re is _AFTER:
        printed = re.search(r"[印下签]发|发文", words) is not None
        base = made_on if printed and made_on else published_on or made_on
        return _later(base, match), "counted" if published_on or printed else "assumed"
    return None


def _later(base: date | None, match: re.Match[str]) -> date | None:
    """The day so many days or months after `base`; working days are left to the calendar and so not counted here."""
    groups = match.groupdict()
    if base is None or not groups.get("later"):
        return base
    count, unit = to_int(groups["later"]) or 0, groups.get("unit") or ""
    if unit == "工作日":
        return None
    return _months_later(base, count) if "月" in unit else base + timedelta(days=count)


def _month_day(made_on: date, month: int, day: int) -> date | None:
    """A day without its year: the first one not before the document was made."""
    for year in (made_on.year, made_on.year + 1):
        try:
            found = date(year, month, day)
        except ValueError:
            return None
        if found >= made_on:
            return found
    return None


def _expires(text: str, effective: date | None, made_on: date | None) -> tuple[date | None, Basis]:
    until = _UNTIL.search(text)
    if until:
        words = until["day"] or until["last"]
        day = find_date(words)
        if day:
            return day[0], "said"
        return date(int(words[:4]), 12, 31), "said"
    begun = effective or made_on
    if begun is None:
        return None, ""
    for term in _TERM.finditer(text):
        count = to_int(term["n"])
        if not count or _general(text, term.start()):
            continue
        if term["unit"] == "年" and count <= _YEARS_LONGEST:
            return _months_later(begun, count * 12) - timedelta(days=1), "counted" if effective else "assumed"
        if term["unit"] == "个月":
            return _months_later(begun, count) - timedelta(days=1), "counted" if effective else "assumed"
    return None, ""


#: A rule about other documents or papers, not about this one: 许可证有效期三年, 规范性文件有效期不超过5年.
_OTHERS = re.compile(
    r"(?:许可证?|证书?|资质|资格|合同|协议|登记|批准|执照|卡|票|规范性文件|公示|承诺|备案|预案|报告|评估|认定|名单|产品|食品|药品|试用期|聘期|任期"
    r"|结果|意见书|档案)[^，。；\n]{0,10}$"
)


def _general(text: str, at: int) -> bool:
    """Whether the term at a place is that of something else than the document."""
    clause = re.split(r"[，。；\n]", text[max(0, at - 40) : at])[-1]
    return _OTHERS.search(clause) is not None


def _months_later(begun: date, months: int) -> date:
    """The day that many months after; the 31st where there is none is the first of the next month."""
    year, month = divmod(begun.year * 12 + begun.month - 1 + months, 12)
    try:
        return date(year, month + 1, begun.day)
    except ValueError:
        return date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)


def _repeals(text: str) -> tuple[str, ...]:
    """The titles in the sentences that say 同时废止; a document that is only mentioned elsewhere is not one.

    One that is named by its number only is given by its number.
    """
    found: list[str] = []
    for sentence in re.split(r"[。\n]", text):
        if not _ENDING_WORDS.search(sentence):
            continue
        ordered = _ORDERED.search(sentence)
        if ordered:
            named = titles(ordered["what"])
        elif (match := _REPEAL.search(sentence)) and not _LAPSES.search(sentence):
            named = _ended(match["what"])
        else:
            continue
        found.extend(title for title in named if title not in found)
    return tuple(found)


def _ended(words: str) -> list[str]:
    """The documents that stand right before 废止, as its subject; numbers where there are no titles."""
    clause = re.split(rf"{_FORCE}(?!之日|前|后)[，,；;]?", words)[-1]
    clause = re.sub(r"^.*(?:根据|按照|依照|依据|按)《[^》]*》(?:的?规定)?[，,]?", "", clause)
    last = clause.rfind("》")
    if last >= 0:
        return titles(clause) if _FILLER.match(clause[last + 1 :]) else []
    return document_numbers(clause) if re.search(r"号[)）]?(?:文件|文)?[^，,]{0,8}$", clause) else []
