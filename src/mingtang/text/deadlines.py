"""By when: the deadline phrases of official Chinese, resolved by plain calendar days against the notice's own date."""

import calendar
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from mingtang.text.cleaning import fold
from mingtang.text.draft import Deadline
from mingtang.text.numerals import to_int, year_from

_N = r"(\d{1,3}|[一二两三四五六七八九十]{1,3})"
_YEAR = r"(?:(\d{4}|[零〇○一二三四五六七八九]{4})年度?|(今年|本年度?|当年|明年|次年|翌年|下一年度?|第二年))?"

#: the act of issuing the notice itself, from which "N 日内" may be counted
_OWN_ISSUE = re.compile(
    r"(?:(?:收到|接到)?(?:(?:本|该|此)(?:文件|意见|办法|规定|计划|安排|清单|分解表|文|件)|(?:本|该|此)?[一-鿿]{0,4}(?:要点|通知|方案))"
    r"(?:印发|下发|发布|发文|公布|下达|执行|实施)?|(?:印发|下发|发文|收文))(?:之日|之后|以后|后|起|的)+"
)
_PERIODS = {
    "日": "day",
    "天": "day",
    "周": "week",
    "旬": "ten_days",
    "月": "month",
    "个月": "month",
    "月份": "month",
    "双月": "two_months",
    "两个月": "two_months",
    "2个月": "two_months",
    "季": "quarter",
    "季度": "quarter",
    "半年": "half_year",
    "年": "year",
    "年度": "year",
    "学期": "term",
}


@dataclass(frozen=True, slots=True)
class Moment:
    """What a phrase is resolved against: the day the notice was made and the year it plans for, when known."""

    made_on: date | None = None
    year: int | None = None

    @property
    def base_year(self) -> int | None:
        """The year that a date without a year means."""
        return self.year or (self.made_on.year if self.made_on else None)


def _year(match: re.Match[str], moment: Moment, digits: int = 1, word: int = 2) -> int | None:
    if match.group(digits):
        return year_from(match.group(digits))
    base = moment.made_on.year if moment.made_on else moment.base_year
    if (match.group(word) or "").startswith(("明", "次", "翌", "下", "第二")):
        return base + 1 if base else None
    return moment.base_year


def _day(year: int | None, month: int, day: int) -> date | None:
    if year is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_end(year: int | None, month: int) -> date | None:
    return date(year, month, calendar.monthrange(year, month)[1]) if year and 1 <= month <= 12 else None


def _rolled(on: date | None, match: re.Match[str], moment: Moment) -> date | None:
    """A day without a year that lies more than two months before the notice means the next year."""
    if on is None or moment.made_on is None or match.group(1) or match.group(2):
        return on
    if on < moment.made_on - timedelta(days=61) and on.year <= moment.made_on.year:
        try:
            return on.replace(year=on.year + 1)
        except ValueError:
            return on + timedelta(days=365)
    return on


def _by(match: re.Match[str], on: date | None) -> Deadline:
    return Deadline("by", match.group().strip(), on=on)


def _by_day(match: re.Match[str], moment: Moment) -> Deadline | None:
    month, day = to_int(match.group(3)), to_int(match.group(4))
    if not month or not day or month > 12 or day > 31:
        return None
    return _by(match, _rolled(_day(_year(match, moment), month, day), match, moment))


def _by_month(match: re.Match[str], moment: Moment) -> Deadline | None:
    month, tail = to_int(match.group(3)), match.group(4)
    if not month or month > 12:
        return None
    year = _year(match, moment)
    if tail.startswith(("上旬", "中旬")):
        on = _day(year, month, 10 if tail.startswith("上旬") else 20)
    elif re.match(r"(?:份)?(?:之前|以前|前)", tail):
        # "6月前" is before June begins: the last day in time is 31 May.
        first = _day(year, month, 1)
        on = first - timedelta(days=1) if first else None
    else:
        on = _month_end(year, month)
    return _by(match, _rolled(on, match, moment))


def _by_year_end(match: re.Match[str], moment: Moment) -> Deadline:
    return _by(match, _day(_year(match, moment), 12, 31))


def _by_half(match: re.Match[str], moment: Moment) -> Deadline:
    year = _year(match, moment)
    return _by(match, _rolled(_day(year, 6, 30) if match.group(3) == "上" else _day(year, 12, 31), match, moment))


