"""The demo's annual reports: three years of two departments, the last year's put together for the government, and
this year's begun.

Their words are the first drafts that the system writes. The numbers of requests before the demo began stand for those
of a paper register, so they come as corrections with that reason; one report was corrected after publication.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from mingtang.bodies.models import Body
from mingtang.demo.place import DEPARTMENT
from mingtang.records import actions as records
from mingtang.records.models import Record
from mingtang.reports import actions, filling
from mingtang.reports.actions import make_files
from mingtang.reports.models import AnnualReport
from mingtang.trace.models import Event

#: Not the demo's own name: by the acts of that one the demo counts its records.
ACTOR = "system:demo-reports"
BODIES, GOVERNMENT = (DEPARTMENT, "wjw"), "qzf"
YEARS = 3
REASON = "平台启用以前的申请，按纸质登记簿补录（演示）"
SYSTEM = "政务服务和行政执法系统（演示）"
#: (row, kind of applicant) of table 2 and how many at most.
ROWS = (
    ("granted", "natural", 30), ("granted", "commercial", 6), ("partly_granted", "natural", 9),
    ("third_party", "natural", 3), ("not_held", "natural", 8), ("petition", "natural", 2),
    ("not_corrected", "natural", 2), ("carried_forward", "natural", 3),
)  # fmt: skip
PROBLEMS = (
    ("部分公开栏的内容更新慢于网站（演示）", "每月抽查一次，结果在通报中写明（演示）"),
    ("不予公开的说理偏短（演示）", "答复送出之前由两人互校（演示）"),
)
RESULTS = (("solved", "全年抽查十二次，未再发现超期（演示）"), ("partly", "已互校全部答复，说理仍在改进（演示）"))


def publish(seed: int, now: datetime) -> None:
    """Publish the reports that are not out yet; all of them, or none of those that are missing."""
    if Event.objects.filter(actor=ACTOR).exists():
        return
    with transaction.atomic():
        hand = Random(seed)  # noqa: S311 - a demo's choices, not a secret
        last = _last_year(timezone.localdate(now))
        for year in range(last - YEARS + 1, last + 1):
            for number, code in enumerate(BODIES):
                moment = _moment(year, 12 + 5 * number)
                bring_out(_filled(code, year, hand, moment), moment)
        whole = _moment(last, 60)
        _put_together(last, whole)
        _correct_one(last, whole + timedelta(days=9))
        for code in BODIES:
            actions.open_report(Body.objects.get(code=code), timezone.localdate(now).year, actor=ACTOR, moment=now)


def _last_year(today: date) -> int:
    """The last year about which the government too had to report by now."""
    return today.year - 1 if today >= date(today.year, 4, 1) else today.year - 2


def _moment(year: int, days: int) -> datetime:
    """Ten in the morning so many days after the year's end."""
    return datetime(year + 1, 1, 1, 10, tzinfo=ZoneInfo("Asia/Shanghai")) + timedelta(days=days)


def _filled(code: str, year: int, hand: Random, moment: datetime) -> AnnualReport:
    """A body's report with its numbers, its problems and the first draft of its words."""
    by: dict[str, Any] = {"actor": ACTOR, "moment": moment}
    body = Body.objects.get(code=code)
    report = actions.open_report(body, year, **by)
    lines = [
        f"行政许可,{hand.randint(20, 900)},件", f"行政处罚,{hand.randint(0, 40)},件", "行政强制,0,件",
        f"行政事业性收费,{hand.randint(0, 90)}.5,万元",
    ]  # fmt: skip
    actions.import_numbers(
        "\n".join(["事项,数量,单位", *lines]).encode(), "数据.csv", year=year, system=SYSTEM, body=body, **by
    )
    for (row, column), number in _register(report, hand):
        if filling.sheet(report).value("requests", row, column) != number:
            actions.correct(report, "requests", row, column, Decimal(number), REASON, **by)
    for text, measure in PROBLEMS:
        actions.save_problem(report, text, measure, **by)
    before = AnnualReport.objects.filter(body=body, year=year - 1).first()
    for problem, (outcome, result) in zip(before.problems.all() if before else (), RESULTS, strict=False):
        actions.follow_up(report, outcome=outcome, result=result, problem=problem, **by)
    actions.narrate(report, **by)
    return report


def _register(report: AnnualReport, hand: Random) -> Iterator[tuple[tuple[str, str], int]]:
    """The numbers of the paper register: what ended and what is left, and the new ones that this takes."""
    numbers: Mapping[tuple[str, str], int] = {
        (row, column): hand.randint(most // 3, most) for row, column, most in ROWS
    }
    sheet = filling.sheet(report)
    for column in ("natural", "commercial"):
        came = sum(number for (_row, who), number in numbers.items() if who == column)
        carried = int(sheet.value("requests", "carried_over", column) or 0)
        yield ("new", column), came - carried
    yield from numbers.items()


def bring_out(report: AnnualReport, moment: datetime) -> None:
    """Through submission, acceptance and release to the public, with its files."""
    by: dict[str, Any] = {"actor": ACTOR, "moment": moment}
    sent = actions.submit(report, **by)
    accepted = sent if sent.is_government else actions.accept(sent, **by)
    released = actions.release(accepted, **by)
    record = Record.objects.get(annual_report=released)
    if round_of_review := record.current_workflow_state:  # the demo signs for all levels at once
        round_of_review.cancel(user=None)
    records.approve(record, **by)
    records.publish(record, **by)
    make_files(AnnualReport.objects.select_related("body", "record").get(pk=report.pk), moment=moment)


def _put_together(year: int, moment: datetime) -> None:
    """The government's report out of its departments'."""
    by: dict[str, Any] = {"actor": ACTOR, "moment": moment}
    report = actions.open_report(Body.objects.get(code=GOVERNMENT), year, **by)
    report = actions.gather(report, **by)
    actions.save_problem(report, *PROBLEMS[0], **by)
    actions.narrate(report, **by)
    bring_out(report, moment)


def _correct_one(year: int, moment: datetime) -> None:
    """A department's report is opened again after publication: one decision was counted too few."""
    by: dict[str, Any] = {"actor": ACTOR, "moment": moment}
    report = AnnualReport.objects.select_related("body", "record").get(body__code=DEPARTMENT, year=year)
    report = actions.reopen(report, "漏计一件行政处罚决定（演示）", **by)
    place = ("norms", "penalties", "decisions")
    known = filling.sheet(report).value(*place) or Decimal(0)
    actions.correct(report, *place, known + 1, "核对执法系统后补计一件（演示）", **by)
    bring_out(report, moment)
