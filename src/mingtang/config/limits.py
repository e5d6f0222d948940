"""How much one request may bring: a stranger little, more where files are taken; a colleague what the server takes."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from mingtang.signin import plain
from mingtang.trace import pages
from mingtang.trace.pages import LivePage

#: Enough for every form that needs no sign-in; in bytes.
STRANGER_MAX_BYTES = 256 * 1024


class SizeMiddleware:
    """Answers 413 before a body is parsed or a view is asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        size = request.META.get("CONTENT_LENGTH") or "0"
        if not size.isdecimal():
            return plain.page(400, "请求有误", "请求没有说明自己的大小。")
        limit = STRANGER_MAX_BYTES
        if int(size) > limit and (page := _live_page(request.path_info)) and page.takes_bytes:
            limit = page.takes_bytes
        if int(size) > limit and settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            limit = settings.REQUEST_MAX_BYTES
        if int(size) > limit:
            said = f"{limit // 1024**2} MB" if limit >= 1024**2 else f"{limit // 1024} KB"
            return plain.page(413, "内容太大", f"一次最多提交 {said}。请减小文件或分几次提交。")
        return self.get_response(request)


def _live_page(path: str) -> LivePage | None:
    """The live page at an address, if there is one."""
    try:
        found = resolve(path)
    except Resolver404:
        return None
    return next((page for page in pages.live() if found.view_name == f"live:{page.name}"), None)
