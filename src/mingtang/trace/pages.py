"""The registries of public pages: pages that are baked, pages that answer a request, the front page's doors."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from mingtang.trace.limits import Scope
from mingtang.trace.shapes import Shape

#: The portal's template that writes a value as JSON.
DATA = "portal/data.json"

if TYPE_CHECKING:
    from mingtang.trace.models import Event

#: Keyword arguments of one page of a source.
Arguments = Mapping[str, Any]


@dataclass(frozen=True)
class Page:
    """What a page shows: a template of the portal, its context, and the tags on which it depends.

    A tag names something whose change makes the page stale, as `record:15`, `column:3`, `body:jyj`, `ledger:2`.
    `files` are the stored files (Django's `FieldFile`) that the page links to, by their path below the portal's root.
    A page that is `gone` says that what stood at its address was withdrawn: it is answered with status 410.
    `shape` writes the page's context as data, for the JSON beside the page (see `with_data`). `linked` is what
    machines read in the page: objects of schema.org, without `@context`.
    """

    template: str
    context: Mapping[str, Any]
    tags: frozenset[str]
    media_type: str = "text/html"
    files: Mapping[str, Any] = field(default_factory=dict[str, Any])
    gone: bool = False
    shape: Shape | None = None
    linked: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class PageSource:
    """A family of pages.

    `route` is a Django path pattern below the portal's root, ending in "/" or in a file name. `arguments` yields the
    keyword arguments of every page that exists now, without making them; `page` makes one of them, or returns None
    where there turns out to be none.

    What the baker needs to do little: `some`, where given, makes the pages of the given arguments with few queries and
    leaves out those that do not exist. `every` makes all of them: pairs of arguments and page, as `arguments` and
    `page` would give them. `verbs` are the acts in the event stream after which these pages may say something else,
    also as shell patterns (`bodies.*`); None means any act. `found` tells which pages, old or new, stale tags concern
    beyond those that carry one of them since they were baked; without it, `arguments` is run over after every act
    that `verbs` names. `timeless` pages do not depend on today's date; all others are made anew every day.

    `listed` says whether the site map names these pages. `shape` is that of the data, where the pages are data (see
    `with_data`).
    """

    name: str
    route: str
    page: Callable[..., Page | None]
    arguments: Callable[[], Iterable[Arguments]] = field(default=lambda: ({},))
    every: Callable[[], Iterable[tuple[Arguments, Page]]] | None = None
    verbs: tuple[str, ...] | None = None
    some: Callable[[Sequence[Arguments]], Iterable[tuple[Arguments, Page]]] | None = None
    found: Callable[[frozenset[str]], Iterable[Arguments]] | None = None
    timeless: bool = False
    listed: bool = True
    shape: Shape | None = None

    def pages(self) -> Iterator[tuple[Arguments, Page]]:
        """All pages that exist now with their arguments."""
        if self.every is not None:
            yield from self.every()
        else:
            yield from self.pages_of(self.arguments())

    def pages_of(self, wanted: Iterable[Arguments]) -> Iterator[tuple[Arguments, Page]]:
        """The pages of these arguments, without those that do not exist."""
        if self.some is not None:
            yield from self.some(list(wanted))
            return
        for arguments in wanted:
            page = self.page(**arguments)
            if page is not None:
                yield arguments, page

    def concerns(self, verb: str) -> bool:
        """Whether these pages may say something else after an act."""
        return self.verbs is None or any(fnmatchcase(verb, pattern) for pattern in self.verbs)


@dataclass(frozen=True)
class Mark:
    """Which tags acts make stale: `tags` is given the events whose verb matches one of `verbs` (shell patterns).

    Where no mark knows an act, all pages of the sources that name it are stale.
    """

    verbs: tuple[str, ...]
    tags: Callable[[Sequence["Event"]], Iterable[str]]

    def knows(self, verb: str) -> bool:
        """Whether this mark says what the act makes stale."""
        return any(fnmatchcase(verb, pattern) for pattern in self.verbs)


def with_data(source: PageSource, shape: Shape) -> tuple[PageSource, PageSource]:
    """A source whose pages are also there as JSON, and the source of that JSON: `index.json` beside a folder's page,
    `page-2.json` beside `page-2.html`. It depends on the same tags and says what `shape` reads from the context."""

    def shaped(page: Page) -> Page:
        return replace(page, shape=shape)

    def data(page: Page) -> Page:
        return Page(DATA, {"value": shape.write(page.context)}, page.tags, "application/json", gone=page.gone)

    twin = _made_into(data, source)
    return _made_into(shaped, source), replace(
        twin, name=f"{source.name}.json", route=data_path(source.route), listed=False, shape=shape
    )


def _made_into(made: Callable[[Page], Page], source: PageSource) -> PageSource:
    """The source with each of its pages made into another."""

    def page(**arguments: Any) -> Page | None:
        found = source.page(**arguments)
        return made(found) if found else None

    def every() -> Iterator[tuple[Arguments, Page]]:
        return ((arguments, made(found)) for arguments, found in source.pages())

    def some(wanted: Sequence[Arguments]) -> Iterator[tuple[Arguments, Page]]:
        return ((arguments, made(found)) for arguments, found in source.pages_of(wanted))

    return replace(source, page=page, every=every, some=some)


def data_path(path: str) -> str:
    """Where the data of the page at a path (or of a route) lies."""
    return path.removesuffix(".html") + ".json" if path.endswith(".html") else path + "index.json"


@dataclass(frozen=True)
class Reply:
    """What a live page answers: a page, its HTTP status, and headers beside those that every page has."""

    page: Page
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


#: Forms of one kind that one visitor may send, unless the page says otherwise: an office behind one address is served.
SENT_AT_ONCE, SENT_EVERY = 20, timedelta(seconds=30)


@dataclass(frozen=True)
class LivePage:
    """A public page that is made when it is asked for and is never baked: a search, a form.

    `route` is a Django path pattern below the portal's root. `answer` takes the request and the route's arguments; it
    gives a `Reply` that is set in the portal's frame, or a response of Django as it is. Requests other than GET and
    HEAD are refused unless `takes_forms`. What is sent is counted by visitor in the scope `sending` before `answer` is
    asked (`sending_scope` where none is given); a room that counts more finely does so besides, with `trace.limits`.
    `stand_in` is the path of a baked page that helps while the application or its database is away. `takes_bytes` is
    how much one request may bring where files are sent; by default what every form of a stranger may.
    """

    name: str
    route: str
    answer: Callable[..., Any]
    takes_forms: bool = False
    sending: Scope | None = None
    stand_in: str = ""
    takes_bytes: int | None = None

    @property
    def sending_scope(self) -> Scope:
        """The scope in which forms sent to this page are counted."""
        return self.sending or Scope(f"send:{self.name}", SENT_AT_ONCE, SENT_EVERY)


@dataclass(frozen=True)
class Entry:
    """One line that leads to a page: what it is called, its path below the portal's root, the day it is of."""

    title: str
    path: str
    on: date | None = None


@dataclass(frozen=True)
class Progress:
    """How far a year's work has come: `done` and `going` of `total`, what they are (`项任务`), and where it is told."""

    title: str
    path: str
    total: int
    done: int
    going: int
    unit: str


@dataclass(frozen=True)
class Door:
    """A way from the front page into a room.

    `path` lies below the portal's root. `number` gives the live number and what it counts (`(128, "条信息")`), `newest`
    the newest entry behind the door; both are asked whenever the front page is made. A door whose room is still empty
    may return None from either. `progress` is given by a room whose work has an end that the public watches. `tags`
    are those on which all of this depends.
    """

    name: str
    title: str
    path: str
    summary: str
    number: Callable[[], tuple[int, str] | None]
    newest: Callable[[], Entry | None]
    tags: frozenset[str] = frozenset()
    order: int = 100
    progress: Callable[[], Progress | None] = lambda: None


_sources: dict[str, PageSource] = {}


def register(*sources: PageSource) -> None:
    """Add page sources (from `AppConfig.ready`); the same name twice is a programming error."""
    for source in sources:
        if source.name in _sources:
            raise ValueError(f"page source {source.name} registered twice")
        _sources[source.name] = source


def registered() -> tuple[PageSource, ...]:
    """All page sources in the order of their registration."""
    return tuple(_sources.values())


_marks: list[Mark] = []


def mark(*marks: Mark) -> None:
    """Add marks (from `AppConfig.ready`)."""
    _marks.extend(marks)


def marks() -> tuple[Mark, ...]:
    """All marks in the order of their registration."""
    return tuple(_marks)


_live: dict[str, LivePage] = {}


def register_live(*pages: LivePage) -> None:
    """Add live pages (from `AppConfig.ready`); the same name twice is a programming error."""
    for page in pages:
        if page.name in _live or page.name in _sources:
            raise ValueError(f"page {page.name} registered twice")
        _live[page.name] = page


def live() -> tuple[LivePage, ...]:
    """All live pages in the order of their registration."""
    return tuple(_live.values())


_doors: dict[str, Door] = {}


def open_door(*doors: Door) -> None:
    """Add doors to the front page (from `AppConfig.ready`); the same name twice is a programming error."""
    for door in doors:
        if door.name in _doors:
            raise ValueError(f"door {door.name} opened twice")
        _doors[door.name] = door


def doors() -> tuple[Door, ...]:
    """All doors in the order in which the front page shows them."""
    return tuple(sorted(_doors.values(), key=lambda door: (door.order, door.name)))
