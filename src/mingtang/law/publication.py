"""By when a thing must be public: from the day it was made or decided to the last lawful day, with the rules."""

import datetime
from dataclasses import dataclass
from enum import Enum

from mingtang.law.calendar import Count, WorkCalendar, national
from mingtang.law.rules import Rule, Unit
from mingtang.law.shelf import rule


class Matter(Enum):
    """What is to be published; the value is its code name."""

    INFORMATION = "information"
    LICENCE = "licence"
    PENALTY = "penalty"
    INTERPRETATION = "interpretation"
    BUDGET = "budget"

    @property
    def label(self) -> str:
        """What people call it, with the event that starts the time."""
        return _LABELS[self]

    @property
    def rule(self) -> Rule:
        """The rule that sets its time."""
        return rule(_RULES[self])


_LABELS = {
    Matter.INFORMATION: "主动公开的政府信息（自形成或变更之日）",
    Matter.LICENCE: "行政许可（自作出决定之日）",
    Matter.PENALTY: "行政处罚（自作出决定之日）",
    Matter.INTERPRETATION: "政策解读（自文件公布之日）",
    Matter.BUDGET: "预算、决算（自批准或批复之日）",
}
_RULES = {
    Matter.INFORMATION: "disclosure-regulation.26",
    Matter.LICENCE: "credit-publicity.licence",
    Matter.PENALTY: "credit-publicity.penalty",
    Matter.INTERPRETATION: "openness-measures.interpretation",
    Matter.BUDGET: "budget-law.14",
}


@dataclass(frozen=True)
class Due:
    """A last lawful day. `count` is the day-by-day count where working days decide, None where calendar days do."""

    what: str
    event_on: datetime.date
    due: datetime.date
    rules: tuple[Rule, ...]
    count: Count | None = None

    def late_by(self, done_on: datetime.date) -> int:
        """Calendar days by which an act on `done_on` is late; 0 when it is in time."""
        return max(0, (done_on - self.due).days)


def publish_by(matter: Matter, event_on: datetime.date, calendar: WorkCalendar | None = None) -> Due:
    """The last day on which `matter`, made or decided on `event_on`, is published in time.

    Raises NotInForce when the rule did not hold on that day, and UnknownYear when the calendar does not reach so far.
    """
    source = matter.rule
    within = source.parameter("within", event_on)
    if within.unit is Unit.WORKING_DAYS:
        count = (calendar or national()).add(event_on, within.number)
        return Due(matter.label, event_on, count.end, (source, *count.rules), count)
    due = event_on + datetime.timedelta(days=within.number)
    return Due(matter.label, event_on, due, (source, rule("civil-code.201")))


def annual_report_due(year: int, *, government: bool) -> Due:
    """By when the report about `year` is published: a department's in January, the government's in March after it."""
    source = rule("disclosure-regulation.49-government" if government else "disclosure-regulation.49-department")
    year_over = datetime.date(year, 12, 31)
    by = source.parameter("by", year_over).value
    what = f"{year}年度政府信息公开工作年度报告"
    return Due(what, year_over, datetime.date.fromisoformat(f"{year + 1}-{by}"), (source,))
