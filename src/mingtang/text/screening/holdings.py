"""What a person has and where one lives: bank accounts, and homes to the door."""

import re
from collections.abc import Iterator

from mingtang.text.screening.context import CODE, around
from mingtang.text.screening.finding import Finding, masked
from mingtang.text.screening.identity import PRIVACY
from mingtang.text.screening.sieve import Sought

_LONG = re.compile(r"(?<![0-9A-Za-z*.])\d(?:[ \u00a0-]?\d){11,20}(?![0-9A-Za-z*]|\.\d)")
_ACCOUNT = re.compile(
    r"账\s?号|帐\s?号|账户|帐户|卡\s?号|银行卡|一卡通|开户|收款|存折|打卡|储蓄|社保卡|惠农卡|折号|[工农中建交]行|信用社|邮储"
)
_DIGIT = r"(?:\d{1,4}|[一二三四五六七八九十]{1,4})"
_DOOR = re.compile(
    rf"[一-龥0-9A-Za-z]{{2,24}}?{_DIGIT}(?:号楼|号院|栋|幢|座|#楼|#|号|期)[一-龥0-9A-Z]{{0,4}}?"
    rf"(?:{_DIGIT}单元)?(?:{_DIGIT}层)?[东西南北]?\d{{3,4}}(?:室|号房|房|户|号)?(?![\d年])"
    rf"|[一-龥]{{2,16}}(?:小区|花园|家园|公寓|新村|苑|庭|府|城)[一-龥0-9A-Z]{{0,6}}?\d{{1,3}}-\d{{1,2}}-\d{{3,4}}(?!\d)"
    rf"|[一-龥]{{2,12}}(?:村|社区|嘎查|居委会|分场|屯)[一-龥0-9]{{0,8}}?(?:组|社|队|巷|胡同|街|排)\s?\d{{1,4}}(?:号|户)"
    rf"|[一-龥]{{2,12}}(?:村|社区|嘎查|屯)\s?\d{{1,4}}号(?!楼)"
)
_LABELLED = re.compile(
    r"(?:家庭住址|家庭地址|户籍地址|户籍所在地|户籍地|现住址|居住地址|经常居住地|常住地址|暂住地址|详细住址|详细地址|住址|现住|家住|居住于|居住在|住于|暂住)"
    r"\s?[:：为是在于]?\s?([一-龥][一-龥0-9A-Za-z#、()（）-]{3,48})"
)
_TO_THE_DOOR = re.compile(
    rf"{_DIGIT}(?:号楼|号院|栋|幢|座|单元|室|号|户|排)|\d{{1,3}}-\d{{1,2}}-\d{{3,4}}|{_DIGIT}(?:组|社|队)\s?{_DIGIT}"
)
_OFFICE = re.compile(
    r"办公|单位|本局|机关|大楼|大厦|中心|窗口|邮编|通信地址|通讯地址|联系地址|公司|企业|厂|商场|营业|经营场所|学校|医院|政府|法院|库房"
    r"|项目|工程|标段|宗地|会议|考点|施工|楼盘|送达地址"
)

_DIGITS = "0123456789"
_NUMERALS = _DIGITS + "一二三四五六七八九十"
SOUGHT = (
    Sought("account", _LONG, number=True),
    Sought(
        "door",
        _DOOR,
        (
            *(f"{number}{house}" for number in _NUMERALS for house in "号栋幢座#期"),
            *(f"{one}-{other}" for one in _DIGITS for other in _DIGITS),
            *(f"{part}{gap}{digit}" for part in "组社队巷同街排" for gap in ("", " ") for digit in _DIGITS),
            *(f"{part}{gap}{digit}" for part in "村区查屯" for gap in ("", " ") for digit in _DIGITS),
        ),
    ),
    Sought(
        "home",
        _LABELLED,
        ("家庭住址", "家庭地址", "户籍", "现住", "居住", "常住地址", "暂住", "住址", "详细地址", "家住", "住于"),
    ),
)


def passes_luhn(digits: str) -> bool:
    """Whether digits end with the check digit of the Luhn formula (ISO/IEC 7812-1)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def holding(text: str, name: str, match: re.Match[str]) -> Iterator[Finding]:
    """The finding of one match of `SOUGHT`, where it is what it looks like."""
    if name == "account":
        yield from _account(text, match)
    elif name == "door":
        near = around(text, match.start(), match.end())
        if not _OFFICE.search(near.sentence[-24:] + match.group() + near.after[:4]):
            yield _address(text, match.start(), match.end())
    else:
        start, end = match.span(1)
        near = around(text, match.start(), match.end())
        if _TO_THE_DOOR.search(match.group(1)) and not _OFFICE.search(near.sentence[-12:] + match.group(1)):
            yield _address(text, start, end)


def _account(text: str, match: re.Match[str]) -> Iterator[Finding]:
    bare = re.sub(r"\D", "", match.group())
    near = around(text, match.start(), match.end())
    label = near.nearest(CODE, _ACCOUNT)
    card = 16 <= len(bare) <= 19 and passes_luhn(bare) and bare.startswith(("62", "60", "95", "4", "5"))
    if label == 0 or not (label == 1 or (card and _ACCOUNT.search(near.line)) or (card and bare.startswith("62"))):
        return
    if near.of_public_account:
        return  # an office's own account is public business
    if re.match(r"\s?(?:元|万|亿|吨|千|公|平|立|件|人|户|亩|次)", near.after):
        return
    hidden = masked(match.group(), 0, 4)
    yield Finding(
        "bank_card", "secrecy", "block", match.start(), match.end(), hidden,
        f"个人银行账号不得公开，请删除或只留后四位：{hidden}。", PRIVACY, hidden,
    )  # fmt: skip


def _address(text: str, start: int, end: int) -> Finding:
    hidden = re.sub(
        r"\d|(?<=[栋幢座院楼村组社队元])[一二三四五六七八九十]+|[一二三四五六七八九十]+(?=[组社队号栋幢单])",
        "*",
        text[start:end],
    )
    return Finding(
        "address", "secrecy", "block", start, end, hidden,
        f"住址不得公开到门牌，请只写到村、社区或小区：{hidden}。", PRIVACY, hidden,
    )  # fmt: skip
