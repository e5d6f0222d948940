"""A body answers a duty: it accepts it with a person, measures and a day, or objects with a reason."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.bodies.models import Body, User
from mingtang.bodies.permissions import day_of, require
from mingtang.ledger.actions.locking import assignment_in
from mingtang.ledger.errors import Invalid, WrongState
from mingtang.ledger.models import Assignment, Chase, Ledger, Objection
from mingtang.trace.actions import digest_of, record


@transaction.atomic
def accept(
    assignments: Sequence[Assignment],
    *,
    responsible: str,
    measures: str,
    planned_on: date,
    actor: User,
    moment: datetime,
) -> list[Assignment]:
    """Accept duties of one ledger together, with the same person, measures and day.

    `planned_on` is today or later, and not after a duty's deadline that is still to come; where the notice sets none it
    becomes the deadline. A deadline that has passed stays as it is: the duty is accepted all the same, counts as
    overdue and says so in its event (`overdue`). A late answer is taken and shown as late (`late`). Raises
    `NotPermitted`, `WrongState`, `Invalid`.
    """
    if not assignments:
        raise Invalid("assignments", _("请至少勾选一项任务。"))
    if not responsible.strip():
        raise Invalid("responsible", _("请填写责任人。"))
    if not measures.strip():
        raise Invalid("measures", _("请填写准备采取的措施。"))
    rows = [_accept(one, responsible, measures, planned_on, actor, moment) for one in assignments]
    for ledger, body in {(row.ledger, row.body) for row in rows}:
        _settle_chases(ledger, body, moment)
    return rows


@transaction.atomic
def object_to(assignment: Assignment, *, reason: str, actor: User, moment: datetime) -> Objection:
    """Say that a duty is not the body's own. Raises `NotPermitted`, `WrongState`, `Invalid` without a reason."""
    require(actor, "ledger.accept", assignment, moment=moment)
    if not reason.strip():
        raise Invalid("reason", _("请写明提出异议的理由，例如职责依据和应由哪个单位承担。"))
    row = assignment_in(assignment, Assignment.State.ASSIGNED)
    if row.objections.filter(outcome=Objection.Outcome.UPHELD).exists():
        raise WrongState(_("这项任务的异议已裁定为维持分工：请认领后办理，确有困难可申请延期。"))
    objection = Objection.objects.create(assignment=row, reason=reason.strip(), made_at=moment, made_by=actor)
    row.state, row.answered_at = Assignment.State.OBJECTED, row.answered_at or moment
    row.save(update_fields=["state", "answered_at"])
    record(
        "ledger.objected", row, actor=actor, moment=moment, body=row.body.code, after=digest_of(reason),
        data={"task": row.task_id, "late": late(row, moment)},
    )  # fmt: skip
    _settle_chases(row.ledger, row.body, moment)
    return objection


def late(assignment: Assignment, moment: datetime) -> bool:
    """Whether an answer at this moment comes after the ledger's feedback day."""
    due = assignment.ledger.feedback_due
    return due is not None and day_of(moment) > due


def answer_chase(assignment: Assignment, moment: datetime) -> None:
    """Whatever a body does about a duty answers the chases of that duty."""
    Chase.objects.filter(assignment=assignment, answered_at=None).update(answered_at=moment)


def _accept(
    assignment: Assignment, responsible: str, measures: str, planned_on: date, actor: User, moment: datetime
) -> Assignment:
    require(actor, "ledger.accept", assignment, moment=moment)
    row = assignment_in(assignment, Assignment.State.ASSIGNED)
    overdue = row.due_on is not None and row.due_on < day_of(moment)
    _check_plan(row, planned_on, day_of(moment), overdue=overdue)
    before = digest_of({"state": row.state})
    row.responsible, row.measures, row.planned_on = responsible.strip(), measures.strip(), planned_on
    row.due_on = row.due_on or planned_on
    row.state, row.accepted_at, row.accepted_by = Assignment.State.ACCEPTED, moment, actor
    row.answered_at = row.answered_at or moment
    row.save()
    record(
        "ledger.accepted", row, actor=actor, moment=moment, body=row.body.code, before=before,
        after=digest_of({"state": row.state, "planned_on": planned_on.isoformat(), "measures": row.measures}),
        data={
            "task": row.task_id, "planned_on": planned_on.isoformat(), "late": late(row, moment), "overdue": overdue,
        },
    )  # fmt: skip
    answer_chase(row, moment)
    return row


def _check_plan(row: Assignment, planned_on: date, today: date, *, overdue: bool) -> None:
    """A plan lies between today and a deadline that is still to come; one that has passed binds no plan any more."""
    if planned_on < today:
        line = _("计划完成日期 %(planned)s 已过：请填今天或以后的日期。") % {"planned": planned_on}
        raise Invalid("planned_on", line)
    if row.due_on is not None and not overdue and planned_on > row.due_on:
        facts = {"number": row.task.item.number, "due": row.due_on}
        line = _("计划完成日期晚于第%(number)s项任务的期限 %(due)s：请提前，或认领后申请延期。") % facts
        raise Invalid("planned_on", line)


def _settle_chases(ledger: Ledger, body: Body, moment: datetime) -> None:
    """A chase of the whole ledger is answered when nothing waits for the body's answer any more."""
    waiting = Assignment.objects.filter(ledger=ledger, body=body, state=Assignment.State.ASSIGNED)
    if not waiting.exists():
        Chase.objects.filter(ledger=ledger, body=body, assignment=None, answered_at=None).update(answered_at=moment)
