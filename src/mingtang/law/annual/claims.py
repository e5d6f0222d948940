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
    r"(?<![\d.,〔\[])(\d{1,3}(?:[,，]\d{3})+|\d+(?:\.\d+)?)\s*(余|多)?\s*(万)?\s*(件次|件|宗|起|份|项|条|部|个|次)(?![\d%％])"
    r"|(?<![每第这那同此逐一二两三四五六七八九十百零])(?<!没有)(?<!无)([零一二两三四五六七八九十百]{1,5})()()(件|宗)(?![事套装])"
)
_CHINESE = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2}
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
    unit: str = "件"
    #: the words that follow the number
    after: str = ""


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


#: What may follow the name of a result before its number.
_TAIL = r"(?:”|的|类|答复|决定|处理|情形)*"
_RESULT_WORDS: tuple[tuple[re.Pattern[str], Meaning, Family], ...] = (
    (
        re.compile(r"(结转|转结|转)(至|到|入)?((下|次)(一)?年(度)?|20\d\d年)|结转.{0,6}继续办理"),
        "carried_forward",
        "flow",
    ),
    (re.compile(r"(上(一)?年(度)?|去年|20\d\d年(度)?)(结转|转结)|结转上(一)?年"), "carried_over", "flow"),
    (re.compile(rf"部分(予以)?公开{_TAIL}"), "partly_granted", "result"),
    (re.compile(rf"不予公开{_TAIL}"), "section:REFUSED", "result"),
    (re.compile(rf"无法提供{_TAIL}"), "section:CANNOT_PROVIDE", "result"),
    (re.compile(rf"不予处理{_TAIL}"), "section:NOT_PROCESSED", "result"),
    (re.compile(rf"其[他它]处理{_TAIL}|(作)?其[他它]方式处理"), "section:OTHER", "result"),
    (re.compile(rf"(?<!不)(予以|给予)公开{_TAIL}|(?<!不)同意公开{_TAIL}|全部公开{_TAIL}"), "granted", "result"),
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
    (
        re.compile(r"自然人(?!、|和|及|或|与)|公民(?!、|和|及|或|与)(个人)?(提出)?(的)?(申请)?"),
        "applicant:natural",
        "applicant",
    ),
    (
        re.compile(r"(?<!公民、)(?<!自然人、)(?<!公民和)(?<!自然人和)法人(或|和|及|、|与)?(者)?其[他它]组织"),
        "applicant:organisations",
        "applicant",
    ),
    (re.compile(r"商业企业"), "applicant:commercial", "applicant"),
    (re.compile(r"科研机构"), "applicant:research", "applicant"),
    (re.compile(r"社会公益组织"), "applicant:welfare", "applicant"),
    (re.compile(r"法律服务机构"), "applicant:legal_service", "applicant"),
    (re.compile(r"办结|办理完(毕|结)|处理完毕|办理结果"), "total", "flow"),
    (re.compile(r"答复"), "answered", "flow"),
    (
        re.compile(r"(新收|收到|接收|接到|收取).{0,24}申请(书|件|表)?|新收|依申请公开(件|事项)?.{0,4}收到"),
        "new",
        "flow",
    ),
    (re.compile(r"受理.{0,16}申请(书|件|表)?|新受理"), "accepted", "flow"),
)
_NORM_WORDS: tuple[tuple[re.Pattern[str], Meaning], ...] = (
    (re.compile(r"废止.{0,4}(行政)?规范性文件|规范性文件.{0,8}废止"), "norm:normative_documents:repealed"),
    (re.compile(r"现行有效.{0,6}规范性文件|规范性文件.{0,6}现行有效"), "norm:normative_documents:valid"),
    (re.compile(r"(制发|制定|出台|新制定|印发)(了)?(行政)?规范性文件"), "norm:normative_documents:made"),
    (re.compile(r"废止.{0,4}规章"), "norm:regulations:repealed"),
    (re.compile(r"现行有效.{0,6}规章|规章.{0,6}现行有效"), "norm:regulations:valid"),
    (re.compile(r"(制发|制定|出台|新制定)(了)?(政府|部门)?规章"), "norm:regulations:made"),
    (re.compile(r"行政许可(处理)?决定(数量)?[共为]?$"), "norm:licences:decisions"),
    (re.compile(r"行政处罚(处理)?决定(数量)?[共为]?$"), "norm:penalties:decisions"),
    (re.compile(r"行政强制(处理)?决定(数量)?[共为]?$"), "norm:coercion:decisions"),
)
_GROUPS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"未经复议(直接)?(起诉|提起)|直接(起诉|提起(行政)?诉讼)"), "direct_litigation"),
    (re.compile(r"复议后(再)?(起诉|提起)|经复议后.{0,4}(起诉|诉讼)"), "litigation_after_review"),
    (re.compile(r"(行政)?诉讼|应诉"), "litigation"),
    (re.compile(r"(行政)?复议"), "review"),
)
#: Ends of a dispute that may stand in either column, and what is counted beside disputes.
_NO_OUTCOME = re.compile(r"驳回|撤诉|撤回|终止|不予受理|败诉|胜诉|调解|和解|复议答复|答复书|出庭")
_OUTCOMES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"维持"), "upheld"),
    (re.compile(r"纠正|纠错|撤销|确认违法|责令"), "corrected"),
    (re.compile(r"其[他它]结果|^[（(]?其[他它]$"), "other"),
    (re.compile(r"尚未审结|未审结|未办结|正在审理|审理中"), "pending"),
)


