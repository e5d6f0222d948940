"""Every public act on a record becomes a leaf exactly once, in the order of the stream, whatever stops in between."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import override_settings

from mingtang.records import actions as records
from mingtang.records.digests import metadata_digest, public_metadata
from mingtang.trace import actions as trace
from mingtang.trace import readers
from mingtang.trace.log import builder
from mingtang.trace.log.errors import Fork, KeyLost
from mingtang.trace.log.leaves import VERBS, Leaf, digest
from mingtang.trace.log.proofs import check, head
from mingtang.trace.log.verification import verify_log
from mingtang.trace.models import Cursor, Event, LogLeaf
from tests.county import MORNING, Place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def instance(tmp_path: Path) -> Iterator[Path]:
    """An instance folder of the test's own, with the log's key."""
    with override_settings(HOME=tmp_path, PUBLIC_URL="https://portal.example"):
        builder.set_up()
        yield tmp_path


def act(number: int, verb: str = "records.published", minutes: int = 0) -> Event:
    """A public act on record `number`."""
    data = {"index_number": f"jyj/2024-{number:05d}", "path": f"records/jyj-2024-{number:05d}/"}
    with transaction.atomic():
        return trace.record(
            verb, f"records.record:{number}", actor="user:3", moment=MORNING + timedelta(minutes=minutes), body="jyj",
            after="ab" * 32, data=data,
        )  # fmt: skip


def logged() -> list[tuple[int, str]]:
    """Records and verbs in the log, in its order."""
    leaves = [Leaf.parse(bytes(row.entry)) for row in LogLeaf.objects.order_by("index")]
    return [(int(leaf.record.thing.partition(":")[2]), leaf.verb) for leaf in leaves]


def test_the_life_of_a_record_is_in_the_log_and_its_proof_holds(place: Place) -> None:
    record = place.published()
    record.refresh_from_db()
    shown = metadata_digest(record)
    records.withdraw(record, actor=place.clerk, moment=MORNING + timedelta(days=1), reason="附件有误，更正后再发")
    signed = builder.bring_up_to_date(MORNING)
    published, withdrawn = builder.leaves_of(record)
    leaf = check(builder.proof_for(published.index), builder.keys.chain(builder.secret_folder()))
    assert signed.size == 2
    assert (leaf.verb, leaf.who, leaf.record.number) == ("published", "jyj", record.index_number)
    assert leaf.record.path == f"records/{record.slug}/"
    assert leaf.metadata == shown
    assert leaf.shown == digest(bytes(record.editions.get(content__isnull=False).content))
    leaf = Leaf.parse(bytes(withdrawn.entry))
    assert (leaf.verb, leaf.reason) == ("withdrawn", digest("附件有误，更正后再发"))
    assert leaf.metadata == digest(public_metadata(_fresh(record)))


def _fresh(record: Any) -> Any:
    record.refresh_from_db()
    return record


def test_no_person_and_no_word_of_the_title_is_in_the_files_of_the_log(place: Place) -> None:
    place.published(title="关于给予演示人甲同志表扬的通报")
    builder.bring_up_to_date(MORNING)
    folder = builder.public_folder()
    everything = b"".join(p.read_bytes() for p in folder.rglob("*") if p.is_file())
    for word in ("演示人甲", "user:", place.writer.username, str(place.head.person)):
        assert word.encode() not in everything


def test_only_public_acts_become_leaves_each_once_in_order() -> None:
    act(1)
    act(2, "records.drafted")
    for number, verb in enumerate(VERBS, 3):
        act(number, verb)
    act(1, "records.changed")
    builder.bring_up_to_date(MORNING)
    assert logged() == [(1, "published"), *enumerate(VERBS.values(), 3), (1, "changed")]
    builder.bring_up_to_date(MORNING)
    assert len(logged()) == 7
    assert verify_log(builder.public_folder()).faults == []


def test_a_reader_sent_back_to_the_beginning_doubles_nothing() -> None:
    for number in range(5):
        act(number)
    builder.bring_up_to_date(MORNING)
    Cursor.objects.filter(reader=builder.NAME).update(seq=0)
    act(5)
    assert builder.bring_up_to_date(MORNING).size == 6
    assert [number for number, _ in logged()] == [0, 1, 2, 3, 4, 5]


def test_a_stop_while_leaves_are_written_leaves_neither_leaf_nor_cursor(monkeypatch: pytest.MonkeyPatch) -> None:
    act(1)

    def stop(events: list[Event]) -> None:
        builder.take(events)
        raise RuntimeError

    monkeypatch.setitem(readers._readers, builder.NAME, readers.Reader(builder.NAME, stop, tuple(VERBS)))
    with pytest.raises(RuntimeError):
        builder.bring_up_to_date(MORNING)
    monkeypatch.undo()
    assert logged() == []
    assert builder.bring_up_to_date(MORNING).size == 1


def test_a_stop_between_database_and_files_is_made_good_by_the_next_run() -> None:
    act(1)
    builder.bring_up_to_date(MORNING)
    act(2)
    readers.catch_up(builder.NAME)
    assert (builder.count(), head(builder.public_folder())[1].size) == (2, 1)
    assert builder.bring_up_to_date(MORNING).size == 2
    assert verify_log(builder.public_folder()).faults == []


def test_while_the_key_is_lost_acts_are_kept_and_signed_later() -> None:
    act(1)
    key = next(builder.secret_folder().glob("*.key"))
    kept = key.rename(key.with_suffix(".away"))
    with pytest.raises(KeyLost):
        builder.bring_up_to_date(MORNING)
    assert logged() == [(1, "published")]
    kept.rename(key)
    assert builder.bring_up_to_date(MORNING).size == 1


def test_a_clock_that_went_back_keeps_the_order_of_the_events() -> None:
    act(1, minutes=10)
    act(2, minutes=0)
    builder.bring_up_to_date(MORNING)
    assert [number for number, _ in logged()] == [1, 2]
    assert any("时钟" in remark for remark in verify_log(builder.public_folder()).remarks)


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_a_leaf(change: str) -> None:
    act(1)
    builder.bring_up_to_date(MORNING)
    rows = LogLeaf.objects.filter(index=0)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(entry=b"x") if change == "update" else rows.delete()


def test_a_leaf_altered_behind_the_guards_is_named() -> None:
    for number in range(3):
        act(number)
    builder.bring_up_to_date(MORNING)
    assert builder.differences() == []
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER trace_logleaf_no_UPDATE")
        else:
            cursor.execute("ALTER TABLE trace_logleaf DISABLE TRIGGER USER")
        cursor.execute("UPDATE trace_logleaf SET entry = %s WHERE index = 1".replace("index", '"index"'), [b"{}"])
    assert builder.differences() == [1]
    with pytest.raises(Fork, match="被改动的是数据库"):
        builder.repair()


def test_the_key_is_named_after_the_portals_address_and_keeps_that_name() -> None:
    with override_settings(PUBLIC_URL="https://new.example"):
        assert builder.set_up().origin == "portal.example/log"


def test_rotation_through_the_platform() -> None:
    act(1)
    first = builder.set_up().current
    builder.bring_up_to_date(MORNING)
    builder.rotate(MORNING)
    act(2)
    builder.bring_up_to_date(MORNING)
    report = verify_log(builder.public_folder(), first)
    assert report.faults == [] and report.checkpoint and report.checkpoint.size == 2
