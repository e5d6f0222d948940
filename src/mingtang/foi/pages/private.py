"""What pages with something personal have in common: nobody keeps them, nothing of them goes elsewhere; uploads."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _

from mingtang.foi.files import Upload
from mingtang.text.guard import DEFAULT, Accepted, Kind, Limits, inspect_apart
from mingtang.trace.pages import Page, Reply

#: No page before or after learns that somebody was here, no browser or proxy keeps it, no index lists it.
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",  # "no-referrer" would make browsers hide where our own forms come from
    "X-Robots-Tag": "noindex, nofollow",
}
MEGABYTE = 1024 * 1024
#: Proofs of identity are pictures or scans; what supports a request may be a document.
PROOFS = replace(DEFAULT, kinds=frozenset[Kind]({"pdf", "jpg", "png"}), max_bytes=4 * MEGABYTE, max_pages=20)
MATERIALS = replace(DEFAULT, kinds=frozenset[Kind]({"pdf", "jpg", "png", "docx", "txt"}), max_bytes=4 * MEGABYTE)
#: Files of one field in one request.
MOST_FILES = 3
#: What one request with files may bring: the files and their frame.
TAKES_BYTES = 2 * MOST_FILES * 4 * MEGABYTE + MEGABYTE
#: The field that only a program fills in.
TRAP = "website"


def reply(request: HttpRequest, template: str, context: Mapping[str, Any], status: int = 200, **headers: str) -> Reply:
    """A page that nobody keeps, with the mark by which its form proves its origin."""
    page = Page(template, {"csrf": get_token(request), "trap": TRAP, **context}, frozenset())
    return Reply(page, status, HEADERS | {name.replace("_", "-"): value for name, value in headers.items()})


def go(path: str) -> HttpResponse:
    """On to the next page; the browser asks for it anew, so that loading again sends nothing twice."""
    response = HttpResponseRedirect(path)
    response.status_code = 303
    for name, value in HEADERS.items():
        response[name] = value
    return response


def set_secret(response: HttpResponse, name: str, value: str, max_age: int | None) -> HttpResponse:
    """Give the browser a cookie that only these pages see; `max_age` None ends with the browser."""
    response.set_cookie(
        name, value, max_age=max_age, path="/foi/", secure=settings.HTTPS, httponly=True, samesite="Lax"
    )
    return response


def drop_secret(response: HttpResponse, name: str) -> HttpResponse:
    """Take the cookie back."""
    response.set_cookie(name, "", max_age=0, path="/foi/", secure=settings.HTTPS, httponly=True, samesite="Lax")
    return response


def is_trapped(request: HttpRequest) -> bool:
    """Whether something was written where no person sees a field."""
    return bool(request.POST.get(TRAP))


def uploads(request: HttpRequest, field: str, limits: Limits = PROOFS) -> tuple[list[Upload], str]:
    """The files of a field that the guard lets in, and what is wrong with the first that it does not."""
    sent: list[UploadedFile] = [each for each in request.FILES.getlist(field) if each.name]
    if len(sent) > MOST_FILES:
        return [], _("一次最多选 %d 个文件：请分几次，或者合成一个 PDF。") % MOST_FILES
    kept: list[Upload] = []
    for file in sent:
        name = file.name or ""
        if (file.size or 0) > limits.max_bytes:
            return kept, _("“%(name)s”超过 %(size)d MB：请压缩图片，或者拍得小一点。") % {
                "name": name[-40:], "size": limits.max_bytes // MEGABYTE,
            }  # fmt: skip
        content = file.read()
        found = inspect_apart(name, content, limits)
        if not isinstance(found, Accepted):
            return kept, found.reason
        kept.append(Upload(name, content, found.media_type))
    return kept, ""
