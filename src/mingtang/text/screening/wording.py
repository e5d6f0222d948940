"""Slips of official writing that a machine sees for certain: days that do not exist, doubled words, unpaired brackets,
amounts in words that differ from the figures, punctuation of the wrong width.

Sources: GB/T 15834-2011 (punctuation), GB/T 15835-2011 (numerals), the rules for amounts in words of the Ministry of
Finance's accounting standards.
"""

import datetime
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from mingtang.text.screening.finding import Finding

_DATE = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日(?:\s?[（(]?(?:星期|周)([一二三四五六日天])[）)]?)?")
_MONTH_DAY = re.compile(r"(?<![\d年])(\d{1,2})月(\d{1,2})日")
_DAYS = "一二三四五六日"
_DOUBLED = re.compile(
    r"((?<![目标有的])的的(?![确士])|(?<!为)了了(?![解结])|把把|被被|等等等|《《|》》|。。|，，|、、|；；|：：)"
)
_PHRASE_TWICE = re.compile(r"([一-龥]{3,8})\1")
_NARROW_MARKS = re.compile(r"(?<=[一-龥])([,;:?!])(?=[一-龥“《])")
_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_CAPITAL = re.compile(
    r"(?:人民币)?[（(]?(?:大写)?[）)]?[：:]?([零壹贰叁肆伍陆柒捌玖拾佰仟万亿]+(?:元|圆)(?:[零壹贰叁肆伍陆柒捌玖]角)?(?:[零壹贰叁肆伍陆柒捌玖]分)?整?)"
)
_FIGURES = re.compile(r"(?:¥|￥|小写[：:]?|人民币)?\s?(\d[\d,，]*(?:\.\d{1,2})?)\s?(万)?元")
_PAIRS = {"（": "）", "《": "》", "“": "”", "〔": "〕", "【": "】"}
_CONFUSED: tuple[tuple[str, str, str], ...] = (
    ("帐户", "账户", "“账”用于货币、财物的记载"),
    ("帐号", "账号", "“账”用于货币、财物的记载"),
    ("帐目", "账目", "“账”用于货币、财物的记载"),
    ("布署", "部署", "安排用“部署”"),
    ("按装", "安装", "“安装”"),
    ("松驰", "松弛", "“弛”为松懈"),
    ("渡假", "度假", "时间用“度”"),
    ("欢渡", "欢度", "时间用“度”"),
    ("凭添", "平添", "“平添”"),
    ("迫不急待", "迫不及待", "“及”为来得及"),
    ("再接再励", "再接再厉", "“厉”同“砺”"),
    ("一如继往", "一如既往", "“既往”为以往"),
    ("全面贯彻彻底", "全面彻底贯彻", "语序"),
    ("截止目前", "截至目前", "“截至”后接时间，“截止”表示停止"),
    ("截止今年", "截至今年", "“截至”后接时间，“截止”表示停止"),
    ("做为", "作为", "介词和名词用“作为”"),
    ("即然", "既然", "连词用“既然”"),
    ("既使", "即使", "连词用“即使”"),
    ("粘帖", "粘贴", "“粘贴”"),
    ("按步就班", "按部就班", "“部”为门类"),
    ("水份", "水分", "“水分”"),
    ("成份", "成分", "“成分”"),
    ("份内", "分内", "“分内”"),
    ("座落", "坐落", "动词用“坐落”"),
    ("其它各项", "其他各项", "公文统一用“其他”"),
)


def slips(text: str) -> Iterator[Finding]:
    """Slips of writing in `text`."""
    yield from _dates(text)
    yield from _repeats(text)
    yield from _brackets(text)
    yield from _amounts(text)
    yield from _narrow_marks(text)
    for wrong, right, why in _CONFUSED:
        for match in re.finditer(re.escape(wrong), text):
            yield Finding(
                "confused",
                "wording",
                "warn",
                match.start(),
                match.end(),
                wrong,
                f"“{wrong}”应为“{right}”：{why}。",
                (),
                right,
            )


def _narrow_marks(text: str) -> Iterator[Finding]:
    """Half-width marks between Chinese characters; a text that is full of them gets one finding that counts them."""
    found = list(_NARROW_MARKS.finditer(text))
    for match in found[: 1 if len(found) > 3 else None]:
        wide = _WIDE[match.group(1)]
        count = f"全文共有 {len(found)} 处半角标点，" if len(found) > 3 else ""
        yield Finding(
            "punctuation", "wording", "note", match.start(), match.end(), _around(text, match.start(), match.end()),
            f"{count}中文里的“{match.group(1)}”应为全角“{wide}”。", (), wide,
        )  # fmt: skip


def _around(text: str, start: int, end: int) -> str:
    return text[max(0, start - 8) : end + 8].replace("\n", " ")


