"""Numbers that official documents and bodies carry: document numbers, unified social credit codes, index numbers."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from mingtang.law.errors import MalformedNumber

CREDIT_CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_CODE_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
CREDIT_CODE_FORM = re.compile(rf"[{CREDIT_CODE_ALPHABET}]{{2}}[0-9]{{6}}[{CREDIT_CODE_ALPHABET}]{{10}}")

#: Brackets that are written around the year; only 〔〕 is right (GB/T 9704-2012, 7.2.5).
OPENING = "〔［[【（(﹝｛{〈<＜《「"
CLOSING = "〕］]】）)﹞｝}〉>＞》」"
_DIGITS = "0-9０-９"
_PREFIX = "\u4e00-\u9fffA-Za-zＡ-Ｚａ-ｚ"
_NUMBER = re.compile(
    rf"(?P<prefix>[{_PREFIX}]{{1,80}})\s*[{re.escape(OPENING)}]\s*"
    rf"(?P<year>[{_DIGITS}]{{2,4}})\s*年?\s*[{re.escape(CLOSING)}]"
    rf"\s*(?P<nth>第)?\s*(?P<sequence>[{_DIGITS}]{{1,12}})\s*号"
)
_ORDER = re.compile(rf"(?P<prefix>[\u4e00-\u9fff]+令)\s*[（(]?\s*第\s*(?P<sequence>[{_DIGITS}]{{1,12}})\s*号\s*[）)]?")
#: Words that stand before a number in running text and are no part of the issuer's short name.
_LEADING = re.compile(
    r"^.*(?:根据|依据|按照|依照|遵照|参照|对照|贯彻|落实|执行|转发|印发|批转|关于|以及|详见|参见|废止|发文字号|文号为?|字号|文件|通知)"
)


@dataclass(frozen=True)
class DocumentNumber:
    """A document number (发文字号): the issuer's short name, the year (None in an order's number) and the sequence."""

    prefix: str
    year: int | None
    sequence: int

    def __str__(self) -> str:
        """The number as the standard writes it: 〔〕, full year, no padding, no 第 (orders excepted)."""
        if self.year is None:
            return f"{self.prefix}第{self.sequence}号"
        return f"{self.prefix}〔{self.year}〕{self.sequence}号"


@dataclass(frozen=True)
class FoundNumber:
    """A document number met in a text: where it stands, as written, read, and what is wrong in the writing."""

    start: int
    end: int
    written: str
    number: DocumentNumber
    faults: tuple[str, ...]


def parse_document_number(written: str) -> DocumentNumber:
    """A document number however its brackets and digits are written; MalformedNumber when it is none.

    Two-digit years are refused rather than guessed. Source of the form: GB/T 9704-2012, 7.2.5.
    """
    text = written.strip()
    match = _NUMBER.fullmatch(text)
    if match is None and (order := _ORDER.fullmatch(text)):
        return DocumentNumber(order["prefix"], None, int(order["sequence"]))
    if match is None:
        raise MalformedNumber(
            f"“{written}”不是发文字号：应写成机关代字、〔四位年份〕、顺序号加“号”，如 某政办发〔2021〕3号"
        )
    if len(match["year"]) != 4:
        raise MalformedNumber(f"“{written}”的年份不全：请写四位年份，如〔2021〕")
    if int(match["sequence"]) == 0:
        raise MalformedNumber(f"“{written}”的顺序号为零：顺序号从1开始")
    return _number(match, match["prefix"])


def find_document_numbers(text: str) -> Iterator[FoundNumber]:
    """Every document number in a text, in order; words that lead up to one are not taken into its short name."""
    for match in _NUMBER.finditer(text):
        if len(match["year"]) != 4 or int(match["sequence"]) == 0:
            continue
        prefix = _LEADING.sub("", match["prefix"])
        if match.start() and text[match.start() - 1] in "》）)”" and prefix[:1] in ("和", "与", "及"):
            prefix = prefix[1:]  # it joins two numbers; elsewhere it may begin a place's name (和政县)
        if not prefix:
            continue
        start = match.start() + len(match["prefix"]) - len(prefix)
        written = text[start : match.end()]
        yield FoundNumber(start, match.end(), written, _number(match, prefix), number_faults(written))


def _number(match: re.Match[str], prefix: str) -> DocumentNumber:
    return DocumentNumber(unicodedata.normalize("NFKC", prefix), int(match["year"]), int(match["sequence"]))


def number_faults(written: str) -> tuple[str, ...]:
    """What in the writing of a document number departs from GB/T 9704-2012, 7.2.5; empty when nothing does."""
    match = _NUMBER.fullmatch(written.strip())
    if match is None:
        return () if _ORDER.fullmatch(written.strip()) else ("不是发文字号",)
    faults: list[str] = []
    bracketed = written[match.end("prefix") :]
    if "〔" not in bracketed or "〕" not in bracketed:
        faults.append("年份应使用六角括号〔〕")
    if len(match["year"]) != 4:
        faults.append("年份应写全四位")
    if match["nth"]:
        faults.append("顺序号前不加“第”字")
    if len(match["sequence"]) > 1 and int(match["sequence"][0]) == 0:
        faults.append("顺序号不编虚位")
    if unicodedata.normalize("NFKC", match["year"] + match["sequence"]) != match["year"] + match["sequence"]:
        faults.append("数字应使用半角阿拉伯数字")
    if re.search(r"\s", written.strip()):
        faults.append("字号中不应有空格")
    return tuple(faults)


def credit_code_check_character(first_17: str) -> str:
    """The check character of the first 17 characters of a credit code.

    Source: GB 32100-2015: weights 3^(i-1) mod 31, check value 31 - sum mod 31. MalformedNumber for other characters.
    """
    if len(first_17) != 17 or any(character not in CREDIT_CODE_ALPHABET for character in first_17):
        raise MalformedNumber(f"“{first_17}”不是统一社会信用代码的前17位：只用数字和除 I、O、S、V、Z 外的大写字母")
    total = sum(CREDIT_CODE_ALPHABET.index(c) * w for c, w in zip(first_17, CREDIT_CODE_WEIGHTS, strict=True))
    return CREDIT_CODE_ALPHABET[(31 - total % 31) % 31]


def credit_code_fault(code: str) -> str | None:
    """What is wrong with a unified social credit code, in one Chinese line; None when it is well formed.

    Source: GB 32100-2015 (18 characters, no I, O, S, V, Z, digits 3–8 a division code, last a check character).
    """
    if len(code) != 18:
        return f"统一社会信用代码应为18位，现在是{len(code)}位"
    strange = sorted({c for c in code if c not in CREDIT_CODE_ALPHABET})
    if strange:
        return f"统一社会信用代码不用字符“{'、'.join(strange)}”：只用数字和除 I、O、S、V、Z 外的大写字母"
    if not CREDIT_CODE_FORM.fullmatch(code):
        return "统一社会信用代码第3至8位应是行政区划代码（数字）"
    if credit_code_check_character(code[:17]) != code[17]:
        return "统一社会信用代码校验位不符，请核对18位代码"
    return None


def credit_code_is_valid(code: str) -> bool:
    """Whether an 18-character unified social credit code is well formed and its check character right."""
    return credit_code_fault(code) is None


@dataclass(frozen=True)
class IndexNumber:
    """An index number (索引号): the publishing body's credit code, the year, and a sequence within both.

    Source: rule `index-number.form`.
    """

    credit_code: str
    year: int
    sequence: int

    def __str__(self) -> str:
        return f"{self.credit_code}/{self.year}-{self.sequence:05d}"


INDEX_NUMBER_FORM = re.compile(r"(?P<code>[0-9A-Z]{18})/(?P<year>[0-9]{4})-(?P<sequence>[0-9]{5})", re.ASCII)


def index_number(credit_code: str, year: int, sequence: int) -> IndexNumber:
    """The index number of a body's information; MalformedNumber when a part is not well formed.

    A body has at most 99,999 in one year, so that numbers stay in order as text.
    """
    fault = credit_code_fault(credit_code)
    if fault:
        raise MalformedNumber(f"不能编索引号：{fault}")
    if not 1949 <= year <= 9999:
        raise MalformedNumber(f"不能编索引号：年份 {year} 应是四位")
    if not 1 <= sequence <= 99_999:
        raise MalformedNumber(f"不能编索引号：流水号 {sequence} 应在1至99999之间")
    return IndexNumber(credit_code, year, sequence)


def parse_index_number(written: str) -> IndexNumber:
    """An index number read back from its text; MalformedNumber when it is not of the form."""
    match = INDEX_NUMBER_FORM.fullmatch(written.strip())
    if match is None:
        raise MalformedNumber(f"“{written}”不是索引号：应写成 信用代码/年份-五位流水号")
    return index_number(match["code"], int(match["year"]), int(match["sequence"]))
