"""Having the files of a report made: by a reader when an edition goes before the public, later where that failed."""

from datetime import datetime

from mingtang.records.editions import TEXT_ACTS
from mingtang.records.stale import key_of
from mingtang.reports import queries
from mingtang.reports.actions.files import make_files
from mingtang.reports.models import AnnualReport
from mingtang.trace.models import Event
from mingtang.trace.readers import Reader


def handle(events: list[Event]) -> None:
    """Make the files of every report whose record was published or changed, dated by that act."""
    moments = {key_of(event): event.moment for event in events}
    for report in AnnualReport.objects.filter(record__in=moments).select_related("body", "record"):
        if report.record is not None:
            make_files(report, moment=moments[report.record.pk])


def make_missing(moment: datetime) -> int:
    """Make the files that could not be made when their edition came out (a font was missing); returns how many."""
    return sum(len(make_files(report, moment=moment)) for report in queries.public_reports())


#: Setting a report takes a moment: a batch is small.
READER = Reader("reports.files", handle, verbs=TEXT_ACTS, batch=20)
