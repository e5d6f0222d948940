"""How a person is reached: mobile and home numbers, e-mail, WeChat and QQ, number plates."""

import re
from collections.abc import Iterator

from mingtang.text.screening.context import CODE, OFFICE, OWN, around
from mingtang.text.screening.finding import Finding, masked
from mingtang.text.screening.identity import PRIVACY
from mingtang.text.screening.sieve import Sought

_UNITS = r"(?!\s?(?:元|万元|亿|吨|公斤|千克|米|平方|立方|件|人次|人|户|亩|次|条|%|㎡|度|升|股|头|只))"
_MOBILE = re.compile(
    rf"(?<![0-9A-Za-z*.+-])(?:\(?\+?(?:00)?86\)?[ -]?)?(1[3-9]\d[ -]?\d{{4}}[ -]?\d{{4}}|1[3-9]\d{{2}}[ -]\d{{3}}"
    rf"[ -]\d{{4}})"
    rf"(?![0-9A-Za-z*-]|\.\d){_UNITS}"
)
_LANDLINE = re.compile(r"(?<![\d*])(\(?0\d{2,3}\)?[ -]{0,2}[2-8]\d{2,3}[ -]?\d{4})(?!\d)")
_LOCAL = re.compile(
    r"(?:家庭|住宅|宅|家里|家中)(?:固定)?(?:电话|座机|电)\s?[:：为是]?\s?([2-8]\d{2,3}[ -]?\d{4})(?!\d)"
)
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2,12}")
_MESSAGING = re.compile(
    r"(?:微\s?信(?:号)?|威信|薇信|V信|v信|VX|vx|Vx|WeChat|wechat|Wechat|QQ(?:号)?|qq(?:号)?|扣扣|抖音号|快手号|支付宝(?:账号)?)"
    r"(?:号码|账号|帐号|联系|ID)?\s{0,2}[:：为是+加]?\s{0,2}([A-Za-z][A-Za-z0-9_-]{5,19}|[1-9]\d{4,11})(?![A-Za-z0-9_])"
)
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
    r"[A-HJ-NP-Z][·•. -]?(?:[A-HJ-NP-Z0-9]{5,6}|[A-HJ-NP-Z0-9]{4}[学挂港澳])(?![A-Za-z0-9-])"
)
_PROVINCE_LETTERS = tuple(
    f"{place}{letter}"
    for place in "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
    for letter in "ABCDEFGHJKLMNPQRSTUVWXYZ"
)
_PERSONAL_HOSTS = re.compile(
    (
        r"@(?:(?:vip\.)?(?:qq|163|126|sina|sohu|foxmail|139|189|188|yeah|aliyun|21cn|tom|wo)|gmail|outlook|hotmail|"
        r"icloud|live|msn|yahoo|proton(?:mail)?)\."
    ),
    re.IGNORECASE,
)
_NOT_PERSONS = re.compile(r"公众号|公众平台|官方|订阅号|服务号|视频号|小程序|政务|群|企业微信")
_OFFICE_CARS = re.compile(r"公务|公车|执法车|警车|采购|报废|拍卖|处置|单位车辆|公务用车|救护|消防")
#: Words that say whose number this is, whatever else stands there.
_PRIVATE = re.compile(
    r"家庭|住宅|宅电|家里|家中|本人|个人|家长|监护人|患者|病人|申请人|申请者|户主|当事人|举报人|投诉人|来访人|来信人"
    r"|信访人|村民|牧民|居民|学生|考生|被处罚人|受助人|受益人|领取人|配偶|亲属|私人"
)

