"""Writing to the event stream: the one function by which acts leave their trace."""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import connection, models

from mingtang.trace.errors import OutsideTransaction
from mingtang.trace.models import Event, Head


def name_of(thing: models.Model) -> str:
    """Reference to a stored object: `app_label.model:primary_key`.

    A row that extends another by multi-table inheritance is the same thing as that one: the root names it.
    """
    parents = thing._meta.get_parent_list()
    return f"{(parents[-1] if parents else thing)._meta.label_lower}:{thing.pk}"


def digest_of(value: Any) -> str:
    """SHA-256 (hex) of a JSON value in one canonical spelling: sorted keys, no spaces, UTF-8."""
    spelling = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(spelling.encode()).hexdigest()


def record(
    verb: str,
    thing: models.Model | str,
    *,
    actor: Any,
    moment: datetime,
    body: str = "",
    basis: Sequence[str] = (),
    before: str = "",
    after: str = "",
    data: dict[str, Any] | None = None,
) -> Event:
    """Append one event inside the current transaction and return it.

    `actor` is a user, or a string such as `system:bake`. `moment` is aware. `basis` holds rule ids of `law`;
    `before` and `after` are digests (see `digest_of`); `data` is plain JSON without personal data.
    Raises `OutsideTransaction` when no transaction is open.
    """
    told = Event(
        moment=moment,
        verb=verb,
        thing=thing if isinstance(thing, str) else name_of(thing),
        body=body,
        actor=actor if isinstance(actor, str) else f"user:{actor.pk}",
        basis=list(basis),
        before=before,
        after=after,
        data=data or {},
    )
    return append([told])[0]


def append(events: Sequence[Event]) -> Sequence[Event]:
    """Append events that have all but their place, in order, and return them with it: many acts of one transaction.

    Raises `OutsideTransaction` when no transaction is open.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction("事件须与行为写在同一事务中。")
    head = Head.objects.select_for_update().get(pk=1)
    seq, digest = head.seq, head.digest
    for event in events:
        seq += 1
        event.seq = seq
        event.digest = digest = chain_digest(event, digest)
    Event.objects.bulk_create(events, batch_size=500)
    Head.objects.filter(pk=1).update(seq=seq, digest=digest)
    return events


def chain_digest(event: Event, previous: str) -> str:
    """Digest of an event's content together with the digest of the event before it."""
    content = [
        previous,
        event.seq,
        event.moment.astimezone(UTC).isoformat(timespec="microseconds"),
        event.verb,
        event.thing,
        event.body,
        event.actor,
        event.basis,
        event.before,
        event.after,
        event.data,
    ]
    return digest_of(content)
