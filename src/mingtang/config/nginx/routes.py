"""Which addresses the application answers itself, read from the URL patterns: a new room's forms appear by themselves.

Everything in `config.urls` that is not a page of the portal is the application's. A folder of its own (`desk/`) becomes
a prefix; a live page, whose route lies among those of baked pages, becomes an expression that fits it alone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from mingtang.trace import pages
from mingtang.trace.pages import LivePage

#: The application whose pages are baked.
BAKED = "portal"
#: The application whose pages are made when they are asked for.
LIVE = "live"


@dataclass(frozen=True)
class Route:
    """What leads to the application: a prefix (`/desk/`) or an expression (`^/search/?$`).

    `page` is the live page that answers there, if one does; strangers reach it.
    """

    prefix: str = ""
    expression: str = ""
    page: LivePage | None = None


def dynamic() -> list[Route]:
    """All routes of the application, those of prefixes first; each once, in the order of the URL patterns."""
    routes = list(dict.fromkeys(_below(get_resolver().url_patterns, "", live=False)))
    return sorted(routes, key=lambda route: route.prefix == "")


def _below(patterns: Sequence[Any], before: str, *, live: bool) -> Iterator[Route]:
    for pattern in patterns:
        here = before + _expression(pattern)
        if isinstance(pattern, URLPattern):
            page = next((page for page in pages.live() if page.name == pattern.name), None) if live else None
            yield Route(expression=f"^/{here}{'?' if here.endswith('/') else ''}$", page=page)
        elif pattern.app_name == BAKED:
            continue
        elif here == before:
            yield from _below(pattern.url_patterns, here, live=live or pattern.app_name == LIVE)
        elif here == str(pattern.pattern):
            yield Route(prefix=f"/{here}")
        else:
            yield Route(expression=f"^/{here}")


def _expression(pattern: URLPattern | URLResolver) -> str:
    """The regular expression of a pattern without its ends; groups have no names, which nginx would make variables."""
    written = re.sub(r"\(\?P<\w+>", "(?:", pattern.pattern.regex.pattern)
    return re.sub(r"^\^|(?:\\Z|\$)$", "", written).replace(r"\/", "/").replace(r"\-", "-")
