"""A reader handles every event once and in order, also when its handler fails in the middle."""

import contextlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from mingtang.trace import readers
from mingtang.trace.actions import record
from mingtang.trace.models import Cursor, Event
from mingtang.trace.readers import Reader

pytestmark = pytest.mark.django_db
MOMENT = datetime(2024, 6, 3, tzinfo=UTC)


class Stop(Exception):
    """The handler fails."""


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., list[int]]]:
    """`reading(handle)`: register a reader of batches of four and catch up; returns what is written by now."""
    monkeypatch.setattr(readers, "_readers", {})

    def read(handle: Callable[[list[Event]], None], **options: object) -> list[int]:
        readers._readers.clear()
        readers.register(Reader("test", handle, batch=4, **options))  # type: ignore[arg-type]
        with contextlib.suppress(Stop):
            readers.catch_up("test")
        return written()

    yield read


def written() -> list[int]:
    """The numbers that a handler wrote: rows of a table of this room stand for what a room would write."""
    return [cursor.seq for cursor in Cursor.objects.filter(reader__startswith="seen:").order_by("seq")]


def write(events: list[Event]) -> None:
    for event in events:
        Cursor.objects.create(reader=f"seen:{event.seq}", seq=event.seq)  # a second time would break the primary key


def fill(count: int, verb: str = "a.done") -> None:
    for number in range(count):
        record(verb, f"thing:{number}", actor="user:1", moment=MOMENT)


def test_each_event_is_handled_once(reading: Callable[..., list[int]]) -> None:
    fill(10)
    assert reading(write) == list(range(1, 11))
    assert reading(write) == list(range(1, 11))
    fill(3)
    assert reading(write) == list(range(1, 14))


def test_a_failing_batch_leaves_nothing_and_is_repeated_whole(reading: Callable[..., list[int]]) -> None:
    fill(10)

    def fails_at_seven(events: list[Event]) -> None:
        for event in events:
            if event.seq == 7:
                raise Stop
            write([event])

    assert reading(fails_at_seven) == [1, 2, 3, 4]
    assert reading(fails_at_seven) == [1, 2, 3, 4]
    assert reading(write) == list(range(1, 11))


def test_a_reader_is_given_only_the_verbs_it_asked_for(reading: Callable[..., list[int]]) -> None:
    fill(3, "a.done")
    fill(3, "b.done")
    fill(1, "a.done")
    assert reading(write, verbs=("a.done",)) == [1, 2, 3, 7]


def test_readers_do_not_disturb_each_other() -> None:
    fill(5)
    seen: dict[str, list[int]] = {"one": [], "two": []}
    for name, numbers in seen.items():
        readers._readers[name] = Reader(name, lambda events, numbers=numbers: numbers.extend(e.seq for e in events))
    try:
        assert readers.catch_up("one") == 5
        assert readers.catch_up("two") == 5
    finally:
        for name in seen:
            del readers._readers[name]
    assert seen["one"] == seen["two"] == [1, 2, 3, 4, 5]


def test_a_name_is_taken_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "_readers", {})
    readers.register(Reader("same", write))
    with pytest.raises(ValueError, match="twice"):
        readers.register(Reader("same", write))
