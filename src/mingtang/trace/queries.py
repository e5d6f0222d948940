"""Reading the event stream: the history of a thing, and whether the chain is whole."""

from django.db import models

from mingtang.trace.actions import chain_digest, name_of
from mingtang.trace.errors import BrokenChain
from mingtang.trace.models import Event, Head


def history(thing: models.Model | str) -> models.QuerySet[Event]:
    """All events of one thing, oldest first."""
    return Event.objects.filter(thing=thing if isinstance(thing, str) else name_of(thing))


def since(seq: int, *, verbs: tuple[str, ...] = (), limit: int = 500) -> models.QuerySet[Event]:
    """Up to `limit` events after number `seq`, oldest first; all verbs, or those whose verb is named."""
    events = Event.objects.filter(seq__gt=seq)
    return (events.filter(verb__in=verbs) if verbs else events)[:limit]


def verify() -> int:
    """Walk the whole chain and return the number of events; raises `BrokenChain` at the first that does not follow."""
    # The end is read first: acts recorded meanwhile lie behind it and wait for the next walk.
    head = Head.objects.get(pk=1)
    previous, seq = "", 0
    for event in Event.objects.filter(seq__lte=head.seq).order_by("seq").iterator(chunk_size=2000):
        seq += 1
        if event.seq != seq or event.digest != chain_digest(event, previous):
            raise BrokenChain(seq)
        previous = event.digest
    if (head.seq, head.digest) != (seq, previous):
        raise BrokenChain(seq + 1)
    # One statement sees one state of the database: whatever stands behind its end was not written by `record`.
    beyond = Event.objects.filter(seq__gt=Head.objects.filter(pk=1).values("seq")[:1]).order_by("seq").first()
    if beyond is not None:
        raise BrokenChain(beyond.seq)
    return seq
