"""Serving the baked site where no other file server does: a middleware that answers before the database is needed.

Once a release exists it is the whole truth about public pages: what it does not hold is not found. Before the first
bake of a new installation, and for everything that is not a public page, requests go on to the views.
"""

import mimetypes
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.cache import get_conditional_response
from django.utils.encoding import escape_uri_path
from django.utils.http import http_date

from mingtang.portal import assets
from mingtang.portal.bake import release
from mingtang.records.public_files import FOLDER as FILES
from mingtang.trace.log import builder

#: Folders whose files are named by their content: what a browser has, it may keep.
BY_CONTENT = (assets.FOLDER, FILES)
#: The transparency log lies beside the releases: it only grows, whatever release is shown.
LOG = "/log/"
FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
#: Attached files that a browser may show by itself; everything else is offered for saving.
SHOWN = frozenset({".pdf", ".txt", ".csv", ".png", ".jpg", ".jpeg"})
PAGE_TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".atom": "application/atom+xml",
    ".xml": "application/xml",
    ".txt": "text/plain",
}


class StaticSiteMiddleware:
    """Answers GET and HEAD from the release that `SITE_ROOT/current` leads to."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        request.get_host()  # a host that is not ours is refused here as everywhere
        if request.path_info.startswith(LOG) and (
            file := file_at(builder.public_folder(), request.path_info[len(LOG) :])
        ):
            return _answer(request, file, PurePosixPath(LOG))
        site = release.served(Path(settings.SITE_ROOT))
        if site is None:
            return self.get_response(request)
        path = request.path_info.removeprefix("/")
        file = file_at(site, path)
        if file is not None:
            return _answer(request, file, PurePosixPath(path))
        if not _is_public_page(request.path_info):
            return self.get_response(request)
        if not path.endswith("/") and file_at(site, path + "/") is not None:
            return HttpResponsePermanentRedirect(escape_uri_path(request.path_info) + "/")
        return _missing(site)


def file_at(site: Path, path: str) -> Path | None:
    """The file of a release that holds `path` (decoded, without a leading slash), or None.

    Hidden names, upward steps and anything that is not a plain name lead nowhere.
    """
    steps = path.split("/")
    if steps[-1] == "":
        steps[-1] = "index.html"
    if any(step == "" or step.startswith(".") or "\0" in step or "\\" in step for step in steps):
        return None
    file = site.joinpath(*steps)
    try:
        return file if file.is_file() and not file.is_symlink() else None
    except OSError:  # a name that is too long
        return None


def _is_public_page(path: str) -> bool:
    try:
        return resolve(path).app_names[:1] == ["portal"]
    except Resolver404:
        return True


def _answer(request: HttpRequest, file: Path, path: PurePosixPath) -> HttpResponseBase:
    state = file.stat()
    etag = f'"{state.st_mtime_ns:x}-{state.st_size:x}"'
    response = get_conditional_response(request, etag=etag, last_modified=int(state.st_mtime))
    if response is None:
        response = FileResponse(file.open("rb"), content_type=_media_type(file, path))
        response["Content-Length"] = str(state.st_size)
    response["ETag"] = etag
    response["Last-Modified"] = http_date(state.st_mtime)
    response["Cache-Control"] = FOR_EVER if path.parts and path.parts[0] in BY_CONTENT else ASK_AGAIN
    if path.parts and path.parts[0] == FILES:
        # Browsers take the name for saving from the address, whose last step it is.
        response["Content-Disposition"] = "inline" if file.suffix.lower() in SHOWN else "attachment"
    else:
        del response["Content-Disposition"]
    return response


def _media_type(file: Path, path: PurePosixPath) -> str:
    suffix = file.suffix.lower()
    if not path.parts or path.parts[0] != FILES:
        return f"{PAGE_TYPES.get(suffix, 'application/octet-stream')}; charset=utf-8"
    # No character set is said of attached texts: they come as their offices wrote them.
    known = suffix in SHOWN
    return (mimetypes.guess_type(file.name)[0] if known else None) or "application/octet-stream"


def _missing(site: Path) -> HttpResponse:
    try:
        body = (site / "404.html").read_bytes()
    except FileNotFoundError:
        body = b""
    response = HttpResponse(body, status=HTTPStatus.NOT_FOUND)
    response["Cache-Control"] = ASK_AGAIN
    return response
