"""The queue of background tasks: waiting, running, failed, finished."""

from typing import cast

from django_tasks_db.models import DBTaskResult, DBTaskResultQuerySet


def tasks() -> DBTaskResultQuerySet:
    """Every task that the database knows, with the questions of the package's own query set."""
    return cast(DBTaskResultQuerySet, DBTaskResult.objects.all())
