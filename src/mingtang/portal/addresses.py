"""Addresses of public pages: from a source and its arguments to a path, from a path to its file."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, unquote

from mingtang.trace import pages

PARAMETER = re.compile(r"<(?:(?P<converter>\w+):)?(?P<name>\w+)>")


def path_of(route: str, arguments: Mapping[str, Any]) -> str:
    """Fill a route with its arguments, percent-encoded; the result has no leading slash."""

    def fill(match: re.Match[str]) -> str:
        return quote(str(arguments[match["name"]]), safe="/" if match["converter"] == "path" else "")

    return PARAMETER.sub(fill, route)


def address(name: str, **arguments: Any) -> str:
    """The address of a page by the name of its source or live page; raises `LookupError` for one nobody registered."""
    for source in (*pages.registered(), *pages.live()):
        if source.name == name:
            return "/" + path_of(source.route, arguments)
    raise LookupError(f"no page source is called {name}")


def file_of(path: str) -> str:
    """The file, below a release, that holds the page at `path`: folders hold their page as index.html."""
    plain = unquote(path)
    return plain + "index.html" if plain == "" or plain.endswith("/") else plain
