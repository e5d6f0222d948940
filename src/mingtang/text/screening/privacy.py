"""Personal data in a text: identity numbers, permits, phones, accounts, addresses; look-alikes are left alone.

Identity numbers by GB 11643-1999 (area, day of birth, check digit by ISO 7064 MOD 11-2) and its forerunner;
cards by the Luhn formula (ISO/IEC 7812-1); mobile numbers by the ranges in use.
"""

import datetime
import re
from collections.abc import Iterator

from mingtang.text.cleaning import fold
from mingtang.text.screening.finding import Finding, masked

PRIVACY = ("disclosure-regulation.15",)
#: First two digits of an area, by great region.
_PROVINCES = frozenset(
    f"{region}{place}" for region, places in {1: 5, 2: 3, 3: 7, 4: 6, 6: 5}.items() for place in range(1, places + 1)
) | {"50", "51", "52", "53", "54", "71", "81", "82", "83"}
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_EARLIEST_YEAR, _LATEST_YEAR = 1900, 2100

_GAP = r"[ \u00a0-]?"
_ID_18 = re.compile(rf"(?<![0-9A-Za-z*])(?:\d{_GAP}){{17}}[\dXx](?![0-9A-Za-z*])")
_ID_15 = re.compile(r"(?<![0-9A-Za-z*.])\d{15}(?![0-9A-Za-z*.])")
_MOBILE = re.compile(r"(?<![0-9A-Za-z*.+-])(?:\+?86[ -]?)?(1[3-9]\d[ -]?\d{4}[ -]?\d{4})(?![0-9A-Za-z*]|\.\d)")
_LANDLINE = re.compile(r"(?<![\d*])(0\d{2,3}[-—－ ]?\d{7,8})(?!\d)")
_LONG = re.compile(r"(?<![0-9A-Za-z*.])\d(?:[ -]?\d){11,20}(?![0-9A-Za-z*]|\.\d)")
_PASSPORT = re.compile(r"(?<![0-9A-Za-z])(?:[EeGgDdSsPp]\d{8}|E[A-HJ-NP-Z]\d{7})(?![0-9A-Za-z])")
_PERMIT = re.compile(r"(?<![0-9A-Za-z])(?:[HM]\d{8}(?:\d{2})?|\d{8})(?![0-9A-Za-z])")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_MESSAGING = re.compile(r"(?:微信(?:号)?|QQ(?:号)?)\s*[:：为是]\s*([A-Za-z][A-Za-z0-9_-]{5,19}|[1-9]\d{4,10})")
_PLATE = re.compile(
    "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
    r"[A-HJ-NP-Z][·• ]?[A-HJ-NP-Z0-9]{5,6}(?![A-Za-z0-9])"
)
_ADDRESS = re.compile(
    r"[一-龥0-9A-Za-z]{2,24}?(?:\d+|[一二三四五六七八九十]+)(?:号楼|栋|幢|座|号)[一-龥0-9]{0,3}?"
    r"(?:(?:\d+|[一二三四五六七八九十]+)单元)?\d{3,4}(?:室|号房|房)"
    r"|[一-龥]{2,12}(?:村|社区|嘎查|居委会)[一-龥0-9]{0,8}?(?:组|社|队)\s?\d{1,4}(?:号|户)"
)
_ACCOUNT_WORDS = re.compile(r"(账号|帐号|账户|帐户|卡号|银行卡|一卡通|开户|收款|存折|打卡)")
_CODE_WORDS = re.compile(
    r"(信用代码|项目代码|项目编[号码]|统一代码|合同编?号|文号|编码|索引号|备案号|许可证|证书编?号|订单|流水号|条形码|标准号|ISBN|备案)"
)
_OFFICE_WORDS = re.compile(
    r"(咨询|监督|举报|投诉|办公|值班|热线|客服|服务|报名|联系|单位|传真|联系人)[一-龥]{0,4}(电话|方式|人)?"
)
_HOME_WORDS = re.compile(r"(住宅|家庭|宅电|本人|个人|家长|监护人|患者|申请人|户主)")
_PERMIT_WORDS = re.compile(r"(通行证|护照|回乡证|台胞证|港澳)")
_PERSONAL_HOSTS = re.compile(
    r"@(qq|163|126|sina|sohu|gmail|outlook|hotmail|foxmail|139|189|yeah|aliyun|icloud)\.", re.IGNORECASE
)


def is_identity_number(value: str) -> bool:
    """Whether eighteen or fifteen characters are a citizen's number: area, day of birth and check digit hold."""
    if len(value) == 15 and value.isdigit():
        return value[:2] in _PROVINCES and _is_day("19" + value[6:12])
    if len(value) != 18 or not value[:17].isdigit() or value[:2] not in _PROVINCES or not _is_day(value[6:14]):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(value, _WEIGHTS, strict=False))
    return _CHECK[total % 11] == value[17].upper()


def _is_day(digits: str) -> bool:
    try:
        day = datetime.date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return _EARLIEST_YEAR <= day.year <= _LATEST_YEAR


