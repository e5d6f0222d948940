"""A request's first steps at the desk: confirmed with the applicant, registered, assigned, its letter taken apart."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.bodies.models import Body, User
from mingtang.bodies.permissions import held_on, may_everywhere, roles_for
from mingtang.foi import actions
from mingtang.foi.desk.acts.base import ActForm
from mingtang.foi.desk.fields import Day
from mingtang.foi.models import Asked, Handover, Letter, Provision, Request
from mingtang.law.requests import Applicant as ApplicantKind


class Confirm(ActForm):
    """Both sides have confirmed that the request arrived."""

    name, verb = "confirm", "foi.register"
    label, done = gettext_lazy("与申请人确认收到"), gettext_lazy("已确认收到，答复期限开始计算。")
    hint = gettext_lazy("通过互联网、传真、平常信函等提出的，以双方确认之日为收到申请之日（第三十一条）。")

    on = Day(label=gettext_lazy("双方确认的日期"), initial=timezone.localdate)

    def run(self, **acting: Any) -> None:
        actions.confirm(self.row, on=self.cleaned_data["on"], **acting)


class Register(ActForm):
    """What the clerk corrects when registering."""

    name, verb = "register", "foi.register"
    label, done = gettext_lazy("登记"), gettext_lazy("已登记。")

    subject = forms.CharField(label=gettext_lazy("所需信息的名称"), max_length=200)
    applicant_kind = forms.ChoiceField(
        label=gettext_lazy("申请人类别"), choices=[(kind.value, kind.label) for kind in ApplicantKind]
    )
    provision = forms.ChoiceField(label=gettext_lazy("提供形式"), choices=Provision.choices)
    delivery = forms.ChoiceField(label=gettext_lazy("获取方式"), choices=Handover.choices)

    def prepare(self) -> None:
        for name in self.fields:
            self.fields[name].initial = getattr(self.row, name)

    def run(self, **acting: Any) -> None:
        actions.register(self.row, **self.cleaned_data, **acting)


def handlers_of(body: Body, on: Any) -> Any:
    """The accounts that may handle requests of a body on a day."""
    held = held_on(on).filter(body=body, role__in=roles_for("foi.handle")).values("person")
    return User.objects.filter(is_active=True, person__in=held).select_related("person").order_by("person__name")


class Assign(ActForm):
    """To a unit and a handler."""

    name, verb = "assign", "foi.assign"
    label, done = gettext_lazy("分派"), gettext_lazy("已分派。")

    unit = forms.ModelChoiceField(Body.objects.none(), label=gettext_lazy("承办机构"), required=False)
    handler = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("经办人"), required=False, empty_label=gettext_lazy("（暂不指定）")
    )

    def prepare(self) -> None:
        fields: dict[str, Any] = self.fields
        fields["handler"].queryset = handlers_of(self.row.unit, self.on)
        fields["handler"].label_from_instance = lambda user: user.get_full_name() or str(user)
        fields["handler"].initial = self.row.handler_id
        if may_everywhere(self.user, "foi.dispatch", on=self.on):
            fields["unit"].queryset = Body.objects.filter(ends_on=None)
            fields["unit"].initial = self.row.unit_id
            fields["unit"].help_text = _("交给另一机构后，再由该机构指定经办人。")
        else:
            del self.fields["unit"]

    def run(self, **acting: Any) -> None:
        unit, handler = self.cleaned_data.get("unit"), self.cleaned_data["handler"]
        moved = unit is not None and unit.pk != self.row.unit_id
        actions.assign(self.row, unit=unit if moved else None, handler=None if moved else handler, **acting)


class Split(ActForm):
    """One thing into several, a line each."""

    name = "split"
    label, done = gettext_lazy("拆分这一项"), gettext_lazy("已拆分，每一项分别作出决定。")
    quiet = True

    texts = forms.CharField(
        label=gettext_lazy("拆成几项"), widget=forms.Textarea(attrs={"rows": 4}), help_text=gettext_lazy("一行一项。")
    )

    def prepare(self) -> None:
        self.fields["texts"].initial = self.thing.text.replace("；", "；\n").strip() if self.thing else ""

    def run(self, **acting: Any) -> None:
        texts = [line.strip() for line in self.cleaned_data["texts"].splitlines() if line.strip()]
        actions.split(self.thing, texts=texts, **acting)


class Merge(ActForm):
    """Several things into one."""

    name = "merge"
    label, done = gettext_lazy("合并几项"), gettext_lazy("已合并。")
    quiet = True

    things = forms.ModelMultipleChoiceField(
        Asked.objects.none(), label=gettext_lazy("合并这些事项"), widget=forms.CheckboxSelectMultiple
    )

    def prepare(self) -> None:
        fields: dict[str, Any] = self.fields
        fields["things"].queryset = self.row.asked.filter(letter=None)
        fields["things"].label_from_instance = lambda asked: f"{asked.order}. {asked.text[:60]}"

    def run(self, **acting: Any) -> None:
        actions.merge(list(self.cleaned_data["things"]), **acting)


class MergeInto(ActForm):
    """The same letter came twice."""

    name = "merge_into"
    label, done = gettext_lazy("并入另一件申请"), gettext_lazy("已并入，按先收到的一件答复。")
    hint = gettext_lazy("同一申请人的同一封申请重复收到时，并入先收到的一件。")
    quiet = True

    number = forms.CharField(label=gettext_lazy("先收到的申请编号"), max_length=80)

    def clean_number(self) -> Request:
        """The request of that number in the same body."""
        other = Request.objects.filter(number=self.cleaned_data["number"].strip(), body=self.row.body).first()
        if other is None:
            raise forms.ValidationError(_("本机关没有这个编号的申请：请核对编号。"))
        return other

    def run(self, **acting: Any) -> None:
        actions.merge_into(self.row, into=self.cleaned_data["number"], **acting)


class Receipt(ActForm):
    """The receipt for the applicant."""

    name = "draft_receipt"
    label, done = gettext_lazy("起草登记回执"), gettext_lazy("登记回执已起草。")
    quiet = True

    def run(self, **acting: Any) -> Letter:
        return actions.draft_receipt(self.row, **acting)
