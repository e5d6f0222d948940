"""The stream keeps what it was given: append-only in the database, and altered rows are found."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingtang.trace import guards
from mingtang.trace.actions import digest_of, record
from mingtang.trace.errors import BrokenChain
from mingtang.trace.models import Event, Head
from mingtang.trace.queries import history, since, verify

pytestmark = pytest.mark.django_db
MOMENT = datetime(2024, 6, 3, 2, 0, tzinfo=UTC)
SEVERAL = 6


def fill(count: int = SEVERAL) -> None:
    for number in range(count):
        record(
            "records.published", f"records.record:{number}", actor=f"user:{number}",
            moment=MOMENT + timedelta(minutes=number), body="jyj", basis=["order-711.26"], before="a", after="b",
            data={"title": f"第{number}条", "n": number},
        )  # fmt: skip


FORBIDDEN = [
    "UPDATE trace_event SET verb = 'x'",
    "UPDATE trace_event SET digest = 'x' WHERE seq = 1",
    "DELETE FROM trace_event",
    "DELETE FROM trace_event WHERE seq = 1",
]
FORBIDDEN_BY_VENDOR = {
    "sqlite": [
        "REPLACE INTO trace_event SELECT seq, moment, 'x', thing, body, actor, basis, before, after, data, digest "
        "FROM trace_event WHERE seq = 2",
        "UPDATE OR REPLACE trace_event SET seq = 1 WHERE seq = 2",
    ],
    "postgresql": [
        "TRUNCATE trace_event",
        "TRUNCATE trace_event CASCADE",
        "INSERT INTO trace_event SELECT * FROM trace_event WHERE seq = 2 ON CONFLICT (seq) DO UPDATE SET verb = 'x'",
    ],
}


def test_the_database_refuses_every_way_to_change_or_remove_an_event() -> None:
    fill(3)
    before = list(Event.objects.values())
    for statement in (*FORBIDDEN, *FORBIDDEN_BY_VENDOR[connection.vendor]):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert list(Event.objects.values()) == before
    assert verify() == 3


def test_django_may_not_change_or_delete_an_event_either() -> None:
    fill(2)
    event = Event.objects.get(seq=1)
    event.verb = "x"
    for act in (event.save, event.delete, Event.objects.all().delete, lambda: Event.objects.update(verb="x")):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    assert verify() == 2


def test_events_are_numbered_without_gaps_and_each_holds_the_digest_before_it() -> None:
    fill()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        fill(2)
        raise ZeroDivisionError
    fill(1)
    assert list(Event.objects.values_list("seq", flat=True)) == list(range(1, SEVERAL + 2))
    assert verify() == SEVERAL + 1


def test_an_empty_stream_is_whole() -> None:
    assert verify() == 0


def test_a_thing_has_its_history_and_the_stream_is_read_from_a_number_on() -> None:
    fill()
    assert [event.seq for event in history("records.record:2")] == [3]
    assert [event.seq for event in since(2, limit=2)] == [3, 4]
    assert not since(0, verbs=("records.withdrawn",)).exists()


def test_a_digest_does_not_depend_on_the_order_of_keys() -> None:
    assert digest_of({"a": 1, "b": ["甲"]}) == digest_of({"b": ["甲"], "a": 1})
    assert digest_of({"a": 1}) != digest_of({"a": "1"})


def unguarded() -> None:
    """Drop the guards within this test's transaction, as somebody with the database's password could."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in ("no_UPDATE", "no_DELETE", "only_append"):
                cursor.execute(f"DROP TRIGGER {guards.TABLE}_{name}")
        else:
            for name in ("no_change", "no_truncate"):
                cursor.execute(f"DROP TRIGGER {guards.TABLE}_{name} ON {guards.TABLE}")


text = st.text(st.characters(min_codepoint=32, max_codepoint=0x9FFF), max_size=20)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "moment": st.integers(-(10**9), 10**9).map(lambda seconds: MOMENT + timedelta(seconds=seconds)),
    "verb": text,
    "thing": text,
    "body": text,
    "actor": text,
    "basis": st.lists(text, max_size=3),
    "before": text,
    "after": text,
    "data": st.dictionaries(text, st.integers() | text, max_size=3),
    "digest": st.text("0123456789abcdef", min_size=64, max_size=64),
}


@given(seq=st.integers(1, SEVERAL), change=st.sampled_from(sorted(VALUES)), data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_field_of_whatever_event_is_altered_the_chain_tells_where(
    seq: int, change: str, data: st.DataObject
) -> None:
    with transaction.atomic():
        fill()
        unguarded()
        value = data.draw(VALUES[change])
        same = getattr(Event.objects.get(seq=seq), change) == value
        Event.objects.filter(seq=seq).update(**{change: value})
        if same:
            assert verify() == SEVERAL
        else:
            with pytest.raises(BrokenChain, match=f"第 {seq} 号") as broken:
                verify()
            assert broken.value.seq == seq
        transaction.set_rollback(True)


@pytest.mark.parametrize("seq", range(1, SEVERAL + 1))
def test_a_removed_event_is_missed(seq: int) -> None:
    fill()
    unguarded()
    Event.objects.filter(seq=seq).delete()
    with pytest.raises(BrokenChain) as broken:
        verify()
    assert broken.value.seq == seq


def test_an_event_slipped_in_at_the_end_is_found() -> None:
    fill()
    last = Event.objects.get(seq=SEVERAL)
    last.seq, last.digest = SEVERAL + 1, "0" * 64
    last.save(force_insert=True)
    with pytest.raises(BrokenChain) as broken:
        verify()
    assert broken.value.seq == SEVERAL + 1


def test_the_stream_has_one_end() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Head.objects.create(id=2)
