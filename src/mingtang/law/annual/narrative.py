"""The narrative against the tables, and against itself: counts, sums of parts, shares, growth."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from mingtang.law.annual.cells import shown
from mingtang.law.annual.claims import Claim, Sentence, cells_of
from mingtang.law.annual.finding import Finding, Severity
from mingtang.law.annual.identities import TABLE_1, TABLE_2, TABLE_3
from mingtang.law.annual.schema import (
    DISPUTE_LABELS,
    NORM_COLUMN_LABELS,
    NORM_LABELS,
    OUTCOME_LABELS,
    RESULT_ROWS,
    ROW_LABELS,
)
from mingtang.law.annual.tables import Tables
from mingtang.law.requests import Section

CHAPTERS = "annual-report-format.chapters"
_SHARE = re.compile(
    r"占(比为?|[^，。；、\d%％]{0,14}?的?|[^，。；、\d%％]{0,14}比例为?)(约|近)?\s*(\d+(?:\.\d+)?)\s*[%％]"
)
_SHARES = re.compile(r"分别占[^\d]{0,14}((?:\d+(?:\.\d+)?\s*[%％][、，和及]?\s*){2,})")
_GROWTH = re.compile(
    r"(?P<base>同比|比上年|较上年|比去年|较去年|与上年(?:度)?相比|与去年相比|较(?:20\d\d)年|比(?:20\d\d)年)(?:度)?[，,]?"
    r"(?P<way>增长|增加|上升|提高|增幅|减少|下降|降低|回落|降幅)了?(?:为|达)?"
    r"(?:(?P<by>\d+)\s*(?:件|条|份|宗|次|起)[，,、]?(?:(?:同比)?(?P<then>增长|增加|上升|减少|下降|降低|回落|增幅|降幅)率?了?(?:为|达)?)?)?"
    r"(?:(?P<about>约|近)?(?P<percent>\d+(?:\.\d+)?)\s*(?P<times>[%％]|倍))?"
)
_UP = ("增长", "增加", "上升", "提高", "增幅", "多")
_UNITS = r"\s*(?:件次|件|条|份|宗|次|起|个)"
#: 由上年的 40 件增加到 45 件，增长 12.5%
_FROM_TO = re.compile(
    rf"(?:由|从)(?:上年|去年|上一年|20\d\d年)(?:度)?的?(?P<then>\d+){_UNITS}(?P<way>增加|增长|上升|提高|减少|下降|降低)(?:到|至|为)"
    rf"(?:今年|本年|20\d\d年)?的?(?P<now>\d+){_UNITS}[，,、]?(?:同比|比上年|较上年|较去年)?"
    rf"(?:(?P<said>增长|增加|上升|减少|下降|降低|增幅|降幅)率?(?:为|达)?(?P<about>约|近)?(?P<percent>\d+(?:\.\d+)?)\s*[%％])?"
)
#: 23 件，较 2022 年的 28 件减少 5 件
_AGAINST = re.compile(
    rf"(?P<now>\d+){_UNITS}[，,、]?(?:相?比|较)(?:上年|去年|上一年|20\d\d年)(?:度)?(?:的|为)?(?P<then>\d+){_UNITS}[，,]?"
    rf"(?P<way>增加|增长|上升|减少|下降|降低|多|少)了?(?:(?P<by>\d+){_UNITS})?"
    rf"(?:[，,]?(?:增长|增加|上升|减少|下降|降低|增幅|降幅)?率?(?:为|达)?(?P<about>约|近)?(?P<percent>\d+(?:\.\d+)?)\s*[%％])?"
)


def value_of(tables: Tables, meaning: str) -> Decimal | None:
    """The number that the tables hold for a meaning; None where a cell is missing or unreadable."""
    cells = cells_of(meaning)
    found = [_cell(tables, *cell) for cell in cells]
    known = [value for value in found if value is not None]
    absent_in_old_form = tables.form == "2019" and len(known) < len(found)
    if not known or (len(known) < len(found) and not absent_in_old_form):
        return None
    return sum(known, Decimal(0))


def _cell(tables: Tables, table: str, row: str, column: str) -> Decimal | None:
    if table == "requests":
        return tables.request(row, column)
    return tables.dispute(row, column) if table == "disputes" else tables.norm(row, column)


def words_for(meaning: str) -> str:
    """What a meaning is called in a message."""
    if "+" in meaning:
        return "与".join(words_for(part) for part in meaning.split("+")) + "之和"
    kind, _, rest = meaning.partition(":")
    if kind == "section":
        return f"表二“{Section[rest].label}”各行总计之和"
    if kind == "applicant":
        return "表二“本年新收”行的法人或其他组织各列之和" if rest == "organisations" else "表二“本年新收”行的相应列"
    if kind == "dispute":
        group, _, outcome = rest.partition(":")
        name = "行政诉讼（两种之和）" if group == "litigation" else DISPUTE_LABELS[group]
        return f"表三“{name}”的“{OUTCOME_LABELS[outcome]}”"
    if kind == "norm":
        row, _, column = rest.partition(":")
        return f"表一“{NORM_LABELS[row]}”的“{NORM_COLUMN_LABELS[column]}”"
    return f"表二“{ROW_LABELS.get(kind, kind)}”的总计"


def _rule(meaning: str) -> tuple[str, ...]:
    return (TABLE_3 if meaning.startswith("dispute") else TABLE_1 if meaning.startswith("norm") else TABLE_2,)


def against_tables(claims: Sequence[Claim], tables: Tables) -> Iterator[Finding]:
    """Counts of the narrative that are not what the tables say."""
    for claim in claims:
        if not claim.meaning or claim.rough or claim.foreign or claim.change:
            continue
        if claim.meaning in ("answered", "accepted"):
            yield from _loosely(claim, tables)
            continue
        told = value_of(tables, claim.meaning)
        if told is None or told == claim.value or claim.value in _excused(claim, tables):
            continue
        yield Finding(
            "text_vs_table", "error", "正文",
            f"正文写“{claim.clause.strip()}”，{words_for(claim.meaning)}是 {shown(told)}，请核对哪个是对的。",
            shown(told), shown(claim.value), claim.clause, _rule(claim.meaning), claim.start, claim.end,
        )  # fmt: skip


def _excused(claim: Claim, tables: Tables) -> set[Decimal]:
    """Other readings that are right too: 共收到 with those carried over, the new form's organisations with a total."""
    sums: set[Decimal] = set()
    new, old = tables.request("new", "total"), tables.request("carried_over", "total")
    if claim.meaning == "new" and new is not None and old is not None and _with_old(claim):
        sums.add(new + old)
    done = tables.request("total", "total")
    if claim.meaning == "total" and done is not None and old is not None:
        sums.add(done - old)  # 办结 said of this year's requests alone
    return sums