def claims_of(found: Sequence[Sentence], year: int | None) -> list[Claim]:
    """Every counted number of the narrative, in reading order, with what it means where that can be told."""
    return [claim for index, sentence in enumerate(found) for claim in _claims_in(sentence, index, year)]


#: 公民、法人和其他组织 are everybody: no list of two.
_ONE_APPLICANT = re.compile(r"(公民|自然人)、法人")


def _claims_in(sentence: Sentence, index: int, year: int | None) -> Iterator[Claim]:
    text, cursor, group = _ONE_APPLICANT.sub(lambda pair: pair.group().replace("、", "和"), sentence.text), 0, ""
    waiting: list[tuple[Meaning, Family]] = []
    disputes = _DISPUTE_TALK.search(text) is not None and (
        sentence.chapter == 4 or re.search(r"信息公开|依申请|政务公开", sentence.paragraph) is not None
    )
    requests = _REQUEST_TALK.search(sentence.paragraph) is not None or sentence.chapter == 3
    part = False
    for match in _COUNT.finditer(text):
        left = text[cursor : match.start()]
        clause = _clause(left)
        right = re.split(r"[，,；;：:（(）)、。]", text[match.end() : match.end() + 24], maxsplit=1)[0]
        part = part or _PART_SCOPE.search(left) is not None
        group = _group(left) or group
        if (each := re.search(r"分别(?:为|是|有|达|计)?$", left.rstrip())) is not None:
            waiting = _listed(left[: each.start()])
        elif waiting and not re.fullmatch(r"[、，,和及]", left.strip()):
            waiting = []
        unit = match.group(4) or match.group(8)
        asked = requests and unit not in _NOT_REQUESTS and not _of_something_else(text[: match.start()])
        if each is not None or waiting:
            meaning, family = (waiting.pop(0) if waiting else ("", "")) if asked else ("", "")
        else:
            meaning, family = _meaning(
                text[: match.start()], left, clause, right, group, disputes=disputes, requests=asked
            )
        value = _value(match)
        other_year = _BEFORE.search(clause) is not None or _names_other_year(left, year)
        yield Claim(
            value, meaning, family, sentence.start + match.start(), sentence.start + match.end(),
            clause + match.group() + right, index,
            rough=bool(match.group(2)) or bool(re.search(r"(约|近|超过?|逾)$", clause)),
            foreign=part or (other_year and not meaning.startswith("carried")) or _of_the_office(clause, family),
            change=CHANGE.search(clause) is not None,
            depth=text.count("（", 0, match.start()) - text.count("）", 0, match.start()),
            unit=unit, after=text[match.end() : match.end() + 20],
        )  # fmt: skip
        cursor = match.end()


def _clause(left: str) -> str:
    """The words before a number back to the last mark; where they are only 有 or 共, the clause before them too."""
    cut = max((left.rfind(mark) for mark in _CLAUSE_END), default=-1)
    clause = left[cut + 1 :]
    if re.fullmatch(r"(共|只|仅|计|合计)?(有|为|是|计)|共|合计", clause.strip()) and cut > 0 and left[cut] in "，,":
        return _clause(left[:cut]) + left[cut:].replace("，", "").replace(",", "")
    return clause


def _value(match: re.Match[str]) -> Decimal:
    """The number of a count, in Arabic or Chinese digits."""
    if match.group(1):
        return Decimal(re.sub("[,，]", "", match.group(1))) * (10000 if match.group(3) else 1)
    total, digit = 0, 0
    for char in match.group(5):
        if char in "十百":
            total, digit = total + (digit or 1) * (10 if char == "十" else 100), 0
        else:
            digit = _CHINESE[char]
    return Decimal(total + digit)


