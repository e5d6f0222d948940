"""Clocks and quotas that a yearly notice sets for the ledger: first feedback, periodic filing, year's end, quotas.

A notice is an instrument like any other (`instruments/work-points-….toml`); a new year's notice is a new file. The
dates that a notice sets are plain days and move for no holiday: "within 10 days of issue" of a notice issued on
30 June ends on 10 July, whatever weekday that is.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from mingtang.law.publication import Due
from mingtang.law.rules import Rule, Unit
from mingtang.law.shelf import rule


class Period(Enum):
    """How often something falls due; the value is its code name, `months` its length."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"

    @property
    def months(self) -> int:
        return {Period.MONTH: 1, Period.QUARTER: 3, Period.HALF_YEAR: 6, Period.YEAR: 12}[self]

    @property
    def label(self) -> str:
        return {Period.MONTH: "每月", Period.QUARTER: "每季度", Period.HALF_YEAR: "每半年", Period.YEAR: "每年"}[self]


@dataclass(frozen=True)
class Quota:
    """At least so many of one form in one year, owed by each body."""

    form: str
    at_least: int
    rule: Rule


def first_feedback_due(issued_on: datetime.date, notice: str = "work-points-2022") -> Due:
    """By when each body answers with its own ledger: so many days after the notice's issue."""
    source = rule(f"{notice}.feedback")
    within = source.parameter("within", issued_on).number
    due = issued_on + datetime.timedelta(days=within)
    return Due("反馈本部门工作台账", issued_on, due, (source, rule("civil-code.201")))


def year_end(year: int) -> datetime.date:
    """The day that 年底前 means: 31 December."""
    return datetime.date(year, 12, 31)


def subsidies_public_by(year: int, notice: str = "work-points-2022") -> Due:
    """By when the subsidies paid to herders and farmers hang out in each village, for the year of the notice."""
    source = rule(f"{notice}.subsidies")
    end = year_end(year)
    by = source.parameter("by", end).value
    return Due("各村公开惠民惠农惠牧补贴发放结果", end, datetime.date.fromisoformat(f"{year}-{by}"), (source,))


def interpretation_filings(
    first: datetime.date, last: datetime.date, notice: str = "work-points-2022"
) -> tuple[Due, ...]:
    """The filings of policy interpretations that fall due between two days.

    The notice fixes no day of the month, so each filing is due at the latest on the last day of its period.
    """
    source = rule(f"{notice}.interpretation-filing")
    every = source.parameter("every", first)
    if every.unit is not Unit.PERIOD:
        raise TypeError(f"{source.id}: `every` must be a period")
    return tuple(
        Due("报送政策解读情况报备表", end, end, (source,)) for end in period_ends(Period(every.value), first, last)
    )


def period_ends(period: Period, first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    """The last day of each month, quarter, half-year or year that lies between `first` and `last`, both included."""
    year, month = first.year, first.month
    month += -month % period.months  # the month that closes the period in which `first` lies
    while True:
        following = datetime.date(year + month // 12, month % 12 + 1, 1)
        end = following - datetime.timedelta(days=1)
        if end > last:
            return
        yield end
        year, month = year + (month + period.months - 1) // 12, (month + period.months - 1) % 12 + 1


def interpretation_quotas(on: datetime.date, notice: str = "work-points-2022") -> tuple[Quota, ...]:
    """How often each body interprets policy in a year, by form, as the notice in force on that day says."""
    source = rule(f"{notice}.interpretation-quota")
    return tuple(
        Quota(each.name, each.number, source)
        for each in source.parameters
        if each.unit is Unit.TIMES_A_YEAR and each.holds(on)
    )
