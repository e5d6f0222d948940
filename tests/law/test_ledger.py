"""The clocks and quotas that the yearly notice sets for the ledger."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtang.law.errors import NotInForce
from mingtang.law.ledger import (
    Period,
    first_feedback_due,
    interpretation_filings,
    interpretation_quotas,
    period_ends,
    subsidies_public_by,
    year_end,
)

ISSUED = datetime.date(2022, 6, 30)


def test_first_feedback_is_due_ten_days_after_issue_also_on_a_sunday() -> None:
    due = first_feedback_due(ISSUED)
    assert due.due == datetime.date(2022, 7, 10)
    assert due.due.weekday() == 6
    assert [rule.article for rule in due.rules] == ["（二十）", "第二百零一条"]


@pytest.mark.parametrize("day", [datetime.date(2022, 6, 29), datetime.date(2023, 1, 1)])
def test_a_notice_of_2022_sets_no_clock_before_its_issue_nor_after_its_year(day: datetime.date) -> None:
    with pytest.raises(NotInForce):
        first_feedback_due(day)


def test_interpretations_are_filed_every_month_until_the_year_is_over() -> None:
    filings = interpretation_filings(ISSUED, year_end(2022))
    assert [due.due.month for due in filings] == [6, 7, 8, 9, 10, 11, 12]
    assert filings[-1].due == datetime.date(2022, 12, 31)
    assert filings[0].rules[0].article == "（十五）"


def test_each_form_of_interpretation_is_a_quota_of_its_own() -> None:
    quotas = interpretation_quotas(ISSUED)
    assert {quota.form: quota.at_least for quota in quotas} == {
        "访谈": 1, "视频": 1, "音频": 1, "图解": 1, "主要负责人解读": 1,
    }  # fmt: skip
    assert interpretation_quotas(datetime.date(2022, 6, 29)) == ()


def test_subsidies_hang_out_by_the_end_of_the_year() -> None:
    assert subsidies_public_by(2022).due == datetime.date(2022, 12, 31)


@pytest.mark.parametrize(
    ("period", "ends"),
    [
        (Period.QUARTER, ["2022-09-30", "2022-12-31", "2023-03-31"]),
        (Period.HALF_YEAR, ["2022-12-31"]),
        (Period.YEAR, ["2022-12-31"]),
    ],
)
def test_periods_close_with_the_calendar(period: Period, ends: list[str]) -> None:
    found = period_ends(period, datetime.date(2022, 7, 1), datetime.date(2023, 4, 1))
    assert [day.isoformat() for day in found] == ends


@given(
    st.sampled_from(Period),
    st.dates(datetime.date(1990, 1, 1), datetime.date(2090, 1, 1)),
    st.integers(0, 2000),
)
def test_period_ends_are_last_days_of_their_months_each_once(period: Period, first: datetime.date, span: int) -> None:
    last = first + datetime.timedelta(days=span)
    ends = list(period_ends(period, first, last))
    day = datetime.timedelta(days=1)
    expected = [
        d
        for d in (first + day * n for n in range(span + 1))
        if (d + day).day == 1 and d.month % period.months == 0
    ]  # fmt: skip
    assert ends == expected
