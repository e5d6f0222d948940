"""Acts on several requests at once: each is done by itself, and each that cannot be done says why."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.bodies.errors import BodiesError
from mingtang.bodies.models import User
from mingtang.bodies.permissions import bodies_for, held_on, roles_for
from mingtang.foi import actions
from mingtang.foi.actions import Outcome
from mingtang.foi.desk.acts.deciding import ground_choices
from mingtang.foi.desk.fields import Words
from mingtang.foi.desk.serving import acting
from mingtang.foi.errors import FoiError
from mingtang.foi.models import Request

#: Reasons listed one by one; the rest is summed up.
MOST_REASONS = 8

ACTS = (
    ("assign", gettext_lazy("分派给")),
    ("extend", gettext_lazy("申请延期")),
    ("reply", gettext_lazy("作出相同的决定并起草答复")),
    ("group", gettext_lazy("归为同类申请")),
    ("ungroup", gettext_lazy("移出同类申请")),
)


class ManyForm(forms.Form):
    """What to do with the ticked requests; only the fields of the chosen act are read."""

    act = forms.ChoiceField(label=gettext_lazy("对选中的申请"), choices=ACTS)
    handler = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("经办人"), required=False)
    working_days = forms.IntegerField(
        label=gettext_lazy("延长的工作日"), min_value=1, max_value=20, required=False, initial=20
    )
    ground = forms.ChoiceField(label=gettext_lazy("决定"), choices=ground_choices, required=False)
    where = forms.CharField(label=gettext_lazy("获取的方式、途径"), max_length=500, required=False)
    name = forms.CharField(label=gettext_lazy("同类申请的名称"), max_length=100, required=False)
    reason = Words(label=gettext_lazy("理由"), required=False, max_length=500, rows=2)

    def __init__(self, *args: Any, user: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="many-%s", **kwargs)
        fields: dict[str, Any] = self.fields
        bodies = bodies_for(user, "foi.assign", on=on)
        held = held_on(on).filter(body__in=bodies, role__in=roles_for("foi.handle")).values("person")
        fields["handler"].queryset = User.objects.filter(is_active=True, person__in=held).select_related("person")
        fields["handler"].label_from_instance = lambda one: one.get_full_name() or str(one)

    def clean(self) -> dict[str, Any]:
        """What the chosen act needs is there."""
        data = super().clean() or self.cleaned_data
        needs = {
            "assign": {"handler": _("请选择经办人。")},
            "extend": {"working_days": _("请填写延长的工作日。"), "reason": _("请填写延期的理由。")},
            "reply": {"ground": _("请选择决定。")},
            "group": {"name": _("请填写名称。")},
        }
        for field, message in needs.get(data.get("act", ""), {}).items():
            if not data.get(field):
                self.add_error(field, message)
        return data


def carry_out(request: HttpRequest, form: ManyForm, rows: list[Request]) -> HttpResponse | None:
    """Do the chosen act to each of the rows; None when the form has to be shown again."""
    if not rows:
        messages.error(request, _("没有选中任何申请：请先勾选。"))
        return redirect(request.get_full_path())
    if not form.is_valid():
        return None
    data, now = form.cleaned_data, acting(request)
    if data["act"] in ("group", "ungroup"):
        _grouped(request, data, rows, now)
        return redirect(request.get_full_path())
    acts: dict[str, Callable[[Request], Any]] = {
        "assign": lambda row: actions.assign(row, handler=data["handler"], **now),
        "extend": lambda row: actions.ask_extension(
            row, working_days=data["working_days"], reason=data["reason"], **now
        ),
        "reply": lambda row: _replied(row, data, now),
    }
    _tell(request, actions.on_many(rows, acts[data["act"]]))
    return redirect(request.get_full_path())


def _grouped(request: HttpRequest, data: dict[str, Any], rows: list[Request], now: dict[str, Any]) -> None:
    """Put the rows in a group, or take them out of theirs: all of them or none."""
    try:
        if data["act"] == "group":
            actions.group(rows, name=data["name"], reason=data["reason"], **now)
            said = _("已归为同类申请：%d 件。") % len(rows)
        else:
            said = _("已移出同类申请：%d 件。") % actions.ungroup(rows, **now)
    except (FoiError, BodiesError) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)


def _replied(row: Request, data: dict[str, Any], now: dict[str, Any]) -> None:
    """The same decision on every thing not yet answered, and the draft of the reply."""
    for asked in row.asked.filter(letter=None):
        actions.decide(asked, ground=data["ground"], explanation=data["reason"], where=data["where"], **now)
    actions.draft_reply(row, **now)


def _tell(request: HttpRequest, outcomes: list[Outcome]) -> None:
    failed = [outcome for outcome in outcomes if outcome.error]
    if done := len(outcomes) - len(failed):
        messages.success(request, _("已办 %d 件。") % done)
    for outcome in failed[:MOST_REASONS]:
        messages.error(request, f"{outcome.thing.number}：{outcome.error}")
    if len(failed) > MOST_REASONS:
        messages.error(request, _("还有 %d 件没有办成，请逐件打开查看。") % (len(failed) - MOST_REASONS))
