"""Taking in the stock: each document leaves what one publication leaves, nothing twice, nothing half."""

import hashlib
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mingtang.bodies.errors import NotPermitted
from mingtang.norms import actions, queries
from mingtang.norms.actions import Intake, Named
from mingtang.norms.models import Norm
from mingtang.norms.tests.conftest import TEXT
from mingtang.records import actions as records
from mingtang.records import editions
from mingtang.records.models import Edition, IndexCounter, Record
from mingtang.search import source
from mingtang.trace import readers
from mingtang.trace.log import builder
from mingtang.trace.log.leaves import Leaf
from mingtang.trace.models import Event, LogLeaf
from mingtang.trace.queries import history, verify
from tests.county import MORNING, Place


def intake(place: Place, number: int, **fields: Any) -> Intake:
    given = {
        "title": f"云岭旗草原保护补助办法之{number}（演示）",
        "body": place.education if number % 2 else place.health,
        "column": place.column,
        "topic": "J02",
        "made_on": date(2020, 1, 1) + timedelta(days=number),
        "effective_on": date(2020, 3, 1),
        "expires_on": date(2023, 2, 28) if number % 5 == 0 else None,
        "text": TEXT,
        "source": "旗政府原网站（演示）",
        "source_digest": hashlib.sha256(f"{number}".encode()).hexdigest(),
        "document_number": f"云规〔2020〕{number}号",
        "keywords": ("草原",),
    }
    return Intake(**(given | fields))


def test_each_document_leaves_what_one_publication_leaves(place: Place):
    taken = actions.take_in((intake(place, n) for n in range(1, 8)), actor=place.clerk, moment=MORNING, chunk=3)
    assert (len(taken.added), taken.unchanged, taken.refused) == (7, 0, [])
    norm = Norm.objects.get(pk=taken.added[4])
    assert (norm.state, norm.validity, norm.index_number) == ("published", "lapsed", "jyj/2024-00003")
    assert norm.latest_revision == norm.live_revision
    assert norm.latest_revision.as_object() == norm
    assert norm.latest_revision.as_object().text == TEXT
    event = history(norm).get()
    edition = Edition.objects.get(event_seq=event.seq)
    assert (event.verb, event.data["revision"]) == ("records.published", norm.latest_revision_id)
    assert bytes(edition.content) == editions.content_of(Norm.objects.get(pk=norm.pk))
    assert bytes(edition.metadata) == editions.metadata_of(Record.objects.get(pk=norm.pk))
    assert event.data["shown"] == editions.digest_of(bytes(edition.content))
    assert verify() == Event.objects.count()
    readers.catch_up(builder.NAME)
    leaves = [Leaf.parse(bytes(row.entry)) for row in LogLeaf.objects.order_by("index")]
    assert [leaf.verb for leaf in leaves] == ["published"] * 7
    assert len(list(source.entries([norm.pk]))) == 1


def test_the_same_again_changes_nothing(place: Place):
    batch = [intake(place, n) for n in range(1, 4)]
    first = actions.take_in(batch, actor="system:import", moment=MORNING)
    before = (Event.objects.count(), IndexCounter.objects.get(body=place.education).last)
    again = actions.take_in([*batch, batch[0]], actor="system:import", moment=MORNING)
    assert (len(first.added), again.added, again.unchanged) == (3, [], 4)
    assert (Event.objects.count(), IndexCounter.objects.get(body=place.education).last) == before


def test_what_cannot_be_is_refused_by_itself_with_its_place(place: Place):
    digest = hashlib.sha256(b"other").hexdigest()
    batch = [
        intake(place, 1),
        intake(place, 2, title=" "),
        intake(place, 3, text=""),
        intake(place, 4, expires_on=date(2020, 2, 1)),
        intake(place, 1, source_digest=digest),
        intake(place, 6, topic="X00"),
        intake(place, 7, title="长" * 201),
        intake(place, 8, source=""),
        intake(place, 9),
    ]
    taken = actions.take_in(batch, actor="system:import", moment=MORNING)
    assert (len(taken.added), Norm.objects.count(), Record.objects.count()) == (2, 2, 2), taken
    told = {each.place: each.problem for each in taken.refused}
    assert sorted(told) == [2, 3, 4, 5, 6, 7, 8]
    assert "日期矛盾" in told[4]
    assert "已是《云岭旗草原保护补助办法之1（演示）》的" in told[5]
    assert str(taken.refused[0]).startswith("第2件《")


def test_what_was_taken_in_is_edited_acted_on_and_referred_to_like_any_other(place: Place):
    named = Named(title="云岭旗草原保护补助办法之1（演示）", number="云规〔2020〕1号")
    batch = [intake(place, 1), intake(place, 3, bases=(named,), joint=(place.health, "旗人民法院（演示）"))]
    first, second = [Norm.objects.get(pk=pk) for pk in actions.take_in(batch, actor=place.clerk, moment=MORNING).added]
    assert queries.cites(second).get().to == first
    assert queries.cited_by(first).get().norm == second
    assert [str(each) for each in second.joint.all()] == ["云岭旗卫生健康委员会", "旗人民法院（演示）"]
    actions.act(first, "repealed", effective_on=date(2024, 6, 1), actor=place.clerk, moment=MORNING, by=second)
    assert first.validity == "repealed"
    second.change_note = "补了标点"
    records.save_draft(second, actor=place.writer, moment=MORNING)
    records.approve(second, actor="system:test", moment=MORNING)
    records.publish(second, actor="system:test", moment=MORNING)
    assert Norm.objects.get(pk=second.pk).validity == "valid"


def test_a_chunk_asks_a_fixed_number_of_queries_and_only_the_office_takes_in(place: Place):
    with pytest.raises(NotPermitted):
        actions.take_in([intake(place, 1)], actor=place.writer, moment=MORNING)
    asked = []
    for count, start in ((5, 1), (40, 101)):
        with CaptureQueriesContext(
            connection,
        ) as queries_asked:
            actions.take_in([intake(place, start + n) for n in range(count)], actor=place.clerk, moment=MORNING)
        asked.append(len(queries_asked))
    assert asked[1] <= asked[0] + 2, [each["sql"][:100] for each in queries_asked.captured_queries]
