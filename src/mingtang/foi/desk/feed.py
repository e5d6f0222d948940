"""A handler's days as a calendar to subscribe to: the screen that makes the address, and what lies under it."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mingtang.bodies.models import User
from mingtang.bodies.permissions import may
from mingtang.foi import actions
from mingtang.foi.actions.feed import digest_of
from mingtang.foi.desk.serving import acting, attempt, demand, screen, today, user_of
from mingtang.foi.models import OPEN_STATES, CalendarFeed, Request
from mingtang.press.icalendar import DayEvent, calendar_file
from mingtang.trace import limits
from mingtang.trace.limits import Scope
from mingtang.trace.pages import LivePage, register_live

NAME = "foi_calendar"
#: Calendar programs ask once an hour or so; a guesser would ask more often.
ASKED = Scope("foi-calendar", 60, timedelta(seconds=20))
#: Most days in one calendar.
MOST = 500


def register() -> None:
    """Tell the portal the public address."""
    register_live(LivePage(NAME, "calendar/<str:secret>.ics", answer))


def feed(request: HttpRequest) -> HttpResponse:
    """The screen: make an address, or end it."""
    demand(request, "foi.handle")
    secret = ""
    if request.method == "POST" and request.POST.get("do") == "close":
        attempt(request, lambda: actions.close_feed(**acting(request)), _("订阅地址已撤销，日历不再更新。"))
    elif request.method == "POST":
        secret = actions.open_feed(**acting(request))
    address = settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse(f"live:{NAME}", args=[secret]) if secret else ""
    current = CalendarFeed.objects.filter(user=user_of(request), revoked_at=None).first()
    return screen(request, "feed.html", _("日历订阅"), {"address": address, "current": current})


def answer(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar under a secret address; whatever is wrong with it, the answer is the same 404."""
    moment = timezone.now()
    if wait := limits.allow(ASKED, request.META["REMOTE_ADDR"], moment):
        return HttpResponse(wait.said, status=429, headers=wait.headers, content_type="text/plain; charset=utf-8")
    found = CalendarFeed.objects.filter(secret_hash=digest_of(secret), revoked_at=None).select_related("user__person")
    kept = found.first()
    if kept is None or not may(kept.user, "foi.handle", on=today()):
        return HttpResponse(_("没有这个日历。"), status=404, content_type="text/plain; charset=utf-8")
    data = calendar_file(_("依申请公开办理期限"), days_of(kept.user, moment))
    response = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def days_of(user: User, moment: datetime) -> list[DayEvent]:
    """The next day of each open request that the user handles: number and step, not what was asked or by whom."""
    rows = Request.objects.filter(handler=user, state__in=OPEN_STATES, next_due__isnull=False).order_by(
        "next_due", "pk"
    )
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    host = base.partition("://")[2] or "mingtang"
    return [
        DayEvent(
            uid=f"{row.number}@{host}", on=_day(row), summary=f"{row.number}：{row.next_what}", changed=moment,
            description=row.get_state_display() + (_("（期限为暂估）") if row.estimated else ""),
            url=base + reverse("foi:request", args=[row.pk]),
        )
        for row in rows[:MOST]
    ]  # fmt: skip


def _day(row: Request) -> date:
    day = row.next_due
    assert day is not None  # noqa: S101 - the rows were chosen by it
    return day
