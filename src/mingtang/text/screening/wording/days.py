"""Days and hours that do not exist, days of the week that do not fit, periods that end before they begin, old years."""

import datetime
import re
from collections.abc import Iterator

from mingtang.text.numerals import to_int
from mingtang.text.screening.finding import Finding
from mingtang.text.screening.sieve import Sieve, Sought

_WEEKDAY = r"(?:\s?[（(]?\s?(?:星期|周|礼拜)([一二三四五六日天])\s?[）)]?)?"
_DATE = re.compile(rf"((?:1[89]|20|21)\d\d)\s?年\s?(\d{{1,2}})\s?月\s?(\d{{1,2}})\s?[日号]{_WEEKDAY}")
_NUMERIC = re.compile(r"(?<![\d./-])((?:19|20)\d\d)([-./])(\d{1,2})\2(\d{1,2})(?![\d./-])")
_CHINESE = re.compile(r"([一二三四五六七八九〇零○]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日")
_MONTH_DAY = re.compile(rf"(?<![\d年])(?<!年\s)(\d{{1,2}})月(\d{{1,2}})[日号]{_WEEKDAY}")
_HOUR = re.compile(r"(?<![\d:：.])(\d{1,2})(?:[:：]|时|点)(\d{2})(?:分)?(?![\d:：.])")
_PERIOD = re.compile(
    r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日(?:起)?(?:至|到|—|－|-|～|~|——)((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日"
)
_BEFORE = re.compile(
    r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日(?:\d{1,2}时)?(?:之?前|以前)(?:完成|报送|提交|上报|反馈|报|办结|到位|将|前往|缴|申报|报名|整改|建成|落实)"
)
_NUMBER_YEAR = re.compile(r"[〔\[（(【]((?:19|20)\d\d)[〕\]）)】]第?\d{1,5}号")
_DAYS = "一二三四五六日"
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DIGITS = "0123456789"
_MONTHS = tuple(f"{digit}{gap}月" for digit in _DIGITS for gap in ("", " "))
SOUGHT = (
    Sought("date", _DATE, _MONTHS),
    Sought(
        "numeric",
        _NUMERIC,
        tuple(f"{age}{year:02d}{mark}" for age in (19, 20) for year in range(100) for mark in "-./"),
    ),
    Sought(
        "chinese",
        _CHINESE,
        tuple(f"{one}年{two}" for one in "一二三四五六七八九〇零○" for two in "一二三四五六七八九十"),
    ),
    Sought("month_day", _MONTH_DAY, _MONTHS),
    Sought("hour", _HOUR, tuple(f"{digit}{mark}" for digit in _DIGITS for mark in "时点:：")),
    Sought("period", _PERIOD, tuple(f"{end}{mark}" for end in "日起" for mark in "至到—－-～~")),
)
_SIEVE = Sieve(SOUGHT)


def impossible_days(text: str) -> Iterator[Finding]:
    """Days, hours and periods that cannot be, and years that are left over from last year's text."""
    years = {match.group(1) for match in re.finditer(r"(?<!\d)((?:19|20)\d\d)年", text)}
    only = int(next(iter(years))) if len(years) == 1 else None
    for sought, match in _SIEVE.matches(text):
        if sought.name in ("date", "numeric"):
            place = (1, 2, 3) if sought.name == "date" else (1, 3, 4)
            year, month, day = (int(match.group(number)) for number in place)
            yield from _day(match, year, month, day, match.group(4) if sought.name == "date" else None)
        elif sought.name == "chinese":
            year = int(
                "".join(
                    str("〇一二三四五六七八九".find(char.replace("零", "〇").replace("○", "〇")))
                    for char in match.group(1)
                )
            )
            month, day = to_int(match.group(2)), to_int(match.group(3))
            if month is not None and day is not None:
                yield from _day(match, year, month, day, None)
        elif sought.name == "month_day":
            yield from _month_day(match, only)
        elif sought.name == "hour":
            yield from _hour(text, match)
        else:
            yield from _period(match)
    yield from _old_years(text)


def _day(match: re.Match[str], year: int, month: int, day: int, told: str | None) -> Iterator[Finding]:
    try:
        on = datetime.date(year, month, day)
    except ValueError:
        yield _none(match)
        return
    if told and _DAYS.index("日" if told == "天" else told) != on.weekday():
        right = _DAYS[on.weekday()]
        yield Finding(
            "weekday", "wording", "warn", match.start(), match.end(), match.group(),
            f"{year}年{month}月{day}日是星期{right}，写的是星期{told}，请核对日期。",
        )  # fmt: skip


def _none(match: re.Match[str]) -> Finding:
    return Finding(
        "date", "wording", "warn", match.start(), match.end(), match.group(),
        f"没有“{match.group()}”这一天，请核对。",
    )  # fmt: skip


def _month_day(match: re.Match[str], only: int | None) -> Iterator[Finding]:
    month, day = int(match.group(1)), int(match.group(2))
    if not 1 <= month <= 12 or not 1 <= day <= _LENGTHS[month - 1]:
        yield _none(match)
    elif only is not None and match.group(3):
        yield from _day(match, only, month, day, match.group(3))


def _hour(text: str, match: re.Match[str]) -> Iterator[Finding]:
    hour, minute = int(match.group(1)), int(match.group(2))
    mark = match.group()[len(match.group(1))]
    if mark in ":：" and not re.search(
        r"上午|下午|晚|早|午|日|时间|每天|至|—|-", text[max(0, match.start() - 10) : match.start()]
    ):
        return  # a ratio, a verse, a score
    if mark == "点" and not match.group().endswith("分"):
        return
    if hour > 24 or minute > 59 or (hour == 24 and minute > 0):
        yield Finding(
            "time", "wording", "warn", match.start(), match.end(), match.group(),
            f"没有“{match.group()}”这个时刻，请核对。",
        )  # fmt: skip


def _period(match: re.Match[str]) -> Iterator[Finding]:
    numbers = [int(number) for number in match.groups()]
    try:
        begins, ends = datetime.date(*numbers[:3]), datetime.date(*numbers[3:])
    except ValueError:
        return  # told above as a day that does not exist
    if ends < begins:
        yield Finding(
            "date", "wording", "warn", match.start(), match.end(), match.group(),
            "结束日期早于开始日期，请核对。",
        )  # fmt: skip


def _old_years(text: str) -> Iterator[Finding]:
    """Deadlines before the day on which the document was made, and a number of another year than that day's."""
    made: datetime.date | None = None
    for line in reversed(text.rstrip().split("\n")[-12:]):
        match = re.fullmatch(r"\s*((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日\s*", line)
        if match:
            try:
                made = datetime.date(*(int(number) for number in match.groups()))
            except ValueError:
                return
            break
    if made is None:
        return
    for match in _BEFORE.finditer(text):
        try:
            due = datetime.date(*(int(number) for number in match.groups()))
        except ValueError:
            continue
        if due < made:
            yield Finding(
                "year", "wording", "warn", match.start(), match.end(), match.group(),
                f"要求的期限早于成文日期（{made.year}年{made.month}月{made.day}日），是否沿用了往年的稿子，请核对。",
            )  # fmt: skip
    head = _NUMBER_YEAR.search("\n".join(text.split("\n")[:4]))
    if head and abs(int(head.group(1)) - made.year) > 0 and made.month > 1:
        yield Finding(
            "year", "wording", "warn", head.start(), head.end(), head.group(),
            f"文号是{head.group(1)}年的，成文日期是{made.year}年，请核对。",
        )  # fmt: skip
