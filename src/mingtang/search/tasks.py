"""Background work of search: building the index when it is missing, damaged, old or cut by other words."""

from datetime import datetime

from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from mingtang.search import feeding


@task()
def rebuild_index() -> int:
    """Build the index anew and return how many entries it has."""
    return feeding.rebuild()


def look_after_index(_moment: datetime) -> None:
    """Ask for a new index when the present one has a fault, unless that has been asked for."""
    at_work = DBTaskResult.objects.filter(
        task_path=rebuild_index.module_path, status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING]
    )
    if feeding.fault() and not at_work.exists():
        rebuild_index.enqueue()
