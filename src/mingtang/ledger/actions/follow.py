"""A body tells how a duty fares, asks for a later day; the office chases (催办)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.bodies.models import Body, User
from mingtang.bodies.permissions import day_of, require
from mingtang.ledger.actions.answer import answer_chase
from mingtang.ledger.actions.locking import assignment_in
from mingtang.ledger.errors import Invalid, WrongState
from mingtang.ledger.models import Assignment, Chase, Ledger, Postponement, Progress
from mingtang.trace.actions import digest_of, record


@transaction.atomic
def report(assignment: Assignment, *, percent: int, text: str, actor: User, moment: datetime) -> Progress:
    """Report progress in percent with a sentence. Raises `NotPermitted`, `WrongState`, `Invalid`."""
    require(actor, "ledger.report", assignment, moment=moment)
    if not 0 <= percent <= 100:
        raise Invalid("percent", _("进度请填 0 到 100 之间的整数。"))
    if not text.strip():
        raise Invalid("text", _("请写明进展情况。"))
    row = assignment_in(assignment, Assignment.State.ACCEPTED)
    made = Progress.objects.create(
        assignment=row, percent=percent, text=text.strip(), made_at=moment, made_by=actor
    )  # fmt: skip
    row.percent = percent
    row.save(update_fields=["percent"])
    record(
        "ledger.reported", row, actor=actor, moment=moment, body=row.body.code, after=digest_of(text),
        data={"task": row.task_id, "percent": percent},
    )  # fmt: skip
    answer_chase(row, moment)
    return made


@transaction.atomic
def ask_postponement(
    assignment: Assignment, *, until: date, reason: str, actor: User, moment: datetime
) -> Postponement:
    """Ask the office for a later day. Raises `NotPermitted`, `WrongState` (one is pending), `Invalid`."""
    require(actor, "ledger.postpone", assignment, moment=moment)
    row = assignment_in(assignment, Assignment.State.ACCEPTED)
    if not reason.strip():
        raise Invalid("reason", _("请写明申请延期的理由。"))
    if until <= day_of(moment) or (row.due_on is not None and until <= row.due_on):
        raise Invalid("until", _("延期后的日期须晚于今天，也晚于现在的期限 %(due_on)s。") % {"due_on": row.due_on})
    if row.postponements.filter(outcome="").exists():
        raise WrongState(_("已有一份延期申请在等政务公开办答复。"))
    made = Postponement.objects.create(
        assignment=row, until=until, was_due_on=row.due_on, reason=reason.strip(), made_at=moment, made_by=actor
    )
    record(
        "ledger.postponement_asked", row, actor=actor, moment=moment, body=row.body.code, after=digest_of(reason),
        data={"task": row.task_id, "until": until.isoformat()},
    )  # fmt: skip
    answer_chase(row, moment)
    return made


@transaction.atomic
def chase(
    ledger: Ledger,
    bodies: Sequence[Body],
    *,
    text: str,
    actor: User,
    moment: datetime,
    assignment: Assignment | None = None,
) -> list[Chase]:
    """Chase bodies about a ledger that they have not answered, or the body of one duty; once a day for each.

    A body that was chased today is left out, so a double click chases once. Raises `NotPermitted`, `WrongState`
    (nothing to chase), `Invalid`.
    """  # fmt: skip
    require(actor, "ledger.chase", ledger, moment=moment)
    if not text.strip():
        raise Invalid("text", _("请写明催办内容。"))
    today = day_of(moment)
    Ledger.objects.select_for_update().get(pk=ledger.pk)
    if assignment is not None:
        assignment = assignment_in(assignment, *Assignment.OPEN)
        bodies = [assignment.body]
    made = []
    for body in bodies:
        if Chase.objects.filter(ledger=ledger, body=body, assignment=assignment, on=today).exists():
            continue
        if assignment is None and not _owes_answer(ledger, body):
            raise WrongState(_("%(body)s已全部反馈，不需要催办。") % {"body": body})
        one = Chase.objects.create(
            ledger=ledger, body=body, assignment=assignment, text=text.strip(), on=today, made_at=moment, made_by=actor
        )
        made.append(one)
        record(
            "ledger.chased", assignment or ledger, actor=actor, moment=moment, body=body.code, after=digest_of(text),
            data={"ledger": ledger.pk, "task": assignment.task_id if assignment else None},
        )  # fmt: skip
    return made


def _owes_answer(ledger: Ledger, body: Body) -> bool:
    return Assignment.objects.filter(ledger=ledger, body=body, state=Assignment.State.ASSIGNED).exists()
