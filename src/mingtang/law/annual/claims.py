"""The numbers of a report's narrative and what each says: which cell of which table it repeats."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from mingtang.law.annual.schema import RESULT_ROWS
from mingtang.law.requests import Row, Section

#: What a number counts: the cells whose sum it must be, or "" where no cell holds it.
Meaning = str
Family = Literal["applicant", "result", "channel", "outcome", "dispute", "flow", "norm", ""]

_COUNT = re.compile(
    r"(?<![\d.,〔\[])(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)\s*(余|多)?\s*(万)?\s*(件次|件|宗|起|份|项|条|部|个|次)(?![\d%％])"
)
_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
_CLAUSE_END = "，,；;：:（(、。"
#: Words by which a clause speaks of change or of another year, not of this year's number.
CHANGE = re.compile(r"增加|增长|减少|下降|上升|同比|环比|比上年|较上年|比去年|较去年|相比|多于|少于|增幅|降幅")
_BEFORE = re.compile(r"(上年|去年|上一年|上年度|前年|同期)(?!.{0,3}结转)")
_PART_SCOPE = re.compile(r"本级|办公(厅|室)(本级|自身|直接)?(收到|受理|办理|答复)|各(县|区|市|旗|镇|乡|街道|部门)")
_CHANNEL = re.compile(
    r"网(上|络|站|页)|互联网|平台|信函|邮(寄|件|箱|政)|当面|现场|窗口|传真|线上|线下|在线|书面|电话|口头"
)
_OTHER_TALK = re.compile(
    r"咨询|投诉|举报(?!、)|信箱|留言|提案|议案|建议|12345|热线|来电|来信|来访|工单|诉求|网民|线索|舆情|问题"
)
#: What is counted by these is no request.
_NOT_REQUESTS = frozenset({"条", "项", "部", "个"})
_REQUEST_TALK = re.compile(r"信息公开|公开申请|依申请|申请公开|政务公开|申请人|申请")
_ASKING = re.compile(r"公开申请|依申请|申请公开|予以公开|不予|无法提供|其他处理|信访")
_DISPUTE_TALK = re.compile(r"复议|诉讼|应诉|起诉|败诉|胜诉")


@dataclass(frozen=True, slots=True)
class Claim:
    """A number of the narrative. `start`–`end` is the number with its unit; `clause` the words around it."""

    value: Decimal
    meaning: Meaning
    family: Family
    start: int
    end: int
    clause: str
    sentence: int
    #: 余, 多, 约, 近: not an exact number
    rough: bool = False
    #: about another year, or about a part of the body
    foreign: bool = False
    #: a change against last year, not a count
    change: bool = False
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the narrative at `start` of the text, in chapter `chapter` (0 before the first)."""

    text: str
    start: int
    chapter: int
    paragraph: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def sentences(paragraphs: Sequence[tuple[str, int, int]]) -> list[Sentence]:
    """The sentences of `(text, start, chapter)` paragraphs."""
    found: list[Sentence] = []
    for text, start, chapter in paragraphs:
        found.extend(
            Sentence(match.group(), start + match.start(), chapter, text)
            for match in _SENTENCE.finditer(text)
            if match.group().strip()
        )
    return found


