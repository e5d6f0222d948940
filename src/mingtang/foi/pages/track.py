"""Following a request by its number and secret: the timeline, and what the applicant can do about it.

Number and secret are sent once and stay in an encrypted cookie for half an hour: no address, log or page holds them. A
wrong secret and a number that does not exist are answered by the same words after the same work.
"""

import base64
import json
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header  # pyright: ignore[reportAttributeAccessIssue]  # the stubs lack it
from django.utils.translation import gettext as _

from mingtang.foi import actions, tracking, vault
from mingtang.foi.errors import FoiError
from mingtang.foi.models import Request
from mingtang.foi.pages import following, private
from mingtang.foi.pages.private import MATERIALS, go, reply
from mingtang.trace import limits
from mingtang.trace.limits import Scope
from mingtang.trace.pages import LivePage, Reply

COOKIE = "foi-track"
ENTER, STATUS = "/foi/track/", "/foi/track/status/"
#: How long the door stays open after the secret was given.
OPEN_FOR = timedelta(minutes=30)
#: Secrets that one network may try; with sixty random bits that is enough by far.
TRYING = Scope("foi-track", at_once=10, every=timedelta(minutes=1))
ACTING = Scope("foi-track-act", at_once=20, every=timedelta(minutes=1))
#: Longest text of a correction or of reasons, in characters.
LONGEST = 2000


def enter(request: HttpRequest) -> Reply | HttpResponse:
    """The form for number and secret."""
    if request.method != "POST":
        return go(STATUS) if _opened(request) else _door(request)
    moment = timezone.now()
    if wait := limits.allow(TRYING, request.META["REMOTE_ADDR"], moment):
        return _door(request, _("试得太频繁了。") + wait.said, 429, Retry_After=str(wait.seconds))
    number, secret = request.POST.get("number", "")[:80], request.POST.get("secret", "")[:64]
    found = tracking.find(number.replace("\0", ""), secret)
    if found is None or private.is_trapped(request):
        return _door(request, _("编号和查询码对不上。请对着回执核对；查询码丢了，带证件到受理机关重新领。"), 400)
    return private.set_secret(go(STATUS), COOKIE, _closed(found.number, secret, moment), None)


def status(request: HttpRequest) -> Reply | HttpResponse:
    """The request, for whoever has its secret."""
    found = _opened(request)
    if found is None:
        return private.drop_secret(go(ENTER), COOKIE)
    if request.method != "POST":
        return _page(request, found)
    if "leave" in request.POST:
        return private.drop_secret(go(ENTER), COOKIE)
    try:
        problem = _act(request, found, timezone.now())
    except FoiError as error:
        problem = str(error)
    return _page(request, found, problem, 400) if problem else go(STATUS)


def download(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """A letter or the information itself, to be saved and never kept on the way."""
    found = _opened(request)
    if found is None:
        return private.drop_secret(go(ENTER), COOKIE)
    try:
        fetched = actions.fetch(found, token, actor=actions.APPLICANT, moment=timezone.now())
    except FoiError:
        return go(STATUS)
    response = HttpResponse(fetched.content, content_type="application/octet-stream", headers=private.HEADERS)
    response["Content-Disposition"] = content_disposition_header(True, fetched.file.name) or "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _act(request: HttpRequest, found: Request, moment: datetime) -> str:
    """Do what the form asks; what is wrong with it, or nothing."""
    act = request.POST.get("act", "")
    said = request.POST.get("text", "").replace("\0", "").replace("\r\n", "\n").strip()
    acting: dict[str, Any] = {"actor": actions.APPLICANT, "moment": moment}
    if private.is_trapped(request) or len(said) > LONGEST:
        return _("内容没有收下：最多%d个字，请勿填写的格子请留空。") % LONGEST
    if act == "correct":
        uploads, wrong = private.uploads(request, "materials", MATERIALS)
        if wrong:
            return wrong
        reason = request.POST.get("reason", "").replace("\0", "").strip()[:500]
        actions.receive_correction(found, text=said, uploads=uploads, reason=reason, **acting)
    elif act == "reasons":
        actions.give_reasons(found, text=said, **acting)
    elif act == "received":
        return _received(found, request.POST.get("letter", ""), acting)
    elif act == "withdraw":
        if request.POST.get("sure") != "1":
            return _("撤回以后不能恢复：请先勾选“我确定撤回”。")
        actions.withdraw(found, **acting)
    else:
        return _("没有这个动作：请从页面上的按钮办理。")
    return ""


def _received(found: Request, letter: str, acting: dict[str, Any]) -> str:
    """The applicant has a letter in hand: today is the day that counts for what can be done about it."""
    waiting = {str(each.pk): each for each in following.to_confirm(found)}
    if letter not in waiting:
        return _("这份文书已经登记过收到，或者还没有送出：请刷新页面。")
    actions.confirm_delivery(waiting[letter], received_on=timezone.localdate(acting["moment"]), **acting)
    return ""


def _door(request: HttpRequest, problem: str = "", code: int = 200, **headers: str) -> Reply:
    return reply(request, "foi/track.html", {"problem": problem}, code, **headers)


def _page(request: HttpRequest, found: Request, problem: str = "", code: int = 200) -> Reply:
    context = {
        "followed": following.follow(found, timezone.localdate()), "problem": problem, "longest": LONGEST,
        "typed": request.POST.get("text", "")[:LONGEST] if problem else "",
        "megabytes": MATERIALS.max_bytes // private.MEGABYTE,
    }  # fmt: skip
    return reply(request, "foi/track_status.html", context, code)


def _closed(number: str, secret: str, moment: datetime) -> str:
    told = json.dumps([number, secret, int((moment + OPEN_FOR).timestamp())]).encode()
    return base64.urlsafe_b64encode(vault.seal(told, "foi.track")).decode()


def _opened(request: HttpRequest) -> Request | None:
    """The request whose number and secret the cookie holds, while both still hold."""
    written = request.COOKIES.get(COOKIE, "")
    if not 0 < len(written) < 600:
        return None
    try:
        number, secret, until = json.loads(vault.unseal(base64.urlsafe_b64decode(written), "foi.track"))
    except (FoiError, ValueError):
        return None
    return tracking.find(number, secret) if timezone.now().timestamp() < until else None


PAGES = (
    LivePage("track", "foi/track/", enter, takes_forms=True, sending=ACTING, stand_in="foi/"),
    LivePage(
        "track-status", "foi/track/status/", status, takes_forms=True, sending=ACTING, takes_bytes=private.TAKES_BYTES
    ),
    LivePage("track-file", "foi/track/file/<uuid:token>", download),
)
