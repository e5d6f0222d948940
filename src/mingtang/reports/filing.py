"""The reader that has the files of a report made when an edition of it goes before the public."""

from mingtang.records.editions import TEXT_ACTS
from mingtang.records.stale import key_of
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


#: Setting a report takes a moment: a batch is small.
READER = Reader("reports.files", handle, verbs=TEXT_ACTS, batch=20)
