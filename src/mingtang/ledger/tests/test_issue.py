"""Issuing: names become bodies of the day, every task a duty, once."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from mingtang.bodies.errors import NotPermitted
from mingtang.bodies.models import Body, Expansion, Kind, Level
from mingtang.ledger import actions, feedback
from mingtang.ledger.errors import Invalid, NotReady, WrongState
from mingtang.ledger.models import Assignment, Ledger, Task
from mingtang.ledger.tests.conftest import MOMENT, TODAY, County, later
from mingtang.trace.models import Event


def test_every_task_becomes_a_duty_of_each_body_its_names_mean(issued: Ledger, county: County) -> None:
    assert issued.assignments.count() == 1 + 1 + 2 + 3 + 3
    lead = issued.assignments.get(task__item__number=1, body=county.education)
    assert (lead.role, lead.named_as, lead.expansion) == (Assignment.Role.LEAD, "教育局", None)


def test_a_group_is_fixed_as_of_the_day_of_issue(issued: Ledger, county: County) -> None:
    Body.objects.create(code="new", name="云岭旗新局", short_name="新局", kind=Kind.DEPARTMENT, level=Level.COUNTY)
    fixed = Expansion.objects.get(group__code="departments", on=TODAY)
    assert set(fixed.bodies.all()) == {county.education, county.health}
    assert issued.assignments.filter(expansion=fixed).count() == 2 + 2 + 2


def test_feedback_is_due_when_the_notice_says(issued: Ledger) -> None:
    assert issued.feedback_due.isoformat() == "2024-06-09"
    event = Event.objects.get(verb="ledger.issued")
    assert event.basis == ["civil-code.201"]
    assert event.data["assignments"] == issued.assignments.count()


def test_issuing_twice_is_issuing_once(issued: Ledger, county: County) -> None:
    again = actions.issue(issued, actor=county.clerk, moment=later(1))
    assert again.issued_at == MOMENT
    assert Event.objects.filter(verb="ledger.issued").count() == 1


def test_a_name_the_directory_does_not_know_blocks_and_says_where(draft: Ledger, county: County) -> None:
    task = draft.tasks.first()
    Task.objects.filter(pk=task.pk).update(bodies=["政策起草部门"], lead=[])
    with pytest.raises(NotReady, match="第1项的“政策起草部门”不在机构名录中"):
        actions.issue(draft, actor=county.clerk, moment=MOMENT)
    assert Assignment.objects.count() == 0
    assert actions.replace_name(draft, "政策起草部门", ["教育局"], actor=county.clerk, moment=MOMENT) == 1
    assert actions.issue(draft, actor=county.clerk, moment=MOMENT).state == Ledger.State.ISSUED


def test_a_name_cannot_be_explained_by_another_unknown_name(draft: Ledger, county: County) -> None:
    with pytest.raises(Invalid, match="没有“无此局”"):
        actions.replace_name(draft, "教育局", ["无此局"], actor=county.clerk, moment=MOMENT)


def test_a_task_without_a_body_blocks(draft: Ledger, county: County) -> None:
    Task.objects.filter(pk=draft.tasks.first().pk).update(bodies=[], lead=[])
    with pytest.raises(NotReady, match="没有责任单位"):
        actions.issue(draft, actor=county.clerk, moment=MOMENT)


def test_a_notice_without_date_or_year_blocks(draft: Ledger, county: County) -> None:
    Ledger.objects.filter(pk=draft.pk).update(made_on=None, year=None)
    with pytest.raises(NotReady) as caught:
        actions.issue(draft, actor=county.clerk, moment=MOMENT)
    assert len(caught.value.problems) == 2


def test_a_year_is_issued_once(issued: Ledger, county: County) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Ledger.objects.create(
            body=county.office, title="又一份", year=issued.year, made_on=TODAY, feedback_due=TODAY, state="issued",
            created_at=MOMENT, issued_at=MOMENT, issued_by=county.clerk,
        )  # fmt: skip


def test_only_the_office_issues(draft: Ledger, county: County) -> None:
    for user in (county.teacher, county.head, county.auditor):
        with pytest.raises(NotPermitted):
            actions.issue(draft, actor=user, moment=MOMENT)


def test_a_discarded_draft_cannot_be_issued_and_an_issued_one_not_discarded(draft: Ledger, county: County) -> None:
    actions.discard(draft, actor=county.clerk, moment=MOMENT)
    with pytest.raises(WrongState):
        actions.issue(draft, actor=county.clerk, moment=MOMENT)


def test_an_issued_ledger_is_not_discarded(issued: Ledger, county: County) -> None:
    with pytest.raises(WrongState, match="逐项撤销"):
        actions.discard(issued, actor=county.clerk, moment=MOMENT)


def test_where_the_notice_is_silent_the_rule_of_2022_gives_ten_days_and_is_named() -> None:
    due = feedback.due(date(2022, 6, 30), [])
    assert due.on == date(2022, 7, 10)
    assert "work-points-2022.feedback" in due.rules
