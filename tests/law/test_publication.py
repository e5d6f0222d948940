"""By when a thing must be public, with the clause that says so."""

import datetime
import tomllib
from pathlib import Path

import pytest

from mingtang.law.errors import NotInForce
from mingtang.law.publication import Matter, annual_report_due, publish_by

CASES = tomllib.loads((Path(__file__).parent / "publication.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_the_last_lawful_day(case: dict) -> None:
    due = publish_by(Matter(case["matter"]), case["event_on"])
    assert due.due == case["due"]
    assert due.rules[0].article == case["clause"]


def test_every_matter_has_a_case() -> None:
    assert {case["matter"] for case in CASES} == {matter.value for matter in Matter}


def test_working_days_come_with_their_count_and_calendar_days_without() -> None:
    licence = publish_by(Matter.LICENCE, datetime.date(2022, 9, 28))
    assert licence.count is not None
    assert licence.count.end == licence.due
    assert set(licence.count.rules) < set(licence.rules)
    assert publish_by(Matter.BUDGET, datetime.date(2022, 1, 20)).count is None


def test_being_late_is_measured_in_days() -> None:
    due = publish_by(Matter.LICENCE, datetime.date(2022, 9, 28))
    assert due.late_by(due.due) == 0
    assert due.late_by(datetime.date(2022, 10, 15)) == 3


def test_before_the_regulation_was_revised_its_new_rule_is_not_applied() -> None:
    with pytest.raises(NotInForce):
        publish_by(Matter.INFORMATION, datetime.date(2019, 5, 14))


def test_a_department_reports_by_the_end_of_january_and_the_government_by_the_end_of_march() -> None:
    assert annual_report_due(2025, government=False).due == datetime.date(2026, 1, 31)
    assert annual_report_due(2025, government=True).due == datetime.date(2026, 3, 31)
