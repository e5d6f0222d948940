"""From nothing to an approved text: draft, edit, submit, return, approve, and delete what never went out."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from wagtail.models import Revision

from mingtang.bodies import permissions
from mingtang.bodies.models import Body
from mingtang.bodies.permissions import day_of
from mingtang.records import checks, numbering
from mingtang.records.access import require
from mingtang.records.actions.rows import locked, move, require_stage, tell
from mingtang.records.digests import content_digest
from mingtang.records.errors import NoChangeNote, NotDeletable, WrongState
from mingtang.records.models import PUBLIC_STATES, Column, Record, State
from mingtang.records.reach import Pointers, pointers_of, require_reachable

#: Stages in which the text may be changed; `PUBLISHED` and `WITHDRAWN` because the change opens an amendment.
OPEN = (State.DRAFT, State.RETURNED, State.PUBLISHED, State.WITHDRAWN)


def create(
    *,
    body: Body,
    column: Column,
    title: str,
    topic: str,
    genre: str,
    actor: Any,
    moment: datetime,
    model: type[Record] = Record,
    **fields: Any,
) -> Record:
    """Draft a record: first revision, index number, event `records.drafted`. `fields` are further content fields."""
    record = model(body=body, column=column, title=title, topic=topic, genre=genre, **fields)
    return open_draft(record, actor=actor, moment=moment)


@transaction.atomic
def open_draft(record: Record, *, actor: Any, moment: datetime) -> Record:
    """Store an unsaved record (with its attachments and relations) as a draft; see `create`."""
    permissions.require(actor, "records.draft", record.body, moment=moment)
    record.index_number, record.slug = numbering.take(record.body, day_of(moment))
    record.state, record.amendment, record.live = State.DRAFT, "", False
    record.author = None if isinstance(actor, str) else actor
    record.created_at = moment
    checks.require_coherent(record)
    require_reachable(record, Pointers(), actor=actor, moment=moment)
    record.save()
    record.save_revision(user=record.author, clean=False)
    tell("records.drafted", record, actor=actor, moment=moment, after=content_digest(record))
    return record


@transaction.atomic
def save_draft(record: Record, *, actor: Any, moment: datetime, overwrite: Revision | None = None) -> Record:
    """Keep what `record` says now as a new revision; event `records.edited`.

    What the public sees stays as it is: for a record that has been public the change is an amendment, published by
    review like any other text. `overwrite` is the actor's own newest revision that this one replaces (autosave).
    """
    current = locked(record)
    require(actor, "records.edit", current, moment=moment)
    require_stage(current, _("修改"), *OPEN, mend=_("请先撤回送审，或由审核人退回。"))
    if record.body_id != current.body_id:
        permissions.require(actor, "records.draft", record.body, moment=moment)
    former = current.get_latest_revision_as_object()
    require_reachable(record, pointers_of(former), actor=actor, moment=moment)
    before = content_digest(former)
    for name in current.LIFE_FIELDS:
        attname = current._meta.get_field(name).attname
        setattr(record, attname, getattr(current, attname))
    if current.published_at is None:
        record.state = State.DRAFT if current.state == State.DRAFT else State.RETURNED
        checks.require_coherent(record)
        record.save()
    else:
        _amend(record, current)
    user = None if isinstance(actor, str) else actor
    record.save_revision(user=user, clean=False, overwrite_revision=overwrite)
    tell("records.edited", record, actor=actor, moment=moment, before=before, after=content_digest(record))
    return record


def _amend(record: Record, current: Record) -> None:
    """Open or go on with an amendment of what has been public; the note of the last change is not the next one's."""
    if not current.amendment:
        record.amendment = State.DRAFT
        type(current)._default_manager.filter(pk=current.pk).update(amendment=State.DRAFT)
        if record.change_note == current.change_note:
            record.change_note = ""
    checks.require_coherent(record)
    # Who may see the amendment holds from now on; what the public sees does not depend on it.
    type(current)._default_manager.filter(pk=current.pk).update(restricted=record.restricted)
    # modelcluster's manager of children held in memory has a commit that the stubs do not know.
    record.named_readers.commit()  # pyright: ignore[reportAttributeAccessIssue]


