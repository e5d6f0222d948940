"""The registry of page sources: every public page comes from one, rendered the same way live or baked."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Page:
    """What a page shows: a template of the portal, its context, and the tags on which it depends.

    A tag names something whose change makes the page stale, as `record:15`, `column:3`, `body:jyj`, `ledger:2`.
    """

    template: str
    context: Mapping[str, Any]
    tags: frozenset[str]
    media_type: str = "text/html"


@dataclass(frozen=True)
class PageSource:
    """A family of pages.

    `route` is a Django path pattern below the portal's root, ending in "/" or in a file name. `arguments` yields the
    keyword arguments of every page that exists now; `page` makes one of them, or returns None where there is none.
    """

    name: str
    route: str
    page: Callable[..., Page | None]
    arguments: Callable[[], Iterable[Mapping[str, Any]]] = field(default=lambda: ({},))


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
