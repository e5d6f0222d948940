"""Error pages: plain words, no template and no database, so that they come even when everything else is away."""

import sys
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from mingtang.signin import plain

FRONT = ("/", "回到首页")
#: Seconds after which somebody whom the database kept waiting is asked to try again.
AWAY_SECONDS = 120


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return plain.page(400, "请求有误", "服务器看不懂这个请求。请从页面上的链接或表单重新进入。", ways=(FRONT,))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    line = "您没有查看或办理这一项的权限。需要时请联系本单位的系统管理员。"
    return plain.page(403, "没有权限", line, ways=(FRONT, ("/desk/", "回到工作台")))


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose mark of origin is missing or old (`CSRF_FAILURE_VIEW`)."""
    return plain.page(
        403,
        "表单已失效",
        "页面打开得太久，或浏览器没有接受本站的 Cookie，为安全没有提交。",
        "请返回上一页并刷新，再提交一次。",
        ways=(("/" + request.path.lstrip("/"), "重新打开这个页面"),),  # two slashes would name another host
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    line = "没有这个页面：地址可能有误，或内容已移动。"
    return plain.page(404, "找不到页面", line, "可以从首页进入栏目查找。", ways=(FRONT,))


def server_error(request: HttpRequest, *_: Any) -> HttpResponse:
    """500: the cause is in the log, never on the page. A database that does not answer is said to be away (503)."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        return away()
    line = "系统出了故障，已记录下来。您提交的内容可能没有保存，请稍后再试。"
    return plain.page(500, "系统故障", line, ways=(FRONT,))


def away() -> HttpResponse:
    """503: what needs the database must wait, what is baked goes on."""
    lines = (
        "检索、提交和工作台暂时没有应答。刚才提交的内容可能没有收到：请过几分钟后退回上一页再提交一次，以收到编号为准。",
        "公开的信息照常可以查阅。",
    )
    response = plain.page(503, "暂时不能办理", *lines, ways=(FRONT, ("/search/static/", "按标题和文号查找")))
    response["Retry-After"] = str(AWAY_SECONDS)
    return response