@transaction.atomic
def submit(record: Record, *, actor: Any, moment: datetime) -> Record:
    """The newest text goes into review (called by `review.actions.submit`); event `records.submitted`."""
    current = locked(record)
    require(actor, "records.edit", current, moment=moment)
    require_stage(current, _("送审"), State.DRAFT, State.RETURNED, mend=_("只有草稿和被退回的信息可以送审。"))
    checks.require_complete(current.get_latest_revision_as_object())
    return _moved(record, current, State.SUBMITTED, "records.submitted", actor=actor, moment=moment)


@transaction.atomic
def return_draft(record: Record, *, actor: Any, moment: datetime, reason: str, recalled: bool = False) -> Record:
    """The text goes back to its author (called by `review.actions`): returned by a signer, or recalled by its side."""
    current = locked(record)
    require(actor, "records.edit" if recalled else "records.view", current, moment=moment)
    require_stage(current, _("退回"), State.SUBMITTED, State.APPROVED, mend=_("只有审核中和已签发的信息可以退回。"))
    stage = State.DRAFT if recalled else State.RETURNED
    verb = "records.recalled" if recalled else "records.returned"
    return _moved(record, current, stage, verb, actor=actor, moment=moment, reason=reason)


@transaction.atomic
def approve(record: Record, *, actor: Any, moment: datetime) -> Record:
    """The newest text may go out: after the last signature (called by `review.actions.sign`); `records.approved`.

    Nobody approves what they wrote or edited. Only the installation itself (`system:import`) approves a draft
    that nobody signed: what another system published before it came here.
    """
    current = locked(record)
    require(actor, "records.publish", current, moment=moment)
    imported = [State.DRAFT] if isinstance(actor, str) else []
    require_stage(current, _("签发"), State.SUBMITTED, *imported, mend=_("只有审核中的信息可以签发，请先送审。"))
    if not isinstance(actor, str) and actor.pk in checks.writers_of(current):
        raise WrongState(_("由本人签发"), current.stage.label, _("起草和修改过这份稿的人不得签发，请由他人签发。"))
    edition = current.get_latest_revision_as_object()
    checks.require_complete(edition)
    if current.published_at is not None and not edition.change_note.strip():
        raise NoChangeNote
    return _moved(record, current, State.APPROVED, "records.approved", actor=actor, moment=moment)


@transaction.atomic
def delete(record: Record, *, actor: Any, moment: datetime) -> None:
    """Remove a draft that never went out and that nobody signed; event `records.deleted`."""
    current = locked(record)
    require(actor, "records.edit", current, moment=moment)
    if current.published_at is not None or current.state in PUBLIC_STATES:
        raise NotDeletable(_("已发布过的信息不能删除，请使用“撤下”或“归档”。"))
    require_stage(current, _("删除"), State.DRAFT, State.RETURNED, mend=_("请先撤回送审。"))
    tell("records.deleted", current, actor=actor, moment=moment, before=content_digest(current))
    try:
        with transaction.atomic():
            current.delete()
    except ProtectedError as error:
        raise NotDeletable(_("该信息已有审核签字或被其他信息引用，须留存，不能删除。")) from error


def _moved(
    record: Record, current: Record, stage: State, verb: str, *, actor: Any, moment: datetime, **data: Any
) -> Record:
    """Set the stage, write the event, bring the caller's object up to date."""
    current.save(update_fields=move(current, stage))
    tell(verb, current, actor=actor, moment=moment, after=content_digest(_newest(current)), **data)
    record.refresh_from_db()
    return record


def _newest(record: Record) -> Record:
    return record.get_latest_revision_as_object()
