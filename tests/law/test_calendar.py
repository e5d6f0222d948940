"""Working days follow the State Council's arrangement, and every count can be shown day by day."""

import datetime
import tomllib
from pathlib import Path

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtang.law.added_years import AddedYear
from mingtang.law.calendar import WorkCalendar, national
from mingtang.law.errors import UnknownYear

CASES = tomllib.loads((Path(__file__).parent / "workdays.toml").read_text(encoding="utf-8"))["case"]
DAYS = st.dates(datetime.date(2005, 1, 1), datetime.date(2025, 12, 31))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_the_day_so_many_working_days_later(case: dict) -> None:
    assert national().add(case["from"], case["working_days"]).end == case["day"]


def test_nineteen_years_agree_with_an_independent_calendar() -> None:
    other = holidays.country_holidays("CN", years=range(2008, 2027))
    days = national().walk(datetime.date(2008, 1, 1), datetime.date(2026, 12, 31))
    assert [day for day in days if day.works != other.is_working_day(day.date)] == []


def test_the_count_names_each_day_and_why_it_does_not_count() -> None:
    count = national().add(datetime.date(2022, 9, 30), 2)
    shown = [(each.day.date.isoformat(), each.number, each.day.reason) for each in count.days]
    assert shown[0] == ("2022-10-01", None, "国庆节放假")
    assert shown[7:] == [("2022-10-08", 1, "国庆节调休上班"), ("2022-10-09", 2, "国庆节调休上班")]
    assert [rule.id for rule in count.rules] == ["working-time.7", "holidays.arrangement", "civil-code.201"]


def test_an_ordinary_weekend_is_named_by_its_weekday() -> None:
    assert national().day(datetime.date(2023, 3, 4)).reason == "周六"
    assert national().day(datetime.date(2023, 3, 6)).reason == ""


def test_a_year_nobody_published_is_refused_by_name_with_the_mend() -> None:
    with pytest.raises(UnknownYear, match=r"没有2099年的工作日安排.*2099\.toml"):
        national().add(datetime.date(2099, 1, 1), 1)


def test_a_count_that_runs_into_an_unknown_year_is_refused_not_guessed() -> None:
    last = max(national().years)
    with pytest.raises(UnknownYear, match=f"没有{last + 1}年"):
        national().add(datetime.date(last, 12, 25), 20)


def test_an_added_year_is_known_and_its_neighbours_are_not() -> None:
    new_year = datetime.date(2099, 1, 1)
    added = AddedYear(2099, "安排", complete=True, holidays={new_year: "元旦"}, workdays={})
    calendar = WorkCalendar([added])
    assert calendar.day(new_year).reason == "元旦放假"
    assert calendar.add(new_year, 1).end == datetime.date(2099, 1, 2)
    with pytest.raises(UnknownYear, match=r"已收录2004—\d{4}、2099年"):
        calendar.day(datetime.date(2098, 12, 31))


def test_a_correction_moves_only_its_own_days() -> None:
    extra = datetime.date(2022, 3, 7)  # a Monday
    calendar = WorkCalendar([AddedYear(2022, "临时放假", complete=False, holidays={extra: "临时"}, workdays={})])
    assert not calendar.is_workday(extra)
    others = [day.date for day in national().walk(datetime.date(2022, 1, 1), datetime.date(2022, 12, 31))]
    assert all(calendar.day(d) == national().day(d) for d in others if d != extra)


@given(DAYS, st.integers(-150, 150).filter(bool))
def test_a_count_ends_on_a_working_day_and_numbers_every_working_day_once(start: datetime.date, number: int) -> None:
    count = national().add(start, number)
    assert national().is_workday(count.end)
    assert [each.number for each in count.days if each.number] == list(range(1, abs(number) + 1))
    assert count.days[-1].day.date == count.end
    assert start not in {each.day.date for each in count.days}


@given(DAYS, st.integers(-150, 150))
def test_between_measures_what_add_made(start: datetime.date, number: int) -> None:
    assert national().between(start, national().add(start, number).end).working_days == number


@given(DAYS, st.integers(0, 80), st.integers(0, 80))
def test_counting_in_two_steps_is_counting_in_one(start: datetime.date, first: int, second: int) -> None:
    calendar = national()
    assert calendar.add(calendar.add(start, first).end, second).end == calendar.add(start, first + second).end


@given(DAYS, st.integers(1, 150))
def test_from_a_working_day_forth_and_back_is_home_again(start: datetime.date, number: int) -> None:
    home = national().add(start, 1).end
    assert national().subtract(national().add(home, number).end, number).end == home