def _with_old(claim: Claim) -> bool:
    """Whether a number may hold those carried over from last year."""
    return bool(re.search(r"共|累计|含|合计", claim.clause) or re.match(r"[（(，,]?(其中)?(含|包括|包含)", claim.after))


def _loosely(claim: Claim, tables: Tables) -> Iterator[Finding]:
    """答复 and 受理 may count several things: only a number that fits none of them is told."""
    names = (("new", "total"), ("total", "total"), ("carried_over", "total"))
    new, done, old = (tables.request(row, column) for row, column in names)
    if new is None or done is None or old is None:
        return
    abandoned = sum((tables.request(row, "total") or Decimal(0) for row in RESULT_ROWS[Section.OTHER]), Decimal(0))
    fitting = {new, done, new + old, done - abandoned, done - old}
    if claim.value in fitting or claim.value < done / 2:
        return
    what = "办理结果总计" if claim.meaning == "answered" else "本年新收"
    told = done if claim.meaning == "answered" else new
    yield Finding(
        "text_vs_table", "warning", "正文",
        f"正文写“{claim.clause.strip()}”，表二的{what}是 {shown(told)}，请核对口径。",
        shown(told), shown(claim.value), claim.clause, (TABLE_2,), claim.start, claim.end,
    )  # fmt: skip


_NONE_RECEIVED = re.compile(
    r"(未|没有|无)(收到|接到|受理)(?![^，。；]{0,12}(复议|诉讼|涉及|有关|关于|针对))[^，。；]{0,10}((信息公开|公开)申请|依申请公开)"
)
_NO_REVIEW = re.compile(
    r"(未|没有|无)(发生|收到|出现|产生|有)[^，。；]{0,14}复议|(没有|无)(因|被)?[^，。；经]{0,14}复议"
)
_NO_LITIGATION = re.compile(
    r"(未|没有|无)(发生|收到|出现|产生|有)[^，。；]{0,20}诉讼|(没有|无)(因|被)?[^，。；经]{0,20}诉讼"
)


