"""The shared parts of the desk as template tags: states with shapes, due dates, progress."""

from datetime import date
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from mingtang.law import calendar
from mingtang.law.errors import UnknownYear
from mingtang.records.models import State
from mingtang.trace import counts

register = template.Library()

#: How a record's stage looks: the shapes are those of the portal.
KIND_OF_STAGE = {
    "draft": "waiting",
    "submitted": "going",
    "returned": "overdue",
    "approved": "soon",
    "scheduled": "soon",
    "published": "done",
    "superseded": "refused",
    "withdrawn": "refused",
    "archived": "done",
}


@register.inclusion_tag("desk/parts/state.html")
def state(kind: str, label: Any) -> dict[str, Any]:
    """A state in a word with its shape; `kind` is done, going, soon, overdue, waiting or refused."""
    return {"kind": kind, "label": label}


@register.inclusion_tag("desk/parts/state.html")
def stage(value: Any) -> dict[str, Any]:
    """A record's stage (a member of `State` or its code)."""
    member = State(value)
    return {"kind": KIND_OF_STAGE[member.value], "label": member.label}


@register.inclusion_tag("desk/parts/counted.html")
def counted(start: date | None, due: date | None, form: str = "Y年n月j日") -> dict[str, Any]:
    """A date that opens into the count of the days after `start`, written as Django's date format `form`."""
    return {"due": due, "form": form, "count": counts.address(start, due) if start and due else ""}


@register.inclusion_tag("desk/parts/due.html")
def due(on: date | None, today: date | None = None, count: str | None = None) -> dict[str, Any]:
    """A due date with what is left, as of `today` (default: the day of the request).

    It opens into `count`, by default the days from today to it; "" for a chip that must not be a link.

    Working days where the calendar of both years is published, else calendar days, and the unit is said.
    """
    if on is None:
        return {"on": None}
    day = today or timezone.localdate()
    try:
        days, unit = calendar.national().between(min(day, on), max(day, on)).working_days, _("个工作日")
    except UnknownYear:
        days, unit = abs((on - day).days), _("天")
    overdue = on < day
    kind = "overdue" if overdue else "soon" if (on - day).days <= 7 else "going"
    opens = counts.address(day, on) if count is None else count
    shown = {"on": on, "days": days, "unit": unit, "overdue": overdue, "today": on == day, "kind": kind}
    return shown | {"count": opens}


@register.inclusion_tag("desk/parts/progress.html")
def progress(done: int, total: int, label: str, unit: str = "") -> dict[str, Any]:
    """How far something has come, in numbers first."""
    return {"done": done, "total": total, "label": label, "unit": unit, "part": 100 * done / total if total else 0}
