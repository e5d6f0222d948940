"""What the worker does by the clock: scheduled publication, the log, and removing what has served its time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from axes.models import AccessAttempt

from mingtang.config import queue
from mingtang.foi import chores as foi
from mingtang.norms import actions as norms
from mingtang.portal.tasks import follow_the_day
from mingtang.records.tasks import publish_due
from mingtang.reports import chores as reports
from mingtang.reports.filing import make_missing
from mingtang.search.tasks import look_after_index
from mingtang.signin.models import Session
from mingtang.trace.log import builder

#: Results of finished background tasks are kept this long so that whoever started one can still read how it ended.
RESULTS_KEPT = timedelta(days=30)
#: Longer than the lock-out lasts.
FAILURES_KEPT = timedelta(hours=24)


@dataclass(frozen=True)
class Chore:
    """Something done every so often; `run` is given the moment and must be harmless when repeated."""

    name: str
    every: timedelta
    run: Callable[[datetime], object]


def forget_sessions(moment: datetime) -> None:
    """Remove sessions that have expired."""
    Session.objects.filter(expire_date__lt=moment).delete()


def forget_results(moment: datetime) -> None:
    """Remove results of tasks that ended long ago."""
    queue.tasks().finished().filter(finished_at__lt=moment - RESULTS_KEPT).delete()


def forget_failures(moment: datetime) -> None:
    """Remove failed sign-ins that no longer count: they hold names and addresses."""
    AccessAttempt.objects.filter(attempt_time__lt=moment - FAILURES_KEPT).delete()


CHORES = (
    # Scheduled records have tasks of their own; this finds what those missed while no worker ran.
    Chore("schedule", timedelta(minutes=1), publish_due),
    Chore("log", timedelta(seconds=15), builder.keep_up),
    Chore("day", timedelta(minutes=5), follow_the_day),
    Chore("search", timedelta(minutes=1), look_after_index),
    Chore("requests", timedelta(hours=1), foi.look_after),
    Chore("request-files", timedelta(hours=6), foi.sweep_files),
    Chore("request-years", timedelta(days=1), foi.count_years),
    Chore("request-data", timedelta(hours=6), foi.purge),
    # What a document is worth turns at midnight; asked more often, so that a late start of the day is soon made up for.
    Chore("norms", timedelta(minutes=10), norms.follow_the_day),
    # Files of annual reports that a machine without fonts could not set when they came out.
    Chore("report-files", timedelta(hours=6), make_missing),
    Chore("annual-reports", timedelta(hours=6), reports.remind),
    Chore("sessions", timedelta(hours=1), forget_sessions),
    Chore("failures", timedelta(hours=1), forget_failures),
    Chore("results", timedelta(hours=6), forget_results),
)