SOUGHT = (
    Sought("mobile", _MOBILE, number=True),
    Sought("landline", _LANDLINE, number=True),
    Sought("local", _LOCAL, ("家庭", "住宅", "宅电", "家里", "家中")),
    Sought("email", _EMAIL, ("@",)),
    Sought(
        "messaging",
        _MESSAGING,
        (
            "微信",
            "微 信",
            "威信",
            "薇信",
            "V信",
            "v信",
            "VX",
            "vx",
            "Vx",
            "WeChat",
            "wechat",
            "Wechat",
            "QQ",
            "qq",
            "扣扣",
            "抖音号",
            "快手号",
            "支付宝",
        ),
    ),
    Sought("plate", _PLATE, _PROVINCE_LETTERS),
)


def contact(text: str, name: str, match: re.Match[str]) -> Iterator[Finding]:
    """The finding of one match of `SOUGHT`, where it is what it looks like."""
    if name == "mobile":
        yield from _mobile(text, match)
    elif name in ("landline", "local"):
        yield from _landline(text, name, match)
    elif name == "email":
        yield from _email(text, match)
    elif name == "messaging":
        yield from _messaging(text, match)
    else:
        yield from _plate(text, match)


def _mobile(text: str, match: re.Match[str]) -> Iterator[Finding]:
    near = around(text, match.start(), match.end())
    label = near.nearest(CODE, OWN, OFFICE)
    if label == 0:
        return
    office = label == 2 and not _PRIVATE.search(near.clause)
    hidden = masked(match.group(1), 3, 4)
    message = (
        f"对外联系留的是手机号，请改为办公电话，或确认本人同意公开：{hidden}。"
        if office
        else f"个人手机号不得公开，请删除或遮去中间四位：{hidden}。"
    )
    yield Finding(
        "phone", "secrecy", "warn" if office else "block", match.start(1), match.end(1), hidden, message,
        PRIVACY, hidden,
    )  # fmt: skip


def _landline(text: str, name: str, match: re.Match[str]) -> Iterator[Finding]:
    near = around(text, match.start(1), match.end(1))
    if name == "landline" and near.nearest(_PRIVATE, OFFICE, CODE) != 0:
        return
    hidden = masked(match.group(1), 4 if name == "landline" else 0, 2)
    yield Finding(
        "phone", "secrecy", "block", match.start(1), match.end(1), hidden,
        f"个人住宅电话不得公开，请删除：{hidden}。", PRIVACY, hidden,
    )  # fmt: skip


def _email(text: str, match: re.Match[str]) -> Iterator[Finding]:
    near = around(text, match.start(), match.end())
    private = _PRIVATE.search(near.clause) is not None
    if not _PERSONAL_HOSTS.search(match.group()) and not (private and ".gov" not in match.group()):
        return
    name, _, host = match.group().partition("@")
    hidden = f"{masked(name, 1, 0)}@{host}"
    office = not private and near.nearest(CODE, OWN, OFFICE) == 2
    yield Finding(
        "email", "secrecy", "note" if office else "block", match.start(), match.end(), hidden,
        f"这是个人邮箱，请改用单位邮箱或删除：{hidden}。", PRIVACY, hidden,
    )  # fmt: skip


def _messaging(text: str, match: re.Match[str]) -> Iterator[Finding]:
    near = around(text, match.start(), match.end())
    if _NOT_PERSONS.search(near.clause[-8:] + match.group()):
        return
    hidden = masked(match.group(1), 2, 1)
    yield Finding(
        "messaging", "secrecy", "block", match.start(1), match.end(1), hidden,
        f"个人微信号、QQ号等不得公开，请删除：{hidden}。", PRIVACY, hidden,
    )  # fmt: skip


def _plate(text: str, match: re.Match[str]) -> Iterator[Finding]:
    if not re.search(r"\d.*\d", match.group()[2:]):
        return
    near = around(text, match.start(), match.end())
    hidden = masked(match.group(), 2, 1)
    office = _OFFICE_CARS.search(near.line) is not None
    yield Finding(
        "plate", "secrecy", "note" if office else "block", match.start(), match.end(), hidden,
        f"机动车号牌可识别个人，没有规定公开的请遮去：{hidden}。", PRIVACY, hidden,
    )  # fmt: skip
