"""Answering a request to the API: parameters are judged, the room answers, what the client has is not sent again."""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from mingtang.api import openapi
from mingtang.trace import limits
from mingtang.trace.endpoints import Endpoint, Gone, Refused, Unknown
from mingtang.trace.limits import Scope
from mingtang.trace.shapes import MOMENT, absolute

#: A harvester may come with a hundred requests at once; then two a second.
RATE = Scope("api", 100, timedelta(seconds=0.5))
METHODS = "GET, HEAD, OPTIONS"
#: Characters of a query string that are read.
LONGEST = 2000
TITLES = {
    400: "请求有误",
    404: "没有找到",
    405: "不能这样请求",
    410: "已撤下",
    429: "请求过于频繁",
}
View = Callable[..., HttpResponseBase]


def view_of(endpoint: Endpoint) -> View:
    """The view of an endpoint."""

    def answer(request: HttpRequest, **arguments: Any) -> HttpResponseBase:
        try:
            given = _parameters(endpoint, request)
            answered = endpoint.answer(**arguments, **given)
        except _Wrong as wrong:
            return problem(400, "；".join(wrong.lines.values()), errors=wrong.lines)
        except Unknown as unknown:
            return problem(404, str(unknown))
        except Gone as gone:
            said = {"withdrawn_at": MOMENT.write(gone.since), "reason": gone.reason}
            return problem(410, _("该信息已撤下：%s") % gone.reason, **said)
        body = json.dumps(endpoint.shape.write(answered.thing), ensure_ascii=False, separators=(",", ":")).encode()
        etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        changed = int(answered.changed_at.timestamp()) if answered.changed_at else None
        response = get_conditional_response(request, etag=etag, last_modified=changed)
        if response is None:
            response = HttpResponse(body, content_type="application/json")
        response["ETag"] = etag
        if changed is not None:
            response["Last-Modified"] = http_date(changed)
        return response

    return guarded(answer)


def guarded(answer: View) -> View:
    """The view with what holds for every request: methods, the limit, who may read the answer."""

    @csrf_exempt
    def view(request: HttpRequest, **arguments: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            response: HttpResponseBase = HttpResponse(status=204, headers={"Access-Control-Allow-Methods": METHODS})
        elif request.method not in ("GET", "HEAD"):
            response = problem(405, _("开放接口只读，请用 GET。"))
        elif wait := limits.allow(RATE, request.META["REMOTE_ADDR"], timezone.now()):
            response = problem(429, wait.said)
            for name, value in wait.headers.items():
                response[name] = value
        else:
            response = answer(request, **arguments)
        return _open(response)

    return view


def document(_request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    body = json.dumps(openapi.document(), ensure_ascii=False, default=str)
    return HttpResponse(body, content_type="application/json")


def missing(_request: HttpRequest, **_arguments: Any) -> HttpResponse:
    """What no endpoint answers."""
    return problem(404, _("没有这个接口，可用的接口见 %s") % absolute("api/"))


def problem(status: int, detail: str, *, errors: Mapping[str, str] | None = None, **more: str) -> HttpResponse:
    """An error as RFC 9457 asks, in Chinese."""
    value: dict[str, Any] = {
        "type": absolute(f"api/#problem-{status}"),
        "title": TITLES[status],
        "status": status,
        "detail": detail,
        **more,
    }
    if errors:
        value["errors"] = [{"name": name, "detail": line} for name, line in errors.items()]
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(body, status=status, content_type="application/problem+json")


def _open(response: HttpResponseBase) -> HttpResponseBase:
    """Any page anywhere may read it, and asks again before it uses what it kept."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Link, Retry-After"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Cache-Control"] = "no-cache"
    response["Link"] = f'<{absolute(openapi.BASE)}openapi.json>; rel="service-desc"'
    if response.status_code in (204, 405):
        response["Allow"] = METHODS
    return response


class _Wrong(Exception):
    """Parameters that cannot be read: a line for each by its name."""

    def __init__(self, lines: Mapping[str, str]) -> None:
        super().__init__()
        self.lines = lines


def _parameters(endpoint: Endpoint, request: HttpRequest) -> dict[str, Any]:
    if len(request.META.get("QUERY_STRING", "")) > LONGEST:
        raise _Wrong({"query": _("参数总长不能超过 %d 个字符。") % LONGEST})
    known = {each.name: each for each in endpoint.parameters}
    given: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for name, values in request.GET.lists():
        if name not in known:
            allowed = "、".join(known) or _("无")
            wrong[name] = _("没有参数“%(name)s”，可用的参数：%(allowed)s。") % {"name": name[:40], "allowed": allowed}
        elif len(values) > 1:
            wrong[name] = _("参数“%s”只能写一次。") % name
        else:
            try:
                given[name] = known[name].read(values[0])
            except Refused as refused:
                wrong[name] = str(refused)
    if wrong:
        raise _Wrong(wrong)
    return given
