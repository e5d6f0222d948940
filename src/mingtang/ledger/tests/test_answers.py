"""Bodies answer their duties; the office decides and chases."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from mingtang.bodies.errors import NotPermitted
from mingtang.bodies.models import Body, Role
from mingtang.ledger import actions, queries, story
from mingtang.ledger.errors import Invalid, WrongState
from mingtang.ledger.models import Assignment, Chase, Ledger
from mingtang.ledger.tests.conftest import MOMENT, TODAY, County, later
from mingtang.trace.models import Event

Duty = Callable[[Body, str], Assignment]
PLAN = {"responsible": "演示股长", "measures": "按月更新", "planned_on": date(2024, 6, 20)}


def test_a_body_accepts_with_person_measures_and_day(duty: Duty, county: County) -> None:
    one = duty(county.education, "招生")
    (accepted,) = actions.accept([one], **PLAN, actor=county.teacher, moment=MOMENT)
    assert (accepted.state, accepted.responsible, accepted.planned_on) == ("accepted", "演示股长", date(2024, 6, 20))
    event = Event.objects.get(verb="ledger.accepted")
    assert event.data["late"] is False
    assert "演示股长" not in str(event.data)


def test_accepting_late_is_taken_and_shown_as_late(duty: Duty, county: County) -> None:
    actions.accept([duty(county.education, "招生")], **PLAN, actor=county.teacher, moment=later(10))
    assert Event.objects.get(verb="ledger.accepted").data["late"] is True


def test_a_duty_whose_deadline_has_passed_is_accepted_for_a_day_to_come(duty: Duty, county: County) -> None:
    one = duty(county.education, "招生")
    after = later(60)
    assert one.due_on is not None
    assert one.due_on < after.date()
    with pytest.raises(Invalid, match="已过"):
        actions.accept([one], **(PLAN | {"planned_on": date(2024, 8, 1)}), actor=county.teacher, moment=after)
    actions.accept([one], **(PLAN | {"planned_on": date(2024, 8, 2)}), actor=county.teacher, moment=after)
    event = Event.objects.get(verb="ledger.accepted")
    assert event.data["overdue"] is True
    late = duty(county.education, "招生")
    assert (late.due_on, late.planned_on) == (date(2024, 6, 30), date(2024, 8, 2))
    assert "认领时期限已过" in story.of(late)[-1].note


def test_duties_past_and_to_come_are_accepted_together_within_the_day_to_come(duty: Duty, county: County) -> None:
    past, to_come = duty(county.education, "反馈"), duty(county.education, "招生")
    assert (past.due_on, to_come.due_on) == (date(2024, 6, 9), date(2024, 6, 30))
    both, at = [past, to_come], later(10)
    with pytest.raises(Invalid, match="第1项任务的期限 2024-06-30"):
        actions.accept(both, **(PLAN | {"planned_on": date(2024, 7, 1)}), actor=county.teacher, moment=at)
    accepted = actions.accept(both, **PLAN, actor=county.teacher, moment=at)
    assert [one.state for one in accepted] == ["accepted", "accepted"]


def test_where_the_notice_sets_no_day_the_planned_day_binds(duty: Duty, county: County) -> None:
    one = duty(county.sumu, "草原补奖")
    assert one.due_on is None
    mayor = county.user(Role.APPROVER, county.sumu)
    actions.accept([one], **PLAN, actor=mayor, moment=MOMENT)
    assert duty(county.sumu, "草原补奖").due_on == date(2024, 6, 20)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"responsible": " "}, "responsible"),
        ({"measures": ""}, "measures"),
        ({"planned_on": date(2024, 6, 2)}, "planned_on"),
        ({"planned_on": date(2024, 7, 1)}, "planned_on"),
    ],
)
def test_an_incomplete_acceptance_names_its_field(duty: Duty, county: County, more: dict, field: str) -> None:
    with pytest.raises(Invalid) as caught:
        actions.accept([duty(county.education, "招生")], **(PLAN | more), actor=county.teacher, moment=MOMENT)
    assert caught.value.field == field


def test_several_are_accepted_together_or_none(duty: Duty, county: County) -> None:
    mine, theirs = duty(county.education, "招生"), duty(county.health, "视频")
    with pytest.raises(NotPermitted):
        actions.accept([mine, theirs], **PLAN, actor=county.teacher, moment=MOMENT)
    mine.refresh_from_db()
    assert mine.state == Assignment.State.ASSIGNED


def test_the_database_refuses_acceptance_without_a_person(duty: Duty, county: County) -> None:
    one = duty(county.education, "招生")
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.filter(pk=one.pk).update(state="accepted", accepted_at=MOMENT, planned_on=TODAY)


def test_an_objection_withdrawn_by_the_office_ends_the_duty(duty: Duty, county: County) -> None:
    one = duty(county.health, "视频")
    objection = actions.object_to(one, reason="职责在教育部门", actor=county.nurse, moment=MOMENT)
    actions.decide_objection(objection, withdraw=True, actor=county.clerk, moment=later(1))
    assert duty(county.health, "视频").state == Assignment.State.WITHDRAWN


def test_an_objection_upheld_must_be_accepted_and_cannot_be_raised_again(duty: Duty, county: County) -> None:
    one = duty(county.health, "视频")
    objection = actions.object_to(one, reason="人手不足", actor=county.nurse, moment=MOMENT)
    with pytest.raises(Invalid, match="理由"):
        actions.decide_objection(objection, withdraw=False, actor=county.clerk, moment=later(1))
    for _ in range(2):  # a double click decides once
        actions.decide_objection(objection, withdraw=False, answer="通知已明确", actor=county.clerk, moment=later(1))
    assert Event.objects.filter(verb="ledger.assignment_upheld").count() == 1
    with pytest.raises(WrongState, match="维持分工"):
        actions.object_to(one, reason="还是不行", actor=county.nurse, moment=later(2))
    actions.accept([one], **PLAN, actor=county.nurse, moment=later(2))


def test_a_body_decides_neither_objections_nor_postponements(duty: Duty, county: County) -> None:
    objection = actions.object_to(duty(county.health, "视频"), reason="x", actor=county.nurse, moment=MOMENT)
    with pytest.raises(NotPermitted):
        actions.decide_objection(objection, withdraw=True, actor=county.nurse, moment=MOMENT)


def test_the_office_sees_who_has_not_answered_and_chases_once_a_day(issued: Ledger, county: County, duty: Duty) -> None:
    for words in ("招生", "访谈", "反馈", "公开栏"):
        plan = PLAN | {"planned_on": date(2024, 6, 9)}
        actions.accept([duty(county.education, words)], **plan, actor=county.teacher, moment=MOMENT)
    waiting = {answer.body.code: answer.waiting for answer in queries.answers(issued)}
    assert waiting == {"jyj": 0, "wjw": 3, "sm": 3}
    for _ in range(2):
        actions.chase(issued, [county.health, county.sumu], text="请反馈", actor=county.clerk, moment=later(7))
    assert Chase.objects.count() == 2
    with pytest.raises(WrongState, match="已全部反馈"):
        actions.chase(issued, [county.education], text="请反馈", actor=county.clerk, moment=later(7))


def test_a_chase_is_answered_when_nothing_waits_any_more(issued: Ledger, county: County, duty: Duty) -> None:
    actions.chase(issued, [county.health], text="请反馈", actor=county.clerk, moment=MOMENT)
    plan = PLAN | {"planned_on": date(2024, 6, 9)}
    mine = [duty(county.health, words) for words in ("访谈", "反馈")]
    actions.accept(mine, **plan, actor=county.nurse, moment=later(1))
    assert Chase.objects.get().answered_at is None
    actions.object_to(duty(county.health, "公开栏"), reason="无公开栏", actor=county.nurse, moment=later(1))
    assert Chase.objects.get().answered_at == later(1)


def test_progress_is_reported_and_answers_the_chase_of_the_duty(issued: Ledger, duty: Duty, county: County) -> None:
    one = duty(county.education, "招生")
    actions.accept([one], **PLAN, actor=county.teacher, moment=MOMENT)
    actions.chase(issued, [], assignment=one, text="进展如何", actor=county.clerk, moment=later(1))
    actions.report(one, percent=40, text="已起草", actor=county.teacher, moment=later(2))
    assert duty(county.education, "招生").percent == 40
    assert Chase.objects.get().answered_at == later(2)
    with pytest.raises(Invalid):
        actions.report(one, percent=140, text="已起草", actor=county.teacher, moment=later(2))


def test_only_consent_moves_the_deadline(duty: Duty, county: County) -> None:
    one = duty(county.education, "招生")
    actions.accept([one], **PLAN, actor=county.teacher, moment=MOMENT)
    asked = actions.ask_postponement(
        one, until=date(2024, 7, 15), reason="上级目录未定", actor=county.teacher, moment=MOMENT
    )
    assert duty(county.education, "招生").due_on == date(2024, 6, 30)
    with pytest.raises(WrongState, match="已有一份"):
        actions.ask_postponement(one, until=date(2024, 8, 1), reason="再延", actor=county.teacher, moment=MOMENT)
    actions.decide_postponement(asked, grant=True, actor=county.clerk, moment=later(1))
    assert duty(county.education, "招生").due_on == date(2024, 7, 15)


def test_a_refused_postponement_needs_words_and_moves_nothing(duty: Duty, county: County) -> None:
    one = duty(county.education, "招生")
    actions.accept([one], **PLAN, actor=county.teacher, moment=MOMENT)
    asked = actions.ask_postponement(one, until=date(2024, 7, 15), reason="忙", actor=county.teacher, moment=MOMENT)
    with pytest.raises(Invalid):
        actions.decide_postponement(asked, grant=False, actor=county.clerk, moment=MOMENT)
    actions.decide_postponement(asked, grant=False, answer="请按期办理", actor=county.clerk, moment=MOMENT)
    assert duty(county.education, "招生").due_on == date(2024, 6, 30)
