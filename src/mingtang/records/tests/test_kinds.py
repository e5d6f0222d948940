"""A capability's own kind of record, by multi-table inheritance, keeps its revisions, its workflow and its guard."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connection, models, transaction

from mingtang.records import actions
from mingtang.records.models import Record, State
from mingtang.review.queries import level_of
from tests.county import MORNING, Place


@pytest.fixture
def bulletin(db: None) -> Iterator[type[Record]]:
    """A kind of record that exists during one test: its class, its table."""
    meta = type("Meta", (), {"app_label": "records"})
    fields = {"__module__": Record.__module__, "Meta": meta, "issue": models.CharField(max_length=20)}
    kind = type("Bulletin", (Record,), fields)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE records_bulletin (record_ptr_id bigint PRIMARY KEY REFERENCES records_record (id), "
            "issue varchar(20) NOT NULL)"
        )
    yield kind
    del apps.all_models["records"]["bulletin"]
    apps.clear_cache()
    ContentType.objects.clear_cache()


def test_revisions_and_signatures_of_a_kind_are_found_from_either_side(place: Place, bulletin: type[Record]):
    record = place.draft(model=bulletin, issue="第1期")
    record.title = "公报（演示）"
    actions.save_draft(record, actor=place.writer, moment=MORNING)
    plain = Record.objects.get(pk=record.pk)
    assert record.revisions.count() == plain.revisions.count() == 2
    assert isinstance(plain.revisions.last().as_object(), bulletin)
    place.signed(record, levels=1)
    assert level_of(record) == level_of(plain) == 2
    place_of = record.workflow_states.get()
    assert list(plain.workflow_states) == [place_of]


def test_a_kind_is_published_with_its_own_fields_and_never_deleted(place: Place, bulletin: type[Record]):
    record = place.signed(place.draft(model=bulletin, issue="第2期"))
    fresh = bulletin.objects.get(pk=record.pk)
    assert (fresh.state, fresh.issue, fresh.live_revision.content["issue"]) == (State.PUBLISHED, "第2期", "第2期")
    with pytest.raises(DatabaseError), transaction.atomic():
        bulletin.objects.filter(pk=record.pk)._raw_delete("default")
        Record.objects.filter(pk=record.pk)._raw_delete("default")
