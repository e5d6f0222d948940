"""What the worker does for annual reports by the clock: reminding of the last day."""

from datetime import datetime

from django.db import transaction

from mingtang.bodies.permissions import day_of
from mingtang.reports import queries
from mingtang.reports.models import Reminder
from mingtang.trace.actions import name_of, record

ACTOR = "system:reports"
#: So many days before the last one; each is told once, the latest that applies.
DAYS = (0, 1, 3, 7, 14, 30)
RULE = "annual-report-aggregation.reminders"


def remind(moment: datetime) -> list[Reminder]:
    """Remind every body that has not handed in last year's report; harmless when repeated."""
    today = day_of(moment)
    made: list[Reminder] = []
    for owed in queries.owed(today.year - 1):
        left = (owed.due - today).days
        level = next((days for days in DAYS if left <= days), None)
        if level is None or left < 0 or not owed.is_awaited:
            continue
        with transaction.atomic():
            kept, new = Reminder.objects.get_or_create(
                body=owed.body, year=today.year - 1, days=level, defaults={"due_on": owed.due, "made_at": moment}
            )
            if new:
                facts = {"year": today.year - 1, "days": level, "due_on": owed.due.isoformat()}
                thing = name_of(kept)
                about = {"body": owed.body.code, "basis": (RULE,), "data": facts}
                record("reports.reminded", thing, actor=ACTOR, moment=moment, **about)
                made.append(kept)
    return made
