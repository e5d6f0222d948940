"""After repeated failures the door stays shut for a while: who is counted, how long, and what the visitor reads."""

import logging
import math
from datetime import datetime, timedelta
from typing import Any

from axes.conf import settings
from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Max, Sum
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from mingtang.signin import plain, visitor
from mingtang.trace.actions import record

log = logging.getLogger(__name__)

#: Failures from one address over all names. Far above one name's, for a whole office may share one address.
FAILURES_OF_AN_ADDRESS = 50


class Handler(AxesDatabaseHandler):
    """Counts failures of a name from an address, and beside it all failures of the address.

    A name is never locked for every address: a stranger could lock the office out of its own desk.
    """

    def get_failures(self, request: Any, credentials: dict[str, Any] | None = None) -> int:
        """The number to hold against the limit of one name: an address over its own limit counts as over it."""
        own = super().get_failures(request, credentials)
        of_address = _recent(request).aggregate(total=Sum("failures_since_start"))["total"] or 0
        return max(own, settings.AXES_FAILURE_LIMIT) if of_address >= FAILURES_OF_AN_ADDRESS else own


def open_again_at(request: Any, username: str) -> datetime:
    """When the door opens for this name and address."""
    attempts = _recent(request)
    named = attempts.filter(username=username).aggregate(total=Sum("failures_since_start"), last=Max("attempt_time"))
    if (named["total"] or 0) < settings.AXES_FAILURE_LIMIT:
        named = attempts.aggregate(last=Max("attempt_time"))
    return (named["last"] or timezone.now()) + _cool_off()


def response(request: HttpRequest, *_: Any) -> HttpResponse:
    """The page that a visitor sees instead of the form (429, with `Retry-After`)."""
    opens = open_again_at(request, request.POST.get("username", ""))
    seconds = max(60, math.ceil((opens - timezone.now()).total_seconds()))
    answer = plain.page(
        429,
        "请稍后再登录",
        f"口令连续输错多次，为保护账号，登录已暂停。请在 {timezone.localtime(opens):%H:%M} 之后"
        f"（约 {math.ceil(seconds / 60)} 分钟）再试。",
        "忘记口令请联系本单位的系统管理员重置；这不是您的操作时，也请告诉他。",
    )
    answer["Retry-After"] = str(seconds)
    return answer


def note(sender: Any, request: Any, username: str, **_: Any) -> None:
    """Leave a trace when an account becomes locked: no address, and nothing for names that do not exist."""
    # Tries while locked arrive here too; only the one that was counted has a number.
    if getattr(request, "axes_failures_since_start", None) is None:
        return
    log.warning("登录失败次数过多，暂停来自 %s 的登录", visitor.network(request.axes_ip_address or ""))
    user = get_user_model().objects.filter(username=username).first()
    if user is not None:
        with transaction.atomic():
            record("signin.locked", user, actor="system:signin", moment=request.axes_attempt_time)


def _recent(request: Any) -> Any:
    since = (request.axes_attempt_time or timezone.now()) - _cool_off()
    return AccessAttempt.objects.filter(ip_address=request.axes_ip_address, attempt_time__gte=since)


def _cool_off() -> timedelta:
    cool_off = get_cool_off()
    assert cool_off is not None  # noqa: S101 - set in the settings
    return cool_off
