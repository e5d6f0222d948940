"""Submitting, signing and returning: the only code that moves a text through review."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from mingtang.bodies.models import Post
from mingtang.bodies.permissions import day_of
from mingtang.records import actions as records
from mingtang.records.models import Record
from mingtang.review.checks import Severity, findings
from mingtang.review.errors import Blocked, GatesOpen, NoReason, NoRound
from mingtang.review.models import Gate, Level, SignOff
from mingtang.review.queries import level_of, round_of
from mingtang.review.signers import signing_post
from mingtang.trace import actions as trace

REASON_LENGTH = 4  # characters


@transaction.atomic
def submit(record: Record, *, actor: Any, moment: datetime) -> Record:
    """Start a round of review over the newest text; findings of severity `block` stop it (`Blocked`).

    An actor that is a string is the installation itself: the round names no person who asked for it.
    """
    records.submit(record, actor=actor, moment=moment)
    _refuse_blocked(record)
    former = record.current_workflow_state
    if former:  # the round that was returned: a changed text is signed anew from the first level
        former.cancel(user=_person(actor))
    workflow = record.get_workflow()
    if workflow is None:
        raise NoRound
    workflow.start(record, _person(actor))
    return record


def _person(actor: Any) -> Any:
    return None if isinstance(actor, str) else actor


@transaction.atomic
def sign(record: Record, *, actor: Any, moment: datetime, gates: Collection[str], remark: str = "") -> Record:
    """Sign the present level through all five gates; the last level publishes, or schedules where a time is set.

    `gates` are the codes of `Gate` that the person has ticked. Raises `GatesOpen`, `NotYours`, `NoRound`, `Blocked`.
    """
    current, level = _present(record)
    post = signing_post(actor, record, level, current.pk, day_of(moment))
    missing = [str(gate.label) for gate in Gate if gate.value not in set(gates)]
    if missing:
        raise GatesOpen(missing)
    _refuse_blocked(record)
    _sign_gates(record, current, level, post, list(Gate), actor=actor, moment=moment, passed=True, remark=remark)
    current.current_task_state.specific.approve(user=actor, comment=remark)
    _tell("review.signed", record, level, actor=actor, moment=moment, post=post, round=current.pk)
    if level == Level.OFFICE:
        _let_out(record, actor=actor, moment=moment)
    record.refresh_from_db()
    return record


def _let_out(record: Record, *, actor: Any, moment: datetime) -> None:
    """After the last signature: publish now, or at the time that the text asks for."""
    wanted = record.get_latest_revision_as_object().go_live_at
    records.approve(record, actor=actor, moment=moment)
    if wanted and wanted > moment:
        records.schedule(record, actor=actor, moment=moment, go_live_at=wanted)
    else:
        records.publish(record, actor=actor, moment=moment)


@transaction.atomic
def return_for_changes(
    record: Record, *, actor: Any, moment: datetime, reason: str, gates: Collection[str] = ()
) -> Record:
    """Send the text back with the reason; `gates` are those that it did not pass, each signed as not passed."""
    current, level = _present(record)
    post = signing_post(actor, record, level, current.pk, day_of(moment))
    said = reason.strip()
    if len(said) < REASON_LENGTH:
        raise NoReason
    failed = [gate for gate in Gate if gate.value in set(gates)]
    _sign_gates(record, current, level, post, failed, actor=actor, moment=moment, passed=False, remark=said)
    current.current_task_state.specific.reject(user=actor, comment=said)
    _tell("review.returned", record, level, actor=actor, moment=moment, post=post, round=current.pk)
    return records.return_draft(record, actor=actor, moment=moment, reason=said)


@transaction.atomic
def recall(record: Record, *, actor: Any, moment: datetime) -> Record:
    """Take the text back out of review to change it (by those who may edit it); signatures stay where they are."""
    current, _level = _present(record)
    records.return_draft(record, actor=actor, moment=moment, reason=_("撤回送审"), recalled=True)
    current.cancel(user=actor)
    return record


def _present(record: Record) -> tuple[Any, Level]:
    """The round that runs and its level, the round's row locked so that two signatures cannot cross."""
    current: Any = round_of(record)  # Wagtail's model: untyped
    level = level_of(record)
    if current is None or level is None:
        raise NoRound
    locked: Any = WorkflowState.objects.select_for_update().get(pk=current.pk)
    if (
        locked.status != WorkflowState.STATUS_IN_PROGRESS
        or locked.current_task_state_id != current.current_task_state_id
    ):
        raise NoRound
    return current, level


def _refuse_blocked(record: Record) -> None:
    edition = record.get_latest_revision_as_object()
    blocking = [finding.mend for finding in findings(edition) if finding.severity == Severity.BLOCK]
    if blocking:
        raise Blocked(blocking)


def _sign_gates(
    record: Record,
    current: WorkflowState,
    level: Level,
    post: Post,
    gates: list[Gate],
    *,
    actor: Any,
    moment: datetime,
    passed: bool,
    remark: str,
) -> None:
    SignOff.objects.bulk_create(
        SignOff(
            record_id=record.pk,
            revision_id=record.latest_revision_id,
            round=current.pk,
            level=level,
            gate=gate,
            passed=passed,
            remark=remark.strip()[:500],
            user=actor,
            post=post,
            body=post.body,
            moment=moment,
        )
        for gate in gates
    )


def _tell(verb: str, record: Record, level: Level, *, actor: Any, moment: datetime, post: Post, round: int) -> None:
    trace.record(
        verb,
        trace.name_of(record),
        actor=actor,
        moment=moment,
        body=record.body.code,
        data={"level": level.value, "post": post.pk, "for": post.body.code, "round": round},
    )
