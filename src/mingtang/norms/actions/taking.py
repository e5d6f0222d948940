"""Taking in what exists: many documents that were in force before they came here, published in few statements.

What one publication leaves behind, each of many leaves too: revision, index number, event, edition, and through the
readers of the stream its leaf in the log and its entry in the index.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CharField, OuterRef, Subquery
from django.db.models.functions import Cast
from wagtail.models import Revision

from mingtang.bodies import permissions
from mingtang.norms.actions.intake import Intake, checked
from mingtang.norms.actions.making import link_up
from mingtang.norms.errors import Doubtful
from mingtang.norms.models import JointIssuer, Norm, Period, Reference
from mingtang.norms.projection import periods_of
from mingtang.records import editions, numbering
from mingtang.records.actions.rows import facts_of
from mingtang.records.digests import content_digest
from mingtang.records.models import Attachment, Edition, Record, State
from mingtang.trace import actions as trace
from mingtang.trace.models import Event

Content = dict[str, Any]
#: Documents of one transaction: what is held in memory at a time.
CHUNK = 250


@dataclass
class Taken:
    """What became of a batch; `added` are the keys of new norms in order."""

    added: list[int] = field(default_factory=list)
    unchanged: int = 0
    refused: list[Doubtful] = field(default_factory=list)


def take_in(batch: Iterable[Intake], *, actor: Any, moment: datetime, chunk: int = CHUNK) -> Taken:
    """Publish documents of the stock, each marked with its source, by the chunk; event `norms.taken_in` for each chunk.

    One whose `source_digest` is in the library already is left as it is; one that cannot be is refused with its reason
    and leaves nothing half written. Running it again changes nothing.
    """
    taken, place, rest = Taken(), 1, iter(batch)
    while part := list(islice(rest, chunk)):
        _take_chunk(part, place, taken, actor=actor, moment=moment)
        place += len(part)
    return taken


@transaction.atomic
def _take_chunk(part: Sequence[Intake], place: int, taken: Taken, *, actor: Any, moment: datetime) -> None:
    for body in {each.body.pk: each.body for each in part}.values():
        permissions.require(actor, "norms.take_in", body, moment=moment)
    found = checked(part, place, moment)
    taken.unchanged += found.unchanged
    taken.refused += found.refused
    if not found.sound:
        return
    author = None if isinstance(actor, str) else actor
    norms = [each.row(author, moment) for each in found.sound]
    _number(norms, moment)
    _insert(norms)
    _hang_on(found.sound, norms)
    contents = [norm.serializable_data() for norm in norms]
    _revise(norms, contents, author, moment)
    _tell(norms, contents, actor, moment)
    taken.added += [norm.pk for norm in norms]


def _number(norms: Sequence[Norm], moment: datetime) -> None:
    """Give index numbers in the order of the batch, one counter a body."""
    by_body: dict[int, list[Norm]] = {}
    for norm in norms:
        by_body.setdefault(norm.body_id, []).append(norm)
    for group in by_body.values():
        numbers = numbering.take_many(group[0].body, permissions.day_of(moment), len(group))
        for norm, (number, slug) in zip(group, numbers, strict=True):
            norm.index_number, norm.slug = number, slug


def _insert(norms: Sequence[Norm]) -> None:
    """Write the rows of both tables: Django's `bulk_create` knows one table only."""
    names = [each.attname for each in Record._meta.concrete_fields if not each.primary_key]
    records = [Record(**{name: getattr(norm, name) for name in names}) for norm in norms]
    Record.objects.bulk_create(records)
    for norm, record in zip(norms, records, strict=True):
        norm.pk = record.pk
        setattr(norm, "id", record.pk)  # noqa: B010 - the root's key, which the checker does not know
    # What `save` itself calls for one row, given many: the child's own columns.
    Norm._base_manager._insert(norms, fields=Norm._meta.local_concrete_fields, using=Norm.objects.db)  # type: ignore[attr-defined]
    for norm in norms:
        norm._state.adding = False


