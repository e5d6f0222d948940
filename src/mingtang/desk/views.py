"""The desk's own pages: the shared parts side by side."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from mingtang import law
from mingtang.bodies.duties import Duty, Standing
from mingtang.records.models import State

KINDS = ("done", "going", "soon", "overdue", "refused", "waiting")


@dataclass(frozen=True)
class Step:
    """A step of the sample way."""

    label: str
    note: str
    standing: str


@dataclass(frozen=True)
class Happening:
    """A line of the sample timeline."""

    moment: datetime
    what: str
    who: str


class SampleForm(forms.Form):
    """A form with something missing, to show how errors lead to their fields."""

    title = forms.CharField(label=_("标题"))
    due = forms.DateField(label=_("期限"))


def parts(request: HttpRequest) -> HttpResponse:
    """Every shared part with sample input, for those who build screens and those who judge them."""
    now = timezone.now()
    today = timezone.localdate(now)
    rule = law.rule("disclosure-regulation.26")
    form = SampleForm({"title": "", "due": "明天"})
    context: dict[str, Any] = {
        "title": _("界面部件"),
        "kinds": [(kind, kind) for kind in KINDS],
        "stages": list(State),
        "today": today,
        "dates": [today + timedelta(days=days) for days in (-3, 0, 5, 30)],
        "steps": [
            Step(_("科室审核"), _("演示人员 · 6月1日"), "done"),
            Step(_("单位签发"), _("等待签字"), "now"),
            Step(_("公开办终审"), _("未到"), "later"),
        ],
        "duty": Duty(
            title=_("示例：报送年度公开工作要点落实情况"),
            url="#",
            act=_("去办理"),
            body=None,
            standing=Standing.DUE_SOON,
            due=today + timedelta(days=5),
            note=_("示例机构 · 第二十条"),
        ),
        "happenings": [
            Happening(now, _("送审"), _("演示人员")),
            Happening(now - timedelta(days=1), _("起草"), _("演示人员")),
        ],
        "form": form,
        "citation": rule.citation,
        "clause": rule.says,
    }
    form.is_valid()
    return render(request, "desk/parts.html", context)