def _dates(text: str) -> Iterator[Finding]:
    for match in _DATE.finditer(text):
        year, month, day = (int(part) for part in match.groups()[:3])
        try:
            on = datetime.date(year, month, day)
        except ValueError:
            yield Finding(
                "date",
                "wording",
                "warn",
                match.start(),
                match.end(),
                match.group(),
                f"没有“{match.group()}”这一天，请核对。",
            )
            continue
        told = match.group(4)
        if told and _DAYS.index("日" if told == "天" else told) != on.weekday():
            right = _DAYS[on.weekday()]
            yield Finding(
                "weekday", "wording", "warn", match.start(), match.end(), match.group(),
                f"{year}年{month}月{day}日是星期{right}，写的是星期{told}，请核对日期。",
            )  # fmt: skip
    for match in _MONTH_DAY.finditer(text):
        month, day = int(match.group(1)), int(match.group(2))
        if not 1 <= month <= 12 or not 1 <= day <= (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]:
            yield Finding(
                "date",
                "wording",
                "warn",
                match.start(),
                match.end(),
                match.group(),
                f"没有“{match.group()}”这一天，请核对。",
            )


def _repeats(text: str) -> Iterator[Finding]:
    for match in _DOUBLED.finditer(text):
        yield Finding(
            "doubled", "wording", "warn", match.start(), match.end(), _around(text, match.start(), match.end()),
            f"“{match.group()}”重复，请删去一个。", (), match.group()[: len(match.group()) // 2],
        )  # fmt: skip
    for match in _PHRASE_TWICE.finditer(text):
        if len(set(match.group(1))) > 1:
            yield Finding(
                "doubled", "wording", "warn", match.start(), match.end(), match.group(),
                f"“{match.group(1)}”连写了两遍，请删去一遍。", (), match.group(1),
            )  # fmt: skip


def _brackets(text: str) -> Iterator[Finding]:
    """Brackets and quotes that open without closing, or close without opening, within a paragraph."""
    start = 0
    for paragraph in text.split("\n"):
        for opener, closer in _PAIRS.items():
            depth = 0
            for index, char in enumerate(paragraph):
                if char == opener:
                    depth += 1
                elif char == closer:
                    depth -= 1
                    if depth < 0:
                        depth = 0
                        place = start + index
                        if closer not in "）":  # 1）2）: a numbering needs no opening bracket
                            yield Finding(
                                "bracket", "wording", "note", place, place + 1, _around(text, place, place + 1),
                                f"“{closer}”前面没有“{opener}”，请补全。",
                            )  # fmt: skip
            # Each paragraph of a long quotation opens it anew; only its last one closes it.
            if depth > (opener == "“" and paragraph.lstrip().startswith("“")):
                place = start + paragraph.rindex(opener)
                yield Finding(
                    "bracket", "wording", "note", place, place + 1, _around(text, place, place + 1),
                    f"“{opener}”后面没有“{closer}”，请补全。",
                )  # fmt: skip
        start += len(paragraph) + 1


_CAPITAL_DIGITS = {char: value for value, char in enumerate("零壹贰叁肆伍陆柒捌玖")}
_CAPITAL_UNITS = {"拾": 10, "佰": 100, "仟": 1000}


def capital_amount(words: str) -> Decimal | None:
    """The value of an amount in capital numerals (壹万贰仟元整); None when it is malformed."""
    match = re.fullmatch(r"([零壹贰叁肆伍陆柒捌玖拾佰仟万亿]+)(?:元|圆)(?:(.)角)?(?:(.)分)?整?", words)
    if match is None:
        return None
    total, section, digit = 0, 0, 0
    for char in match.group(1):
        if char in _CAPITAL_DIGITS:
            digit = _CAPITAL_DIGITS[char]
        elif char in _CAPITAL_UNITS:
            section += (digit or 1) * _CAPITAL_UNITS[char]
            digit = 0
        else:
            total = (total + section + digit) * 10000 if char == "万" else (total + section + digit) * 100_000_000
            section = digit = 0
    cents = Decimal(_CAPITAL_DIGITS.get(match.group(2) or "零", 0)) / 10
    cents += Decimal(_CAPITAL_DIGITS.get(match.group(3) or "零", 0)) / 100
    return Decimal(total + section + digit) + cents


def _amounts(text: str) -> Iterator[Finding]:
    """An amount in words beside its figures (within 24 characters) that is not the same."""
    for match in _CAPITAL.finditer(text):
        told = capital_amount(match.group(1))
        if told is None or len(match.group(1)) < 3:
            continue
        near = [
            figures
            for figures in _FIGURES.finditer(text[max(0, match.start() - 24) : match.end() + 24])
            if "\n" not in text[match.start() : match.end()]
        ]
        values = [value for figures in near if (value := _figure(figures)) is not None]
        if values and told not in values:
            yield Finding(
                "capital_amount", "wording", "warn", match.start(1), match.end(1), match.group(1),
                f"大写金额“{match.group(1)}”是 {told} 元，旁边的小写是 {values[0]} 元，请核对。",
            )  # fmt: skip


def _figure(match: re.Match[str]) -> Decimal | None:
    try:
        value = Decimal(re.sub("[,，]", "", match.group(1)))
    except InvalidOperation:
        return None
    return value * 10000 if match.group(2) else value
