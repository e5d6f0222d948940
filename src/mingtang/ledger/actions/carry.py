"""Look-back (回头看): carry open tasks of an earlier ledger into a draft, with their history."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from mingtang.bodies.models import User
from mingtang.bodies.permissions import require
from mingtang.ledger.actions.changes import QuotaLine
from mingtang.ledger.actions.correct import write_quotas
from mingtang.ledger.actions.locking import draft_of
from mingtang.ledger.errors import Invalid
from mingtang.ledger.models import Assignment, Item, Ledger, Task
from mingtang.trace.actions import record

TITLE = _("上一年度未完成事项“回头看”")


@transaction.atomic
def carry(ledger: Ledger, previous: Ledger, tasks: Sequence[Task], *, actor: User, moment: datetime) -> list[Task]:
    """Make the carried tasks of a draft exactly those of `tasks`, which are open tasks of the ledger `previous`.

    Each keeps its text, quotas and the bodies that still owe it. Raises `NotPermitted`, `WrongState`, `Invalid`.
    """
    require(actor, "ledger.correct", ledger, moment=moment)
    row = draft_of(ledger)
    open_ones = Assignment.objects.filter(ledger=previous, state__in=Assignment.OPEN).select_related("body")
    owed: dict[int, list[Assignment]] = {}
    for assignment in open_ones:
        owed.setdefault(assignment.task_id, []).append(assignment)
    closed = [task for task in tasks if task.pk not in owed]
    if previous.state != Ledger.State.ISSUED or closed:
        raise Invalid("tasks", _("只能结转上一份已下发台账中尚未完成的任务：请刷新后重选。"))
    Task.objects.filter(ledger=row, origin=Task.Origin.CARRIED).delete()
    made = [_carried(row, _item(row), place, task, owed[task.pk]) for place, task in enumerate(tasks, start=1)]
    if not made:
        row.items.filter(kind=Item.Kind.LOOK_BACK).delete()
    row.previous = previous if made else None
    row.save(update_fields=["previous"])
    record(
        "ledger.looked_back", row, actor=actor, moment=moment, body=row.body.code,
        data={"previous": previous.pk, "tasks": len(made)},
    )  # fmt: skip
    return made


def _item(ledger: Ledger) -> Item:
    found = ledger.items.filter(kind=Item.Kind.LOOK_BACK).first()
    if found:
        return found
    last = ledger.items.aggregate(number=Max("number"), order=Max("order"))
    return Item.objects.create(
        ledger=ledger, kind=Item.Kind.LOOK_BACK, title=TITLE, number=(last["number"] or 0) + 1,
        order=(last["order"] or 0) + 1,
    )  # fmt: skip


def _carried(ledger: Ledger, item: Item, place: int, task: Task, owed: Sequence[Assignment]) -> Task:
    def names(*roles: str) -> list[str]:
        return [assignment.body.name for assignment in owed if not roles or assignment.role in roles]

    copy = Task.objects.create(
        ledger=ledger, item=item, order=place * 10, text=task.text, bodies=names(),
        lead=names(Assignment.Role.LEAD), supporting=names(Assignment.Role.SUPPORTING), origin=Task.Origin.CARRIED,
        carried_from=task, evidence_form=task.evidence_form, wants=task.wants,
        part=_("%(year)s年第%(number)s项") % {"year": task.ledger.year, "number": task.item.number},
    )  # fmt: skip
    write_quotas(copy, [QuotaLine(q.form, q.at_least, q.unit, q.period, q.wants) for q in task.quotas.all()])
    return copy
