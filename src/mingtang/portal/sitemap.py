"""The site map (sitemaps.org): an index, one file for each family of pages, records in files of fixed ranges.

A record stays in the file of its number for ever, so that one publication changes one file whatever the size of the
site; the index changes only when a range begins.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db.models import F, IntegerField, Max
from django.db.models.functions import Cast
from django.utils import timezone

from mingtang.portal.addresses import path_of
from mingtang.records.models import PUBLIC_STATES, Record
from mingtang.records.pages import TOLD, VERBS
from mingtang.trace import pages
from mingtang.trace.actions import name_of
from mingtang.trace.models import Event
from mingtang.trace.pages import Page, PageSource

#: Records of one file; the protocol allows 50,000 addresses and 50 MB.
RANGE = 1000
MEDIA_TYPE = "application/xml"
RECORD = "record"


def register() -> None:
    """Register index, files and robots.txt; the rooms' pages are registered before."""
    acts = {verb for source in _sources() for verb in source.verbs or ()}
    pages.register(
        PageSource("robots", "robots.txt", robots, verbs=(), listed=False),
        PageSource("sitemap", "sitemap.xml", index, verbs=VERBS, listed=False),
        PageSource("sitemap-records", "sitemaps/records-<int:number>.xml", records, _ranges, verbs=VERBS, listed=False),
        PageSource(
            "sitemap-pages", "sitemaps/<slug:name>.xml", of_source, _names, verbs=tuple(sorted(acts)), listed=False
        ),
    )


def robots() -> Page:
    """Who may read what: everything but the desk and the results of searches, and where the site map lies."""
    return Page("portal/robots.txt", {}, frozenset(), "text/plain")


def index() -> Page:
    """The list of the map's files."""
    paths = [f"sitemaps/{each['name']}.xml" for each in _names()]
    paths += [f"sitemaps/records-{each['number']}.xml" for each in _ranges()]
    return Page("portal/sitemap_index.xml", {"paths": paths}, frozenset({"sitemap"}), MEDIA_TYPE)


def records(number: int) -> Page | None:
    """The public records whose number lies in a range."""
    found = (
        Record.objects.filter(state__in=PUBLIC_STATES, pk__gte=number * RANGE, pk__lt=(number + 1) * RANGE)
        .only("slug", "published_at")
        .order_by("pk")
    )
    things = {name_of(record): record for record in found}
    if not things:
        return None
    told = Event.objects.filter(thing__in=list(things), verb__in=TOLD).order_by()
    last: dict[str, datetime] = dict(told.values_list("thing").annotate(last=Max("moment")))
    rows = [
        (f"records/{record.slug}/", timezone.localtime(last.get(thing) or record.published_at).date())
        for thing, record in things.items()
    ]
    return Page("portal/sitemap.xml", {"rows": rows}, frozenset({f"sitemap:{number}"}), MEDIA_TYPE)


def of_source(name: str) -> Page | None:
    """The pages of one source."""
    source = next((each for each in _sources() if each.name == name), None)
    if source is None:
        return None
    rows = [(path_of(source.route, arguments), None) for arguments in source.arguments()]
    return Page("portal/sitemap.xml", {"rows": rows}, frozenset({f"sitemap:{name}"}), MEDIA_TYPE) if rows else None


def _sources() -> list[PageSource]:
    return [source for source in pages.registered() if source.listed and source.name != RECORD]


def _names() -> Iterator[Mapping[str, Any]]:
    for source in _sources():
        if next(iter(source.arguments()), None) is not None:
            yield {"name": source.name}


def _ranges() -> Iterator[Mapping[str, Any]]:
    """The ranges that hold a public record (one pass over an index of keys)."""
    numbers = Record.objects.filter(state__in=PUBLIC_STATES).annotate(
        number=Cast((F("pk") - F("pk") % RANGE) / RANGE, IntegerField())
    )
    for number in numbers.order_by("number").values_list("number", flat=True).distinct():
        yield {"number": number}
