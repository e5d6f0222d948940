"""What the public sees: publish, schedule, withdraw, supersede, archive."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.records import checks, kinds
from mingtang.records.access import require
from mingtang.records.actions.rows import locked, move, require_stage, tell
from mingtang.records.digests import content_digest
from mingtang.records.errors import NoChangeNote, NoReason, WrongState
from mingtang.records.models import Record, Relation, RelationKind, State, Validity

REASON_LENGTH = 4  # characters


@transaction.atomic
def publish(record: Record, *, actor: Any, moment: datetime, change_note: str = "") -> Record:
    """Put the approved text before the public; event `records.published`, or `records.changed` while it is there.

    The text must have been approved (`approve`, reached through the signatures of `review`); a scheduled one is
    published at its time by `system:schedule`. A republication says what changed, in the text's own field or here.
    """
    current = locked(record)
    require(actor, "records.publish", current, moment=moment)
    require_stage(current, _("发布"), State.APPROVED, State.SCHEDULED, mend=_("须先经三级审核签发，请先送审。"))
    if current.stage == State.SCHEDULED and isinstance(actor, str) and not _is_time(current, moment):
        raise WrongState(_("提前发布"), current.stage.label, _("定时未到。"))
    revision = current.scheduled_revision or current.latest_revision
    edition = revision.as_object()
    again = current.published_at is not None
    if change_note.strip():
        edition.change_note = change_note.strip()
    if again and not edition.change_note.strip():
        raise NoChangeNote
    checks.require_complete(edition)
    checks.require_coherent(edition)
    visible = current.is_public
    before = content_digest(current) if visible else ""
    kind = kinds.of(edition)
    kind.settle(edition, moment)
    moved = {"former_column": current.column_id} if again and current.column_id != edition.column_id else {}
    _put_out(edition, revision, moment)
    tell(
        "records.changed" if visible else "records.published",
        edition,
        actor=actor,
        moment=moment,
        before=before,
        after=content_digest(edition),
        change_note=edition.change_note,
        **moved,
    )
    kind.follow(edition, actor, moment)
    record.refresh_from_db()
    return record


def _is_time(record: Record, moment: datetime) -> bool:
    """Whether the time that was set for the publication has come."""
    return record.go_live_at is not None and record.go_live_at <= moment


def _put_out(edition: Record, revision: Any, moment: datetime) -> None:
    """Write the revision's text into the row that the public sees."""
    edition.state, edition.amendment = State.PUBLISHED, ""
    edition.published_at = edition.published_at or moment
    edition.withdrawn_at, edition.withdrawal_reason = None, ""
    edition.live, edition.expired, edition.has_unpublished_changes = True, False, False
    edition.first_published_at = edition.first_published_at or moment
    edition.last_published_at = moment
    edition.live_revision = revision
    edition.go_live_at = None
    edition.save()
    edition.revisions.exclude(approved_go_live_at=None).update(approved_go_live_at=None)


@transaction.atomic
def schedule(record: Record, *, actor: Any, moment: datetime, go_live_at: datetime) -> Record:
    """Publish the approved text at `go_live_at`, by the worker; event `records.scheduled`."""
    from mingtang.records.tasks import publish_at_its_time  # tasks call these actions

    current = locked(record)
    require(actor, "records.publish", current, moment=moment)
    require_stage(current, _("定时发布"), State.APPROVED, mend=_("须先经三级审核签发，请先送审。"))
    if go_live_at <= moment:
        raise WrongState(_("定时发布"), current.stage.label, _("发布时间须晚于现在；要立即发布请直接发布。"))
    revision = current.latest_revision
    revision.approved_go_live_at = go_live_at
    revision.save(update_fields=["approved_go_live_at"])
    current.go_live_at = go_live_at
    current.save(update_fields=["go_live_at", *move(current, State.SCHEDULED)])
    tell("records.scheduled", current, actor=actor, moment=moment, go_live_at=go_live_at.isoformat())
    publish_at_its_time.using(run_after=go_live_at).enqueue(current.pk)
    record.refresh_from_db()
    return record


