"""Readers of the stream: each handles every event once, in order, however often the machine stops in between."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from mingtang.trace import queries
from mingtang.trace.models import Cursor, Event


@dataclass(frozen=True)
class Reader:
    """A named function over events; `verbs` limits what it is given, `batch` how many events one transaction takes."""

    name: str
    handle: Callable[[list[Event]], None]
    verbs: tuple[str, ...] = ()
    batch: int = 200


_readers: dict[str, Reader] = {}


def register(reader: Reader) -> None:
    """Add a reader (from `AppConfig.ready`); the same name twice is a programming error."""
    if reader.name in _readers:
        raise ValueError(f"reader {reader.name} registered twice")
    _readers[reader.name] = reader


def registered() -> tuple[Reader, ...]:
    """All readers in the order of their registration."""
    return tuple(_readers.values())


def catch_up(name: str) -> int:
    """Give reader `name` everything it has not seen and return how many events that was.

    What the reader writes and its new place in the stream are one transaction per batch, so a stop in the middle
    repeats nothing and leaves nothing out.
    """
    reader = _readers[name]
    Cursor.objects.get_or_create(reader=name)
    total = 0
    while count := _take_batch(reader):
        total += count
    return total


def _take_batch(reader: Reader) -> int:
    with transaction.atomic():
        cursor = Cursor.objects.select_for_update().get(pk=reader.name)
        events = list(queries.since(cursor.seq, verbs=reader.verbs, limit=reader.batch))
        if not events:
            return 0
        reader.handle(events)
        cursor.seq = events[-1].seq
        cursor.save(update_fields=["seq"])
    return len(events)
