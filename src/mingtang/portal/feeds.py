"""Atom feeds (RFC 4287): of the whole site, of each column, body and topic; what was withdrawn is said (RFC 6721)."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from mingtang.bodies.models import Body
from mingtang.records import classes, places, richtext
from mingtang.records.column_pages import Tree
from mingtang.records.models import Record, State
from mingtang.records.pages import TOLD, VERBS
from mingtang.records.stale import ON_RECORDS, key_of
from mingtang.trace import pages
from mingtang.trace.actions import name_of
from mingtang.trace.models import Event
from mingtang.trace.pages import Arguments, Mark, Page, PageSource

#: Entries of a feed, and as many withdrawals; whoever reads seldom catches up through the API.
LENGTH = 50
#: Characters of an entry's summary.
SUMMARY = 200
MEDIA_TYPE = "application/atom+xml"
#: When a feed that has no entry yet was last updated: Atom asks for a moment.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Item:
    """An entry: the record, when the public last saw it change, and its first words."""

    record: Record
    updated: datetime
    summary: str


def register() -> None:
    """Register the feeds, the page that lists them, and what makes feeds of topics stale."""
    pages.register(
        PageSource("feeds", "feeds/", overview, verbs=("records.column*",), timeless=True),
        PageSource("feed", "feed.atom", site_feed, verbs=VERBS, found=lambda _tags: (), timeless=True, listed=False),
        PageSource(
            "column-feed", "columns/<path:path>/feed.atom", column_feed, _columns, verbs=VERBS, found=_new_columns,
            timeless=True, listed=False,
        ),
        PageSource(
            "body-feed", "bodies/<slug:code>/feed.atom", body_feed, _bodies, verbs=VERBS, found=_new_bodies,
            timeless=True, listed=False,
        ),
        PageSource(
            "topic-feed", "feeds/topics/<slug:code>.atom", topic_feed, _topics, verbs=VERBS, found=lambda _tags: (),
            timeless=True, listed=False,
        ),
    )  # fmt: skip
    pages.mark(Mark(ON_RECORDS, _topics_of))


def overview() -> Page:
    """All feeds, each with what it brings."""
    tree = Tree.load()
    context = {
        "columns": sorted(tree.by_key.values(), key=lambda branch: branch.path.split("/")),
        "topics": [(code, classes.load().topics[code]) for code in _letters()],
        "length": LENGTH,
    }
    return Page("portal/feeds.html", context, frozenset({"columns"}))


def site_feed() -> Page:
    """The newest records of the whole site."""
    return _feed("feed.atom", "", _("最新公开"), Record.objects.all(), {"records"})


def column_feed(path: str) -> Page | None:
    """The newest records of a column and of those below it."""
    branch = Tree.load().by_path.get(path)
    if branch is None:
        return None
    tags = {f"column:{branch.key}", f"list:{branch.key}"}
    records = Record.objects.filter(column__in=branch.under)
    return _feed(f"columns/{path}/feed.atom", f"columns/{path}/", branch.name, records, tags, branch.under)


def body_feed(code: str) -> Page | None:
    """The newest records of a body."""
    body = Body.objects.filter(code=code).first()
    if body is None:
        return None
    tags = {f"body:{code}", f"sections:{code}"}
    return _feed(f"bodies/{code}/feed.atom", f"bodies/{code}/", body.name, Record.objects.filter(body=body), tags)


def topic_feed(code: str) -> Page | None:
    """The newest records of a first-level class of topics (a letter)."""
    if code not in _letters():
        return None
    records = Record.objects.filter(topic__startswith=code)
    return _feed(f"feeds/topics/{code}.atom", "feeds/", classes.load().topics[code], records, {f"topic:{code}"})


def _feed(
    path: str,
    about: str,
    title: str,
    records: QuerySet[Record],
    tags: set[str],
    columns: Collection[int] | None = None,
) -> Page:
    """A feed of `records`, which are all those of `columns` where these are given."""
    public = records.filter(published_at__isnull=False).exclude(state=State.WITHDRAWN).select_related("body")
    newest = places.newest_of(public, LENGTH, columns)
    items = _items(newest)
    gone = _withdrawn(records, newest)
    moments = [item.updated for item in items] + [record.withdrawn_at for record in gone if record.withdrawn_at]
    context = {
        "path": path,
        "about": about,
        "title": title,
        "items": items,
        "gone": gone,
        "updated": max(moments, default=NEVER),
    }
    tags |= {f"record:{record.pk}" for record in (*newest, *gone)}
    return Page("portal/feed.atom", context, frozenset(tags), MEDIA_TYPE)


def _items(records: Sequence[Record]) -> list[Item]:
    things = {name_of(record): record for record in records}
    told = Event.objects.filter(thing__in=things, verb__in=TOLD).order_by()
    last = dict(told.values_list("thing").annotate(last=Max("moment")))
    return [
        Item(record, last.get(thing) or record.published_at or NEVER, richtext.words(record.text, SUMMARY))
        for thing, record in things.items()
    ]


def _withdrawn(records: QuerySet[Record], newest: Sequence[Record]) -> list[Record]:
    """What a reader of this feed may still show although it is gone: no older than the oldest entry."""
    gone = records.filter(state=State.WITHDRAWN)
    if len(newest) == LENGTH:
        gone = gone.filter(published_at__gte=newest[-1].published_at)
    return list(gone.order_by("-withdrawn_at", "-pk")[:LENGTH])


def _letters() -> list[str]:
    return [code for code in classes.load().topics if len(code) == 1]


def _columns() -> Iterator[Arguments]:
    return ({"path": path} for path in Tree.load().by_path)


def _bodies() -> Iterator[Arguments]:
    return ({"code": code} for code in Body.objects.order_by("pk").values_list("code", flat=True))


def _new_columns(tags: frozenset[str]) -> Iterator[Arguments]:
    return _columns() if "columns" in tags else iter(())


def _new_bodies(tags: frozenset[str]) -> Iterator[Arguments]:
    return ({"code": tag.removeprefix("body:")} for tag in tags if tag.startswith("body:"))


def _topics_of(events: Sequence[Event]) -> Iterator[str]:
    topics = Record.objects.filter(pk__in={key_of(event) for event in events}).values_list("topic", flat=True)
    return (f"topic:{topic[:1]}" for topic in topics)


def _topics() -> Iterator[Arguments]:
    return ({"code": code} for code in _letters())
