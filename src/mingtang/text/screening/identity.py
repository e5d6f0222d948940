"""Numbers by which the state knows a person: identity numbers, passports, permits, certificates.

Identity numbers by GB 11643-1999 (area, day of birth, check digit by ISO 7064 MOD 11-2) and its forerunner; a pupil's
number is a letter and the identity number, a disability certificate's is the identity number and two digits.
"""

import datetime
import re
from collections.abc import Iterator

from mingtang.text.screening.context import CODE, OWN, SURE_CODE, around
from mingtang.text.screening.finding import Finding, Severity, masked
from mingtang.text.screening.sieve import Sought

PRIVACY = ("disclosure-regulation.15",)
#: First two digits of an area, by great region.
_PROVINCES = frozenset(
    f"{region}{place}" for region, places in {1: 5, 2: 3, 3: 7, 4: 6, 6: 5}.items() for place in range(1, places + 1)
) | {"50", "51", "52", "53", "54", "71", "81", "82", "83"}
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_EARLIEST_YEAR, _LATEST_YEAR = 1900, 2100
_GAP = r"[ \u00a0-]?"
_AFTER = r"(?![0-9A-Za-z*])"

_ID_18 = re.compile(rf"(?<![0-9A-Za-z*])[GLJ]?((?:\d{_GAP}){{17}}[\dXx])(?:{_GAP}[1-7][1-4](?:B\d)?)?{_AFTER}")
_ID_15 = re.compile(rf"(?<![0-9A-Za-z*.])(\d{{6}}{_GAP}\d{{6}}{_GAP}\d{{3}}){_AFTER}(?!\.\d)")
_LABEL = re.compile(r"身份证|身份号码|公民身份|证件号|社会保障号|社保号|居民证")
_PASSPORT = re.compile(rf"(?<![0-9A-Za-z])(?:[EGDSPKeg]\d{{8}}|E[A-HJ-NP-Z]\d{{7}}|1[45]\d{{7}}){_AFTER}")
_PERMIT = re.compile(rf"(?<![0-9A-Za-z])(?:[HMCWTL][A-Z]?\d{{7,10}}|\d{{8}}(?:\d{{2}})?|[A-Z]{{3}}\d{{12}}){_AFTER}")
_PERMIT_WORDS = re.compile(r"通行证|护照|回乡证|台胞证|永久居留|旅行证|海员证|港澳居民|往来(?:港澳|台湾)")
_CERTIFICATE = re.compile(
    r"(?:军官证|士兵证|警官证|文职干部证|出生医学证明|出生证明?|结婚证|离婚证|户口簿|户口本|残疾人证|驾驶证|行驶证|社保卡|医保卡"
    r"|就诊卡|病历|住院|准考证|学籍|工作证|退役军人优待证|优待证)(?:字号|档案)?(?:编号|号码|号|字第|卡号|证号)?\s?[:：为是]?\s?"
    r"(?:[军士警政后空海北沈济广成兰]\S?字第)?([A-Z]{0,3}\d[\dA-Z-]{5,20})"
)

SOUGHT = (
    Sought("id_18", _ID_18, number=True),
    Sought("id_15", _ID_15, number=True),
    Sought("passport", _PASSPORT, number=True),
    Sought("permit", _PERMIT, number=True),
    Sought(
        "certificate",
        _CERTIFICATE,
        (
            "军官证",
            "士兵证",
            "警官证",
            "文职干部证",
            "出生",
            "结婚证",
            "离婚证",
            "户口",
            "残疾人证",
            "驾驶证",
            "行驶证",
            "社保卡",
            "医保卡",
            "就诊卡",
            "病历",
            "住院",
            "准考证",
            "学籍",
            "工作证",
            "优待证",
        ),
    ),
)


def is_identity_number(value: str) -> bool:
    """Whether eighteen or fifteen characters are a citizen's number: area, day of birth and check digit hold."""
    if len(value) == 15 and value.isdigit():
        return value[:2] in _PROVINCES and _is_day("19" + value[6:12])
    if not _looks_like_one(value):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(value, _WEIGHTS, strict=False))
    return _CHECK[total % 11] == value[17].upper()


def _looks_like_one(value: str) -> bool:
    """Whether eighteen characters have the area and day of a citizen's number, whatever the check digit."""
    return len(value) == 18 and value[:17].isdigit() and value[:2] in _PROVINCES and _is_day(value[6:14])


def _is_day(digits: str) -> bool:
    try:
        day = datetime.date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return _EARLIEST_YEAR <= day.year <= _LATEST_YEAR


def identity(text: str, name: str, match: re.Match[str]) -> Iterator[Finding]:
    """The finding of one match of `SOUGHT`, where it is what it looks like."""
    if name in ("id_18", "id_15"):
        yield from _identity(text, match)
    elif name == "certificate":
        start, end = match.span(1)
        if any(char.isdigit() for char in match.group(1)):
            yield _permit(text, start, end, "block", "证件号码")
    else:
        yield from _passport(text, name, match)


def _identity(text: str, match: re.Match[str]) -> Iterator[Finding]:
    start, end = match.span(1)
    bare = re.sub(r"[^0-9Xx]", "", match.group(1))
    near = around(text, match.start(), match.end())
    hidden = masked(match.group(1), 6, 4 if len(bare) == 18 else 3)
    label = near.nearest(SURE_CODE if len(bare) == 18 else CODE, OWN)
    if not is_identity_number(bare):
        if _looks_like_one(bare) and _LABEL.search(near.clause):
            yield Finding(
                "id_number", "secrecy", "block", start, end, hidden,
                f"写明是身份证号，但校验位不对（可能抄错）；同样不得公开，请删除：{hidden}。", PRIVACY, hidden,
            )  # fmt: skip
        return
    if label == 0 or (len(bare) == 15 and label is None and _is_amount(near.after)):
        return
    yield Finding(
        "id_number", "secrecy", "block", start, end, hidden,
        f"公民身份号码不得公开，请删除，确需区分同名的只留前六位和后四位：{hidden}。", PRIVACY, hidden,
    )  # fmt: skip


def _is_amount(after: str) -> bool:
    return re.match(r"\s?(?:元|万|亿|吨|千|公|平|立|件|人|户|亩|次|条|%|㎡)", after) is not None


def _passport(text: str, name: str, match: re.Match[str]) -> Iterator[Finding]:
    near = around(text, match.start(), match.end())
    named = _PERMIT_WORDS.search(near.clause) is not None
    if not named:
        # A letter and eight digits without a word beside it is a passport only next to a person's name or 证件.
        beside = re.search(r"证件|姓名|旅客|人员", text[max(0, match.start() - 40) : match.start()])
        bare_number = match.group()[0].isdigit()
        if name == "permit" or bare_number or beside is None or near.nearest(CODE, OWN) == 0:
            return
    yield _permit(text, match.start(), match.end(), "block" if named else "warn", "护照、通行证号码")


def _permit(text: str, start: int, end: int, severity: Severity, what: str) -> Finding:
    hidden = masked(text[start:end], 2, 2)
    return Finding(
        "passport", "secrecy", severity, start, end, hidden, f"{what}不得公开，请删除：{hidden}。", PRIVACY, hidden
    )
