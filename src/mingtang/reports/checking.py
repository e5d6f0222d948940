"""The check of a report in work: the engine that checks anybody's report, and what only we can know of our own.

Findings of severity `error` stop submission and release.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from mingtang.law.annual import Finding, check, check_across
from mingtang.law.annual.cells import shown
from mingtang.law.annual.finding import CODES
from mingtang.law.annual.written import WrittenReport, to_report
from mingtang.records.models import Record
from mingtang.reports import filling, queries, versions
from mingtang.reports.filling import Origin, Sheet
from mingtang.reports.models import AnnualReport
from mingtang.review.checks import Check
from mingtang.review.checks import Finding as ReviewFinding
from mingtang.review.checks import Severity as ReviewSeverity
from mingtang.review.checks import register as register_check
from mingtang.review.models import Gate

CHAPTERS, TABLE_1, TABLE_2 = (f"annual-report-format.{name}" for name in ("chapters", "table-1", "table-2"))
SUM = "annual-report-aggregation.sum"
#: Chapters that hold no table: without words there is nothing in them.
NARRATIVE = (1, 5, 6)
#: What the codes of this room's own findings are called.
OWN_CODES = {
    "empty_text": "正文未写",
    "not_imported": "尚无数据",
    "carry_live": "结转与登记不符",
    "recount": "统计数已变化",
    "no_outcome": "上年问题未回应",
    "no_problem": "未列问题",
    "member_changed": "成员报告已变化",
    "member_missing": "成员报告未纳入",
    "open_remark": "意见未答复",
}


def label_of(code: str) -> str:
    """What a finding's code is called."""
    return OWN_CODES.get(code) or CODES.get(code, code)


def findings(report: AnnualReport, *, on: date) -> list[Finding]:
    """Everything that the check finds in the report as it stands, errors first."""
    value = queries.written(report, on=on)
    before = versions.public_before(report)
    found = [*_engine(value, before), *_own(report, value)]
    weight = {"error": 0, "warning": 1, "note": 2}
    return sorted(found, key=lambda each: weight[each.severity])


def blocking(found: list[Finding]) -> list[str]:
    """The errors, each as one line with its place."""
    return [f"{each.where}：{each.message}" for each in found if each.severity == "error"]


def _engine(value: WrittenReport, before: WrittenReport | None) -> Iterator[Finding]:
    """What the engine finds; lateness is a fact that no correction mends, and empty chapters are told below."""
    report = to_report(value)
    earlier = to_report(before) if before else None
    yield from (each for each in check(report, earlier) if each.code not in ("late", "empty_chapter"))
    if earlier is not None:
        yield from (finding for _report, finding in check_across([report, earlier]))


def _own(report: AnnualReport, value: WrittenReport) -> Iterator[Finding]:
    sheet = filling.sheet(report)
    for number in NARRATIVE:
        if not value.chapter(number).paragraphs:
            yield Finding(
                "empty_text", "error", f"第{'一二三四五六'[number - 1]}部分",
                f"“{value.chapter(number).title}”还没有写；没有此项情况的请写明“无”。", rules=(CHAPTERS,),
            )  # fmt: skip
    yield from _missing(sheet)
    yield from _recounted(report, sheet)
    yield from _problems(report, value)
    if report.is_government:
        yield from _members(report)
    for remark in report.remarks.filter(answer=""):
        yield Finding("open_remark", "warning", remark.place or "全文", f"政务公开办的意见还没有答复：{remark.text}")


def _missing(sheet: Sheet) -> Iterator[Finding]:
    for cell in sheet.cells.values():
        if cell.value is None and cell.table == "norms":
            yield Finding(
                "not_imported", "warning", cell.called,
                "还没有数据：请从业务系统导入；没有此项职权的，用“更正”填 0 并写明原因。", rules=(TABLE_1,),
            )  # fmt: skip


