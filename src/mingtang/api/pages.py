"""The page that explains the API to people, baked like every other page."""

from collections.abc import Mapping
from typing import Any

from mingtang.api import openapi
from mingtang.api.views import RATE
from mingtang.trace import endpoints, pages
from mingtang.trace.pages import Page, PageSource


def register() -> None:
    """Register the page."""
    pages.register(PageSource("api", "api/", manual, verbs=(), timeless=True))


def manual() -> Page:
    """All endpoints with their parameters and fields."""
    rows = [_row(endpoint) for endpoint in endpoints.registered()]
    shapes = {
        shape.name: [(each.name, openapi.words(each.kind.schema), each.says) for each in shape.fields]
        for endpoint in endpoints.registered()
        for shape in endpoint.shape.definitions()
    }
    context = {
        "rows": rows,
        "shapes": sorted(shapes.items()),
        "base": openapi.BASE,
        "rate": RATE,
        "most": endpoints.MOST,
    }
    return Page("api/manual.html", context, frozenset())


def _row(endpoint: endpoints.Endpoint) -> Mapping[str, Any]:
    parameters = [(name, openapi.words({"type": "string"}), says, True) for name, says in endpoint.asks.items()]
    parameters += [(each.name, openapi.words(each.schema), each.says, False) for each in endpoint.parameters]
    return {
        "name": endpoint.name,
        "title": endpoint.title,
        "says": endpoint.says,
        "path": openapi.path_of(endpoint),
        "parameters": parameters,
        "shape": endpoint.shape.name,
    }
