"""What a body's public page shows of its records: the newest ones, and how many there are."""

from collections.abc import Mapping, Sequence

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.bodies import sections
from mingtang.bodies.models import Body
from mingtang.bodies.sections import Section, Shown
from mingtang.records import places
from mingtang.records.models import PUBLIC_STATES, Record
from mingtang.trace.pages import Entry

NEWEST = 10


def newest(bodies: Sequence[Body]) -> Mapping[int, Shown]:
    """The newest public records of each body, and their number: a short walk along an index for each that has any."""
    public = Record.objects.filter(body__in=bodies, state__in=PUBLIC_STATES)
    counts = dict(public.order_by().values_list("body").annotate(number=Count("pk")))
    rows = places.public().only("slug", "title", "published_at").order_by("-published_at", "-pk")
    return {body: _shown(list(rows.filter(body=body)[:NEWEST]), counts[body]) for body in counts}


def _shown(records: Sequence[Record], count: int) -> Shown:
    entries = tuple(
        Entry(record.title, f"records/{record.slug}/", timezone.localtime(record.published_at).date())
        for record in records
    )
    note = _("共公开 %(count)s 条，以下是最新的 %(shown)s 条。") % {"count": count, "shown": len(entries)}
    return Shown(entries, note=note, tags=frozenset(f"record:{record.pk}" for record in records))


def register() -> None:
    """Add the section to the pages of bodies."""
    sections.register(Section("records", gettext_lazy("最新公开"), newest, order=10))
