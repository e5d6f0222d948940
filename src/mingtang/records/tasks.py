"""Background work of this room: scheduled texts go out at their time, also when the worker slept through it."""

from datetime import datetime

from django.utils import timezone
from django_tasks import task

from mingtang.records import actions
from mingtang.records.models import Record, State
from mingtang.records.queries import due_for_publication

ACTOR = "system:schedule"


@task()
def publish_at_its_time(pk: int) -> bool:
    """Publish one scheduled record if its time has come; returns whether it did. Running it again does nothing."""
    moment = timezone.now()
    record = Record.objects.filter(pk=pk).first()
    if record is None or record.stage != State.SCHEDULED or record.go_live_at is None or record.go_live_at > moment:
        return False
    actions.publish(record, actor=ACTOR, moment=moment)
    return True


def publish_due(moment: datetime) -> int:
    """Publish everything whose time has come (for the worker's start, after a stop); returns how many."""
    due = list(due_for_publication(moment))
    for record in due:
        actions.publish(record, actor=ACTOR, moment=moment)
    return len(due)
