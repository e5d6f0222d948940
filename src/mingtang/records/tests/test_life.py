"""The life of a record: each act in its place, with permission, one event, and nothing public ever lost."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, transaction

from mingtang.bodies.errors import NotPermitted
from mingtang.records import actions, tasks
from mingtang.records.errors import Incomplete, NoReason, NotDeletable, WrongState
from mingtang.records.models import IndexCounter, Record, State
from mingtang.trace.models import Event
from mingtang.trace.queries import history
from tests.county import MORNING, Place


def verbs(record: Record) -> list[str]:
    return list(history(record).values_list("verb", flat=True))


def test_index_numbers_run_by_body_and_year_without_gaps(place: Place):
    numbers = [place.draft().index_number for _ in range(2)]
    with pytest.raises(Incomplete):
        place.draft(title=" ")
    numbers.append(place.draft().index_number)
    numbers.append(place.draft(body=place.health, actor=place.outsider).index_number)
    numbers.append(place.draft(moment=MORNING + timedelta(days=365)).index_number)
    assert numbers == ["jyj/2024-00001", "jyj/2024-00002", "jyj/2024-00003", "wjw/2024-00001", "jyj/2025-00001"]
    assert IndexCounter.objects.get(body=place.education, year=2024).last == 3


def test_the_credit_code_leads_the_index_number(place: Place):
    place.education.credit_code = "11990001MB00000102"
    place.education.save()
    assert place.draft().index_number == "11990001MB00000102/2024-00001"


def test_each_act_leaves_one_event_and_each_change_a_revision(place: Place):
    record = place.draft()
    record.title = "改过的标题（演示）"
    actions.save_draft(record, actor=place.colleague, moment=MORNING)
    assert verbs(record) == ["records.drafted", "records.edited"]
    assert record.revisions.count() == 2
    edited = Event.objects.get(verb="records.edited")
    assert edited.before == Event.objects.get(verb="records.drafted").after
    assert edited.before != edited.after
    assert (edited.actor, edited.body) == (f"user:{place.colleague.pk}", "jyj")


@pytest.mark.parametrize("who", ["reviewer", "head", "outsider", "auditor", "admin"])
def test_only_publishers_of_the_body_and_the_office_draft_and_edit(place: Place, who: str):
    with pytest.raises(NotPermitted):
        place.draft(actor=getattr(place, who))
    record = place.draft()
    with pytest.raises(NotPermitted):
        actions.save_draft(record, actor=getattr(place, who), moment=MORNING)
    assert Event.objects.count() == 1


def test_a_draft_is_not_moved_to_a_body_that_one_may_not_draft_for(place: Place):
    record = place.draft()
    record.body = place.health
    with pytest.raises(NotPermitted):
        actions.save_draft(record, actor=place.writer, moment=MORNING)


@pytest.mark.parametrize("act", ["publish", "archive", "unschedule"])
def test_acts_out_of_their_place_are_refused_in_words(place: Place, act: str):
    record = place.draft()
    with pytest.raises(WrongState, match="草稿"):
        getattr(actions, act)(record, actor=place.clerk, moment=MORNING)
    record.refresh_from_db()
    assert record.state == State.DRAFT


def test_nobody_approves_a_draft_past_its_signatures(place: Place):
    with pytest.raises(WrongState, match="送审"):
        actions.approve(place.draft(), actor=place.clerk, moment=MORNING)


def test_the_installation_may_bring_in_what_was_public_elsewhere(place: Place):
    record = place.draft(actor="system:import")
    actions.approve(record, actor="system:import", moment=MORNING)
    actions.publish(record, actor="system:import", moment=MORNING)
    assert (record.state, record.author) == (State.PUBLISHED, None)


def test_a_withdrawal_states_its_reason_and_keeps_the_text(place: Place):
    record = place.published()
    with pytest.raises(NoReason):
        actions.withdraw(record, actor=place.head, moment=MORNING, reason="错")
    actions.withdraw(record, actor=place.head, moment=MORNING, reason="附件有误，更正后再发")
    assert (record.state, record.live, record.withdrawn_at) == (State.WITHDRAWN, False, MORNING)
    assert Record.objects.get(pk=record.pk).text
    assert history(record).last().data["reason"] == "附件有误，更正后再发"
    with pytest.raises(NotPermitted):
        actions.withdraw(place.published(title="另一条"), actor=place.writer, moment=MORNING, reason="理由充分")


def test_what_was_withdrawn_goes_out_again_only_through_review(place: Place):
    record = place.published()
    actions.withdraw(record, actor=place.head, moment=MORNING, reason="附件有误，更正后再发")
    record.change_note = "更换附件"
    actions.save_draft(record, actor=place.writer, moment=MORNING)
    record.refresh_from_db()
    assert (record.state, record.amendment) == (State.WITHDRAWN, State.DRAFT)
    place.signed(record)
    assert (record.state, record.withdrawal_reason, record.withdrawn_at) == (State.PUBLISHED, "", None)
    assert verbs(record)[-1] == "records.published"


def test_a_newer_record_supersedes_an_older_one(place: Place):
    old, new = place.published(), place.published(title="新的通知（演示）")
    actions.supersede(old, new, actor=place.clerk, moment=MORNING)
    assert old.state == State.SUPERSEDED
    assert list(new.relations.values_list("kind", "to")) == [("replaces", old.pk)]
    actions.archive(old, actor=place.clerk, moment=MORNING)
    assert old.state == State.ARCHIVED
    with pytest.raises(WrongState):
        actions.save_draft(old, actor=place.writer, moment=MORNING)


def test_a_life_is_never_brought_back_by_a_revision(place: Place):
    record = place.published()
    first = record.revisions.order_by("pk").first()
    edition = first.as_object()
    assert (edition.state, edition.published_at) == (State.PUBLISHED, record.published_at)
    assert (edition.index_number, edition.slug, edition.author_id) == (
        record.index_number,
        record.slug,
        record.author_id,
    )


def test_a_draft_is_deleted_what_was_public_or_signed_is_not(place: Place):
    actions.delete(place.draft(), actor=place.writer, moment=MORNING)
    assert not Record.objects.exists()
    with pytest.raises(NotDeletable, match="撤下"):
        actions.delete(place.published(), actor=place.clerk, moment=MORNING)
    from mingtang.review import actions as review

    signed = place.signed(place.draft(), levels=1)
    review.recall(signed, actor=place.writer, moment=MORNING)
    with pytest.raises(NotDeletable, match="签字"):
        actions.delete(signed, actor=place.writer, moment=MORNING)


def test_the_database_refuses_to_delete_what_was_public(place: Place):
    record = place.draft(actor="system:import")
    actions.approve(record, actor="system:import", moment=MORNING)
    actions.publish(record, actor="system:import", moment=MORNING)
    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
        Record.objects.filter(pk=record.pk)._raw_delete("default")
    assert Record.objects.filter(pk=record.pk).exists()


@pytest.mark.parametrize(
    "broken",
    [
        {"state": "published"},
        {"state": "withdrawn", "published_at": MORNING, "withdrawn_at": MORNING},
        {"state": "published", "published_at": MORNING, "disclosure": "closed", "disclosure_basis": "依据"},
        {"disclosure": "closed"},
        {"amendment": "draft"},
    ],
)
def test_the_database_holds_what_must_hold(place: Place, broken: dict):
    record = place.draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        Record.objects.filter(pk=record.pk).update(**broken)


def test_a_document_number_is_used_once_in_a_body(place: Place):
    place.draft(document_number="云教发〔2024〕1号")
    with pytest.raises(Incomplete, match="相同文号"):
        place.draft(document_number="云教发〔2024〕1号")
    place.draft(document_number="云教发〔2024〕1号", body=place.health, actor=place.outsider)


def test_wagtails_own_ways_out_are_closed(place: Place):
    record = place.signed(place.draft(), levels=2)
    with pytest.raises(PermissionDenied):
        record.latest_revision.publish(user=place.clerk)
    public = place.published(title="已发布（演示）")
    with pytest.raises(PermissionDenied):
        public.unpublish(user=place.clerk)
    with pytest.raises(PermissionDenied):
        public.delete()
    with pytest.raises(PermissionDenied):
        record.current_workflow_task.on_action(record.current_workflow_task_state, place.clerk, "approve")


def test_a_scheduled_text_goes_out_at_its_time_by_the_worker(place: Place, django_capture_on_commit_callbacks):
    at = MORNING + timedelta(days=1)
    record = place.signed(place.draft(go_live_at=at))
    assert record.state == State.SCHEDULED
    assert tasks.publish_due(at - timedelta(minutes=1)) == 0
    assert tasks.publish_due(at) == 1
    assert tasks.publish_due(at) == 0
    record.refresh_from_db()
    assert (record.state, record.published_at, record.go_live_at) == (State.PUBLISHED, at, None)
    assert history(record).last().actor == tasks.ACTOR
    assert tasks.publish_at_its_time.func(record.pk) is False


def test_a_time_taken_back_leaves_the_text_approved(place: Place):
    record = place.signed(place.draft(go_live_at=MORNING + timedelta(days=1)))
    actions.unschedule(record, actor=place.clerk, moment=MORNING)
    assert (record.state, record.go_live_at) == (State.APPROVED, None)
    actions.publish(record, actor=place.clerk, moment=MORNING)
    assert record.state == State.PUBLISHED


def test_withdrawing_stops_an_amendment_that_waits_for_its_time(place: Place):
    record = place.published()
    record.change_note, record.go_live_at = "更正", MORNING + timedelta(days=3)
    actions.save_draft(record, actor=place.writer, moment=MORNING)
    place.signed(record)
    assert record.amendment == State.SCHEDULED
    actions.withdraw(record, actor=place.head, moment=MORNING, reason="内容有误，暂停公开")
    assert tasks.publish_due(MORNING + timedelta(days=4)) == 0
    record.refresh_from_db()
    assert (record.state, record.amendment) == (State.WITHDRAWN, State.DRAFT)


def test_no_migration_is_missing(db: None):
    call_command("makemigrations", "records", "review", "--check", "--dry-run", verbosity=0)


def test_a_scheduled_text_that_cannot_go_out_holds_up_no_other(place: Place):
    at = MORNING + timedelta(days=1)
    broken, whole = (place.signed(place.draft(go_live_at=at)) for _ in range(2))
    broken.latest_revision.content["made_on"] = None
    broken.latest_revision.save(update_fields=["content"])
    assert tasks.publish_due(at) == 1
    for record, state in ((broken, State.SCHEDULED), (whole, State.PUBLISHED)):
        record.refresh_from_db()
        assert record.state == state
