"""What a text may carry and point to: only files and records that its writer may look at.

The form sends numbers. Without this question a guessed one would open another body's file, or show a draft's title.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from mingtang.bodies.permissions import bodies_for, day_of, may_everywhere
from mingtang.records import richtext
from mingtang.records.access import files_open_to
from mingtang.records.errors import OutOfReach
from mingtang.records.models import PUBLIC_STATES, AttachedFile, Record
from mingtang.records.queries import visible_to


@dataclass(frozen=True)
class Pointers:
    """Primary keys of the files and records that a text names."""

    files: frozenset[int] = frozenset()
    records: frozenset[int] = frozenset()


def pointers_of(edition: Record) -> Pointers:
    """What a text as an editor or a revision has it names: attachments, links to files, relations."""
    attached = {each.file_id for each in edition.attachments.all()}
    linked = richtext.mentioned(edition.text).documents
    return Pointers(frozenset(attached | linked), frozenset(each.to_id for each in edition.relations.all()))


def require_reachable(edition: Record, known: Pointers, *, actor: Any, moment: datetime) -> None:
    """Raise `OutOfReach` when the text names what is not in `known` and what the actor may not look at."""
    if isinstance(actor, str):
        return
    named, on = pointers_of(edition), day_of(moment)
    files = AttachedFile.objects.filter(pk__in=named.files - known.files)
    if files.exclude(pk__in=_files(actor, on).values("pk")).exists():
        raise OutOfReach(_("附件：其中有您无权使用的文件，请去掉后重新选择或上传。"))
    records = Record.objects.filter(pk__in=named.records - known.records)
    if records.exclude(pk__in=_records(actor, on).values("pk")).exists():
        raise OutOfReach(_("关联信息：其中有您无权查看的信息，请去掉后重新选择。"))


def _files(user: Any, on: date) -> Any:
    rows = AttachedFile.objects.all()
    if not may_everywhere(user, "records.view", on=on):
        rows = rows.filter(Q(body__in=bodies_for(user, "records.view", on=on)) | Q(uploaded_by_user_id=user.pk))
    return files_open_to(user, rows, looking=True, on=on)


def _records(user: Any, on: date) -> Any:
    visible = visible_to(user, on).values("pk")
    return Record.objects.filter(Q(pk__in=visible) | Q(state__in=PUBLIC_STATES))