def passes_luhn(digits: str) -> bool:
    """Whether digits end with the check digit of the Luhn formula."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _before(text: str, start: int, length: int = 16) -> str:
    """The words before a place, no further than the line or sentence."""
    return re.split(r"[\n\t。；;]", text[max(0, start - length) : start])[-1]


def private_data(text: str) -> Iterator[Finding]:
    """Personal data in `text`. What is masked already, and what office business needs, is left alone."""
    folded = fold(text)
    taken: list[tuple[int, int]] = []
    for finding in (*_identity(folded), *_accounts(folded), *_phones(folded), *_permits(folded), *_others(folded)):
        if not any(finding.start < end and start < finding.end for start, end in taken):
            taken.append((finding.start, finding.end))
            yield finding


def _identity(text: str) -> Iterator[Finding]:
    for pattern in (_ID_18, _ID_15):
        for match in pattern.finditer(text):
            bare = re.sub(r"[^0-9Xx]", "", match.group())
            if not is_identity_number(bare) or _CODE_WORDS.search(_before(text, match.start())):
                continue
            hidden = masked(match.group(), 6, 4 if len(bare) == 18 else 3)
            yield Finding(
                "id_number", "secrecy", "block", match.start(), match.end(), hidden,
                f"公民身份号码不得公开，请删除，确需区分同名的只留前六位和后四位：{hidden}。", PRIVACY, hidden,
            )  # fmt: skip


def _accounts(text: str) -> Iterator[Finding]:
    for match in _LONG.finditer(text):
        bare = re.sub(r"\D", "", match.group())
        words = _before(text, match.start(), 20)
        named = _ACCOUNT_WORDS.search(words) is not None
        card = 16 <= len(bare) <= 19 and passes_luhn(bare) and bare[0] in "3456" and bare[:2] != "69"
        if _CODE_WORDS.search(words) or not (named or (card and bare.startswith(("62", "60", "95", "4", "5")))):
            continue
        if re.search(r"(财政|专户|零余额|国库|对公|基本户|保证金|捐赠|公户)", words):
            continue  # an office's own account is public business
        hidden = masked(match.group(), 0, 4)
        yield Finding(
            "bank_card", "secrecy", "block", match.start(), match.end(), hidden,
            f"个人银行账号不得公开，请删除或只留后四位：{hidden}。", PRIVACY, hidden,
        )  # fmt: skip


def _phones(text: str) -> Iterator[Finding]:
    for match in _MOBILE.finditer(text):
        words = _before(text, match.start(), 20)
        if _CODE_WORDS.search(words):
            continue
        office = _OFFICE_WORDS.search(words) is not None and not _HOME_WORDS.search(words)
        hidden = masked(match.group(1), 3, 4)
        message = (
            f"对外联系留的是手机号，请改为办公电话，或确认本人同意公开：{hidden}。"
            if office
            else f"个人手机号不得公开，请删除或遮去中间四位：{hidden}。"
        )
        yield Finding(
            "phone",
            "secrecy",
            "warn" if office else "block",
            match.start(1),
            match.end(1),
            hidden,
            message,
            PRIVACY,
            hidden,
        )
    for match in _LANDLINE.finditer(text):
        if _HOME_WORDS.search(_before(text, match.start(), 20)):
            hidden = masked(match.group(1), 4, 2)
            yield Finding(
                "phone", "secrecy", "block", match.start(1), match.end(1), hidden,
                f"个人住宅电话不得公开，请删除：{hidden}。", PRIVACY, hidden,
            )  # fmt: skip


def _permits(text: str) -> Iterator[Finding]:
    for pattern, needs_word in ((_PASSPORT, False), (_PERMIT, True)):
        for match in pattern.finditer(text):
            named = _PERMIT_WORDS.search(_before(text, match.start(), 20)) is not None
            if not named and (
                needs_word or _CODE_WORDS.search(_before(text, match.start(), 20)) or _in_table_of_codes(text, match)
            ):
                continue
            hidden = masked(match.group(), 2, 2)
            yield Finding(
                "passport", "secrecy", "block" if named else "warn", match.start(), match.end(), hidden,
                f"护照、通行证号码不得公开，请删除：{hidden}。", PRIVACY, hidden,
            )  # fmt: skip


def _in_table_of_codes(text: str, match: re.Match[str]) -> bool:
    """A letter and eight digits without a word beside it is a passport only next to a person's name or 证件."""
    return re.search(r"(证件|姓名|旅客|人员)", text[max(0, match.start() - 40) : match.start()]) is None


def _others(text: str) -> Iterator[Finding]:
    for match in _EMAIL.finditer(text):
        if _PERSONAL_HOSTS.search(match.group()):
            name, _, host = match.group().partition("@")
            hidden = f"{masked(name, 2, 0)}@{host}"
            office = _OFFICE_WORDS.search(_before(text, match.start(), 20)) is not None
            yield Finding(
                "email", "secrecy", "note" if office else "warn", match.start(), match.end(), hidden,
                f"这是个人邮箱，请改用单位邮箱或删除：{hidden}。", PRIVACY,
            )  # fmt: skip
    for match in _MESSAGING.finditer(text):
        hidden = masked(match.group(1), 2, 1)
        yield Finding(
            "messaging", "secrecy", "warn", match.start(1), match.end(1), hidden,
            f"个人微信号、QQ号不得公开，请删除：{hidden}。", PRIVACY,
        )  # fmt: skip
    for match in _PLATE.finditer(text):
        if re.search(r"[A-Z].*\d|\d.*[A-Z]|\d{5}", match.group()[1:]):
            hidden = masked(match.group(), 2, 1)
            yield Finding(
                "plate", "secrecy", "warn", match.start(), match.end(), hidden,
                f"机动车号牌可识别个人，处罚公示等没有规定公开的请遮去：{hidden}。", PRIVACY, hidden,
            )  # fmt: skip
    for match in _ADDRESS.finditer(text):
        if re.search(
            r"(办公|单位|本局|机关|大楼|大厦|中心|窗口|邮编|通信地址|通讯地址|联系地址)",
            _before(text, match.start(), 20) + match.group(),
        ):
            continue
        hidden = re.sub(r"\d", "*", match.group())
        yield Finding(
            "address", "secrecy", "warn", match.start(), match.end(), hidden,
            f"住址不得公开到门牌，请只写到村、社区或小区：{hidden}。", PRIVACY,
        )  # fmt: skip
