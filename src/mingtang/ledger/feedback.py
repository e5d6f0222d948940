"""By when the bodies must answer a ledger: what the notice says, else as many days as the rule gives from its date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from mingtang.law.errors import NotInForce
from mingtang.law.ledger import first_feedback_due
from mingtang.law.shelf import rule
from mingtang.ledger.models import Task
from mingtang.ledger.models.notice import DeadlineKind

#: How days are counted, whoever sets their number.
COUNTING = "civil-code.201"


@dataclass(frozen=True)
class FeedbackDue:
    """The last day in time and the ids of the rules that it rests on."""

    on: date
    rules: tuple[str, ...]


def due(made_on: date, tasks: Iterable[Task]) -> FeedbackDue:
    """The feedback day of a notice made on `made_on`: the earliest that its own tasks set, else the rule's.

    A notice of another year than the rule's gets the same number of days without claiming the rule as its basis.
    """
    said = [
        task.due_on
        for task in tasks
        if task.due_on and task.deadline_kind == DeadlineKind.WITHIN and "反馈" in task.text
    ]
    try:
        by_rule = first_feedback_due(made_on)
    except NotInForce:
        days = rule("work-points-2022.feedback").parameters[0].number
        return FeedbackDue(min(said, default=made_on + timedelta(days=days)), (COUNTING,))
    return FeedbackDue(min(said, default=by_rule.due), tuple(one.id for one in by_rule.rules))