def _by_quarter(match: re.Match[str], moment: Moment) -> Deadline | None:
    quarter = to_int(match.group(3))
    if not quarter or quarter > 4:
        return None
    year = _year(match, moment)
    if match.group(4) in ("前", "之前", "以前"):
        # "第三季度前" is before the quarter begins.
        first = _day(year, quarter * 3 - 2, 1)
        on = first - timedelta(days=1) if first else None
    else:
        on = _month_end(year, quarter * 3)
    return _by(match, _rolled(on, match, moment))


def _by_this_month(match: re.Match[str], moment: Moment) -> Deadline:
    made = moment.made_on
    if made is None:
        return _by(match, None)
    months = made.year * 12 + made.month - 1 + (1 if match.group(1).startswith("下") else 0)
    return _by(match, _month_end(months // 12, months % 12 + 1))


def _add_months(start: date, months: int) -> date:
    index = start.year * 12 + start.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def _within(match: re.Match[str], moment: Moment) -> Deadline | None:
    unit, since = match.group("unit"), _since(match.group("since") or "")
    count = to_int(match.group("count") or "")
    if unit.endswith("半年"):
        count, unit = 6, "个月"
    if count is None:
        return None
    made = moment.made_on if since and _OWN_ISSUE.fullmatch(since) else None
    deadline = Deadline("within", match.group(), since=since or None)
    if "工作日" in unit:
        return replace(deadline, days=count, unit="workday")
    if "小时" in unit:
        return replace(deadline, count=count, unit="hour")
    if "月" in unit:
        return replace(deadline, count=count, unit="month", on=_add_months(made, count) if made else None)
    days = count * 7 if unit in ("周", "星期") else count
    return replace(deadline, days=days, on=made + timedelta(days=days) if made else None)


_BEFORE_SINCE = re.compile(r"^.*(?:自|于|从|应当|应|须|要(?![点求])|并|在|必须)(?=.{2})")


def _since(text: str) -> str:
    """What the days run from, without the words before it: 并于本要点印发后 → 本要点印发后."""
    return _BEFORE_SINCE.sub("", text.strip(" ,"))


def _every(match: re.Match[str], moment: Moment) -> Deadline | None:
    return Deadline("every", match.group().strip(), period=_PERIODS[match.group("period")])


def _ongoing(match: re.Match[str], moment: Moment) -> Deadline:
    return Deadline("ongoing", match.group())


Maker = Callable[[re.Match[str], Moment], Deadline | None]

_PERIOD = r"(?P<period>半年|季度|年度|双月|月份|两个月|2个月|个月|学期|季|月|周|旬|年|天|日)"
_BEFORE = r"(?:之前|以前|前|止|为止)"
_DONE = r"(?=[一-鿿]{0,6}完成)"
#: within a quarter or half-year something is also held or started, not only finished
_HELD = (
    r"(?=[，,]?[一-鿿]{0,8}(?:完成|(?:开展|组织|举办|召开|启动|公布|报送)"
    r"(?![^，。；,;]{0,12}的(?:工作|试点|活动|检查)?(?:情况|成果|基础))))"
)
_AT = r"(?:截至|截止到|截止|不晚于|不迟于|最迟于?|于|在|到)?\s?"
#: The first pattern that matches at a place wins, so the more exact come first.
_PATTERNS: tuple[tuple[re.Pattern[str], Maker], ...] = tuple(
    (re.compile(pattern), maker)
    for pattern, maker in (
        (
            rf"每(?:一|个)?{_PERIOD}的?(?:首月|末月|首个月|最后一个月|第一个月|次月|末)?(?:\d{{1,2}}月)?"
            rf"(?:\d{{1,2}}[日号])?(?:底|末|初|上旬|中旬|下旬)?{_BEFORE}?"
            r"(?:(?:结束|终了)后\d{1,3}(?:个工作)?日(?:之内|以内|内))?",
            _every,
        ),
        (rf"(?:按|逐){_PERIOD}(?!度?(?:计划|要求|办理|任务))", _every),
        (rf"{_AT}{_YEAR}{_N}月{_N}[日号]\s?(?:之前|以前|前|止|为止|下班前|内)", _by_day),
        (rf"(?:截至|截止到?|不晚于|不迟于|最迟于?){_YEAR}{_N}月{_N}[日号]", _by_day),
        (
            rf"{_AT}{_YEAR}{_N}月(份?(?:底|末|上旬|中旬|下旬)?{_BEFORE}|份?(?:底|末|上旬|中旬|下旬)?{_DONE}|份?内)",
            _by_month,
        ),
        (rf"{_AT}{_YEAR}第?{_N}季度\s?((?:底|末)?{_BEFORE}|(?:底|末|内)|{_HELD})", _by_quarter),
        (rf"{_AT}{_YEAR}([上下])半年(?:底|末)?(?:{_BEFORE}|内|{_HELD})", _by_half),
        (
            rf"{_AT}(?:(\d{{4}}|[零〇○一二三四五六七八九]{{4}})|([今本当明次翌]))?年年?(?:底|末|终)\s?(?:{_BEFORE}|{_DONE})",
            _by_year_end,
        ),
        (rf"{_AT}(?:(\d{{4}})|([今本当明次]))?(?<!半)年度?(?:之内|以内|内(?![容部外涵蒙]))", _by_year_end),
        (r"(本月|当月|下个?月|月)(?:底|末)(?:之前|以前|前)", _by_this_month),
        (
            r"(?P<since>[^,，。;；、()（）]{0,24}(?:之日起|之日|之后|以后|后|起|收到[^,，。;；、]{0,12})[,，的]?)?"
            r"(?P<count>\d{1,3}|[一二两三四五六七八九十]{1,3})?\s?(?P<unit>个?工作日|个?自然日|半年|个?小时|个?星期|天|日|周|个月)"
            r"(?:之内|以内|内)(?![容部涵外])",
            _within,
        ),
        (
            r"(?<!可)(?:持续|常态化|动态(?=更新|调整|管理|完善|发布|公开|优化|清理|维护|监测)|长期(?=坚持|抓|推进|做好|公开|实施|开展)"
            r"|实时(?=更新|发布|公开|公布)|贯穿全年|全年推进|日常(?=更新|维护|巡查|监测))(?!性|稳定|增长|健康发展|发展)",
            _ongoing,
        ),
    )
)
_QUOTED = re.compile(r"《[^《》]{0,120}》|“[^“”]{0,60}”")
_RANK = {"by": 0, "within": 1, "every": 2, "ongoing": 3}


#: words before the phrase that the search for its beginning took along
_LEADING_WORDS = re.compile(r"^.*(?:应当|应|须|要(?![点求])|并|必须)(?=.{4})")


def quoted_hidden(text: str) -> str:
    """The text with titles in 《》 and words in “” overwritten, so that nothing is read out of them; same length."""
    return _QUOTED.sub(lambda match: "□" * len(match.group()), text)


def find_deadlines(text: str, moment: Moment) -> tuple[Deadline, ...]:
    """All deadlines in a sentence, in the order they stand; quoted words and titles are not looked into.

    A date without a year belongs to the year planned for, or the next when it would lie over two months before the
    notice was made. Days count from the day after the one they run from.
    """
    folded = quoted_hidden(fold(text))
    taken: list[tuple[int, int, Deadline]] = []
    for pattern, make in _PATTERNS:
        for match in pattern.finditer(folded):
            if any(match.start() < end and start < match.end() for start, end, _ in taken):
                continue
            deadline = make(match, moment)
            if deadline is not None:
                phrase = _LEADING_WORDS.sub("", text[match.start() : match.end()].strip(" ,，的"))
                taken.append((match.start(), match.end(), replace(deadline, text=phrase)))
    return tuple(deadline for _, _, deadline in sorted(taken, key=lambda found: found[0]))


def foremost(deadlines: Iterable[Deadline]) -> Deadline | None:
    """The one that a person must watch first: a day before a span, a span before a period, the standing duty last."""
    return min(deadlines, key=lambda one: _RANK[one.kind], default=None)


_CELL_DATE = re.compile(r"^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?$")
_STANDING = re.compile(
    r"^(?:全年|长期|持续|常年|长期坚持|持续推进|持续开展|日常|长期推进|贯穿全年|动态|常态化|即时|实时|随时)"
)


def deadline_of_cell(text: str, moment: Moment) -> tuple[Deadline, ...]:
    """The deadlines of a table cell or a label (时限：), where 前 is often left out: 6月底, 2021年12月, 全年."""
    text = text.strip().rstrip("。；;")
    if not text:
        return ()
    found = find_deadlines(text, moment)
    if found:
        return found
    folded = fold(text)
    match = _CELL_DATE.match(folded)
    if match:
        return (Deadline("by", text, on=_day(int(match.group(1)), int(match.group(2)), int(match.group(3)))),)
    if _STANDING.match(folded):
        return (Deadline("ongoing", text),)
    bare = re.sub(r"(?:完成|落实|报送|公开|左右)+$", "", folded)
    for tail in ("前", "底前", "末前"):
        found = find_deadlines(bare + tail, moment)
        if found and not (tail == "前" and re.search(r"(?:月|季度)份?$", bare)):
            return tuple(replace(one, text=text) for one in found)
    return ()
