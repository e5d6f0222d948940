"""Each deadline phrase of the table is read as the table says."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtang.text.deadlines import Moment, deadline_of_cell, find_deadlines, foremost

TABLE = tomllib.loads((Path(__file__).parent / "deadlines.toml").read_text(encoding="utf-8"))
MOMENT = Moment(TABLE["made_on"], TABLE["year"])


def _compare(facts: dict[str, Any], deadline: Any) -> None:
    if facts["kind"] == "none":
        assert deadline is None
        return
    assert deadline is not None
    shown = deadline.as_json()
    assert {key: shown.get(key) for key in facts if key != "text"} == {k: v for k, v in facts.items() if k != "text"}
    assert deadline.text in facts["text"]


@pytest.mark.parametrize("facts", TABLE["phrases"], ids=lambda facts: facts["text"])
def test_a_phrase_in_a_sentence(facts: dict[str, Any]) -> None:
    _compare(facts, foremost(find_deadlines(facts["text"], MOMENT)))


@pytest.mark.parametrize("facts", TABLE["cells"], ids=lambda facts: facts["text"])
def test_a_cell_of_a_time_column(facts: dict[str, Any]) -> None:
    _compare(facts, foremost(deadline_of_cell(facts["text"], MOMENT)))


def test_the_table_is_long_enough_to_mean_something() -> None:
    assert len(TABLE["phrases"]) >= 60


def test_a_day_without_a_year_needs_the_notice_to_know_its_year() -> None:
    (deadline,) = find_deadlines("9月底前完成", Moment())
    assert (deadline.kind, deadline.on) == ("by", None)


def test_a_sentence_may_hold_several_deadlines_and_the_day_comes_first() -> None:
    found = find_deadlines("每季度更新，动态管理，11月底前全部完成", MOMENT)
    assert [one.kind for one in found] == ["every", "ongoing", "by"]
    first = foremost(found)
    assert first is not None and first.on == date(2022, 11, 30)


@given(st.integers(1, 12), st.integers(1, 28), st.integers(2016, 2030))
def test_any_day_written_out_is_that_day(month: int, day: int, year: int) -> None:
    (deadline,) = find_deadlines(f"各单位于{year}年{month}月{day}日前报送", MOMENT)
    assert deadline.on == date(year, month, day)


@given(st.integers(1, 99))
def test_days_after_issue_are_calendar_days(days: int) -> None:
    (deadline,) = find_deadlines(f"于本通知印发后{days}日内反馈", MOMENT)
    assert deadline.on is not None and (deadline.on - date(2022, 6, 30)).days == days
