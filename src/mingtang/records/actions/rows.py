"""What every act on a record begins and ends with: the locked row, the question of state, the event."""

from datetime import datetime
from typing import Any

from wagtail.log_actions import log

from mingtang.records import editions
from mingtang.records.classes import load
from mingtang.records.errors import WrongState
from mingtang.records.models import Record, State
from mingtang.trace import actions as trace
from mingtang.trace.log.leaves import VERBS as PUBLIC_ACTS


def locked(record: Record) -> Record:
    """The record as the database has it and as what it is, its row locked until the transaction ends."""
    Record.objects.select_for_update().only("pk").get(pk=record.pk)
    found = _load(type(record), record.pk)
    kind = found.latest_revision and found.latest_revision.content_type.model_class()
    return found if kind in (None, type(found)) else _load(kind, record.pk)


def _load(model: type[Record], pk: int) -> Record:
    return model._default_manager.select_related("body", "column", "latest_revision").get(pk=pk)


def require_stage(record: Record, act: str, *stages: State, mend: str) -> None:
    """Raise `WrongState` unless the newest text stands in one of the stages."""
    if record.stage not in stages:
        raise WrongState(act, record.stage.label, mend)


def move(record: Record, stage: State) -> list[str]:
    """Set the stage of the newest text, which is an amendment once the record has been public; returns the field."""
    name = "amendment" if record.published_at is not None else "state"
    setattr(record, name, stage)
    return [name]


def facts_of(record: Record) -> dict[str, Any]:
    """What the event of any act says of its record."""
    return {
        "title": record.title,
        "index_number": record.index_number,
        "path": f"records/{record.slug}/",
        "column": record.column.path,
        "topic": record.topic,
        "genre": record.genre,
        "form": load().forms.get(record.form, record.form),
        "revision": record.latest_revision_id,
    }


def tell(
    verb: str,
    record: Record,
    *,
    actor: Any,
    moment: datetime,
    before: str = "",
    after: str = "",
    **data: Any,
) -> None:
    """Write the act's event, and the line in Wagtail's history of the record."""
    facts = facts_of(record)
    content = metadata = None
    if verb in PUBLIC_ACTS:
        metadata = editions.metadata_of(record)
        facts["metadata"] = editions.digest_of(metadata)
    if verb in editions.TEXT_ACTS:
        content = editions.content_of(record)
        facts["shown"] = editions.digest_of(content)
    if record.restricted and not record.is_public:
        del facts["title"]
    event = trace.record(
        verb,
        record,
        actor=actor,
        moment=moment,
        body=record.body.code,
        before=before,
        after=after,
        data=facts | data,
    )
    if metadata is not None:
        editions.keep(record, event, content, metadata)
    if verb in HISTORY:
        log(
            instance=record,
            action=HISTORY[verb],
            user=None if isinstance(actor, str) else actor,
            revision=record.latest_revision,
            content_changed=verb in ("records.drafted", "records.edited"),
            data=data,
        )


#: How Wagtail's history names the acts that it knows.
HISTORY = {
    "records.drafted": "wagtail.create",
    "records.edited": "wagtail.edit",
    "records.published": "wagtail.publish",
    "records.changed": "wagtail.publish",
    "records.scheduled": "wagtail.publish.schedule",
    "records.withdrawn": "wagtail.unpublish",
}
