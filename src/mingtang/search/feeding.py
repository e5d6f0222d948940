"""Keeping the index true: following the event stream, building anew, and telling whether it can be trusted."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from mingtang.search import source
from mingtang.search.engines.local import LocalIndex
from mingtang.search.engines.postgres import PostgresIndex
from mingtang.search.entry import FORM
from mingtang.search.errors import IndexMissing
from mingtang.search.index import Index, Place, Writing
from mingtang.trace.models import Cursor, Event, Head
from mingtang.trace.readers import Reader

#: Acts after which an entry comes, changes or goes.
ON_RECORDS = (
    "records.published", "records.changed", "records.withdrawn", "records.superseded", "records.archived",
)  # fmt: skip
#: Acts after which a body is called otherwise.
ON_BODIES = ("bodies.edited", "bodies.alias_added", "bodies.alias_removed")
VERBS = (*ON_RECORDS, *ON_BODIES)
NAME = "search"

_opened: dict[str, Index] = {}


def index() -> Index:
    """The index of this installation, by its settings."""
    engine = settings.SEARCH_ENGINE
    if engine not in ENGINES:
        raise IndexMissing(_("MINGTANG_SEARCH 只能是 local 或 postgres，现在是“%s”。") % engine)
    where = f"{engine}:{settings.SEARCH_ROOT}"
    if where not in _opened:
        _opened[where] = ENGINES[engine]()
    return _opened[where]


ENGINES: dict[str, Callable[[], Index]] = {
    "local": lambda: LocalIndex(Path(settings.SEARCH_ROOT)),
    "postgres": PostgresIndex,
}


def follow(events: list[Event]) -> None:
    """Bring the index to what the database says of the things that events speak of.

    Without an index there is nothing to do: building one reads the database as it is.
    """
    try:
        index().change(lambda writing: _apply(events, writing))
    except IndexMissing:
        return


def rebuild() -> int:
    """Build the index anew from the database while the former one serves; returns how many entries it has."""
    begin = _head()

    def fill(writing: Writing) -> None:
        writing.put(source.entries())

    def catch_up(writing: Writing) -> Place:
        _apply(list(Event.objects.filter(seq__gt=begin.seq, verb__in=VERBS).order_by("seq")), writing)
        return _head()

    index().rebuild(source.lexicon(), fill, catch_up)
    return index().state().entries


def fault() -> str:
    """Why the index should be built anew, in one line; empty when all is well."""
    try:
        state = index().state()
    except IndexMissing as error:
        return str(error)
    if state.form != FORM:
        return _("检索索引是旧版本建立的。")
    if state.place.seq and not Event.objects.filter(seq=state.place.seq, digest=state.place.digest).exists():
        return _("检索索引不属于当前的数据库（可能刚由备份恢复）。")
    read = Cursor.objects.filter(reader=NAME).values_list("seq", flat=True).first() or 0
    if Event.objects.filter(seq__gt=state.place.seq, seq__lte=read, verb__in=VERBS).exists():
        return _("检索索引落后于事件流。")
    if state.lexicon != source.lexicon():
        return _("机构或地名有变化，索引的词表需要更新。")
    return ""


def _apply(events: list[Event], writing: Writing) -> Place:
    keys = {int(_key(event)) for event in events if event.verb in ON_RECORDS}
    bodies = {event.body for event in events if event.verb in ON_BODIES}
    if bodies:
        keys |= set(source.public().filter(body__code__in=bodies).values_list("pk", flat=True))
    if keys:
        writing.remove(keys)
        writing.put(source.entries(keys))
    last = events[-1] if events else None
    return Place(last.seq, last.digest) if last else _head()


def _key(event: Event) -> str:
    return event.thing.rpartition(":")[2]


def _head() -> Place:
    seq, digest = Head.objects.values_list("seq", "digest").get(pk=1)
    return Place(seq, digest)


READER = Reader(name=NAME, handle=follow, verbs=VERBS)
