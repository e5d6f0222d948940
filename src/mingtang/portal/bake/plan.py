"""What is stale: from the events since the served release to the pages that must be made anew, and those that go."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from mingtang.portal.addresses import file_of, path_of
from mingtang.portal.bake.book import Book, Row
from mingtang.trace import pages, queries
from mingtang.trace.models import Event
from mingtang.trace.pages import Arguments, PageSource

#: More acts than these at once are met by looking at the whole site.
MOST_EVENTS = 5000


@dataclass
class Stale:
    """What acts made stale: tags, sources of which all pages are stale, and sources that may have pages they had not
    or lack some that they had."""

    tags: set[str] = field(default_factory=set[str])
    sources: set[str] = field(default_factory=set[str])
    searched: set[str] = field(default_factory=set[str])


def stale_since(seq: int, book: Book) -> Stale | None:
    """What the acts after event number `seq` made stale; None when there are too many to tell."""
    events = list(queries.since(seq, limit=MOST_EVENTS + 1))
    return stale_by(events, book) if len(events) <= MOST_EVENTS else None


def stale_by(events: Iterable[Event], book: Book) -> Stale:
    """What some acts made stale."""
    stale = Stale()
    by_verb: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        by_verb[event.verb].append(event)
    for mark in pages.marks():
        known = [event for verb, group in by_verb.items() if mark.knows(verb) for event in group]
        if known:
            stale.tags.update(mark.tags(known))
    for source in pages.registered():
        verbs = [verb for verb in by_verb if source.concerns(verb)]
        if not verbs:
            continue
        if source.found is None:
            stale.searched.add(source.name)
        if not all(any(mark.knows(verb) for mark in pages.marks()) for verb in verbs):
            stale.sources.add(source.name)
            # Doors and sections show something of this source's pages and carry the same plain tags.
            stale.tags.update(book.plain_tags(source.name))
    return stale


class Plan:
    """Pages to be made, by source, each once; and the served rows of those that may turn out to be gone."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._sources = {source.name: source for source in pages.registered()}
        self.wanted: dict[str, dict[str, Arguments]] = defaultdict(dict)
        self.doubtful: dict[str, Row] = {}

    def add(self, stale: Stale) -> None:
        """Want what is stale."""
        for row in self._book.tagged(stale.tags):
            self._doubt(row)
        for name in stale.sources:
            self._add_source(self._sources[name], again=True)
        for source in self._sources.values():
            if source.found is not None and stale.tags:
                self._want(source, source.found(frozenset(stale.tags)))
        for name in stale.searched - stale.sources:
            self._add_source(self._sources[name], again=False)

    def add_new_and_gone(self) -> None:
        """Look at every source for pages that are not served yet, and for served ones that it has no more."""
        for source in self._sources.values():
            self._add_source(source, again=False)

    def add_dated(self) -> None:
        """Want all pages that may say something else on another day."""
        for source in self._sources.values():
            if not source.timeless:
                self._add_source(source, again=True)

    def _add_source(self, source: PageSource, *, again: bool) -> None:
        served = self._book.paths_of(source.name)
        for arguments in source.arguments():
            path = file_of(path_of(source.route, arguments))
            if path not in served or again:
                self._want(source, [arguments])
            served.discard(path)
        self.doubtful.update((path, row) for path in served if (row := self._book.row(path)))

    def _want(self, source: PageSource, found: Iterable[Arguments]) -> None:
        for arguments in found:
            path = file_of(path_of(source.route, arguments))
            self.wanted[source.name][path] = arguments
            row = self._book.row(path)
            if row is not None and row.source == source.name:
                self.doubtful[path] = row

    def _doubt(self, row: Row) -> None:
        source = self._sources.get(row.source)
        if source is not None:
            self.wanted[source.name][row.path] = row.arguments
        self.doubtful[row.path] = row

    def __len__(self) -> int:
        return sum(len(each) for each in self.wanted.values())

    def gone(self, made: set[str]) -> Iterator[Row]:
        """Served pages that were wanted and do not exist any more."""
        for path, row in self.doubtful.items():
            if path not in made:
                yield row
