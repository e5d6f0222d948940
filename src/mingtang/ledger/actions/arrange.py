"""Change which tasks a draft has: split, merge, add, delete, restore; nothing is erased."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from mingtang.bodies.models import User
from mingtang.bodies.permissions import require
from mingtang.ledger import wants
from mingtang.ledger.actions.changes import QuotaLine
from mingtang.ledger.actions.correct import keep, write_quotas
from mingtang.ledger.actions.locking import draft_of, locked
from mingtang.ledger.errors import Invalid, WrongState
from mingtang.ledger.models import Correction, Item, Ledger, Task
from mingtang.trace.actions import digest_of, record


@transaction.atomic
def split_task(task: Task, pieces: Sequence[str], *, actor: User, moment: datetime) -> list[Task]:
    """Make several tasks of one: the first keeps its row, the others follow it with the same bodies and deadline.

    A quota stays with the piece that speaks of its form, else with the first. Raises `Invalid` for fewer than two.
    """
    ledger = _open(task, actor, moment)
    row = _living(task)
    texts = [piece.strip() for piece in pieces if piece.strip()]
    if len(texts) < 2:
        raise Invalid("pieces", _("拆分须有两段以上：请在要断开的地方换行。"))
    before, lines = row.as_json(), _lines(row)
    row.item.tasks.filter(order__gt=row.order).update(order=F("order") + len(texts))
    spans = _spans(row, texts)
    rows = [row]
    for step, (piece, (start, end)) in enumerate(zip(texts, spans, strict=True)):
        if step:
            rows.append(_copy(row, piece, start, end, row.order + step))
        else:
            row.text, row.start, row.end = piece, start, end
    for place, one in enumerate(rows):
        one.version += 1 if place == 0 else 0
        one.wants = wants.Wants(wants.marks_of(one.text), tuple(wants.nouns(one.text)[: wants.WORDS])).as_json()
        one.save()
        write_quotas(one, [line for line in lines if _owner(line, texts) == place])
    after = [one.as_json() for one in rows]
    return _done(ledger, row, Correction.Kind.SPLIT, before, after, rows, actor, moment)


@transaction.atomic
def merge_tasks(tasks: Sequence[Task], *, actor: User, moment: datetime) -> Task:
    """Make one task of several of the same item: the first takes text, bodies, quotas and earliest deadline of all."""
    if len(tasks) < 2 or len({task.item_id for task in tasks}) > 1:
        raise Invalid("tasks", _("合并须选同一条目下的两条以上任务。"))
    ledger = _open(tasks[0], actor, moment)
    rows = [_living(task) for task in sorted(tasks, key=lambda task: (task.order, task.pk))]
    before, first = [row.as_json() for row in rows], rows[0]
    lines = {(line.form, line.period): line for row in rows for line in _lines(row)}
    dated = sorted((row for row in rows if row.due_on), key=lambda row: str(row.due_on))
    timed = dated[0] if dated else next((row for row in rows if row.deadline_kind), first)
    first.text = "".join(row.text for row in rows)
    first.deadline_kind, first.deadline_text, first.due_on = timed.deadline_kind, timed.deadline_text, timed.due_on
    for name in ("bodies", "lead", "supporting"):
        setattr(first, name, list(dict.fromkeys(body for row in rows for body in getattr(row, name))))
    places = [(row.start, row.end) for row in rows if row.start is not None and row.end is not None]
    if places:
        first.start, first.end = min(start for start, _ in places), max(end for _, end in places)
    first.wants = wants.combined(wants.Wants.read(row.wants) for row in rows).as_json()
    first.origin, first.version = Task.Origin.MERGED, first.version + 1
    first.save()
    write_quotas(first, list(lines.values()))
    for row in rows[1:]:
        row.removed_at, row.version = moment, row.version + 1
        row.save(update_fields=["removed_at", "version"])
    _done(ledger, first, Correction.Kind.MERGE, before, first.as_json(), rows, actor, moment)
    return first


@transaction.atomic
def add_task(item: Item, text: str, *, bodies: Sequence[str] = (), actor: User, moment: datetime) -> Task:
    """Add a task that the reading missed, at the end of an item. Raises `Invalid` for an empty text."""
    require(actor, "ledger.correct", item.ledger, moment=moment)
    ledger = draft_of(item)
    if not text.strip():
        raise Invalid("text", _("请写明要补充的任务。"))
    last = item.tasks.aggregate(last=Max("order"))["last"] or 0
    words = tuple(wants.nouns(text)[: wants.WORDS])
    start = ledger.text.find(text.strip())
    task = Task.objects.create(
        ledger=ledger, item=item, order=last + 10, text=text.strip(), bodies=list(bodies), origin=Task.Origin.ADDED,
        start=start if start >= 0 else None, end=start + len(text.strip()) if start >= 0 else None,
        wants=wants.Wants(wants.marks_of(text), words).as_json(),
    )  # fmt: skip
    _done(ledger, task, Correction.Kind.ADD, None, task.as_json(), [task], actor, moment)
    return task


@transaction.atomic
def delete_task(task: Task, *, actor: User, moment: datetime) -> Task:
    """Take a task out of the draft; it can be restored until the ledger is issued."""
    ledger = _open(task, actor, moment)
    row = locked(task)
    if row.removed_at is not None:
        return row
    row.removed_at, row.version = moment, row.version + 1
    row.save(update_fields=["removed_at", "version"])
    _done(ledger, row, Correction.Kind.DELETE, row.as_json(), None, [row], actor, moment)
    return row


@transaction.atomic
def restore_task(task: Task, *, actor: User, moment: datetime) -> Task:
    """Bring a deleted task back."""
    ledger = _open(task, actor, moment)
    row = locked(task)
    if row.removed_at is None:
        return row
    row.removed_at, row.version = None, row.version + 1
    row.save(update_fields=["removed_at", "version"])
    _done(ledger, row, Correction.Kind.RESTORE, None, row.as_json(), [row], actor, moment)
    return row


def _open(task: Task, actor: User, moment: datetime) -> Ledger:
    require(actor, "ledger.correct", task.ledger, moment=moment)
    return draft_of(task)


def _living(task: Task) -> Task:
    row = locked(task)
    if row.removed_at is not None:
        raise WrongState(_("这条任务已删除：请先恢复再操作。"))
    return row


def _lines(task: Task) -> list[QuotaLine]:
    return [QuotaLine(q.form, q.at_least, q.unit, q.period, q.wants) for q in task.quotas.all()]


def _copy(row: Task, piece: str, start: int | None, end: int | None, order: int) -> Task:
    return Task(
        ledger=row.ledger, item=row.item, order=order, part=row.part, text=piece, start=start, end=end,
        bodies=row.bodies, lead=row.lead, supporting=row.supporting, inferred=row.inferred,
        deadline_kind=row.deadline_kind, deadline_text=row.deadline_text, due_on=row.due_on,
        evidence_form=row.evidence_form, origin=Task.Origin.SPLIT,
    )  # fmt: skip


def _spans(row: Task, texts: Sequence[str]) -> list[tuple[int | None, int | None]]:
    """Where each piece stands in the notice; a piece that was reworded keeps the place of the whole."""
    source, at = row.ledger.text, row.start
    found: list[tuple[int | None, int | None]] = []
    for piece in texts:
        place = source.find(piece, at, row.end) if at is not None else -1
        found.append((place, place + len(piece)) if place >= 0 else (row.start, row.end))
        at = place + len(piece) if place >= 0 else at
    return found


def _owner(line: QuotaLine, texts: Sequence[str]) -> int:
    return next((place for place, piece in enumerate(texts) if line.form in piece), 0)


def _done(
    ledger: Ledger, task: Task, kind: str, before: Any, after: Any, rows: list[Task], actor: User, moment: datetime
) -> list[Task]:
    keep(ledger, task, kind, before, after, actor=actor, moment=moment)
    record(
        "ledger.corrected", task, actor=actor, moment=moment, body=ledger.body.code, before=digest_of(before),
        after=digest_of(after), data={"kinds": [str(kind)], "tasks": len(rows)},
    )  # fmt: skip
    return rows
