"""The form of a report: chapters, years and dates, whose name it bears, when it came out, fees and units."""

import datetime
import re
from collections.abc import Iterator
from decimal import Decimal

from mingtang.law.annual.cells import Number, number, shown, squeezed
from mingtang.law.annual.claims import Sentence
from mingtang.law.annual.finding import Finding
from mingtang.law.annual.report import Chapter, Report
from mingtang.law.annual.schema import CHAPTERS
from mingtang.law.publication import annual_report_due

FORMAT = "annual-report-format.chapters"
#: Bodies whose report is a government's; townships have no day of their own and are held to the later one.
_GOVERNMENT = re.compile(r"(省|市|县|区|旗|州|盟|自治区|镇|乡|苏木|街道|办事处|公署|行署)(人民政府)?$|人民政府$")
_COMPARING = re.compile(
    r"同比|相比|上年|去年|以来|起|截至|截止|至今|自20|从20|与20|较20|比20|《|〔|印发|制定|发布的|历年|近年"
    r"|对照|针对|根据|按照|依据|年报|年度报告|考核|反馈|评估|测评|通报|结转|遗留"
)
#: A sentence that is about a year: the year stands at its head, before a comma or what was done.
_YEAR_HEAD = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十\d]+[）).．、])?(?:[^，。\d]{0,10}[。：:])?(?:在|回顾|纵观|本(?:单位|机关|局|委|办|镇|乡|街道)|我[一-龥]{1,2}|全[省市县区旗镇])?(20\d\d)年(?:度)?"
    r"(?=[，,]|(?:我|本|全|共|各|累计|通过|收到|组织|开展|召开|举办|公开|发布|制发|印发|办理|受理|坚持|认真|深入|围绕|严格|按照|聚焦|持续|主动"
    r"|[一-龥]{2,6}(?:局|委|办|政府|县|市|区|旗|镇|乡)(?!决算|预算)))"
)
_CLOSING = re.compile(r"截[至止]到?\s*(20\d\d)年\s*12月|现将[^。；]{0,30}?(20\d\d)年(?:度)?(?:政府信息公开|政务公开)")
_PERIOD = re.compile(r"(20\d\d)年\s*1月\s*1日(?:起)?\s*(?:至|到|—|-|－|~|～)+\s*(?:(20\d\d)年)?\s*12月\s*31日")
_DATE = re.compile(r"(20\d\d)年(\d{1,2})月(\d{1,2})日")
_OTHER_REPORT = re.compile(
    r"([一-龥]{3,20}(?:局|委|委员会|政府|办公室|厅|办|镇|乡|苏木|街道|中心|院|旗|县|区|市))(?:20\d\d年(?:度)?|年度)?"
    r"政府信息公开(?:工作)?(?:年度)?(?:工作)?(?:报告|年报)"
)
_ACTING = re.compile(
    r"(?:^|[，。；\s])([一-龥]{2,5}?(?:县|旗|区|市|镇|乡|街道)(?:[一-龥]{2,9}?(?:局|委员会|办公室))?)"
    r"(?:委、?)?(?:政府|人民政府)?(?:认真|深入|严格|积极|持续|切实|坚持|高度|全面|不断)"
)
_GENERAL = re.compile(r"^(全|我|各|本|该|辖|城|园|社|地|景|开发|自治|试验|示范|功能|片|灾|山|牧|农|新)")
_FEE = re.compile(
    r"(?:(?:信息)?处理费|收取|收费(?!通知)|收缴|总?金额|合计|共计|总计)[^，。；\d]{0,20}(\d[\d,]*(?:\.\d+)?)\s*(万)?元"
)
_CHARGES = re.compile(r"行政事业性收费[^，。；\d]{0,16}(\d[\d,]*(?:\.\d+)?)\s*(亿元|万元|元)")


def chapters(report: Report) -> Iterator[Finding]:
    """Chapters that are missing, out of order or empty."""
    seen = [chapter.number for chapter in report.chapters if chapter.number]
    for place, title, _ in CHAPTERS:
        if place not in seen:
            yield Finding(
                "missing_chapter", "error", f"第{'一二三四五六'[place - 1]}部分",
                f"没有找到“{title}”这一部分；没有内容的也要保留标题并写明“无”。", title, "", rules=(FORMAT,),
            )  # fmt: skip
    first = list(dict.fromkeys(seen))
    if first != sorted(first) and not _tables_apart(report):
        order = "、".join(str(number) for number in first)
        yield Finding(
            "chapter_order", "warning", "全文", f"各部分的顺序是 {order}，应当依格式从一到六。", rules=(FORMAT,)
        )
    for chapter in report.chapters:
        if chapter.number == 5 and re.fullmatch(r"\W*(无|没有|暂无|不存在问题)\W*", _said(chapter)):
            yield Finding(
                "empty_chapter", "warning", f"“{chapter.heading}”", "只写了“无”；请写明存在的问题和改进的措施。",
                quote=_said(chapter), rules=(FORMAT,), start=chapter.start, end=chapter.start + len(chapter.heading),
            )  # fmt: skip
        if (
            chapter.number
            and not chapter.characters
            and not chapter.tables
            and not _table_found(report, chapter.number)
        ):
            yield Finding(
                "empty_chapter", "warning", f"“{chapter.heading}”", "这一部分只有标题，没有内容；没有情况的请写“无”。",
                quote=chapter.heading, rules=(FORMAT,), start=chapter.start, end=chapter.start + len(chapter.heading),
            )  # fmt: skip