_RESULT_WORDS: tuple[tuple[re.Pattern[str], Meaning, Family], ...] = (
    (
        re.compile(r"(结转|转结|转)(至|到|入)?((下|次)(一)?年(度)?|20\d\d年)|结转.{0,6}继续办理"),
        "carried_forward",
        "flow",
    ),
    (re.compile(r"(上(一)?年(度)?|去年|20\d\d年(度)?)(结转|转结)|结转上(一)?年"), "carried_over", "flow"),
    (re.compile(r"部分公开"), "partly_granted", "result"),
    (re.compile(r"不予公开"), "section:REFUSED", "result"),
    (re.compile(r"无法提供"), "section:CANNOT_PROVIDE", "result"),
    (re.compile(r"不予处理"), "section:NOT_PROCESSED", "result"),
    (re.compile(r"其[他它]处理|(作)?其[他它]方式处理"), "section:OTHER", "result"),
    (re.compile(r"(?<!不)予以公开|(?<!不)同意公开|全部公开"), "granted", "result"),
    (re.compile(r"国家秘密"), Row.STATE_SECRET.value, ""),
    (re.compile(r"三安全一稳定"), Row.SECURITY_AND_STABILITY.value, ""),
    (re.compile(r"第三方合法权益"), Row.THIRD_PARTY.value, ""),
    (re.compile(r"三类内部事务|内部事务信息"), Row.INTERNAL_AFFAIRS.value, ""),
    (re.compile(r"四类过程性|过程性信息"), Row.PROCESS.value, ""),
    (re.compile(r"行政执法案卷"), Row.ENFORCEMENT_FILE.value, ""),
    (re.compile(r"行政查询事项"), Row.ADMINISTRATIVE_INQUIRY.value, ""),
    (re.compile(r"不掌握"), Row.NOT_HELD.value, ""),
    (re.compile(r"没有现成|另行制作"), Row.MUST_BE_MADE.value, ""),
    (re.compile(r"补正后.{0,6}不明确"), Row.STILL_UNCLEAR.value, ""),
    (re.compile(r"信访.{0,2}举报.{0,2}投诉"), Row.PETITION.value, ""),
    (re.compile(r"公开出版物"), Row.PERIODICALS.value, ""),
    (re.compile(r"逾期不补正|逾期未补正"), Row.NOT_CORRECTED.value, ""),
    (re.compile(r"自然人"), "applicant:natural", "applicant"),
    (re.compile(r"法人(或|和|及|、|与)?(者)?其[他它]组织"), "applicant:organisations", "applicant"),
    (re.compile(r"商业企业"), "applicant:commercial", "applicant"),
    (re.compile(r"科研机构"), "applicant:research", "applicant"),
    (re.compile(r"社会公益组织"), "applicant:welfare", "applicant"),
    (re.compile(r"法律服务机构"), "applicant:legal_service", "applicant"),
    (re.compile(r"办结|办理完(毕|结)|处理完毕|办理结果"), "total", "flow"),
    (re.compile(r"答复"), "answered", "flow"),
    (
        re.compile(r"(新收|收到|接收|接到|收取).{0,16}申请(书|件|表)?|新收|依申请公开(件|事项)?.{0,4}收到"),
        "new",
        "flow",
    ),
    (re.compile(r"受理.{0,16}申请(书|件|表)?|新受理"), "accepted", "flow"),
)
_NORM_WORDS: tuple[tuple[re.Pattern[str], Meaning], ...] = (
    (re.compile(r"废止.{0,4}(行政)?规范性文件|规范性文件.{0,8}废止"), "norm:normative_documents:repealed"),
    (re.compile(r"现行有效.{0,6}规范性文件|规范性文件.{0,6}现行有效"), "norm:normative_documents:valid"),
    (re.compile(r"(制发|制定|出台|新制定|印发)(了)?(行政)?规范性文件"), "norm:normative_documents:made"),
)
_GROUPS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"未经复议(直接)?(起诉|提起)|直接(起诉|提起(行政)?诉讼)"), "direct_litigation"),
    (re.compile(r"复议后(再)?(起诉|提起)|经复议后.{0,4}(起诉|诉讼)"), "litigation_after_review"),
    (re.compile(r"(行政)?诉讼|应诉"), "litigation"),
    (re.compile(r"(行政)?复议"), "review"),
)
_OUTCOMES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"维持"), "upheld"),
    (re.compile(r"纠正|撤销|确认违法|责令"), "corrected"),
    (re.compile(r"其[他它]结果"), "other"),
    (re.compile(r"尚未审结|未审结|未办结|正在审理|审理中"), "pending"),
)


def claims_of(found: Sequence[Sentence], year: int | None) -> list[Claim]:
    """Every counted number of the narrative, in reading order, with what it means where that can be told."""
    return [claim for index, sentence in enumerate(found) for claim in _claims_in(sentence, index, year)]


