"""The real notices in the shared cases: the facts that people read out of them. Nothing of them is copied here."""

from datetime import date
from pathlib import Path

import pytest

from mingtang.text import Draft, NotANotice, extract_ledger, read


@pytest.fixture(scope="module")
def seed(cases: Path) -> Draft:
    return extract_ledger(read(cases / "seed-notice.txt"))


def test_the_seed_has_five_chapters_and_twenty_items_numbered_through(seed: Draft) -> None:
    assert [chapter.number for chapter in seed.chapters] == [1, 2, 3, 4, 5]
    assert [item.number for item in seed.items] == list(range(1, 21))
    assert seed.problems == ()


def test_the_titles_of_the_seed_are_those_lines_of_the_file(seed: Draft, cases: Path) -> None:
    lines = (cases / "seed-notice.txt").read_text(encoding="utf-8").splitlines()
    headings = [line.partition(")")[2] for line in lines if line.startswith("(") and ")" in line[:6]]
    assert [item.title for item in seed.items] == headings
    chapters = [line.partition("、")[2] for line in lines if line[:1] in "一二三四五" and line[1:2] == "、"]
    assert [chapter.title for chapter in seed.chapters] == chapters


def test_the_head_of_the_seed(seed: Draft) -> None:
    assert seed.made_on == date(2022, 6, 30)
    assert seed.year == 2022
    assert len(seed.addressees) == 3
    assert seed.issuer is not None and seed.issuer.endswith("领导小组办公室")
    assert seed.document_number is None


def test_feedback_is_due_ten_days_after_issue(seed: Draft) -> None:
    deadline = next(task.deadline for task in seed.items[19].tasks if task.deadline)
    assert (deadline.kind, deadline.days, deadline.on) == ("within", 10, date(2022, 7, 10))


def test_item_eleven_is_due_at_the_years_end(seed: Draft) -> None:
    assert date(2022, 12, 31) in {task.deadline.on for task in seed.items[10].tasks if task.deadline}


def test_item_fifteen_has_five_quotas_and_a_monthly_filing(seed: Draft) -> None:
    task = next(task for task in seed.items[14].tasks if task.quotas)
    assert [quota.form for quota in task.quotas] == ["访谈", "视频", "音频", "图解", "主要负责人解读"]
    assert {(quota.at_least, quota.period) for quota in task.quotas} == {(1, "year")}
    assert task.deadline is not None and (task.deadline.kind, task.deadline.period) == ("every", "month")


def test_item_twelve_names_eight_standards_and_item_nineteen_cites_a_number(seed: Draft) -> None:
    assert len(seed.items[11].tasks[0].documents) == 8
    assert len(seed.cites) == 1 and seed.cites[0].endswith("〔2021〕30号")


def test_an_item_that_names_nobody_binds_all_addressees(seed: Draft) -> None:
    assert all(task.inferred and task.bodies == seed.addressees for task in seed.items[4].tasks)


def test_the_groups_and_bodies_of_the_seed(seed: Draft) -> None:
    assert "疫情防控指挥部" in seed.items[3].tasks[0].bodies
    assert "政策起草部门" in seed.items[6].tasks[0].bodies
    assert seed.items[1].tasks[0].bodies == ("旗直各部门", "苏木镇", "街道办")


def test_the_head_of_another_place(cases: Path) -> None:
    draft = extract_ledger(read(cases / "notice-laiwu-2021.txt"))
    assert draft.document_number == "莱芜政办发〔2021〕3号"
    assert draft.made_on == date(2021, 6, 17)
    assert draft.disclosure == "此件公开发布"
    assert len(draft.addressees) == 4
    assert draft.title.endswith("工作要点的通知") and draft.issuer is not None and draft.title.startswith(draft.issuer)
    assert [item.number for item in draft.items] == [1]
    assert draft.items[0].tasks[0].bodies == ("区直有关部门", "区政府办公室")


def test_an_annual_report_is_no_notice(cases: Path) -> None:
    with pytest.raises(NotANotice):
        extract_ledger(read(cases / "report-hangzhou-2025.html"))