def _hang_on(sound: Sequence[Intake], norms: Sequence[Norm]) -> None:
    """Joint bodies, files, references and periods."""
    pairs = list(zip(sound, norms, strict=True))
    JointIssuer.objects.bulk_create(
        JointIssuer(norm=norm, body=None if isinstance(body, str) else body, name=str(body), order=order)
        for each, norm in pairs
        for order, body in enumerate(each.joint)
    )
    attachments = [
        Attachment(record=norm, file=file, title=file.title[:120], sort_order=order)
        for each, norm in pairs
        for order, file in enumerate(each.files)
    ]
    Attachment.objects.bulk_create(attachments)
    references = [
        Reference(norm=norm, role=role, **vars(named)) for each, norm in pairs for role, named in each.named()
    ]
    link_up(references)
    Reference.objects.bulk_create(row for row in references if row.to_id != row.norm_id)
    Period.objects.bulk_create(row for norm in norms for row in periods_of(norm, ()))


def _revise(norms: Sequence[Norm], contents: Sequence[Content], author: Any, moment: datetime) -> None:
    """One revision each, which is at once its newest and the public one."""
    kind = ContentType.objects.get_for_model(Norm)
    base = ContentType.objects.get_for_model(Record)
    Revision.objects.bulk_create(
        Revision(
            content_type=kind,
            base_content_type=base,
            object_id=str(norm.pk),
            user=author,
            created_at=moment,
            content=content,
            object_str=norm.title,
        )
        for norm, content in zip(norms, contents, strict=True)
    )
    of_it = Revision.objects.filter(base_content_type=base, object_id=Cast(OuterRef("pk"), CharField(max_length=255)))
    newest = Subquery(of_it.order_by("-pk").values("pk")[:1])
    keys = [norm.pk for norm in norms]
    Record.objects.filter(pk__in=keys).update(latest_revision=newest, live_revision=newest)
    revisions = dict(Record.objects.filter(pk__in=keys).values_list("pk", "latest_revision"))
    for norm in norms:
        norm.latest_revision_id = norm.live_revision_id = revisions[norm.pk]


def _tell(norms: Sequence[Norm], contents: Sequence[Content], actor: Any, moment: datetime) -> None:
    """The events of publication in their order, the editions beside them, and one event for the chunk."""
    events, kept = [], []
    for norm, event, content, metadata in _published(norms, contents, actor, moment):
        events.append(event)
        kept.append((norm, event, content, metadata))
    trace.append(events)
    Edition.objects.bulk_create(
        Edition(record_id=norm.pk, event_seq=event.seq, content=content, metadata=metadata)
        for norm, event, content, metadata in kept
    )
    data = {"count": len(norms), "first": events[0].seq, "last": events[-1].seq}
    trace.record("norms.taken_in", "norms.library", actor=actor, moment=moment, data=data)


def _published(
    norms: Sequence[Norm], contents: Sequence[Content], actor: Any, moment: datetime
) -> Iterator[tuple[Norm, Event, bytes, bytes]]:
    named = actor if isinstance(actor, str) else f"user:{actor.pk}"
    for norm, data in zip(norms, contents, strict=True):
        content, metadata = editions.content_of(norm), editions.metadata_of(norm)
        facts = facts_of(norm) | {
            "shown": editions.digest_of(content),
            "metadata": editions.digest_of(metadata),
            "stock_source": norm.stock_source,
            "source_digest": norm.source_digest,
        }
        event = Event(
            moment=moment,
            verb="records.published",
            thing=trace.name_of(norm),
            body=norm.body.code,
            actor=named,
            basis=[],
            after=content_digest(norm, data),
            data=facts,
        )
        assert norm.state == State.PUBLISHED  # noqa: S101 - what `Intake.row` makes
        yield norm, event, content, metadata
