"""How long what is personal is kept: proofs of identity until nobody can sue any more, the rest as long as the archive.

Six months to sue directly (行政诉讼法 article 46) and one for word of it to arrive; the years of the archive are the
installation's choice (`MINGTANG_REQUEST_YEARS`), by default ten: the shorter of the two terms for ordinary papers of an
office (国家档案局令第8号 article 6, rule `archive-terms.6`). Each body's own schedule of terms goes before it.
"""

from datetime import date

from django.conf import settings

from mingtang.foi.models import File, FileKind, Remedy, Request
from mingtang.law.shelf import parameter

#: Months beyond the time to sue, for the court's notice to arrive.
MARGIN = 1


def proofs_until(closed_on: date) -> date:
    """The day from which proofs of identity are not kept any more."""
    months = parameter("litigation-law.46", "within", on=closed_on).number + MARGIN
    return _months_later(closed_on, months)


def data_until(closed_on: date) -> date:
    """The day from which nothing personal is kept any more."""
    return _months_later(closed_on, 12 * settings.REQUEST_YEARS)


def plan(row: Request) -> None:
    """Set the days on which what is personal is removed, or none while the request is open (the caller saves the row).

    A proceeding about the request begins the time anew with its end; while it goes on nothing is removed.
    """
    row.purge_on = None
    proofs = File.objects.filter(request=row, kind=FileKind.IDENTITY, purged_at=None)
    remedies = list(row.remedies.all())
    if row.is_open or row.closed_on is None or any(one.outcome == Remedy.Outcome.PENDING for one in remedies):
        proofs.update(purge_on=None)
        return
    ended = max([row.closed_on, *(one.concluded_on for one in remedies if one.concluded_on)])
    row.purge_on = data_until(ended)
    proofs.update(purge_on=proofs_until(ended))


def _months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last one of that month."""
    years, month = divmod(day.month - 1 + months, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(day.year + years, month + 1, last)
        except ValueError:
            continue
    return date(day.year + years, month + 1, day.day)
