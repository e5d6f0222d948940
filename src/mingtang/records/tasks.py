"""Background work of this room: scheduled texts go out at their time, also when the worker slept through it."""

import logging
from datetime import datetime

from django.utils import timezone
from django_tasks import task

from mingtang.records import actions
from mingtang.records.errors import RecordsError
from mingtang.records.models import Record, State
from mingtang.records.queries import due_for_publication

ACTOR = "system:schedule"
log = logging.getLogger(__name__)


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
    """Publish everything whose time has come (for the worker's start, after a stop); returns how many.

    One that cannot go out does not hold up the others.
    """
    published = 0
    for record in due_for_publication(moment):
        try:
            actions.publish(record, actor=ACTOR, moment=moment)
        except RecordsError as error:  # its own text stands in the way, or another worker was faster
            log.warning("定时发布未成：%s（%s）", record.index_number, error)
        else:
            published += 1
    return published
