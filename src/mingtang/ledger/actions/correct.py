"""Correct a task of a draft, or its head; what stood before is kept as a correction of each kind."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.bodies.models import User
from mingtang.bodies.permissions import require
from mingtang.ledger.actions.changes import HeadChange, QuotaLine, TaskChange
from mingtang.ledger.actions.locking import draft_of, locked
from mingtang.ledger.errors import Invalid, Stale
from mingtang.ledger.models import Correction, Ledger, Quota, Task
from mingtang.ledger.models.notice import DeadlineKind
from mingtang.trace.actions import digest_of, record

#: Which facts of a task belong to which kind of correction.
FACTS = {
    Correction.Kind.TEXT: ("text",),
    Correction.Kind.BODIES: ("bodies", "lead", "supporting"),
    Correction.Kind.DEADLINE: ("deadline_kind", "deadline_text", "due_on"),
    Correction.Kind.QUOTA: ("quotas",),
    Correction.Kind.WANTS: ("wants", "evidence_form"),
}


@transaction.atomic
def correct_task(task: Task, change: TaskChange, *, version: int, actor: User, moment: datetime) -> Task:
    """Make a task what `change` says; `version` is the one that the person saw.

    Raises `NotPermitted`, `WrongState` (issued), `Stale` (changed meanwhile), `Invalid`.
    """
    require(actor, "ledger.correct", task.ledger, moment=moment)
    ledger = draft_of(task)
    row = locked(task)
    if row.version != version:
        raise Stale
    _check(change)
    before = row.as_json()
    _apply(row, change)
    after = row.as_json()
    changed = [kind for kind, names in FACTS.items() if any(before[name] != after[name] for name in names)]
    if not changed:
        return row
    row.version += 1
    row.save()
    for kind in changed:
        keep(ledger, row, kind, _part(before, FACTS[kind]), _part(after, FACTS[kind]), actor=actor, moment=moment)
    record(
        "ledger.corrected", row, actor=actor, moment=moment, body=ledger.body.code, before=digest_of(before),
        after=digest_of(after), data={"kinds": [str(kind.value) for kind in changed]},
    )  # fmt: skip
    return row


@transaction.atomic
def correct_head(ledger: Ledger, change: HeadChange, *, actor: User, moment: datetime) -> Ledger:
    """Correct title, issuer, number, date and year of a draft. Raises `NotPermitted`, `WrongState`, `Invalid`."""
    require(actor, "ledger.correct", ledger, moment=moment)
    row = draft_of(ledger)
    if not change.title.strip():
        raise Invalid("title", _("标题不能为空：请填写通知的标题。"))
    if change.year is not None and not 2008 <= change.year <= 2100:
        raise Invalid("year", _("年度应在 2008 至 2100 之间：请核对。"))
    before = head_of(row)
    row.title, row.issuer, row.document_number = change.title.strip(), change.issuer.strip(), change.document_number
    row.made_on, row.year = change.made_on, change.year
    after = head_of(row)
    if before != after:
        row.save()
        keep(row, None, Correction.Kind.HEAD, before, after, actor=actor, moment=moment)
        record(
            "ledger.corrected", row, actor=actor, moment=moment, body=row.body.code, before=digest_of(before),
            after=digest_of(after), data={"kinds": ["head"]},
        )  # fmt: skip
    return row


def keep(
    ledger: Ledger, task: Task | None, kind: str, before: Any, after: Any, *, actor: User, moment: datetime
) -> Correction:
    """Remember one correction; call it inside the transaction of the change."""
    return Correction.objects.create(
        ledger=ledger, task=task, kind=kind, before=before, after=after, made_at=moment, made_by=actor
    )


def head_of(ledger: Ledger) -> dict[str, Any]:
    """The head's facts as plain JSON."""
    return {
        "title": ledger.title, "issuer": ledger.issuer, "document_number": ledger.document_number,
        "made_on": ledger.made_on.isoformat() if ledger.made_on else None, "year": ledger.year,
    }  # fmt: skip


def write_quotas(task: Task, lines: Sequence[QuotaLine]) -> None:
    """Make the quotas of a task exactly these."""
    task.quotas.all().delete()
    Quota.objects.bulk_create(
        Quota(
            task=task, order=order, form=line.form.strip(), at_least=line.at_least, unit=line.unit,
            period=line.period, wants=dict(line.wants),
        )
        for order, line in enumerate(lines)
    )  # fmt: skip


def _apply(row: Task, change: TaskChange) -> None:
    row.text = change.text.strip()
    row.bodies, row.lead, row.supporting = list(change.bodies), list(change.lead), list(change.supporting)
    row.inferred = row.inferred and list(change.bodies) == (row.extracted or {}).get("bodies")
    row.deadline_kind, row.deadline_text, row.due_on = change.deadline_kind, change.deadline_text, change.due_on
    row.evidence_form, row.wants = change.evidence_form, dict(change.wants)
    lines = [
        {"form": q.form.strip(), "at_least": q.at_least, "unit": q.unit, "period": q.period, "wants": dict(q.wants)}
        for q in change.quotas
    ]
    if lines != [quota.as_json() for quota in row.quotas.all()]:
        write_quotas(row, change.quotas)


def _check(change: TaskChange) -> None:
    if not change.text.strip():
        raise Invalid("text", _("任务文字不能为空：不需要这一条时请用“删除”。"))
    outside = [name for name in (*change.lead, *change.supporting) if name not in change.bodies]
    if outside:
        raise Invalid(
            "bodies", _("“%(outside)s”写在牵头或配合中，也须列入责任单位。") % {"outside": "、".join(outside)}
        )
    if change.deadline_kind not in DeadlineKind.values:
        raise Invalid("deadline_kind", _("时限种类不在可选范围内：请重新选择。"))
    if change.deadline_kind == DeadlineKind.BY and change.due_on is None:
        raise Invalid("due_on", _("选了“某日之前”，请填写期限的日期。"))
    for quota in change.quotas:
        if not quota.form.strip() or quota.at_least < 1:
            raise Invalid("quotas", _("每条数量要求都须写明形式，数量至少为 1。"))
    forms = [(quota.form.strip(), quota.period) for quota in change.quotas]
    if len(set(forms)) < len(forms):
        raise Invalid("quotas", _("同一形式、同一周期只能写一条数量要求：请合并数量。"))


def _part(facts: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: facts[name] for name in names}
