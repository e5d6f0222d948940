"""The site map (sitemaps.org): an index, one file for each family of pages, records in files of fixed ranges.

A record stays in the file of its number for ever, so that one publication changes one file whatever the size of the
site; the index changes only when a range begins.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import F, IntegerField, Max, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from mingtang.portal.addresses import path_of
from mingtang.records import places
from mingtang.records.models import Record
from mingtang.records.pages import TOLD, VERBS
from mingtang.records.stale import ON_COLUMNS, ON_RECORDS, key_of
from mingtang.trace import pages
from mingtang.trace.actions import name_of
from mingtang.trace.models import Event
from mingtang.trace.pages import Arguments, Mark, Page, PageSource

#: Records of one file; the protocol allows 50,000 addresses and 50 MB.
RANGE = 1000
MEDIA_TYPE = "application/xml"
RECORD = "record"


def register() -> None:
    """Register index, files and robots.txt; the rooms' pages are registered before."""
    acts = {verb for source in _sources() for verb in source.verbs or ()}
    pages.register(
        PageSource("robots", "robots.txt", robots, verbs=(), timeless=True, listed=False),
        PageSource("sitemap", "sitemap.xml", index, verbs=VERBS, found=lambda _tags: (), timeless=True, listed=False),
        PageSource(
            "sitemap-records", "sitemaps/records-<int:number>.xml", records, _ranges, verbs=VERBS, found=_new_ranges,
            timeless=True, listed=False,
        ),
        PageSource(
            "sitemap-pages", "sitemaps/<slug:name>.xml", of_source, _names, verbs=tuple(sorted(acts)), timeless=True,
            listed=False,
        ),
    )  # fmt: skip
    pages.mark(
        Mark(ON_RECORDS, _of_records),
        Mark(ON_COLUMNS, lambda _events: ("sitemap:column",)),
        Mark(("bodies.created",), lambda _events: ("sitemap:body",)),
    )


def _of_records(events: Sequence[Event]) -> Iterator[str]:
    """The ranges of the records, and the index where a range may have begun or become empty."""
    for number in {key_of(event) // RANGE for event in events}:
        yield f"sitemap:{number}"
        if len(_within(number)[:2]) < 2:
            yield "sitemap"


def _new_ranges(tags: frozenset[str]) -> Iterator[Arguments]:
    numbers = (tag.removeprefix("sitemap:") for tag in tags if tag.startswith("sitemap:"))
    return ({"number": int(number)} for number in numbers if number.isdecimal())


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
    things = {name_of(record): record for record in _within(number).only("slug", "published_at")}
    if not things:
        return None
    told = Event.objects.filter(thing__in=list(things), verb__in=TOLD).order_by()
    last: dict[str, datetime] = dict(told.values_list("thing").annotate(last=Max("moment")))
    rows = [
        (f"records/{record.slug}/", timezone.localtime(last.get(thing) or record.published_at).date())
        for thing, record in things.items()
    ]
    return Page("portal/sitemap.xml", {"rows": rows}, frozenset({f"sitemap:{number}"}), MEDIA_TYPE)


def _within(number: int) -> QuerySet[Record]:
    return places.public().filter(pk__gte=number * RANGE, pk__lt=(number + 1) * RANGE).order_by("pk")


def of_source(name: str) -> Page | None:
    """The pages of one source."""
    source = next((each for each in _sources() if each.name == name), None)
    if source is None:
        return None
    rows = [(path_of(source.route, arguments), None) for arguments in source.arguments()]
    return Page("portal/sitemap.xml", {"rows": rows}, frozenset({f"sitemap:{name}"}), MEDIA_TYPE) if rows else None


def _sources() -> list[PageSource]:
    return [source for source in pages.registered() if source.listed and source.name != RECORD]


def _names() -> Iterator[Arguments]:
    for source in _sources():
        if next(iter(source.arguments()), None) is not None:
            yield {"name": source.name}


def _ranges() -> Iterator[Arguments]:
    """The ranges that hold a public record (one pass over an index of keys)."""
    numbers = places.public().annotate(number=Cast((F("pk") - F("pk") % RANGE) / RANGE, IntegerField()))
    for number in numbers.order_by("number").values_list("number", flat=True).distinct():
        yield {"number": number}
