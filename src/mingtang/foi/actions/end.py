"""How a request ends without a decision on what it asks: withdrawn, abandoned, or the same letter twice."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.bodies.permissions import day_of
from mingtang.foi import standing
from mingtang.foi.access import user_of
from mingtang.foi.actions.letters import begin
from mingtang.foi.actions.rows import day, facts_of, opened, refold, require_open, step, tell, working
from mingtang.foi.errors import WrongState
from mingtang.foi.models import Letter, LetterKind, Request, Step
from mingtang.law.clock import Kind, Owner, State
from mingtang.law.requests import Ground


@transaction.atomic
def withdraw(request: Request, *, actor: Any, moment: datetime, reason: str = "", on: date | None = None) -> Step:
    """The applicant takes the request back; event `foi.withdrawn`. Drafts of letters are given up."""
    row = working(request, actor=actor, moment=moment)
    if row.received_on is None:
        raise WrongState(_("%(number)s“%(state)s”，确认收到以后才能办理撤回。") % facts_of(row))
    _end(row, Ground.WITHDRAWN, actor=actor, moment=moment)
    reason = reason.strip()[:500]
    return step(row, Kind.WITHDRAWN, on=day(on, moment), actor=actor, moment=moment, reason=reason)


@transaction.atomic
def close_abandoned(request: Request, *, actor: Any, moment: datetime) -> Letter:
    """The correction or the fee did not come in time: decide so and draft the letter that says it (`foi.abandoned`)."""
    row = opened(request, "foi.handle", actor=actor, moment=moment)
    clocked = standing.fold_into(row, day_of(moment))
    if row.state != State.ABANDONED.value or row.replied_on:
        raise WrongState(_("%(number)s“%(state)s”，不是逾期未补正或者未缴费。") % facts_of(row))
    passed = [each for each in clocked.standing.deadlines if each.owner is Owner.APPLICANT and each.done_on is None]
    last = max(passed, key=lambda each: each.due)
    unpaid = any(rule.id.startswith("information-fee.") for rule in last.rules)
    ground = Ground.FEE_NOT_PAID if unpaid else Ground.NOT_CORRECTED
    _end(row, ground, actor=actor, moment=moment)
    refold(row, moment)
    tell("abandoned", row, actor=actor, moment=moment, basis=(ground.rule.id,), ground=ground.value)
    return begin(
        row, LetterKind.CLOSURE, actor=actor, moment=moment, things=row.asked.filter(letter=None),
        facts={"ground": ground.value, "until": last.due.isoformat()},
    )  # fmt: skip


@transaction.atomic
def merge_into(request: Request, *, into: Request, actor: Any, moment: datetime) -> Request:
    """The same applicant's same letter came twice: answer it under the number that came first; event `foi.merged`."""
    row = opened(request, "foi.handle", actor=actor, moment=moment)
    other = working(into, actor=actor, moment=moment)
    require_open(row)
    if row.pk == other.pk or row.body_id != other.body_id or row.applicant.same != other.applicant.same:
        raise WrongState(_("只能并入同一申请人向同一机关提出的另一件申请。"))
    if row.steps.exists() or row.letters.exists():
        raise WrongState(_("%s已经办过手续，不能再并入另一件。") % row.number)
    if row.received_on and (other.received_on is None or other.received_on > row.received_on):
        raise WrongState(_("请并入先收到的那一件，使答复期限不致推后。"))
    row.merged_into = other
    standing.fold_into(row, day_of(moment))
    row.next_what, row.next_due, row.due_on = "", None, None
    row.save(update_fields=["merged_into", *standing.CACHED])
    tell("merged", row, actor=actor, moment=moment, into=other.number)
    return row


def _end(row: Request, ground: Ground, *, actor: Any, moment: datetime) -> None:
    """What is not yet answered ends on this ground; drafts are given up."""
    row.letters.filter(state=Letter.State.DRAFT).update(state=Letter.State.DISCARDED)
    row.asked.filter(letter=None).update(
        ground=ground.value, decided_at=moment, decided_by=user_of(actor), explanation="", withheld=[]
    )
