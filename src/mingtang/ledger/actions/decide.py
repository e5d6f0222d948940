"""The office decides what bodies ask: an objection to a duty, a later day."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.bodies.models import User
from mingtang.bodies.permissions import require
from mingtang.ledger.actions.locking import locked
from mingtang.ledger.errors import Invalid, WrongState
from mingtang.ledger.models import Assignment, Objection, Postponement
from mingtang.trace.actions import record


@transaction.atomic
def decide_objection(
    objection: Objection, *, withdraw: bool, answer: str = "", actor: User, moment: datetime
) -> Objection:
    """Withdraw the assignment, or uphold it with an answer: then the body has to accept it.

    Raises `NotPermitted`, `WrongState` (decided otherwise), `Invalid` (upheld without an answer).
    """
    require(actor, "ledger.decide", objection.assignment, moment=moment)
    assignment = locked(objection.assignment)
    row = locked(objection)
    outcome = Objection.Outcome.WITHDRAWN if withdraw else Objection.Outcome.UPHELD
    if row.outcome:
        return _same(row, outcome)
    if not withdraw and not answer.strip():
        raise Invalid("answer", _("维持分工须向单位说明理由。"))
    row.outcome, row.answer, row.decided_at, row.decided_by = outcome, answer.strip(), moment, actor
    row.save()
    assignment.state = Assignment.State.WITHDRAWN if withdraw else Assignment.State.ASSIGNED
    assignment.save(update_fields=["state"])
    verb = "ledger.assignment_withdrawn" if withdraw else "ledger.assignment_upheld"
    record(verb, assignment, actor=actor, moment=moment, body=assignment.body.code, data={"task": assignment.task_id})
    return row


@transaction.atomic
def decide_postponement(
    postponement: Postponement, *, grant: bool, answer: str = "", actor: User, moment: datetime
) -> Postponement:
    """Consent to a later day, which moves the deadline, or refuse it with an answer.

    Raises `NotPermitted`, `WrongState` (decided otherwise, or nothing is owed any more), `Invalid`.
    """
    require(actor, "ledger.decide", postponement.assignment, moment=moment)
    assignment = locked(postponement.assignment)
    row = locked(postponement)
    outcome = Postponement.Outcome.GRANTED if grant else Postponement.Outcome.REFUSED
    if row.outcome:
        return _same(row, outcome)
    if not grant and not answer.strip():
        raise Invalid("answer", _("不同意延期须向单位说明理由。"))
    if grant and assignment.state != Assignment.State.ACCEPTED:
        raise WrongState(_("这项任务现在是“%(state)s”，不需要延期。") % {"state": assignment.get_state_display()})
    row.outcome, row.answer, row.decided_at, row.decided_by = outcome, answer.strip(), moment, actor
    row.save()
    if grant:
        assignment.due_on = assignment.planned_on = row.until
        assignment.save(update_fields=["due_on", "planned_on"])
    record(
        f"ledger.postponement_{outcome}", assignment, actor=actor, moment=moment, body=assignment.body.code,
        data={"task": assignment.task_id, "until": row.until.isoformat()},
    )  # fmt: skip
    return row


def _same(row: Any, outcome: str) -> Any:
    """The same decision twice is one decision; another one comes too late."""
    if row.outcome != outcome:
        raise WrongState(_("已经作出决定：%(outcome)s。") % {"outcome": row.get_outcome_display()})
    return row
