"""The desk's home: today's duties of the signed-in person, grouped by how urgent they are."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.bodies import duties
from mingtang.bodies.duties import Duty, Standing
from mingtang.bodies.models import Role
from mingtang.bodies.permissions import posts_of

register = template.Library()

WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class Group:
    """Duties of one standing, with its heading and shape; in a quiet group others must act."""

    name: str
    label: Any
    kind: str
    quiet: bool
    duties: list[Duty]


GROUPS = (
    (Standing.OVERDUE, "overdue", gettext_lazy("已经超期"), "overdue", False),
    (Standing.DUE_SOON, "soon", gettext_lazy("七天内到期"), "soon", False),
    (Standing.MINE, "mine", gettext_lazy("等我办理"), "going", False),
    (Standing.OTHERS, "others", gettext_lazy("等别人办理"), "waiting", True),
)


@register.inclusion_tag("desk/duties.html", takes_context=True)
def todays_duties(context: dict[str, Any]) -> dict[str, Any]:
    """Every duty of the user at this moment, the empty groups left out."""
    moment = timezone.now()
    found = duties.of(context["request"].user, moment)
    groups = [
        Group(name, label, kind, quiet, mine)
        for standing, name, label, kind, quiet in GROUPS
        if (mine := [duty for duty in found if duty.standing == standing])
    ]
    return {"groups": groups, "today": timezone.localdate(moment)}


@register.simple_tag(takes_context=True)
def today_line(context: dict[str, Any]) -> str:
    """The day, the person and the posts held today."""
    user = context["request"].user
    today = timezone.localdate()
    posts = "、".join(f"{post.body.short_name} {Role(post.role).label}" for post in posts_of(user, today))
    day = _("%(year)d年%(month)d月%(day)d日 星期%(weekday)s") % {
        "year": today.year,
        "month": today.month,
        "day": today.day,
        "weekday": WEEKDAYS[today.weekday()],
    }
    return format_html('<p class="mt-quiet">{}</p>', " · ".join(filter(None, (day, str(user), posts))))
