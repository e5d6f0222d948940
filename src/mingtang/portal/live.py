"""Public pages made at the moment they are asked for: those of page sources byte for byte as the baker writes them."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from mingtang.portal import assets, serving
from mingtang.portal.pages import not_found, sent_too_often
from mingtang.portal.rendering import render
from mingtang.trace import limits
from mingtang.trace.pages import LivePage, PageSource, Reply

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
        status = HTTPStatus.GONE if page.gone else HTTPStatus.OK
        return HttpResponse(body, content_type=f"{page.media_type}; charset=utf-8", status=status)

    return view


def view_of_live(live_page: LivePage) -> View:
    """The view of a live page: its answer in the portal's frame. What it says may change, so nobody keeps it."""

    def view(request: HttpRequest, **arguments: Any) -> HttpResponse:
        answer = _held_back(request, live_page) or live_page.answer(request, **arguments)
        if not isinstance(answer, Reply):
            return answer
        body = render(answer.page, request.path.removeprefix("/"))
        response = HttpResponse(body, status=answer.status, headers=dict(answer.headers))
        response["Content-Type"] = f"{answer.page.media_type}; charset=utf-8"
        response.setdefault("Cache-Control", "no-store")
        return response

    return view if live_page.takes_forms else csrf_exempt(require_safe(view))


def _held_back(request: HttpRequest, live_page: LivePage) -> Reply | None:
    """The answer to a visitor who has sent too many forms; None lets the request go on."""
    if request.method in ("GET", "HEAD"):
        return None
    wait = limits.allow(live_page.sending_scope, request.META["REMOTE_ADDR"], timezone.now())
    return Reply(sent_too_often(wait), 429, wait.headers) if wait else None


def missing(_request: HttpRequest, **_arguments: Any) -> HttpResponse:
    """What a reader sees whose address leads nowhere."""
    return HttpResponse(render(not_found(), "404.html"), status=404)


def asset(request: HttpRequest, path: str) -> HttpResponse:
    """Style sheet or picture of public pages, by its hashed name."""
    name = assets.name_in(path)
    if name is None:
        return missing(request)
    response = HttpResponse(assets.content(name), content_type=assets.media_type(name))
    response["Cache-Control"] = serving.caching(f"{assets.FOLDER}/{path}")
    return response
