"""The life of a report as the steps of a way, and what happened to it in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.bodies.models import User
from mingtang.reports import versions
from mingtang.reports.models import AnnualReport
from mingtang.trace.models import Event

WORDS = {
    "reports.opened": gettext_lazy("开始填报"),
    "reports.written": gettext_lazy("修改正文"),
    "reports.problem_saved": gettext_lazy("填写主要问题"),
    "reports.problem_dropped": gettext_lazy("删除一条主要问题"),
    "reports.followed_up": gettext_lazy("填写上年问题整改"),
    "reports.imported": gettext_lazy("导入业务数据"),
    "reports.corrected": gettext_lazy("更正数据"),
    "reports.submitted": gettext_lazy("报送，数据定稿"),
    "reports.recalled": gettext_lazy("撤回"),
    "reports.returned": gettext_lazy("政务公开办退回"),
    "reports.remark_answered": gettext_lazy("答复意见"),
    "reports.accepted": gettext_lazy("政务公开办审核通过"),
    "reports.gathered": gettext_lazy("汇总各机关报告"),
    "reports.excluded": gettext_lazy("扣除重复统计"),
    "reports.exclusion_dropped": gettext_lazy("取消扣除"),
    "reports.released": gettext_lazy("送审发布"),
    "reports.resumed": gettext_lazy("审签退回后继续修改"),
    "reports.reopened": gettext_lazy("公布后更正"),
}


@dataclass(frozen=True)
class Step:
    """A step: its name, a note, and whether it is done, going on now, or still to come."""

    label: str
    note: str
    standing: str


@dataclass(frozen=True)
class Happening:
    """Something that happened."""

    moment: datetime
    what: str
    who: str


def of(report: AnnualReport) -> list[Step]:
    """The steps of a report: filled, submitted, accepted, signed, public."""
    at = {"filling": 0, "returned": 0, "correcting": 0, "submitted": 2, "accepted": 3, "in_review": 3, "sent_back": 0}
    now = at.get(report.stage, 5)
    out = versions.publications(report)
    labels = [
        (_("填报"), report.stage_label if now == 0 else ""),
        (_("定稿") if report.is_government else _("报送"), _day(report.submitted_at)),
        (_("汇总定稿") if report.is_government else _("政务公开办审核"), _day(report.accepted_at)),
        (_("三级审签"), report.stage_label if now == 3 else ""),
        (_("公布"), _day(out[-1].at) if out else ""),
    ]
    if report.is_government:
        labels.pop(2)
        now = min(now, 4) if now == 5 else {0: 0, 3: 2}[now]
    last = len(labels) if report.stage == "published" else now
    return [
        Step(label, note, "done" if place < last else "now" if place == last else "later")
        for place, (label, note) in enumerate(labels)
    ]


def told(events: Iterable[Event]) -> list[Happening]:
    """Events in words, with the people who acted (one query)."""
    listed = list(events)
    keys = {event.actor.partition(":")[2] for event in listed if event.actor.startswith("user:")}
    people = {f"user:{user.pk}": str(user) for user in User.objects.filter(pk__in=keys).select_related("person")}
    return [Happening(event.moment, _words(event), people.get(event.actor, str(_("系统")))) for event in listed]


def _words(event: Event) -> str:
    words = str(WORDS.get(event.verb, event.verb))
    facts: dict[str, Any] = event.data
    if event.verb == "reports.written":
        return f"{words}：第{'一二三四五六'[facts['chapter'] - 1]}部分"
    if event.verb == "reports.imported":
        return f"{words}：{facts['system']}"
    if event.verb == "reports.corrected":
        from mingtang.law.annual.written import place_of

        return f"{words}：{place_of(*facts['place'])} {facts['old'] or '空'} → {facts['new']}"
    if event.verb in ("reports.reopened",):
        return f"{words}：{facts['reason']}"
    return words


def _day(moment: datetime | None) -> str:
    return timezone.localtime(moment).date().isoformat() if moment else ""
