"""Who may see a restricted draft and a file, on top of what `may` answers for the body."""

from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from mingtang.bodies import permissions
from mingtang.bodies.errors import NotPermitted
from mingtang.bodies.permissions import bodies_for, day_of, may, may_everywhere
from mingtang.records.models import PUBLIC_STATES, AttachedFile, Attachment, NamedReader, Record


def open_to(user: Any, on: date) -> Q:
    """Records that are not closed to this person by name.

    A restricted text is open to its author, to those whom it names and to the openness office (who may draft for
    every body), until it is public.
    """
    if may_everywhere(user, "records.draft", on=on):
        return Q()
    named = NamedReader.objects.filter(user_id=user.pk).values("record")
    openly = Q(restricted=False) | Q(state__in=PUBLIC_STATES, amendment="")
    return openly | Q(author_id=user.pk) | Q(pk__in=named)


def is_open_to(user: Any, record: Record, on: date) -> bool:
    """The same question for one record."""
    if not record.restricted or (record.is_public and not record.amendment) or record.author_id == user.pk:
        return True
    named = record.pk is not None and NamedReader.objects.filter(record=record.pk, user_id=user.pk).exists()
    return named or may_everywhere(user, "records.draft", on=on)


def may_with(user: Any, verb: str, record: Record, *, on: date) -> bool:
    """Whether the user may do `verb` to this record and is not kept out of it by name."""
    return may(user, verb, record, on=on) and is_open_to(user, record, on)


def require(actor: Any, verb: str, record: Record, *, moment: datetime) -> None:
    """Raise `bodies.errors.NotPermitted` unless the actor may do `verb` to the record at the moment."""
    permissions.require(actor, verb, record, moment=moment)
    if not isinstance(actor, str) and not is_open_to(actor, record, day_of(moment)):
        raise NotPermitted("查看限定人员的草稿")


def files_open_to(user: Any, rows: QuerySet[AttachedFile], *, looking: bool, on: date) -> QuerySet[AttachedFile]:
    """Of the files `rows`, for whose bodies the user holds the verb in question, those that are open to them.

    A file that only restricted drafts carry is closed to whom these are closed; with `looking`, files of other bodies
    that a visible record carries are added.
    """
    carried = Attachment.objects.filter(file=OuterRef("pk"))
    seen = Record.objects.filter(open_to(user, on), body__in=bodies_for(user, "records.view", on=on))
    open_rows = Q(~Exists(carried)) | Q(Exists(carried.filter(record__in=seen))) | Q(uploaded_by_user_id=user.pk)
    own = Q(pk__in=rows.filter(open_rows).values("pk"))
    if looking:
        own |= Q(Exists(carried.filter(record__in=seen)))
    # One condition on the key: Wagtail's search of files takes no other.
    return AttachedFile.objects.filter(pk__in=AttachedFile.objects.filter(own).values("pk"))
