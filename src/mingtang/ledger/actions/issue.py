"""Issue a draft: every name becomes the bodies of this day, every task their duty, all in one transaction."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.bodies.actions import expand_group
from mingtang.bodies.models import Body, Expansion, Group, User
from mingtang.bodies.permissions import day_of, require
from mingtang.ledger import feedback, readiness, tasks
from mingtang.ledger.actions.locking import locked
from mingtang.ledger.errors import NotReady, WrongState
from mingtang.ledger.models import Assignment, Ledger, Objection, Postponement, Task
from mingtang.trace.actions import record

RANK = {Assignment.Role.LEAD: 0, Assignment.Role.SUPPORTING: 1, Assignment.Role.RESPONSIBLE: 2}
Meaning = dict[str, list[tuple[Body, Expansion | None]]]


@transaction.atomic
def issue(ledger: Ledger, *, actor: User, moment: datetime) -> Ledger:
    """Issue a draft ledger; a second call finds it issued and changes nothing.

    Raises `NotPermitted`, `WrongState` (discarded), `NotReady` with each thing to mend.
    """
    require(actor, "ledger.issue", ledger, moment=moment)
    row = locked(ledger)
    if row.state == Ledger.State.ISSUED:
        return row
    if row.state != Ledger.State.DRAFT:
        raise WrongState(_("这份草稿已作废，不能下发：请重新导入通知。"))
    living = readiness.living_tasks(row)
    names = readiness.Names.of(living)
    problems = readiness.problems_of(row, living, names, moment)
    if problems or row.made_on is None:
        raise NotReady(problems)
    meaning = _expanded(names, actor, moment)
    if empty := [name for name, bodies in meaning.items() if not bodies]:
        raise NotReady([_("机构组“%(name)s”今天没有成员：请先在机构名录中维护") % {"name": name} for name in empty])
    made = Assignment.objects.bulk_create(
        assignment for task in living for assignment in _assignments(row, task, meaning)
    )
    due = feedback.due(row.made_on, living)
    row.feedback_due, row.feedback_rules = due.on, list(due.rules)
    row.state, row.issued_at, row.issued_by = Ledger.State.ISSUED, moment, actor
    row.save()
    carried = _carry_over(row, made)
    record(
        "ledger.issued", row, actor=actor, moment=moment, body=row.body.code, basis=due.rules,
        data={
            "year": row.year, "tasks": len(living), "assignments": len(made), "carried": carried,
            "bodies": len({assignment.body_id for assignment in made}), "feedback_due": due.on.isoformat(),
        },
    )  # fmt: skip
    tasks.look_back_for_evidence.enqueue(row.pk)
    return row


@transaction.atomic
def discard(ledger: Ledger, *, actor: User, moment: datetime) -> Ledger:
    """Give a draft up; it stays in the database but leads nowhere. Raises `WrongState` when it was issued."""
    require(actor, "ledger.import", ledger, moment=moment)
    row = locked(ledger)
    if row.state == Ledger.State.ISSUED:
        raise WrongState(_("台账已下发，不能作废：请逐项撤销分工。"))
    if row.state == Ledger.State.DRAFT:
        row.state = Ledger.State.DISCARDED
        row.save(update_fields=["state"])
        row.tasks.filter(origin=Task.Origin.CARRIED).delete()
        record("ledger.discarded", row, actor=actor, moment=moment, body=row.body.code)
    return row


def _expanded(names: readiness.Names, actor: User, moment: datetime) -> Meaning:
    """Each name's bodies; a group's are fixed as of the day of issue."""
    meaning: Meaning = {}
    for name, found in names.meaning.items():
        if isinstance(found, Group):
            expansion = expand_group(found, on=day_of(moment), actor=actor, moment=moment)
            meaning[name] = [(body, expansion) for body in expansion.bodies.all()]
        elif found is not None:
            meaning[name] = [(found, None)]
    return meaning


def _assignments(ledger: Ledger, task: Task, meaning: Meaning) -> Iterator[Assignment]:
    """One duty for each body of a task: leading goes before supporting, its own name before that of a group."""
    chosen: dict[int, Assignment] = {}
    ranked = [
        *((name, Assignment.Role.LEAD) for name in task.lead),
        *((name, Assignment.Role.SUPPORTING) for name in task.supporting),
        *((name, Assignment.Role.RESPONSIBLE) for name in task.bodies),
    ]
    ranked.sort(key=lambda pair: (RANK[pair[1]], meaning[pair[0]][0][1] is not None))
    for name, role in ranked:
        for body, expansion in meaning[name]:
            if body.pk not in chosen:
                chosen[body.pk] = Assignment(
                    ledger=ledger, task=task, body=body, role=role, named_as=name, expansion=expansion,
                    due_on=task.due_on,
                )  # fmt: skip
    yield from chosen.values()


def _carry_over(ledger: Ledger, made: list[Assignment]) -> int:
    """Link carried duties to those of the earlier ledger and close these; returns how many."""
    carried = {assignment.task.carried_from_id: None for assignment in made if assignment.task.carried_from_id}
    old = {
        (assignment.task_id, assignment.body_id): assignment
        for assignment in Assignment.objects.select_for_update().filter(task_id__in=carried, state__in=Assignment.OPEN)
    }
    linked = []
    for assignment in made:
        before = old.get((assignment.task.carried_from_id or 0, assignment.body_id))
        if before:
            assignment.carried_from = before
            linked.append(assignment)
    Assignment.objects.bulk_update(linked, ["carried_from"])
    closed = [assignment.carried_from_id for assignment in linked]
    Assignment.objects.filter(pk__in=closed).update(state=Assignment.State.CARRIED)
    _close_requests(closed, ledger)
    return len(linked)


def _close_requests(assignments: list[int | None], ledger: Ledger) -> None:
    """Requests that still waited on carried duties are answered by the carrying itself."""
    answer = _("已转入%(year)s年台账，请在新台账中反馈。") % {"year": ledger.year}
    decided = {"answer": answer, "decided_at": ledger.issued_at, "decided_by": ledger.issued_by}
    for model, outcome in ((Postponement, "refused"), (Objection, "upheld")):
        model.objects.filter(assignment_id__in=assignments, outcome="").update(outcome=outcome, **decided)
