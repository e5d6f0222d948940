"""Words for the desk's pages of records: topic in full, verbs of the event stream, the name behind an actor."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.bodies.models import User
from mingtang.records import classes

register = template.Library()

VERBS = {
    "records.drafted": gettext_lazy("起草"),
    "records.edited": gettext_lazy("修改"),
    "records.submitted": gettext_lazy("送审"),
    "records.recalled": gettext_lazy("撤回送审"),
    "records.returned": gettext_lazy("退回修改"),
    "records.approved": gettext_lazy("签发完毕"),
    "records.scheduled": gettext_lazy("定时发布"),
    "records.unscheduled": gettext_lazy("取消定时"),
    "records.published": gettext_lazy("发布"),
    "records.changed": gettext_lazy("再次发布"),
    "records.withdrawn": gettext_lazy("撤下"),
    "records.superseded": gettext_lazy("被替代"),
    "records.archived": gettext_lazy("归档"),
    "review.signed": gettext_lazy("审核签字"),
    "review.returned": gettext_lazy("审核退回"),
}


@register.filter
def topic_label(code: str) -> str:
    """Both levels of a topic in words."""
    return classes.topic_label(code) if code else ""


@register.filter
def verb_label(verb: str) -> str:
    """What an event's verb is called; an unknown one is shown as it is."""
    return str(VERBS.get(verb, verb))


@register.filter
def actor_name(actor: str) -> str:
    """The name behind an event's actor: a person, or the system."""
    kind, _sep, number = actor.partition(":")
    if kind != "user":
        return _("系统")
    user = User.objects.select_related("person").filter(pk=number).first()
    return str(user) if user else actor
