"""A text goes out after three signatures by three people, each through five gates; it comes back with a reason."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from mingtang.bodies.models import User
from mingtang.records import actions as records
from mingtang.records.errors import Incomplete, WrongState
from mingtang.records.models import State
from mingtang.review import actions
from mingtang.review.errors import GatesOpen, NoReason, NotYours
from mingtang.review.models import Gate, Level, SignOff
from mingtang.review.queries import level_of, return_reason, sorted_out, steps, waiting_for
from mingtang.trace.queries import history, verify
from tests.county import ALL_GATES, MORNING, Place

TODAY = MORNING.date()


def verbs(record) -> list[str]:
    return list(history(record).values_list("verb", flat=True))


def test_three_signatures_publish(place: Place):
    record = place.draft()
    actions.submit(record, actor=place.writer, moment=MORNING)
    assert record.state == State.SUBMITTED
    waiting = []
    for user in (place.reviewer, place.head, place.clerk):
        waiting.append(level_of(record))
        actions.sign(record, actor=user, moment=MORNING, gates=ALL_GATES)
    assert waiting == [Level.SECTION, Level.HEAD, Level.OFFICE]
    assert (record.state, record.live, record.published_at) == (State.PUBLISHED, True, MORNING)
    assert SignOff.objects.filter(record=record, passed=True).count() == 15
    assert verbs(record) == [
        "records.drafted",
        "records.submitted",
        "review.signed",
        "review.signed",
        "review.signed",
        "records.approved",
        "records.published",
    ]
    assert verify() == 7
    assert [step.signed.user for step in steps(record)] == [place.reviewer, place.head, place.clerk]


def test_signature_needs_every_gate(place: Place):
    record = place.signed(place.draft(), levels=0)
    with pytest.raises(GatesOpen, match="保密关"):
        actions.sign(record, actor=place.reviewer, moment=MORNING, gates=[g for g in ALL_GATES if g != "secrecy"])
    assert not SignOff.objects.exists()


def test_nobody_signs_what_they_wrote(place: Place):
    record = place.draft(actor=place.clerk)
    actions.submit(record, actor=place.writer, moment=MORNING)
    actions.sign(record, actor=place.reviewer, moment=MORNING, gates=ALL_GATES)
    actions.sign(record, actor=place.head, moment=MORNING, gates=ALL_GATES)
    with pytest.raises(NotYours, match="自己写的"):
        actions.sign(record, actor=place.clerk, moment=MORNING, gates=ALL_GATES)


def test_a_later_hand_does_not_hide_who_wrote_the_text(place: Place):
    record = place.draft()
    record.text = "<p>由公开办代拟。</p>"
    records.save_draft(record, actor=place.clerk, moment=MORNING)
    records.save_draft(record, actor=place.writer, moment=MORNING)
    place.signed(record, levels=2)
    with pytest.raises(NotYours, match="自己写的"):
        actions.sign(record, actor=place.clerk, moment=MORNING, gates=ALL_GATES)


def test_who_wrote_a_former_edition_may_sign_the_next(place: Place):
    record = place.draft()
    records.save_draft(record, actor=place.clerk, moment=MORNING)
    second = place.user("office", place.office, "二")
    place.signed(record, levels=2)
    actions.sign(record, actor=second, moment=MORNING, gates=ALL_GATES)
    record.change_note = "更正电话"
    records.save_draft(record, actor=place.writer, moment=MORNING)
    assert place.signed(record).amendment == ""


def test_signers_are_of_the_body_and_of_the_post(place: Place):
    record = place.signed(place.draft(), levels=0)
    for user in (place.writer, place.colleague, place.head, place.outsider, place.auditor, place.admin):
        with pytest.raises(NotYours):
            actions.sign(record, actor=user, moment=MORNING, gates=ALL_GATES)
    with pytest.raises(NotYours, match="只在无人时代签"):
        actions.sign(record, actor=place.clerk, moment=MORNING, gates=ALL_GATES)


def test_office_stands_in_with_three_people_where_a_body_has_no_signers(place: Place):
    official = place.user("publisher", place.sumu)
    record = place.draft(body=place.sumu, actor=official)
    actions.submit(record, actor=official, moment=MORNING)
    actions.sign(record, actor=place.clerk, moment=MORNING, gates=ALL_GATES)
    with pytest.raises(NotYours, match="只能签一级"):
        actions.sign(record, actor=place.clerk, moment=MORNING, gates=ALL_GATES)
    for name in ("二", "三"):
        actions.sign(record, actor=place.user("office", place.office, name), moment=MORNING, gates=ALL_GATES)
    assert record.state == State.PUBLISHED


def test_returned_text_starts_again_from_the_first_level(place: Place):
    record = place.signed(place.draft(), levels=1)
    with pytest.raises(NoReason):
        actions.return_for_changes(record, actor=place.head, moment=MORNING, reason=" ")
    actions.return_for_changes(record, actor=place.head, moment=MORNING, reason="请补充附件清单", gates=["wording"])
    assert (record.state, return_reason(record)) == (State.RETURNED, "请补充附件清单")
    failed = SignOff.objects.get(passed=False)
    assert (failed.gate, failed.user, failed.remark) == (Gate.WORDING, place.head, "请补充附件清单")
    record.text = "<p>已补充清单。</p>"
    records.save_draft(record, actor=place.writer, moment=MORNING)
    assert record.state == State.RETURNED
    actions.submit(record, actor=place.writer, moment=MORNING)
    assert level_of(record) == Level.SECTION
    assert [pair[0] for pair in waiting_for(place.reviewer, TODAY)] == [record]
    assert waiting_for(place.head, TODAY) == []


@pytest.mark.parametrize("who", ["reviewer", "head", "clerk", "auditor"])
def test_what_waits_is_sorted_out_in_a_fixed_number_of_queries(
    place: Place, who: str, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
):
    for levels in (0, 1, 2, 0, 1, 2):
        place.signed(place.draft(), levels=levels)
    user = User.objects.get(pk=getattr(place, who).pk)
    with django_assert_max_num_queries(9):
        mine, others = sorted_out(user, TODAY)
    signs = {"reviewer": Level.SECTION, "head": Level.HEAD, "clerk": Level.OFFICE}
    assert [level for _record, level in mine] == [signs[who]] * 2 if who in signs else mine == []
    assert len(mine) + len(others) == 6


def test_recall_lets_the_writer_change_it(place: Place):
    record = place.signed(place.draft(), levels=1)
    with pytest.raises(WrongState, match="撤回送审"):
        records.save_draft(record, actor=place.writer, moment=MORNING)
    actions.recall(record, actor=place.writer, moment=MORNING)
    record.title = "改过的标题（演示）"
    records.save_draft(record, actor=place.writer, moment=MORNING)
    assert record.state == State.DRAFT


def test_time_asked_for_by_the_text_is_kept_by_the_last_signature(place: Place):
    tomorrow = MORNING + timedelta(days=1)
    record = place.signed(place.draft(go_live_at=tomorrow))
    assert (record.state, record.live, record.go_live_at) == (State.SCHEDULED, False, tomorrow)


def test_missing_metadata_stops_submission(place: Place):
    record = place.draft(made_on=None, text="")
    with pytest.raises(Incomplete) as refused:
        actions.submit(record, actor=place.writer, moment=MORNING)
    assert set(refused.value.fields) == {"made_on", "text"}
    assert record.current_workflow_state is None
    record.refresh_from_db()
    assert record.state == State.DRAFT


def test_amendment_is_signed_again_and_says_what_changed(place: Place):
    record = place.published()
    record.text = "<p>时间改为九月三日。</p>"
    records.save_draft(record, actor=place.writer, moment=MORNING)
    record.refresh_from_db()
    assert (record.state, record.amendment, record.text) == (
        State.PUBLISHED,
        State.DRAFT,
        "<p>请各学校对照清单逐项落实。</p>",
    )
    with pytest.raises(Incomplete, match="更改说明"):
        actions.submit(record, actor=place.writer, moment=MORNING)
    edition = record.get_latest_revision_as_object()
    edition.change_note = "更正时间"
    records.save_draft(edition, actor=place.writer, moment=MORNING)
    place.signed(record, moment=MORNING + timedelta(days=2))
    assert (record.state, record.amendment, record.text) == (State.PUBLISHED, "", "<p>时间改为九月三日。</p>")
    assert record.published_at == MORNING + timedelta(hours=3)
    assert verbs(record)[-1] == "records.changed"


@pytest.mark.parametrize("change", [{"passed": False}, None])
def test_database_refuses_to_change_or_delete_a_signature(place: Place, change):
    place.signed(place.draft(), levels=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        if change:
            SignOff.objects.update(**change)
        else:
            SignOff.objects.all()._raw_delete("default")
    assert SignOff.objects.filter(passed=True).count() == 5