def _listed(words: str) -> list[tuple[Meaning, Family]]:
    """The meanings named one after another before 分别为, from the last point on."""
    tail = re.split(r"[；;：:。]|其中", words)[-1]
    tail = tail[max((found.end() for found in _COUNT.finditer(tail)), default=0) :]
    tail = re.sub("(?<=自然人)和", "，", tail.replace("、", "，"))
    found: list[tuple[int, Meaning, Family]] = [
        (match.start(), meaning, family)
        for pattern, meaning, family in _RESULT_WORDS
        if family in ("result", "applicant")
        for match in pattern.finditer(tail)
    ]
    return [(meaning, family) for _, meaning, family in sorted(found, key=lambda each: each[0])]


#: A government's own papers are fewer than those of all its departments, which the table counts.
_OWN_PAPERS = re.compile(
    r"(省|市|县|区|旗|盟)(委、?)?(人民)?政府(办公?(室|厅)?)?(本级)?(新?制发|新?制定|出台|印发|公布)|名义"
)


def _of_the_office(clause: str, family: Family) -> bool:
    return family == "norm" and _OWN_PAPERS.search(clause) is not None


def _of_something_else(before: str) -> bool:
    """Whether the sentence has turned from requests to hotlines, letters and the like."""
    before = re.sub(r"信访.{0,2}举报.{0,2}投诉类?(申请|事项)?", "公开申请", before)  # a row of table 2
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


def _norm(before: str, clause: str) -> Meaning:
    """Which number of table 1 is spoken of; a clause that says only 废止 or 现行有效 goes on about what was named."""
    if re.search(r"规章(和|及|、|与|或)(行政)?规范性文件|规章制度", before):
        return ""
    for pattern, meaning in _NORM_WORDS:
        if pattern.search(clause):
            return meaning
    topics = list(re.finditer(r"规范性文件|(政府|部门)规章|规章", before))
    if topics and not re.search(r"其中|名义|修订|修改", before[topics[-1].end() :]):
        row = "normative_documents" if topics[-1].group() == "规范性文件" else "regulations"
        bare = re.sub(r"^(并|已|共|宣布|目前|的|其中)|[共为有的]$", "", clause)
        if column := {"废止": "repealed", "现行有效": "valid"}.get(bare):
            return f"norm:{row}:{column}"
    return ""


def _meaning(
    before: str, left: str, clause: str, right: str, group: str, *, disputes: bool, requests: bool
) -> tuple[Meaning, Family]:
    if disputes:
        if group and _NO_OUTCOME.search(clause):
            return "", ""
        for words in (clause, right):
            outcome = next((name for pattern, name in _OUTCOMES if pattern.search(words)), None)
            if outcome and group:
                return f"dispute:{group}:{outcome}", "outcome"
        if group and _group(clause):
            return f"dispute:{group}:total", "dispute"
        if group and (_group(left) or not _REQUEST_TALK.search(clause)):
            return "", ""
    if norm := _norm(before, clause):
        return norm, "norm"
    if not requests:
        return "", ""
    if _CHANNEL.search(clause) or (not _says(clause) and _CHANNEL.search(right)):
        return "", "channel"
    said = _says(clause)
    if said and said[1] == "result" and (both := _together(left)):
        return both, "result"
    return said or _says(right if len(right) <= 14 else "") or ("", "")


_TOGETHER = re.compile(r"(?<!不)(予以|给予)?公开(的)?(及|和|、|与|或|以及)部分(予以)?公开")


def _together(left: str) -> Meaning:
    """予以公开和部分公开 counted in one number."""
    return (
        "granted+partly_granted" if (found := _TOGETHER.search(left)) and not _COUNT.search(left[found.end() :]) else ""
    )


def _says(words: str) -> tuple[Meaning, Family] | None:
    """The meaning whose words stand nearest to the number."""
    best: tuple[int, Meaning, Family] | None = None
    reason: tuple[int, Meaning] | None = None
    for pattern, meaning, family in _RESULT_WORDS:
        for match in pattern.finditer(words):
            if best is None or match.end() > best[0]:
                best = (match.end(), meaning, family)
            if family == "" and "等" not in words[match.end() :]:
                reason = (match.end(), meaning)
    if best is None:
        return None
    if reason is not None and best[1].startswith("section:"):
        return reason[1], ""  # 因属于国家秘密不予公开 is the row of that reason
    return best[1], best[2]


def cells_of(meaning: Meaning) -> tuple[tuple[str, str, str], ...]:
    """The cells whose sum a meaning stands for, as (table, row, column); () where no cell holds it."""
    if "+" in meaning:
        return tuple(cell for part in meaning.split("+") for cell in cells_of(part))
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
