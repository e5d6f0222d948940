"""What can be done about a reply, or about silence: reconsideration and litigation, by when, and which comes first.

Sources: 行政复议法 articles 20 and 23, 行政诉讼法 articles 45 and 46; how the days are counted: 民法典 articles 201 and
203, which both follow (a last day on which nobody works moves to the next day that is worked).
"""

import calendar as months
import datetime
from dataclasses import dataclass
from enum import Enum

from mingtang.law.calendar import ONE_DAY, WorkCalendar, national
from mingtang.law.errors import UnknownYear
from mingtang.law.requests import Ground, Reply
from mingtang.law.rules import Rule, Unit
from mingtang.law.shelf import parameter, rule


class Remedy(Enum):
    """A way to have a reply looked at again; the value is the code.

    reconsideration          to the government above, from the day the applicant knew of the reply
    litigation               to the court directly, from the same day
    litigation_after_review  to the court, from the day the decision of the reconsideration was received
    """

    RECONSIDERATION = "reconsideration"
    LITIGATION = "litigation"
    LITIGATION_AFTER_REVIEW = "litigation_after_review"

    @property
    def label(self) -> str:
        return _FACTS[self][0]

    @property
    def rule(self) -> Rule:
        """The rule that sets its time."""
        return rule(_FACTS[self][1])


_FACTS = {
    Remedy.RECONSIDERATION: ("申请行政复议", "reconsideration-law.20"),
    Remedy.LITIGATION: ("直接提起行政诉讼", "litigation-law.46"),
    Remedy.LITIGATION_AFTER_REVIEW: ("对复议决定不服，提起行政诉讼", "litigation-law.45"),
}


@dataclass(frozen=True)
class LastDay:
    """The last day for a remedy. `counted` is the day the count ends; `due` the day worked on which it may be used.

    `is_certain` is False where the calendar does not know the year: then weekends alone were looked at.
    """

    remedy: Remedy
    known_on: datetime.date
    counted: datetime.date
    due: datetime.date
    is_certain: bool
    rules: tuple[Rule, ...]


def last_day(remedy: Remedy, known_on: datetime.date, calendar: WorkCalendar | None = None) -> LastDay:
    """By when a remedy must be used that opened on `known_on`; NotInForce before its law took effect."""
    source = remedy.rule
    within = parameter(source.id, "within", on=known_on)
    if within.unit is Unit.MONTHS:
        counted = _months_later(known_on, within.number)
    else:
        counted = known_on + datetime.timedelta(days=within.number)
    due, is_certain = _worked(counted, calendar or national())
    rules = (source, rule("civil-code.201"), *((rule("civil-code.203"),) if due != counted else ()))
    return LastDay(remedy, known_on, counted, due, is_certain, rules)


def comes_first(ground: Ground | None) -> Rule | None:
    """The rule by which reconsideration must come before the court; None where the law does not say so.

    `ground` is that of the reply, None when no reply came in time.
    """
    if ground is None:
        return rule("reconsideration-law.23-inaction")
    if ground is Ground.PARTLY_PROVIDED or ground.reply is Reply.REFUSED:
        return rule("reconsideration-law.23")
    return None


def _months_later(day: datetime.date, number: int) -> datetime.date:
    """The same day of a later month, or that month's last day where it has no such day."""
    year, month = divmod(day.month - 1 + number, 12)
    year, month = day.year + year, month + 1
    return datetime.date(year, month, min(day.day, months.monthrange(year, month)[1]))


def _worked(day: datetime.date, calendar: WorkCalendar) -> tuple[datetime.date, bool]:
    """The day itself or the next one that is worked, and whether the calendar knew."""
    try:
        while not calendar.is_workday(day):
            day += ONE_DAY
    except UnknownYear:
        while day.weekday() >= 5:
            day += ONE_DAY
        return day, False
    return day, True
