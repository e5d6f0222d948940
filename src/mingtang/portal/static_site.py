"""Serving the baked site where no other file server does: a middleware that answers before the database is needed.

Once a release exists it is the whole truth about public pages: what it does not hold is not found. Before the first
bake of a new installation, and for everything that is not a public page, requests go on to the views.
"""

import re
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.encoding import escape_uri_path
from django.utils.http import http_date

from mingtang.portal import assets, serving
from mingtang.portal.bake import content, release
from mingtang.trace import pages
from mingtang.trace.log import builder

#: The transparency log lies beside the releases: it only grows, whatever release is shown.
LOG = f"/{serving.LOG}/"
#: What may be sent instead of a file where it lies beside it, best first; never of attached files and the log.
ENCODINGS = (("br", content.BR), ("gzip", content.GZ))
PLAIN = (f"{serving.FILES}/", LOG.removeprefix("/"))
NOT_TAKEN = re.compile(r"q=0(\.0{0,3})?")
#: Below it, every file that is answered with 410 has a second name.
GONE = ".gone"


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
            return _answer(request, file, request.path_info.removeprefix("/"))
        site = release.served(Path(settings.SITE_ROOT))
        if site is None:
            return self.get_response(request)
        path = request.path_info.removeprefix("/")
        file = file_at(site, path)
        if file is not None:
            is_gone = (site / GONE / file.relative_to(site)).is_file()
            return _gone(file, path) if is_gone else _answer(request, file, path)
        if not _is_public_page(request.path_info) or is_of_the_program(path):
            return _helped_out(site, request, self.get_response(request))
        if not path.endswith("/") and file_at(site, path + "/") is not None:
            return HttpResponsePermanentRedirect(escape_uri_path(request.path_info) + "/")
        return _missing(site)


def is_of_the_program(path: str) -> bool:
    """Whether an address names a style or script of this program: after an upgrade, forms and searches ask for those
    that the baked site will have once it has been made anew."""
    folder, _, name = path.partition("/")
    return folder == assets.FOLDER and assets.name_in(name) is not None


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


def _helped_out(site: Path, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The response, or in its place the baked page that stands in for a live page while the database is away."""
    if response.status_code != HTTPStatus.SERVICE_UNAVAILABLE:
        return response
    try:
        name = resolve(request.path_info).url_name
    except Resolver404:
        return response
    path = next((page.stand_in for page in pages.live() if page.name == name), "")
    file = file_at(site, path) if path else None
    if file is None:
        return response
    found = HttpResponse(file.read_bytes(), status=response.status_code)
    found["Retry-After"] = response.get("Retry-After", "")
    found["Cache-Control"] = "no-store"
    return found


def _is_public_page(path: str) -> bool:
    try:
        return resolve(path).app_names[:1] == ["portal"]
    except Resolver404:
        return True


def _answer(request: HttpRequest, file: Path, path: str) -> HttpResponseBase:
    encoding, sent = _encoded(request, file, path)
    state = sent.stat()
    etag = f'"{state.st_mtime_ns:x}-{state.st_size:x}"'
    # The page of a folder is its index, whatever address led to it.
    name = f"{path}index.html" if path == "" or path.endswith("/") else path
    response = get_conditional_response(request, etag=etag, last_modified=int(state.st_mtime))
    if response is None:
        response = FileResponse(sent.open("rb"), content_type=serving.media_type(name))
        response["Content-Length"] = str(state.st_size)
        if encoding:
            response["Content-Encoding"] = encoding
    if content.is_text(name):
        patch_vary_headers(response, ("Accept-Encoding",))
    response["ETag"] = etag
    response["Last-Modified"] = http_date(state.st_mtime)
    response["Cache-Control"] = serving.caching(name)
    if said := serving.disposition(name):
        response["Content-Disposition"] = said
    else:
        del response["Content-Disposition"]
    return response


def _encoded(request: HttpRequest, file: Path, path: str) -> tuple[str, Path]:
    """The smallest form of a file that the reader takes: its content encoding ("" for none) and where it lies."""
    taken = _taken(request.headers.get("Accept-Encoding", "")) if not path.startswith(PLAIN) else ()
    for encoding, ending in ENCODINGS:
        packed = file.with_name(file.name + ending)
        if encoding in taken and packed.is_file():
            return encoding, packed
    return "", file


def _taken(accepted: str) -> frozenset[str]:
    """The encodings that a reader names without refusing them (`q=0`)."""
    named = [each.strip().lower().partition(";") for each in accepted[:500].split(",")]
    return frozenset(name.strip() for name, _, weight in named if not NOT_TAKEN.fullmatch(weight.strip()))


def _gone(file: Path, path: str) -> HttpResponse:
    """What stood here was withdrawn; its tombstone says when and why."""
    name = f"{path}index.html" if path == "" or path.endswith("/") else path
    response = HttpResponse(file.read_bytes(), content_type=serving.media_type(name), status=HTTPStatus.GONE)
    response["Cache-Control"] = serving.ASK_AGAIN
    return response


def _missing(site: Path) -> HttpResponse:
    try:
        body = (site / "404.html").read_bytes()
    except FileNotFoundError:
        body = b""
    response = HttpResponse(body, status=HTTPStatus.NOT_FOUND)
    response["Cache-Control"] = serving.ASK_AGAIN
    return response