def _recounted(report: AnnualReport, sheet: Sheet) -> Iterator[Finding]:
    """Where the count of today differs from what stands: row 2 against the register, frozen numbers against today."""
    live = filling.counted(report)
    asked = filling.Asked(report.year, (report.body.code,))
    for place, cell in live.items():
        kept = sheet.cells[place]
        if cell.origin is Origin.CARRIED and not report.is_government:
            registered = asked.count(*place)
            if registered is not None and registered != cell.base:
                yield Finding(
                    "carry_live", "warning", cell.called,
                    f"上年已公布的“结转下年度”是 {_words(cell.base)}，本系统登记的上年结转是 {_words(registered)}；"
                    "表中用上年公布的数，请查明原因，需要更正的先更正上年报告。",
                    _words(cell.base), _words(registered), rules=(TABLE_2,),
                )  # fmt: skip
        if report.frozen is not None and cell.base != kept.base:
            yield Finding(
                "recount", "note", cell.called,
                f"定稿时是 {_words(kept.base)}，现在的统计数是 {_words(cell.base)}；"
                "如定稿有误，请更正并写明原因。", _words(cell.base), _words(kept.base),
            )  # fmt: skip


def _problems(report: AnnualReport, value: WrittenReport) -> Iterator[Finding]:
    if not value.problems:
        yield Finding(
            "no_problem", "warning", "第五部分", "还没有列出主要问题和改进措施；下一年的报告要逐条回应。",
            rules=(CHAPTERS,),
        )  # fmt: skip
    for problem in queries.unanswered_problems(report):
        yield Finding(
            "no_outcome", "warning", "第五部分", f"上年报告提出的问题“{problem.text}”还没有写明整改结果。",
            rules=(CHAPTERS,),
        )  # fmt: skip


def _members(report: AnnualReport) -> Iterator[Finding]:
    for inclusion in report.included.select_related("member__body", "member__record"):
        if inclusion.digest != versions.digest_of(filling.as_plain(filling.sheet(inclusion.member))):
            yield Finding(
                "member_changed", "error", inclusion.member.body.name,
                "纳入汇总以后这份报告的数据又变了：请重新汇总。", rules=(SUM,),
            )  # fmt: skip
    taken = report.included.values("member")
    left = AnnualReport.objects.filter(year=report.year, kind=AnnualReport.Kind.BODY).exclude(pk__in=taken)
    for other in left.select_related("body"):
        yield Finding(
            "member_missing", "warning", other.body.name,
            f"这份报告“{other.stage_label}”，没有纳入汇总；通过后请重新汇总。", rules=(SUM,),
        )  # fmt: skip


def _words(number: Decimal | None) -> str:
    return "空" if number is None else shown(number)


# --- the record under review ------------------------------------------------------------------------------------------


def find(edition: Record) -> Iterator[ReviewFinding]:
    """What review is told of a record that an annual report is made into."""
    report = AnnualReport.objects.select_related("body", "record").filter(record=edition.pk).first()
    if report is None:
        return
    newest = report.versions.order_by("-number").first()
    if newest is None or newest.shown != versions.digest_of_text(edition.text):
        yield ReviewFinding(
            "reports.same", ReviewSeverity.BLOCK,
            "正文与年度报告的定稿不一致：请退回后在“年度报告”里修改，再重新送审，不要直接改这条信息的正文。",
            Gate.LAW, "text",
        )  # fmt: skip
        return
    value = versions.written_of(newest)
    for finding in _engine(value, versions.public_before(report)):
        severity = {"error": ReviewSeverity.BLOCK, "warning": ReviewSeverity.WARN, "note": ReviewSeverity.NOTE}
        rule = finding.rules[0] if finding.rules else f"reports.{finding.code}"
        yield ReviewFinding(rule, severity[finding.severity], f"{finding.where}：{finding.message}", Gate.LAW, "text")


CHECK = Check("reports.annual", "年度报告校核", Gate.LAW, find)


def register() -> None:
    """Tell `review.checks` the check of annual reports."""
    register_check(CHECK)
