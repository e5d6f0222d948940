"""Correcting a draft: every change is kept before and after, and the reading is measured against it."""

from datetime import date

import pytest

from mingtang.bodies.errors import NotPermitted
from mingtang.ledger import actions, measure
from mingtang.ledger.actions import HeadChange, QuotaLine, TaskChange
from mingtang.ledger.errors import Invalid, Stale, WrongState
from mingtang.ledger.models import Correction, Ledger, Task
from mingtang.ledger.tests.conftest import MOMENT, County, later
from mingtang.trace.models import Event


def _change(task: Task, **more: object) -> TaskChange:
    facts = {"text": task.text, "bodies": tuple(task.bodies), "lead": tuple(task.lead), "wants": task.wants}
    facts |= {"deadline_kind": task.deadline_kind, "deadline_text": task.deadline_text, "due_on": task.due_on}
    return TaskChange(**(facts | more))  # type: ignore[arg-type]


def _first(draft: Ledger) -> Task:
    return draft.tasks.first()


def test_each_kind_of_change_is_kept_by_itself(draft: Ledger, county: County) -> None:
    task = _first(draft)
    change = _change(task, text="教育局要公布招生目录。", due_on=date(2024, 6, 20))
    saved = actions.correct_task(task, change, version=1, actor=county.clerk, moment=MOMENT)
    assert saved.version == 2
    kinds = {one.kind: (one.before, one.after) for one in draft.corrections.all()}
    assert set(kinds) == {Correction.Kind.TEXT, Correction.Kind.DEADLINE}
    assert kinds["deadline"][0]["due_on"] == "2024-06-30"
    assert kinds["deadline"][1]["due_on"] == "2024-06-20"
    assert Event.objects.filter(verb="ledger.corrected").count() == 1


def test_saving_what_is_there_keeps_no_correction(draft: Ledger, county: County) -> None:
    task = _first(draft)
    actions.correct_task(task, _change(task), version=1, actor=county.clerk, moment=MOMENT)
    assert not draft.corrections.exists()


def test_two_people_cannot_overwrite_each_other_unseen(draft: Ledger, county: County) -> None:
    task = _first(draft)
    actions.correct_task(task, _change(task, text="甲的文字"), version=1, actor=county.clerk, moment=MOMENT)
    with pytest.raises(Stale):
        actions.correct_task(task, _change(task, text="乙的文字"), version=1, actor=county.clerk, moment=MOMENT)
    assert Task.objects.get(pk=task.pk).text == "甲的文字"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"text": "  "}, "text"),
        ({"lead": ("无此局",)}, "bodies"),
        ({"deadline_kind": "by", "due_on": None}, "due_on"),
        ({"quotas": (QuotaLine("视频"), QuotaLine("视频"))}, "quotas"),
    ],
)
def test_what_cannot_be_names_its_field(draft: Ledger, county: County, more: dict, field: str) -> None:
    task = _first(draft)
    with pytest.raises(Invalid) as caught:
        actions.correct_task(task, _change(task, **more), version=1, actor=county.clerk, moment=MOMENT)
    assert caught.value.field == field


def test_a_split_keeps_place_bodies_and_quotas_of_each_piece(draft: Ledger, county: County) -> None:
    task = draft.tasks.get(item__number=2)
    pieces = ["旗直各部门2024年至少以访谈形式开展1次解读，", "视频形式开展2次。"]
    first, second = actions.split_task(task, pieces, actor=county.clerk, moment=MOMENT)
    assert first.pk == task.pk
    assert second.bodies == task.bodies
    assert [draft.text[one.start : one.end] for one in (first, second)] == pieces
    assert [[quota.form for quota in one.quotas.all()] for one in (first, second)] == [["访谈"], ["视频"]]


def test_a_merge_unites_bodies_and_takes_the_earliest_deadline(draft: Ledger, county: County) -> None:
    tasks = list(draft.tasks.filter(item__number=1))
    merged = actions.merge_tasks(tasks, actor=county.clerk, moment=MOMENT)
    assert merged.text == "".join(task.text for task in tasks)
    assert merged.bodies == ["教育局", "各苏木镇"]
    assert merged.due_on == date(2024, 6, 30)
    assert draft.tasks.filter(item__number=1, removed_at=None).count() == 1


def test_tasks_of_two_items_do_not_merge(draft: Ledger, county: County) -> None:
    with pytest.raises(Invalid):
        actions.merge_tasks(list(draft.tasks.all())[1:3], actor=county.clerk, moment=MOMENT)


def test_a_deleted_task_is_kept_and_can_be_restored(draft: Ledger, county: County) -> None:
    task = _first(draft)
    actions.delete_task(task, actor=county.clerk, moment=MOMENT)
    assert Task.objects.get(pk=task.pk).removed_at == MOMENT
    assert actions.restore_task(task, actor=county.clerk, moment=later(1)).removed_at is None


def test_an_added_task_finds_its_sentence(draft: Ledger, county: County) -> None:
    item = draft.items.get(number=2)
    task = actions.add_task(item, "视频形式开展2次。", bodies=["教育局"], actor=county.clerk, moment=MOMENT)
    assert draft.text[task.start : task.end] == task.text
    assert task.origin == Task.Origin.ADDED


def test_the_head_is_corrected_and_kept(draft: Ledger, county: County) -> None:
    change = HeadChange(title="新标题", made_on=date(2024, 5, 31), year=2024)
    actions.correct_head(draft, change, actor=county.clerk, moment=MOMENT)
    kept = draft.corrections.get(kind=Correction.Kind.HEAD)
    assert (kept.before["made_on"], kept.after["made_on"]) == ("2024-05-30", "2024-05-31")


def test_an_issued_ledger_is_not_corrected(issued: Ledger, county: County) -> None:
    task = _first(issued)
    with pytest.raises(WrongState, match="不能再更正"):
        actions.correct_task(task, _change(task, text="x"), version=1, actor=county.clerk, moment=MOMENT)


def test_only_the_office_corrects(draft: Ledger, county: County) -> None:
    task = _first(draft)
    with pytest.raises(NotPermitted):
        actions.correct_task(task, _change(task, text="x"), version=1, actor=county.head, moment=MOMENT)


def test_the_reading_is_measured_against_what_people_made_of_it(draft: Ledger, county: County) -> None:
    assert all((score.precision, score.recall) == (1, 1) for score in measure.measured(draft))
    tasks = list(draft.tasks.all())
    actions.delete_task(tasks[4], actor=county.clerk, moment=MOMENT)
    actions.correct_task(
        tasks[1], _change(tasks[1], bodies=("各苏木镇", "教育局")), version=1, actor=county.clerk, moment=MOMENT
    )
    scores = {score.name: score for score in measure.measured(draft)}
    assert (scores["任务"].read, scores["任务"].true, scores["任务"].right) == (5, 4, 4)
    assert scores["任务"].precision == 0.8
    assert scores["责任单位"].recall == 5 / 6
