"""Public pages made at the moment they are asked for, byte for byte as the baker writes them."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from mingtang.portal import assets
from mingtang.portal.pages import not_found
from mingtang.portal.rendering import render
from mingtang.trace.pages import PageSource

View = Callable[..., HttpResponse]


def view_of(source: PageSource) -> View:
    """The view of a page source; 404 in the portal's look where the source has no such page."""

    @csrf_exempt
    @require_safe
    def view(request: HttpRequest, **arguments: Any) -> HttpResponse:
        page = source.page(**arguments)
        if page is None:
            return missing(request)
        body = render(page, request.path.removeprefix("/"))
        return HttpResponse(body, content_type=f"{page.media_type}; charset=utf-8")

    return view


def missing(_request: HttpRequest, **_arguments: Any) -> HttpResponse:
    """What a reader sees whose address leads nowhere."""
    return HttpResponse(render(not_found(), "404.html"), status=404)


def asset(request: HttpRequest, path: str) -> HttpResponse:
    """Style sheet or picture of public pages, by its hashed name."""
    name = assets.name_in(path)
    if name is None:
        return missing(request)
    return HttpResponse(assets.content(name), content_type=assets.media_type(name))
