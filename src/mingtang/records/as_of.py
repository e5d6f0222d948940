"""What a record said on a day: from a date to the static page, or data file, of the text that was public then."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.records import public_acts
from mingtang.records.models import PUBLIC_STATES, Record, State
from mingtang.records.public_acts import Act
from mingtang.trace.actions import name_of
from mingtang.trace.pages import LivePage, Page, Reply

NO_SUCH_RECORD = gettext_lazy("没有这条信息，请核对地址。")


def at_end_of(acts: list[Act], day: date) -> Act | None:
    """The act that held when the day (in the site's time zone) was over; None while the record was not yet public."""
    held = [act for act in acts if timezone.localtime(act.moment).date() <= day]
    return next((act for act in reversed(held) if act.version is not None or act.verb == "records.withdrawn"), None)


def answer(request: HttpRequest, slug: str) -> Any:
    """Lead to the text of the day in `on` (YYYY-MM-DD; `as=json`: to its bytes), or say why there is none."""
    shown = Record.objects.filter(state__in=[*PUBLIC_STATES, State.WITHDRAWN])
    record = shown.filter(slug=slug).first()
    if record is None:
        return _say(request, slug, NO_SUCH_RECORD, 404)
    asked = request.GET.get("on", "")
    if not asked:
        return _say(request, slug, "", 200)
    day = _day(asked)
    if day is None:
        return _say(request, slug, _("日期请写成 2024-06-03 的样子。"), 400)
    acts = list(public_acts.of_records([record]).get(name_of(record), []))
    held = at_end_of(acts, day)
    if held is None:
        return _say(request, slug, _("这一天这条信息还没有公开。"), 404)
    if held.version is None or held.is_closed:
        return HttpResponseRedirect(f"/records/{slug}/")  # which says that it was withdrawn, or what came after
    if not held.may_be_shown:
        return _say(request, slug, _("这一天的文本没有留存，或与日志里的摘要不符，不予显示。"), 404)
    file = "record.json" if request.GET.get("as") == "json" else ""
    place = "" if held is public_acts.newest_text(acts) else held.place
    return HttpResponseRedirect(f"/records/{slug}/{place}{file}")


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:  # a day that no month has
        return None


def _say(request: HttpRequest, slug: str, problem: Any, status: int) -> Reply:
    context = {"slug": slug, "problem": problem, "asked": request.GET.get("on", "")[:10], "known": status != 404}
    return Reply(Page("records/as_of.html", context, frozenset()), status)


PAGE = LivePage("as-of", "as-of/<slug:slug>/", answer)
