"""The library as it was on any day: a form with a date, answered when it is asked for."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from mingtang.bodies.models import Body
from mingtang.law.validity import Standing
from mingtang.norms.public.lists import LENGTH, MARKS, Choice, lines
from mingtang.norms.queries import IN_FORCE, Filters, catalogue, counts
from mingtang.trace import limits
from mingtang.trace.limits import Scope
from mingtang.trace.pages import LivePage, Page, Reply

ASKING = Scope("norms-day", 30, timedelta(seconds=1))
#: Characters of the words asked for, and pages of an answer.
LONGEST, MOST_PAGES = 60, 1000


def answer(request: HttpRequest) -> Reply:
    """What held on the day in `on` (YYYY-MM-DD), by body (`body`), standing (`standing`) and words (`q`)."""
    asked = {name: request.GET.get(name, "").strip() for name in ("on", "body", "standing", "q", "page")}
    today = timezone.localdate()
    context: dict[str, Any] = {"asked": asked, "today": today, "problem": "", "day": None, "bodies": _bodies()}
    if not asked["on"]:
        return _say(context)
    if wait := limits.allow(ASKING, request.META["REMOTE_ADDR"], timezone.now()):
        return _say(context, _("查询太密了，") + wait.said, 429, wait.headers)
    day = _day(asked["on"])
    if day is None:
        return _say(context, _("日期请写成 2024-06-03 的样子。"), 400)
    if len(asked["q"]) > LONGEST:
        return _say(context, _("词语最多 %s 个字，请写短一些。") % LONGEST, 400)
    page = int(asked["page"]) if asked["page"].isdecimal() and len(asked["page"]) < len(str(MOST_PAGES)) else 1
    return _say(context | _held(day, asked, max(page, 1)))


def _held(day: date, asked: dict[str, str], page: int) -> dict[str, Any]:
    filters = Filters(bodies=(asked["body"],) if asked["body"] else (), words=asked["q"])
    number = counts(day, filters)
    standings = (Standing(asked["standing"]),) if asked["standing"] in number else IN_FORCE
    total = sum(number[each.value] for each in standings)
    first = (page - 1) * LENGTH
    rows = lines(catalogue(day, replace(filters, standings=standings))[first : first + LENGTH])
    return {
        "day": day,
        "rows": rows,
        "total": total,
        "standing": asked["standing"] if asked["standing"] in number else "",
        "standings": [
            Choice(MARKS[each][1], _address(asked, standing=each.value), number[each.value]) for each in Standing
        ],
        "newer": _address(asked, page=str(page - 1)) if page > 1 else "",
        "older": _address(asked, page=str(page + 1)) if first + LENGTH < total else "",
    }


def _address(asked: dict[str, str], **change: str) -> str:
    query = {name: value for name, value in (asked | {"page": ""} | change).items() if value}
    return f"norms/on-a-day/?{urlencode(query)}"


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:  # a day that no month has
        return None


def _bodies() -> list[tuple[str, str]]:
    return list(Body.objects.filter(records__norm__isnull=False).distinct().values_list("code", "name"))


def _say(context: dict[str, Any], problem: str = "", status: int = 200, headers: Any = None) -> Reply:
    return Reply(Page("norms/day.html", context | {"problem": problem}, frozenset()), status, headers or {})


PAGE = LivePage("norms-day", "norms/on-a-day/", answer, stand_in="norms/")
