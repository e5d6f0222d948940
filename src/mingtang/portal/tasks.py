"""Background work of the portal: the public site follows what happened, soon and not once for every act."""

import logging
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from mingtang.portal import bake
from mingtang.portal.bake import manifest, release
from mingtang.portal.bake.errors import BadManifest
from mingtang.trace import pages
from mingtang.trace.log import builder
from mingtang.trace.log.errors import LogError
from mingtang.trace.models import Event
from mingtang.trace.readers import Reader

log = logging.getLogger(__name__)

#: Acts within this time share one bake.
GATHER = timedelta(seconds=3)


@task()
def bake_site() -> str:
    """Bring the instance's public site up to date and return the release's id; waits for a bake that is going on.

    Pages that came or went without an act are found once a day.
    """
    out, moment = Path(settings.SITE_ROOT), timezone.now()
    log_first(moment)
    served = release.served(out)
    is_new_day = served is None or release.day_of(served) != timezone.localtime(moment).date()
    return bake.bake(out, moment, wait=True, thorough=is_new_day).release


def log_first(moment: datetime) -> None:
    """Let the transparency log sign what it has, so that pages are made with their proofs at once.

    Where it cannot sign (a lost key), pages say that their proof is still to come.
    """
    try:
        builder.keep_up(moment)
    except (LogError, OSError) as error:
        log.warning("透明日志未能签发：%s", error)


def ask_for_bake(moment: datetime) -> bool:
    """Put a bake into the queue unless one waits there already; returns whether it did.

    One that waits will read the database after this moment; one that runs may have read it before.
    """
    waiting = DBTaskResult.objects.filter(task_path=bake_site.module_path, status=TaskResultStatus.READY)
    if waiting.exists():
        return False
    bake_site.using(run_after=moment + GATHER).enqueue()
    return True


def follow_the_day(moment: datetime) -> None:
    """Ask for a bake when the served site was baked on another day: what is due or overdue changes at midnight, and a
    clock that was ahead and has been set right must not leave a coming day's words on the pages."""
    current = release.served(Path(settings.SITE_ROOT))
    if current is None or release.day_of(current) != timezone.localtime(moment).date():
        ask_for_bake(moment)


def follow(events: list[Event]) -> None:
    """Ask for a bake when an event says something that a public page shows and the served site does not know yet.

    A bake has the log sign first, which is an event too: the release that has just been made knows it already.
    """
    known = known_events()
    if any(event.seq > known and is_public_matter(event.verb) for event in events):
        ask_for_bake(timezone.now())


def known_events() -> int:
    """The number of the last event that the served site knows; 0 where there is none, or it cannot be told."""
    served = release.served(Path(settings.SITE_ROOT))
    try:
        return manifest.read_root(served).events if served else 0
    except BadManifest:
        return 0


def is_public_matter(verb: str) -> bool:
    """Whether the pages of any source may say something else after an act."""
    return any(source.concerns(verb) for source in pages.registered())


READER = Reader(name="portal.bake", handle=follow)