def _said(chapter: Chapter) -> str:
    return "".join(passage.text for passage in chapter.paragraphs)


def _tables_apart(report: Report) -> bool:
    """Whether the narrative is in order and only bare tables stand apart from it, as in a workbook's own sheets."""
    written = [chapter.number for chapter in report.chapters if chapter.number and chapter.characters]
    order = list(dict.fromkeys(written))
    bare = all(chapter.tables and not chapter.characters for chapter in report.chapters[-1:])
    return bare and order == sorted(order) and set(order) >= {1, 5}


def _table_found(report: Report, number: int) -> bool:
    """Whether the chapter's table was read, wherever in the file it stands."""
    tables = {2: report.tables.norms, 3: report.tables.requests, 4: report.tables.disputes}
    return bool(tables.get(number))


def length(report: Report) -> Iterator[Finding]:
    """A narrative too short to report a year's work."""
    written = sum(len("".join(text.split())) for text, _, _ in report.passages)
    if report.chapters and 0 < written < 400:
        yield Finding(
            "short", "note", "正文", f"正文只有 {written} 字，难以说明一年的工作；请补充做法、数据和问题。",
            found=str(written), rules=(FORMAT,),
        )  # fmt: skip


def years(report: Report, sentences: list[Sentence]) -> Iterator[Finding]:
    """Last year's year left standing, the period of the figures, days that the calendar does not have."""
    if report.year is None:
        yield Finding("year_slip", "warning", "标题", "标题和开头都没有写明报告的年份。", rules=(FORMAT,))
        return
    for sentence in sentences:
        yield from _period(report.year, sentence)
        yield from _dates(sentence)
        yield from _closings(report.year, sentence)
        head = _YEAR_HEAD.match(sentence.text)
        if head and int(head.group(1)) == report.year - 1 and not _COMPARING.search(sentence.text[: head.end() + 24]):
            start = sentence.start + head.start(1)
            yield Finding(
                "year_slip", "warning", "正文",
                f"这是 {report.year} 年的报告，此处写的是 {head.group(1)} 年，请核对是否为上年文字。",
                f"{report.year}年", f"{head.group(1)}年", sentence.text[:60], (FORMAT,), start, start + 5,
            )  # fmt: skip


def _closings(year: int, sentence: Sentence) -> Iterator[Finding]:
    """截至上年 12 月, 现将上年报告: words that last year's report was closed with."""
    for match in _CLOSING.finditer(sentence.text):
        said = match.group(1) or match.group(2)
        if int(said) != year - 1:
            continue
        start = sentence.start + match.start(1 if match.group(1) else 2)
        yield Finding(
            "year_slip", "warning", "正文", f"这是 {year} 年的报告，此处写的是 {said} 年，请核对是否为上年文字。",
            f"{year}年", f"{said}年", sentence.text[:60], (FORMAT,), start, start + 4,
        )  # fmt: skip


def _period(year: int, sentence: Sentence) -> Iterator[Finding]:
    for match in _PERIOD.finditer(sentence.text):
        if {match.group(1), match.group(2) or match.group(1)} == {str(year)}:
            continue
        start = sentence.start + match.start()
        yield Finding(
            "year_slip", "error", "正文", f"统计期限应为 {year} 年 1 月 1 日至 12 月 31 日，写的是“{match.group()}”。",
            str(year), match.group(), match.group(), (FORMAT,), start, start + len(match.group()),
        )  # fmt: skip


def _dates(sentence: Sentence) -> Iterator[Finding]:
    for match in _DATE.finditer(sentence.text):
        try:
            datetime.date(*(int(part) for part in match.groups()))
        except ValueError:
            start = sentence.start + match.start()
            yield Finding(
                "date", "error", "正文", f"没有“{match.group()}”这一天。", found=match.group(), quote=match.group(),
                start=start, end=start + len(match.group()),
            )  # fmt: skip