@given(DAYS, DAYS)
def test_between_counts_the_working_days_after_the_one_up_to_the_other(a: datetime.date, b: datetime.date) -> None:
    first, last = sorted((a, b))
    worked = sum(day.works for day in national().walk(first, last)) - national().is_workday(first)
    assert national().between(first, last).working_days == worked


@given(DAYS, st.integers(1, 150))
def test_the_day_alone_is_the_day_of_the_count(start: datetime.date, number: int) -> None:
    assert national().after(start, number) == national().add(start, number).end


@given(DAYS, st.integers(0, 400))
def test_the_number_alone_is_the_number_of_the_count(start: datetime.date, later: int) -> None:
    end = start + datetime.timedelta(days=later)
    assert national().elapsed(start, end) == national().between(start, end).working_days


def test_a_start_in_an_unknown_year_is_refused_even_when_nothing_is_counted() -> None:
    with pytest.raises(UnknownYear, match="没有2098年"):
        national().add(datetime.date(2098, 1, 1), 0)
    with pytest.raises(UnknownYear, match="没有2098年"):
        national().between(datetime.date(2098, 1, 1), datetime.date(2098, 1, 1))


def test_a_correction_turns_a_worked_saturday_into_rest_and_a_holiday_into_work() -> None:
    saturday, monday = datetime.date(2022, 4, 2), datetime.date(2022, 4, 4)
    correction = AddedYear(2022, "更正", complete=False, holidays={saturday: "清明节"}, workdays={monday: "清明节"})
    calendar = WorkCalendar([correction])
    assert (calendar.day(saturday).works, calendar.day(saturday).reason) == (False, "清明节放假")
    assert (calendar.day(monday).works, calendar.day(monday).reason) == (True, "清明节调休上班")
    assert calendar.after(datetime.date(2022, 4, 1), 1) == monday


def test_the_days_between_are_numbered_as_those_of_a_count() -> None:
    start = datetime.date(2022, 9, 30)
    assert national().between(start, datetime.date(2022, 10, 9)).days == national().add(start, 2).days
    back = national().between(datetime.date(2022, 10, 9), start)
    assert (back.working_days, [each.number for each in back.days if each.number]) == (-2, [1, 2])


def test_without_a_count_too_an_unknown_year_is_refused_not_guessed() -> None:
    first, last = min(national().years), max(national().years)
    with pytest.raises(UnknownYear, match=f"没有{last + 1}年"):
        national().after(datetime.date(last, 12, 25), 20)
    with pytest.raises(UnknownYear, match=f"没有{first - 1}年"):
        national().after(datetime.date(first - 1, 12, 31), 1)
    with pytest.raises(UnknownYear, match="没有2098年"):
        national().after(datetime.date(2098, 1, 1), 1)
    with pytest.raises(UnknownYear, match=f"没有{last + 1}年"):
        national().elapsed(datetime.date(last, 12, 31), datetime.date(last + 1, 1, 1))
    assert national().elapsed(datetime.date(last, 12, 31), datetime.date(last, 12, 31)) == 0


def test_a_gap_between_known_years_is_not_jumped_over() -> None:
    added = AddedYear(2099, "安排", complete=True, holidays={datetime.date(2099, 1, 1): "元旦"}, workdays={})
    calendar = WorkCalendar([added])
    last = max(national().years)
    assert calendar.after(datetime.date(2099, 1, 1), 1) == datetime.date(2099, 1, 2)
    with pytest.raises(UnknownYear, match=f"没有{last + 1}年"):
        calendar.after(datetime.date(last, 12, 25), 20)
    with pytest.raises(UnknownYear, match=f"没有{last + 1}年"):
        calendar.elapsed(datetime.date(last, 12, 25), datetime.date(2099, 1, 5))


def test_a_complete_year_replaces_what_was_known_of_it_and_leaves_the_other_years() -> None:
    national_day = datetime.date(2022, 10, 1)
    calendar = WorkCalendar([AddedYear(2022, "全年", complete=True, holidays={national_day: "国庆节"}, workdays={})])
    assert calendar.day(datetime.date(2022, 10, 3)).works, "the package's holiday is gone"
    assert not calendar.day(datetime.date(2022, 4, 2)).works, "and so is its worked Saturday"
    assert not calendar.day(datetime.date(2023, 10, 3)).works
    assert calendar.day(datetime.date(2023, 10, 7)).works
