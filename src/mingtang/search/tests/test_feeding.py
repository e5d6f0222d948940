"""The index follows the event stream, and tells when it cannot be trusted."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from mingtang.bodies import actions as bodies
from mingtang.records import actions as records
from mingtang.search import feeding, queries, tasks
from mingtang.search.index import Filters
from mingtang.trace import readers
from tests.county import MORNING, Place


@pytest.fixture
def followed(place: Place, fresh_index: None) -> Place:
    """The place with an empty index that follows the stream."""
    feeding.rebuild()
    readers.catch_up(feeding.NAME)
    return place


def found(typed: str) -> list[str]:
    today = timezone.localtime(MORNING).date()
    return [record.title for record in queries.search(typed, Filters(), page=1, today=today).records]


def test_a_record_is_found_after_its_publication_and_not_before(followed: Place) -> None:
    record = followed.draft(title="校车运行公告")
    readers.catch_up(feeding.NAME)
    assert found("校车运行") == []
    followed.signed(record)
    readers.catch_up(feeding.NAME)
    assert found("校车运行") == ["校车运行公告"]


def test_a_withdrawn_record_leaves_the_index(followed: Place) -> None:
    record = followed.published(title="校车运行公告")
    readers.catch_up(feeding.NAME)
    records.withdraw(record, actor=followed.clerk, moment=MORNING + timedelta(days=1), reason="内容有误")
    readers.catch_up(feeding.NAME)
    assert feeding.index().state().entries == 0


def test_what_was_published_while_the_index_was_built_is_in_it(
    followed: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = feeding.source.entries

    def late(keys: Any = None) -> Any:
        yield from whole(keys)
        if keys is None:
            followed.published(title="建索引时发布的通知")

    monkeypatch.setattr(feeding.source, "entries", late)
    feeding.rebuild()
    assert found("建索引时发布") == ["建索引时发布的通知"]
    assert feeding.fault() == ""


def test_a_body_that_is_renamed_is_found_by_its_new_name(followed: Place) -> None:
    followed.published(title="校车运行公告")
    readers.catch_up(feeding.NAME)
    bodies.add_alias(followed.education, "学务署", actor=followed.clerk, moment=MORNING)
    readers.catch_up(feeding.NAME)
    assert found("学务署") == ["校车运行公告"]


def test_a_sound_index_has_no_fault(followed: Place) -> None:
    followed.published()
    readers.catch_up(feeding.NAME)
    assert feeding.fault() == ""


def test_each_fault_is_told(followed: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    followed.published()
    readers.catch_up(feeding.NAME)
    index = feeding.index()
    place = index.state().place
    index.change(lambda _writing: feeding.Place(place.seq, "of another database"))
    assert "不属于当前的数据库" in feeding.fault()
    index.change(lambda _writing: feeding.Place(0, ""))
    assert "落后于事件流" in feeding.fault()
    index.change(lambda _writing: place)
    assert feeding.fault() == ""
    monkeypatch.setattr(feeding, "FORM", feeding.FORM + 1)
    assert "旧版本" in feeding.fault()
    monkeypatch.undo()


def test_another_lexicon_and_a_missing_index_are_faults(followed: Place) -> None:
    bodies.add_alias(followed.education, "学务署", actor=followed.clerk, moment=MORNING)
    assert "词表" in feeding.fault()
    feeding.index().drop()
    assert "尚未建立" in feeding.fault()


def test_the_worker_rebuilds_what_has_a_fault_once(followed: Place) -> None:
    asked = DBTaskResult.objects.filter(task_path=tasks.rebuild_index.module_path)
    tasks.look_after_index(MORNING)
    assert not asked.exists()
    feeding.index().drop()
    tasks.look_after_index(MORNING)
    tasks.look_after_index(MORNING)
    assert asked.count() == 1
    tasks.rebuild_index.call()
    assert feeding.fault() == ""


def test_events_without_an_index_do_no_harm(place: Place, fresh_index: None) -> None:
    place.published(title="校车运行公告")
    readers.catch_up(feeding.NAME)
    assert found("校车运行") == ["校车运行公告"], "looked up by its title"
    feeding.rebuild()
    assert found("校车") == ["校车运行公告"]