def names(report: Report, sentences: list[Sentence]) -> Iterator[Finding]:
    """Another body's name where the report names itself: a mark of copying."""
    own = squeezed(report.body)
    if len(own) < 2:
        return
    for sentence in sentences:
        for pattern in (_OTHER_REPORT, _ACTING):
            for match in pattern.finditer(sentence.text):
                other = re.sub(r"^.*?(由|将|发布|公布|公开|编制|现|是|年)", "", match.group(1))
                if len(other) < 2 or _GENERAL.match(other) or same_place(own, other) or report.text.count(other) > 2:
                    continue
                start = sentence.start + match.start(1)
                yield Finding(
                    "other_body", "warning", "正文",
                    f"报告是“{report.body}”的，此处出现“{other}”，请核对是否照搬了他处的文字。",
                    report.body, other, match.group(), (FORMAT,), start, start + len(match.group(1)),
                )  # fmt: skip


_PLACE = re.compile(r"^[一-龥]{2,6}?(县|旗|区|市|镇|乡|街道)")
#: Places of one level: a county's neighbour is another county, never its own city.
_LEVELS = ("县旗区", "市", "镇乡街道")


def same_place(own: str, other: str) -> bool:
    """Whether two names may be of one body, or of bodies one above the other."""
    if other in own or own in other or own[:2] == other[:2] or other[:-1] in own:
        return True
    mine, theirs = _PLACE.match(own), _PLACE.match(other)
    if mine and theirs and mine.group() != theirs.group():
        return not any(mine.group(1) in level and theirs.group(1) in level for level in _LEVELS)
    return own[-3:] == other[-3:]


def timing(report: Report) -> Iterator[Finding]:
    """Published after the last day: 31 January for departments, 31 March for governments."""
    if report.year is None or report.published_on is None:
        return
    government = bool(_GOVERNMENT.search(squeezed(report.body)))
    due = annual_report_due(report.year, government=government)
    if report.published_on > due.due:
        day = "落款日期" if report.signed else "页面写的公布日期"
        yield Finding(
            "late", "error", "公布日期",
            f"{'政府' if government else '部门'}的 {report.year} 年报告最迟应在 {due.due.isoformat()} 公布，{day}"
            f"是 {report.published_on.isoformat()}，晚 {due.late_by(report.published_on)} 天。",
            due.due.isoformat(), report.published_on.isoformat(), rules=tuple(rule.id for rule in due.rules),
        )  # fmt: skip


def money(report: Report, sentences: list[Sentence]) -> Iterator[Finding]:
    """Fees that no schedule can give, and charges whose unit is not the table's."""
    charged = report.tables.norms.get("charges", {}).get("amount")
    for sentence in sentences:
        for match in _FEE.finditer(sentence.text) if _of_fee(sentence) else ():
            amount = Decimal(match.group(1).replace(",", "")) * (10000 if match.group(2) else 1)
            by_item = "按件" in sentence.text and "按量" not in sentence.text and "按页" not in sentence.text
            if amount % (100 if by_item else 10):
                start = sentence.start + match.start(1)
                yield Finding(
                    "fee", "error", "正文",
                    f"信息处理费 {shown(amount)} 元不可能：按件每件 100 元起，按量每页 10、20、40 元，"
                    f"总额应为 {100 if by_item else 10} 元的整数倍。",
                    f"{100 if by_item else 10} 的整数倍", shown(amount), match.group(),
                    ("information-fee.4", "information-fee.5"), start, start + len(match.group(1)),
                )  # fmt: skip
        for match in _CHARGES.finditer(sentence.text):
            if charged is not None and charged.readable:
                yield from _charge(sentence, match, charged, report.tables.charge_unit)


def _of_fee(sentence: Sentence) -> bool:
    """Whether a sentence speaks of the fee for processing a request, and of no other charge."""
    return re.search(r"信息处理费|处理费", sentence.text) is not None and "事业性收费" not in sentence.text


def _charge(sentence: Sentence, match: re.Match[str], cell: Number, unit: str) -> Iterator[Finding]:
    charged = cell.worth
    said = Decimal(match.group(1).replace(",", ""))
    scale = {"元": Decimal("0.0001"), "万元": Decimal(1), "亿元": Decimal(10000)}
    if abs(said * scale[match.group(2)] - charged) < Decimal("0.01"):
        return
    written = number(cell.raw).worth
    start = sentence.start + match.start(1)
    same_number = said == written
    yield Finding(
        "unit" if same_number else "text_vs_table", "error", "正文",
        f"正文写行政事业性收费 {shown(said)} {match.group(2)}，表一是 {shown(written)} {unit}"
        f"{'，单位不同，请核对' if same_number else '，请核对'}。",
        f"{shown(written)}{unit}", f"{shown(said)}{match.group(2)}", match.group(), ("annual-report-format.table-1",),
        start, start + len(match.group(1)),
    )  # fmt: skip
