"""Look-back: what last year left open is carried into this year's ledger with its history."""

from datetime import date

import pytest

from mingtang.ledger import actions, building, public, queries
from mingtang.ledger.errors import Invalid
from mingtang.ledger.models import Assignment, Item, Ledger, Task
from mingtang.ledger.tests.conftest import MOMENT, NOTICE, County, draft_of_the_notice, later

NEXT = later(365)


@pytest.fixture
def following(issued: Ledger, county: County) -> Ledger:
    """The next year's notice as a draft."""
    draft = draft_of_the_notice(date(2025, 5, 30))
    return building.build(draft, NOTICE, body=county.office, notice=None, moment=NEXT)


def _task(issued: Ledger) -> Task:
    return issued.tasks.get(item__number=2)


def test_the_office_chooses_and_the_bodies_that_still_owe_are_carried(
    following: Ledger, issued: Ledger, county: County
) -> None:
    owed = issued.assignments.get(task=_task(issued), body=county.health)
    objection = actions.object_to(owed, reason="x", actor=county.nurse, moment=MOMENT)
    actions.decide_objection(objection, withdraw=True, actor=county.clerk, moment=MOMENT)
    assert queries.earlier(following) == issued
    (copy,) = actions.carry(following, issued, [_task(issued)], actor=county.clerk, moment=NEXT)
    assert copy.bodies == [county.education.name]
    assert [quota.form for quota in copy.quotas.all()] == ["访谈", "视频"]
    assert copy.item.kind == Item.Kind.LOOK_BACK


def test_choosing_again_replaces_and_choosing_none_takes_back(
    following: Ledger, issued: Ledger, county: County
) -> None:
    for tasks in ([_task(issued)], [_task(issued), issued.tasks.first()], []):
        actions.carry(following, issued, tasks, actor=county.clerk, moment=NEXT)
        assert following.tasks.filter(origin=Task.Origin.CARRIED).count() == len(tasks)
    following.refresh_from_db()
    assert following.previous is None
    assert not following.items.filter(kind=Item.Kind.LOOK_BACK).exists()


def test_after_issue_both_ledgers_show_where_the_task_came_from_and_went(
    following: Ledger, issued: Ledger, county: County
) -> None:
    old = issued.assignments.get(task=_task(issued), body=county.education)
    actions.carry(following, issued, [_task(issued)], actor=county.clerk, moment=NEXT)
    new = actions.issue(following, actor=county.clerk, moment=NEXT)
    old.refresh_from_db()
    carried = new.assignments.get(carried_from=old)
    assert old.state == Assignment.State.CARRIED
    assert queries.history(carried) == [old]
    before = public.read(issued, on=NEXT.date()).entry(2).lines[0]
    after = public.read(new, on=NEXT.date()).entries[-1].lines[0]
    assert before.carried_into == (2025, 4)
    assert after.carried_from == (2024, 2)


def test_a_finished_task_cannot_be_carried(following: Ledger, issued: Ledger, county: County) -> None:
    issued.assignments.filter(task=_task(issued)).update(state="withdrawn")
    with pytest.raises(Invalid, match="尚未完成"):
        actions.carry(following, issued, [_task(issued)], actor=county.clerk, moment=NEXT)