def denials(found: Sequence[Sentence], tables: Tables) -> Iterator[Finding]:
    """没有收到申请, 未发生复议、诉讼: said of a year in which the tables count some."""
    for sentence in found:
        if re.search(r"败诉|纠正|纠错|撤销", sentence.text):
            continue
        for pattern, meaning in (
            (_NONE_RECEIVED, "new"),
            (_NO_REVIEW, "dispute:review:total"),
            (_NO_LITIGATION, "dispute:litigation:total"),
        ):
            match = pattern.search(sentence.text)
            if match is None or (meaning != "new" and not _of_disclosure(sentence)):
                continue
            told = value_of(tables, meaning)
            if told:
                start = sentence.start + match.start()
                yield Finding(
                    "text_vs_table", "error", "正文",
                    f"正文写“{match.group()}”，{words_for(meaning)}是 {shown(told)}。",
                    shown(told), "0", match.group(), _rule(meaning), start, start + len(match.group()),
                )  # fmt: skip


def _of_disclosure(sentence: Sentence) -> bool:
    return sentence.chapter in (3, 4) or "信息公开" in sentence.text or "政务公开" in sentence.text


def sums(found: Sequence[Sentence], claims: Sequence[Claim]) -> Iterator[Finding]:
    """共 A 件，其中 B 件、C 件: parts that are more than the whole, or a whole partition that is not the whole."""
    by_sentence: dict[int, list[Claim]] = {}
    for claim in claims:
        by_sentence.setdefault(claim.sentence, []).append(claim)
    for index, counted in by_sentence.items():
        sentence = found[index]
        for match in re.finditer(r"其中|包括|包含|分别(为|是)|[：:]|(?<=[件条份宗起])[（(]", sentence.text):
            place = sentence.start + match.start()
            if match.group() in "：:（(" and re.match(r"(其中|含|包括|另)", sentence.text[match.end() :]):
                continue
            whole = next((c for c in reversed(counted) if c.end <= place and not c.change), None)
            if match.group() in "：:" and whole is not None and place - whole.end > 12:
                continue
            if whole is not None and whole.meaning == "carried_over":  # 收到 9 件，上年结转 1 件，其中 … : of both
                whole = _with_new(whole, counted)
            later = [c for c in counted if c.start >= place]
            parts = _parts(sentence, whole, later)
            if whole is not None and len(parts) >= 2:
                yield from _sum_finding(whole, parts)


#: Where a list of parts ends: another list, another sentence part, a new whole.
_LIST_ENDS = re.compile(r"其中|[；;]|[，,、]\s*(?:全年|累计)?(?:一?共|合计|总计)")


def _with_new(old: Claim, counted: Sequence[Claim]) -> Claim | None:
    """What was received this year and what was carried over, as one number; None where the first is not told."""
    new = next((c for c in counted if c.meaning in ("new", "accepted") and c.end <= old.start), None)
    return replace(new, value=new.value + old.value, end=old.end) if new is not None else None


def _parts(sentence: Sentence, whole: Claim | None, later: list[Claim]) -> list[Claim]:
    """The numbers of one list: of one kind, at one depth, up to the next 其中 or the end of the sentence."""
    parts: list[Claim] = []
    for claim in later:
        between = sentence.text[
            (parts[-1].end if parts else later[0].start) - sentence.start : claim.start - sentence.start
        ]
        if parts and _LIST_ENDS.search(between):
            break
        if claim.change or claim.rough or claim.depth != later[0].depth or (whole and claim.foreign != whole.foreign):
            continue
        parts.append(claim)
    families = {claim.family for claim in parts}
    return parts if len(families) == 1 else []


