"""Evidence is confirmed, rejected or uploaded; a duty that has what it needs is completed, or opened again."""

from datetime import datetime

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.bodies.models import User
from mingtang.bodies.permissions import day_of, require
from mingtang.ledger import quotas
from mingtang.ledger.actions.answer import answer_chase
from mingtang.ledger.actions.locking import assignment_in, locked
from mingtang.ledger.actions.uploads import checked
from mingtang.ledger.errors import Invalid, NotProved, WrongState
from mingtang.ledger.models import Assignment, Evidence, Quota, Reopening
from mingtang.trace.actions import digest_of, record

ENDINGS = ("pdf", "docx", "xlsx", "txt", "jpg", "jpeg", "png", "zip")


@transaction.atomic
def confirm(evidence: Evidence, *, actor: User, moment: datetime) -> Evidence:
    """Confirm proposed evidence; confirming it twice is confirming it once. Raises `NotPermitted`, `WrongState`."""
    require(actor, "ledger.evidence", evidence.assignment, moment=moment)
    assignment = locked(evidence.assignment)
    row = locked(evidence)
    if row.state == Evidence.State.CONFIRMED:
        return row
    if row.state == Evidence.State.FALLEN:
        raise WrongState(_("这条佐证的来源已撤下，不能确认：请另找佐证。"))
    if assignment.state in (Assignment.State.WITHDRAWN, Assignment.State.CARRIED):
        raise WrongState(_("这项任务%(state)s，不再收佐证。") % {"state": assignment.get_state_display()})
    row.state, row.decided_at, row.decided_by, row.decision_note = Evidence.State.CONFIRMED, moment, actor, ""
    row.save()
    _record("ledger.evidence_confirmed", row, actor, moment)
    answer_chase(assignment, moment)
    return row


@transaction.atomic
def reject(evidence: Evidence, *, reason: str, actor: User, moment: datetime) -> Evidence:
    """Say that evidence does not prove the duty, with the reason. Confirmed evidence is taken back the same way.

    Raises `NotPermitted`, `Invalid`, `WrongState` (a completed duty rests on it, or it has fallen).
    """
    require(actor, "ledger.evidence", evidence.assignment, moment=moment)
    if not reason.strip():
        raise Invalid("reason", _("请写明为什么不采用这条佐证。"))
    assignment = locked(evidence.assignment)
    row = locked(evidence)
    if row.state == Evidence.State.REJECTED:
        return row
    if row.state == Evidence.State.FALLEN:
        raise WrongState(_("这条佐证已随来源失效，不需要再处理。"))
    if row.state == Evidence.State.CONFIRMED and assignment.state == Assignment.State.COMPLETED:
        raise WrongState(_("任务已据此办结：要撤回佐证，请先重新打开任务。"))
    row.state, row.decided_at, row.decided_by = Evidence.State.REJECTED, moment, actor
    row.decision_note = reason.strip()
    row.save()
    _record("ledger.evidence_rejected", row, actor, moment)
    return row


@transaction.atomic
def upload(
    assignment: Assignment,
    *,
    title: str,
    note: str,
    link: str = "",
    file: File | None = None,
    quota: Quota | None = None,
    public: bool = False,
    actor: User,
    moment: datetime,
) -> Evidence:
    """Bring evidence by hand, with a note and a file (at most 20 MB) or a link; it counts at once.

    Raises `NotPermitted`, `WrongState`, `Invalid`, `BadUpload`.
    """  # fmt: skip
    require(actor, "ledger.evidence", assignment, moment=moment)
    row = assignment_in(assignment, *Assignment.OPEN)
    if not title.strip():
        raise Invalid("title", _("请填写佐证的名称。"))
    if not note.strip():
        raise Invalid("note", _("请说明它证明了什么。"))
    if file is None and not link:
        raise Invalid("link", _("请上传文件或填写网址，两者至少有一项。"))
    if quota is not None and quota.task_id != row.task_id:
        raise Invalid("quota", _("所选的数量要求不属于这项任务：请重新选择。"))
    made = Evidence(
        assignment=row, quota=quota, state=Evidence.State.CONFIRMED, source=Evidence.Source.MANUAL,
        title=title.strip()[:200], note=note.strip(), link=link, public=public and bool(link), on=day_of(moment),
        made_at=moment, made_by=actor, decided_at=moment, decided_by=actor,
    )  # fmt: skip
    if file is not None:
        content = checked(file, ENDINGS, shrink=_("请压缩或改填网址"))
        made.file_name = str(content.name)[:200]
        made.file.save(made.file_name, content, save=False)
    made.save()
    _record("ledger.evidence_uploaded", made, actor, moment)
    answer_chase(row, moment)
    return made


@transaction.atomic
def complete(assignment: Assignment, *, actor: User, moment: datetime) -> Assignment:
    """Close a duty that its confirmed evidence proves; twice is once.

    With quotas each must be met in the year; without, one piece is enough. Raises `NotPermitted`, `WrongState`,
    `NotProved` with what is missing.
    """
    require(actor, "ledger.complete", assignment, moment=moment)
    row = locked(assignment)
    if row.state == Assignment.State.COMPLETED:
        return row
    row = assignment_in(row, Assignment.State.ACCEPTED)
    if missing := quotas.missing(row, on=day_of(moment)):
        raise NotProved(missing)
    proof = row.proof = row.evidence.filter(state=Evidence.State.CONFIRMED).latest("decided_at", "pk")
    row.state, row.completed_at, row.percent = Assignment.State.COMPLETED, moment, 100
    row.save()
    row.postponements.filter(outcome="").update(
        outcome="refused", answer=_("任务已办结，申请不再需要。"), decided_at=moment, decided_by=actor
    )
    record(
        "ledger.completed", row, actor=actor, moment=moment, body=row.body.code,
        data={"task": row.task_id, "proof": proof.pk, "late": _late(row, moment)},
    )  # fmt: skip
    answer_chase(row, moment)
    return row


@transaction.atomic
def reopen(assignment: Assignment, *, reason: str, actor: User, moment: datetime) -> Assignment:
    """Open a completed duty again. Raises `NotPermitted`, `WrongState`, `Invalid` without a reason."""
    require(actor, "ledger.reopen", assignment, moment=moment)
    if not reason.strip():
        raise Invalid("reason", _("请写明重新打开的原因。"))
    row = assignment_in(assignment, Assignment.State.COMPLETED)
    return open_again(row, reason=reason, actor=actor, moment=moment)


def open_again(row: Assignment, *, reason: str, actor: User | str, moment: datetime) -> Assignment:
    """Take the completion of a locked duty back; inside a transaction, permission asked by the caller."""
    row.state, row.completed_at, row.proof = Assignment.State.ACCEPTED, None, None
    row.save(update_fields=["state", "completed_at", "proof"])
    by = None if isinstance(actor, str) else actor
    Reopening.objects.create(assignment=row, reason=reason.strip(), made_at=moment, made_by=by)
    record(
        "ledger.reopened", row, actor=actor, moment=moment, body=row.body.code, after=digest_of(reason),
        data={"task": row.task_id},
    )  # fmt: skip
    return row


def _late(row: Assignment, moment: datetime) -> bool:
    return row.due_on is not None and day_of(moment) > row.due_on


def _record(verb: str, row: Evidence, actor: User, moment: datetime) -> None:
    record(
        verb, row.assignment, actor=actor, moment=moment, body=row.assignment.body.code,
        data={"evidence": row.pk, "thing": row.thing, "quota": row.quota_id},
    )  # fmt: skip
