"""The story of one duty, oldest first: each act with its person and words, told from the event stream."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.bodies.models import User
from mingtang.ledger.models import Assignment, Evidence
from mingtang.trace import queries as trace
from mingtang.trace.models import Event

TOLD = {
    "ledger.accepted": gettext_lazy("认领任务"),
    "ledger.objected": gettext_lazy("提出异议"),
    "ledger.assignment_upheld": gettext_lazy("维持分工"),
    "ledger.assignment_withdrawn": gettext_lazy("撤销分工"),
    "ledger.reported": gettext_lazy("报告进展"),
    "ledger.postponement_asked": gettext_lazy("申请延期"),
    "ledger.postponement_granted": gettext_lazy("同意延期"),
    "ledger.postponement_refused": gettext_lazy("不同意延期"),
    "ledger.chased": gettext_lazy("催办"),
    "ledger.evidence_proposed": gettext_lazy("发现佐证"),
    "ledger.evidence_renewed": gettext_lazy("佐证的数字更新"),
    "ledger.evidence_confirmed": gettext_lazy("确认佐证"),
    "ledger.evidence_rejected": gettext_lazy("不采用佐证"),
    "ledger.evidence_uploaded": gettext_lazy("上传佐证"),
    "ledger.evidence_fallen": gettext_lazy("佐证失效"),
    "ledger.completed": gettext_lazy("办结"),
    "ledger.reopened": gettext_lazy("重新打开"),
}


@dataclass(frozen=True)
class Entry:
    """One act: when, who (empty for the machine), what, and the words that came with it."""

    moment: datetime
    who: str
    what: str
    note: str = ""


def of(assignment: Assignment) -> list[Entry]:
    """All acts on a duty (about eight queries)."""
    events = [event for event in trace.history(assignment) if event.verb in TOLD]
    people = _people(events)
    notes = _notes(assignment)
    issued_at, called = assignment.ledger.issued_at, _("通知中的称谓：%s") % assignment.named_as
    issued = [Entry(issued_at, "", _("下发任务"), called)] if issued_at else []
    entries = [
        Entry(event.moment, people.get(event.actor, ""), TOLD[event.verb], _note(event, notes)) for event in events
    ]
    return [*issued, *entries]


def _people(events: Iterable[Event]) -> dict[str, str]:
    ids = {int(event.actor.partition(":")[2]) for event in events if event.actor.startswith("user:")}
    users = User.objects.filter(pk__in=ids).select_related("person")
    return {f"user:{user.pk}": user.get_full_name() for user in users}


def _notes(assignment: Assignment) -> dict[tuple[str, Any], str]:
    """The words kept beside the stream, by verb and moment (evidence: by its key)."""
    found: dict[tuple[str, Any], str] = {}
    if assignment.accepted_at:
        measures = assignment.measures.rstrip("。")
        plan = _("责任人：%(responsible)s；措施：%(measures)s；计划完成：%(planned_on)s") % {
            "responsible": assignment.responsible,
            "measures": measures,
            "planned_on": assignment.planned_on,
        }
        found["ledger.accepted", assignment.accepted_at] = plan
    for one in assignment.objections.all():
        found["ledger.objected", one.made_at] = one.reason
        found["ledger.assignment_upheld", one.decided_at] = one.answer
        found["ledger.assignment_withdrawn", one.decided_at] = one.answer
    for one in assignment.reports.all():
        found["ledger.reported", one.made_at] = f"{one.percent}%　{one.text}"
    for one in assignment.postponements.all():
        found["ledger.postponement_asked", one.made_at] = _("申请延至 %(until)s：%(reason)s") % {
            "until": one.until,
            "reason": one.reason,
        }
        granted = _("延至 %(until)s") % {"until": one.until}
        found["ledger.postponement_granted", one.decided_at] = f"{granted}　{one.answer}".strip()
        found["ledger.postponement_refused", one.decided_at] = one.answer
    for one in assignment.chases.all():
        found["ledger.chased", one.made_at] = one.text
    for one in assignment.reopenings.all():
        found["ledger.reopened", one.made_at] = one.reason
    for one in Evidence.objects.filter(assignment=assignment):
        found["evidence", one.pk] = one.title
        found["ledger.evidence_rejected", one.pk] = f"{one.title}：{one.decision_note}"
    return found


def _note(event: Event, notes: dict[tuple[str, Any], str]) -> str:
    if "evidence" in event.data:
        key = event.data["evidence"]
        return notes.get((event.verb, key)) or notes.get(("evidence", key), "")
    note = notes.get((event.verb, event.moment), "")
    return f"{note}（{_('认领时期限已过')}）" if event.data.get("overdue") else note
