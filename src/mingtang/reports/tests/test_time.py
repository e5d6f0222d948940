"""What the days ask: reminders before the last one, duties of each side, no report about a year that is not over."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mingtang.bodies.duties import Standing
from mingtang.reports import actions, chores, duties
from mingtang.reports.errors import Invalid
from mingtang.reports.models import Reminder
from mingtang.reports.tests.conftest import JANUARY, YEAR, County
from mingtang.trace.models import Event


def on(month: int, day: int) -> datetime:
    """Ten in the morning of a day of 2024."""
    return datetime(2024, month, day, 2, 0, tzinfo=UTC)


def titles(user: Any, moment: datetime) -> list[tuple[str, str, Standing]]:
    return [(duty.title, duty.act, duty.standing) for duty in duties.of(user, moment)]


def test_a_body_is_reminded_once_for_each_number_of_days_until_it_has_submitted(county: County):
    for moment in (on(1, 2), on(1, 2), on(1, 18), on(1, 31), on(2, 1)):
        chores.remind(moment)
    told = Reminder.objects.filter(body=county.education).order_by("made_at")
    assert list(told.values_list("days", flat=True)) == [30, 14, 0]
    assert Event.objects.filter(verb="reports.reminded", body="jyj").count() == 3
    county.submitted(county.opened(county.health))
    chores.remind(on(1, 30))
    assert not Reminder.objects.filter(body=county.health, days=1).exists()


def test_the_government_has_until_march(county: County):
    chores.remind(on(3, 24))
    assert set(Reminder.objects.values_list("body__code", flat=True)) == {"qzf"}


def test_each_side_sees_what_it_must_do(county: County):
    about = f"云岭旗教育局 {YEAR} 年政府信息公开工作年度报告"
    assert titles(county.writer, JANUARY) == [(about, "开始填报", Standing.MINE)]
    assert titles(county.writer, on(1, 27))[0][2] is Standing.DUE_SOON
    report = county.submitted(county.opened())
    assert titles(county.writer, JANUARY) == []
    assert (str(report), "审核", Standing.MINE) in titles(county.clerk, JANUARY)
    actions.give_back(report, [("", "请补充数量")], actor=county.clerk, moment=JANUARY)
    assert titles(county.writer, on(2, 2)) == [(about, "按意见修改", Standing.OVERDUE)]
    late = [title for title, act, _standing in titles(county.clerk, on(2, 2)) if act == "催报"]
    assert late == ["4 个机关的年度报告逾期未报送"]
    assert titles(county.outsider, JANUARY + timedelta(days=200)) == []


def test_a_report_about_a_year_that_is_not_over_is_not_submitted(county: County):
    report = county.filled(county.opened(year=2024))
    with pytest.raises(Invalid, match="还没有过完"):
        actions.submit(report, actor=county.clerk, moment=JANUARY)