def _sum_finding(whole: Claim, parts: list[Claim]) -> Iterator[Finding]:
    total = sum((part.value for part in parts), Decimal(0))
    if total == whole.value or whole.rough:
        return
    meanings = {part.meaning for part in parts}
    complete = meanings >= {"applicant:natural", "applicant:organisations"} or (
        len([m for m in meanings if m.startswith("section:") or m in ("granted", "partly_granted")]) == 6
    ) or {m.rpartition(":")[2] for m in meanings} >= {"upheld", "corrected", "other", "pending"}  # fmt: skip
    channels = parts[0].family == "channel"
    if total < whole.value and not complete and ((len(parts) < 3 and not channels) or _open_ended(parts)):
        return
    if parts[0].family == "" and (parts[0].unit != whole.unit or (total > whole.value and len(parts) < 3)):
        return
    sure = complete or total > whole.value
    hint: Severity = "warning" if parts[0].family or re.search(r"其[他它]", parts[-1].clause) else "note"
    listed = " + ".join(shown(part.value) for part in parts)
    yield Finding(
        "text_sum", "error" if sure else hint, "正文",
        f"“{whole.clause.strip()}”之后的分项 {listed} = {shown(total)}，与 {shown(whole.value)} 不符"
        f"{'' if sure else '；分项没有列全的，请写“等”或补全'}。",
        shown(whole.value), shown(total), "，".join(part.clause.strip() for part in parts), (CHAPTERS,),
        whole.start, parts[-1].end,
    )  # fmt: skip


def _open_ended(parts: list[Claim]) -> bool:
    """Whether a list says that it is not whole: …等."""
    return bool(re.match(r"等|以上", parts[-1].after)) or "等" in parts[-1].clause


def shares(found: Sequence[Sentence], claims: Sequence[Claim], tables: Tables) -> Iterator[Finding]:
    """占 …%: a share that none of the possible wholes gives."""
    for index, sentence in enumerate(found):
        counted = [claim for claim in claims if claim.sentence == index and not claim.change]
        taken: set[int] = set()
        for match in _SHARES.finditer(sentence.text):
            percents = re.findall(r"\d+(?:\.\d+)?", match.group(1))
            before = [c for c in counted if c.end <= sentence.start + match.start()][-len(percents) :]
            taken.update(range(match.start(), match.end()))
            if len(before) == len(percents):
                for claim, percent in zip(before, percents, strict=True):
                    yield from _share(sentence, match, claim, percent, counted, tables, rough=False)
        for match in _SHARE.finditer(sentence.text):
            if match.start() in taken or "分别" in sentence.text[max(0, match.start() - 2) : match.start()]:
                continue
            place = sentence.start + match.start()
            part = next((c for c in reversed(counted) if c.end <= place and place - c.end <= 20), None)
            if behind := re.match(r"[（(]", sentence.text[match.end() :]):
                at = sentence.start + match.end() + behind.end()
                part = next((c for c in counted if 0 <= c.start - at <= 3), part)
            if part is not None and (part.family or _whole_told(part, counted)):
                yield from _share(sentence, match, part, match.group(3), counted, tables, rough=bool(match.group(2)))


def _whole_told(part: Claim, counted: Sequence[Claim]) -> bool:
    """Whether the sentence itself tells of what a number that is in no table is a share."""
    return any(c.unit == part.unit and c.value >= part.value and c.start < part.start for c in counted)


def _share(
    sentence: Sentence, match: re.Match[str], part: Claim, percent: str, counted: Sequence[Claim], tables: Tables,
    *, rough: bool,
) -> Iterator[Finding]:  # fmt: skip
    said = Decimal(percent)
    places = len(percent.partition(".")[2])
    wholes = [c.value for c in counted if c.start < part.start and c.value >= part.value]
    listed = [c.value for c in counted if c.family == part.family]
    if part.family:
        new, old = tables.request("new", "total"), tables.request("carried_over", "total")
        done = tables.request("total", "total")
        both = [new + old] if new is not None and old is not None else []
        wholes += [value for value in (new, done, *both) if value is not None]
    wholes += [sum(listed, Decimal(0))]
    wholes = [whole for whole in wholes if whole > 0]
    slack = Decimal(1) if rough else Decimal(1).scaleb(-places)  # cut instead of rounded is no error
    if not wholes or any(abs(part.value * 100 / whole - said) < slack for whole in wholes):
        return
    likely = part.value * 100 / wholes[0]
    right = likely.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    start = sentence.start + match.start()
    yield Finding(
        "text_share", "error", "正文",
        f"“{part.clause.strip()}”写的是占 {percent}%，按 {shown(part.value)}÷{shown(wholes[0])} 应为 {right}%。",
        f"{right}%", f"{percent}%", sentence.text[part.start - sentence.start : match.end()], (CHAPTERS,),
        start, sentence.start + match.end(),
    )  # fmt: skip