def _claims_in(sentence: Sentence, index: int, year: int | None) -> Iterator[Claim]:
    text, cursor, group = sentence.text, 0, ""
    disputes = _DISPUTE_TALK.search(text) is not None and (
        sentence.chapter == 4 or re.search(r"信息公开|依申请|政务公开", sentence.paragraph) is not None
    )
    requests = _REQUEST_TALK.search(sentence.paragraph) is not None or sentence.chapter == 3
    part = False
    for match in _COUNT.finditer(text):
        left = text[cursor : match.start()]
        cut = max((left.rfind(mark) for mark in _CLAUSE_END), default=-1)
        clause = left[cut + 1 :]
        right = re.split(r"[，,；;：:（(）)、。]", text[match.end() : match.end() + 24], maxsplit=1)[0]
        part = part or _PART_SCOPE.search(left) is not None
        group = _group(left) or group
        asked = requests and match.group(4) not in _NOT_REQUESTS and not _of_something_else(text[: match.start()])
        meaning, family = _meaning(left, clause, right, group, disputes=disputes, requests=asked)
        value = Decimal(match.group(1).replace(",", "")) * (10000 if match.group(3) else 1)
        other_year = _BEFORE.search(clause) is not None or _names_other_year(left, year)
        yield Claim(
            value, meaning, family, sentence.start + match.start(), sentence.start + match.end(),
            clause + match.group() + right, index,
            rough=bool(match.group(2)) or bool(re.search(r"(约|近|超过?|逾|达到?)$", clause)),
            foreign=part or (other_year and meaning != "carried_over"),
            change=CHANGE.search(clause) is not None,
            depth=text.count("（", 0, match.start()) - text.count("）", 0, match.start()),
        )  # fmt: skip
        cursor = match.end()


def _of_something_else(before: str) -> bool:
    """Whether the sentence has turned from requests to hotlines, letters and the like."""
    others = [match.end() for match in _OTHER_TALK.finditer(before)]
    return bool(others) and others[-1] > max((match.end() for match in _ASKING.finditer(before)), default=0)


def _names_other_year(left: str, year: int | None) -> bool:
    """Whether the words before a number speak of a year that is not the report's."""
    years = re.findall(r"(20\d\d)年", left)
    return bool(years) and year is not None and int(years[-1]) != year


def _group(left: str) -> str:
    """The kind of dispute last named."""
    best, place = "", -1
    for pattern, group in _GROUPS:
        for match in pattern.finditer(left):
            if match.end() > place:
                best, place = group, match.end()
    return best


def _meaning(
    left: str, clause: str, right: str, group: str, *, disputes: bool, requests: bool
) -> tuple[Meaning, Family]:
    if disputes:
        for words in (clause, right):
            outcome = next((name for pattern, name in _OUTCOMES if pattern.search(words)), None)
            if outcome and group:
                return f"dispute:{group}:{outcome}", "outcome"
        if group and _group(clause):
            return f"dispute:{group}:total", "dispute"
        if group and (_group(left) or not _REQUEST_TALK.search(clause)):
            return "", ""
    for pattern, meaning in _NORM_WORDS:
        if pattern.search(clause):
            return meaning, "norm"
    if not requests:
        return "", ""
    if _CHANNEL.search(clause) or (not _says(clause) and _CHANNEL.search(right)):
        return "", "channel"
    return _says(clause) or _says(right if len(right) <= 14 else "") or ("", "")


def _says(words: str) -> tuple[Meaning, Family] | None:
    """The meaning whose words stand nearest to the number."""
    best: tuple[int, Meaning, Family] | None = None
    for pattern, meaning, family in _RESULT_WORDS:
        for match in pattern.finditer(words):
            if best is None or match.end() > best[0]:
                best = (match.end(), meaning, family)
    if best is None:
        return None
    return best[1], best[2]


def cells_of(meaning: Meaning) -> tuple[tuple[str, str, str], ...]:
    """The cells whose sum a meaning stands for, as (table, row, column); () where no cell holds it."""
    kind, _, rest = meaning.partition(":")
    if kind == "section":
        return tuple(("requests", row, "total") for row in RESULT_ROWS[Section[rest]])
    if kind == "applicant":
        columns = ("commercial", "research", "welfare", "legal_service", "other")
        return tuple(("requests", "new", name) for name in (columns if rest == "organisations" else (rest,)))
    if kind == "dispute":
        group, _, outcome = rest.partition(":")
        groups = ("direct_litigation", "litigation_after_review") if group == "litigation" else (group,)
        return tuple(("disputes", name, outcome) for name in groups)
    if kind == "norm":
        row, _, column = rest.partition(":")
        return (("norms", row, column),)
    if kind in ("", "answered", "accepted"):
        return ()
    return (("requests", kind, "total"),)