@transaction.atomic
def unschedule(record: Record, *, actor: Any, moment: datetime) -> Record:
    """Take back the time of publication: the text stays approved and waits; event `records.unscheduled`."""
    current = locked(record)
    require(actor, "records.publish", current, moment=moment)
    require_stage(current, _("取消定时"), State.SCHEDULED, mend=_("它没有待执行的定时发布。"))
    _forget_time(current, State.APPROVED)
    tell("records.unscheduled", current, actor=actor, moment=moment)
    record.refresh_from_db()
    return record


def _forget_time(current: Record, stage: State) -> None:
    current.revisions.exclude(approved_go_live_at=None).update(approved_go_live_at=None)
    current.go_live_at = None
    current.save(update_fields=["go_live_at", *move(current, stage)])


@transaction.atomic
def withdraw(record: Record, *, actor: Any, moment: datetime, reason: str) -> Record:
    """Take the text from the public, who then see that it was withdrawn, when and why; `records.withdrawn`.

    An amendment that waits for its time is stopped too.
    """
    current = locked(record)
    require(actor, "records.withdraw", current, moment=moment)
    if len(reason.strip()) < REASON_LENGTH:
        raise NoReason
    if not current.is_public:
        raise WrongState(_("撤下"), State(current.state).label, _("只有已公开的信息可以撤下。"))
    if current.amendment == State.SCHEDULED:
        _forget_time(current, State.DRAFT)
    current.state, current.live = State.WITHDRAWN, False
    current.withdrawn_at, current.withdrawal_reason = moment, reason.strip()
    current.save(update_fields=["state", "live", "withdrawn_at", "withdrawal_reason"])
    tell(
        "records.withdrawn", current, actor=actor, moment=moment, before=content_digest(current), reason=reason.strip()
    )
    record.refresh_from_db()
    return record


@transaction.atomic
def supersede(record: Record, by: Record, *, actor: Any, moment: datetime) -> Record:
    """Mark a published record as replaced by another published one; it stays readable; `records.superseded`."""
    current, newer = locked(record), locked(by)
    require(actor, "records.archive", current, moment=moment)
    if current.state != State.PUBLISHED or newer.state != State.PUBLISHED or current.pk == newer.pk:
        raise WrongState(_("被替代"), State(current.state).label, _("新旧两条信息都须已发布，且不能是同一条。"))
    for each in (current, newer):
        if each.amendment:
            raise WrongState(_("登记替代关系"), each.stage.label, _("请先办结在办的修改稿。"))
    if refusal := kinds.of(current).no_supersession:
        raise WrongState(_("登记替代关系"), State(current.state).label, refusal)
    Relation.objects.get_or_create(record=newer, kind=RelationKind.REPLACES, to=current)
    current.state = State.SUPERSEDED
    if current.validity != Validity.NOT_APPLICABLE:
        current.validity = Validity.REPEALED
    current.save(update_fields=["state", "validity"])
    tell("records.superseded", current, actor=actor, moment=moment, by=newer.index_number)
    record.refresh_from_db()
    return record


@transaction.atomic
def restate(record: Record, validity: Validity, *, actor: Any, moment: datetime, note: str) -> Record:
    """Say anew what a document is worth, its text untouched: for kinds of record that compute it.

    Before the public this is a change that says why (`records.changed` with the note); elsewhere only the row follows.
    """
    current = locked(record)
    require(actor, "records.publish", current, moment=moment)
    if current.validity != validity:
        before = content_digest(current) if current.is_public else ""
        current.validity = validity
        if not current.is_public:
            current.save(update_fields=["validity"])
        else:
            current.change_note = note
            current.save(update_fields=["validity", "change_note"])
            after = content_digest(current)
            tell("records.changed", current, actor=actor, moment=moment, before=before, after=after, change_note=note)
    record.refresh_from_db()
    return record


@transaction.atomic
def archive(record: Record, *, actor: Any, moment: datetime) -> Record:
    """Move a published or superseded record among the archived: still readable, no longer edited."""
    current = locked(record)
    require(actor, "records.archive", current, moment=moment)
    if current.state not in (State.PUBLISHED, State.SUPERSEDED) or current.amendment:
        raise WrongState(_("归档"), current.stage.label, _("只有已发布或已被替代、且没有在办修改稿的信息可以归档。"))
    current.state = State.ARCHIVED
    current.save(update_fields=["state"])
    tell("records.archived", current, actor=actor, moment=moment)
    record.refresh_from_db()
    return record