def growth(found: Sequence[Sentence], claims: Sequence[Claim], before: Tables | None) -> Iterator[Finding]:
    """同比增长 …%: against what the sentence itself says of last year, and against last year's report."""
    for index, sentence in enumerate(found):
        counted = [claim for claim in claims if claim.sentence == index]
        yield from _told_both(sentence)
        for match in _GROWTH.finditer(sentence.text):
            place = sentence.start + match.start()
            now = next((c for c in reversed(counted) if c.end <= place and place - c.end <= 12 and not c.change), None)
            if now is None or now.rough or not (match["by"] or match["percent"]):
                continue
            sign = 1 if match["way"] in _UP else -1
            said = 1 if (match["then"] or match["way"]) in _UP else -1
            by = Decimal(match["by"]) * sign if match["by"] else None
            then = now.value - by if by is not None else None
            told = value_of(before, now.meaning) if before is not None and cells_of(now.meaning) else None
            base = told if told is not None and not now.foreign else then
            yield from _growth(sentence, match, now, by, base, said, from_report=base is told and told is not None)


def _told_both(sentence: Sentence) -> Iterator[Finding]:
    """Sentences that give both years' numbers: their difference, its direction and its share."""
    for pattern in (_FROM_TO, _AGAINST):
        for match in pattern.finditer(sentence.text):
            now, then, up = Decimal(match["now"]), Decimal(match["then"]), match["way"] in _UP
            by = match.groupdict().get("by")
            wrong = ((now > then) != up and now != then) or (by is not None and abs(now - then) != Decimal(by))
            right = abs(now - then) * 100 / then if then else None
            percent = match["percent"]
            if percent is not None and right is not None:
                slack = Decimal(1) if match["about"] else Decimal(1).scaleb(-len(percent.partition(".")[2]))
                wrong = wrong or abs(right - Decimal(percent)) >= slack
            if not wrong:
                continue
            start, end = sentence.start + match.start(), sentence.start + match.end()
            share = f"，{right.quantize(Decimal('0.1'), ROUND_HALF_UP)}%" if right is not None else ""
            told = f"{'增加' if now >= then else '减少'} {shown(abs(now - then))}{share}"
            yield Finding(
                "text_growth", "error", "正文", f"“{match.group()}”：从 {shown(then)} 到 {shown(now)} 应为{told}。",
                told, match.group(), match.group(), (CHAPTERS,), start, end,
            )  # fmt: skip


def _growth(
    sentence: Sentence, match: re.Match[str], now: Claim, by: Decimal | None, base: Decimal | None, sign: int,
    *, from_report: bool,
) -> Iterator[Finding]:  # fmt: skip
    start, end = sentence.start + match.start(), sentence.start + match.end()
    quote = sentence.text[now.start - sentence.start : match.end()]
    whence = "上年报告" if from_report else "本句"
    if from_report and by is not None and base is not None and now.value - base != by:
        yield Finding(
            "text_growth", "error", "正文",
            f"“{quote}”：上年报告是 {shown(base)}，本年 {shown(now.value)}，增减应为 {shown(now.value - base)}。",
            shown(now.value - base), shown(by), quote, (CHAPTERS,), start, end,
        )  # fmt: skip
    if not match["percent"] or base is None or base <= 0:
        return
    places = len(match["percent"].partition(".")[2])
    right = (now.value - base) * (1 if match["times"] == "倍" else 100) / base
    slack = Decimal(1) if match["about"] else Decimal(1).scaleb(-places)
    if abs(right - Decimal(match["percent"]) * sign) < slack:
        return
    if match["times"] == "倍":
        right, places = right * 100, 1
    rounded = right.quantize(Decimal(1).scaleb(-max(places, 1)), ROUND_HALF_UP)
    yield Finding(
        "text_growth", "error", "正文",
        f"“{quote}”：按{whence}上年数 {shown(base)} 计算，应为{'增长' if right >= 0 else '下降'} {abs(rounded)}%。",
        f"{rounded}%", f"{'' if sign > 0 else '-'}{match['percent']}%", quote, (CHAPTERS,), start, end,
    )  # fmt: skip
