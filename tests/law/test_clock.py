"""The clock of a request: case by case as a lawyer reads them, against a second way of counting, and as properties."""

import pytest

from mingtang.law.clock import Deadline, Standing, State, fold
from mingtang.law.errors import ImpossibleHistory
from tests.law.clock_cases import history, table

CASES = table("clock.toml")
IMPOSSIBLE = table("clock_impossible.toml")


def standing_of(case: dict) -> Standing:
    return fold(history(case), as_of=case.get("as_of"))


def named(standing: Standing, what: str) -> Deadline:
    (found,) = [deadline for deadline in standing.deadlines if deadline.what == what]
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_the_day_of_the_reply_the_state_and_the_lateness(case: dict) -> None:
    standing = standing_of(case)
    due = None if case["reply_due"] == "无" else case["reply_due"]
    assert (standing.reply_due, standing.state.value, standing.late_by) == (due, case["state"], case.get("late_by", 0))


@pytest.mark.parametrize("case", [case for case in CASES if "met" in case], ids=lambda case: case["why"])
def test_whether_each_step_was_in_time(case: dict) -> None:
    standing = standing_of(case)
    assert {what: named(standing, what).met for what in case["met"]} == case["met"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_the_result_names_the_clause_of_the_case(case: dict) -> None:
    articles = [rule.article for deadline in standing_of(case).deadlines for rule in deadline.rules]
    assert case["clause"] in articles


def test_a_lawyer_finds_enough_cases_and_no_two_of_one_name() -> None:
    assert len(CASES) >= 120
    assert len({case["why"] for case in CASES}) == len(CASES)
    assert {case["state"] for case in CASES} == {state.value for state in State} - {"unconfirmed"}


@pytest.mark.parametrize("case", IMPOSSIBLE, ids=lambda case: case["why"])
def test_what_cannot_have_happened_is_refused_with_the_reason(case: dict) -> None:
    with pytest.raises(ImpossibleHistory) as caught:
        standing_of(case)
    assert case["reason"] in str(caught.value)
    assert str(caught.value).startswith(case.get("place", ""))
    assert "\n" not in str(caught.value)
