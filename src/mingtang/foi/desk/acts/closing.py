"""Closing: withdrawn, abandoned, archived; and what follows: remedies, a step taken back, a new secret."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from mingtang.foi import actions
from mingtang.foi.desk.acts.base import ActForm, given
from mingtang.foi.desk.fields import Day, Words
from mingtang.foi.models import Letter, Remedy


class Withdraw(ActForm):
    """The applicant takes it back."""

    name = "withdraw"
    label, done = gettext_lazy("登记撤回"), gettext_lazy("已登记撤回。")
    quiet = True

    on = Day(label=gettext_lazy("撤回的日期"), initial=timezone.localdate)
    reason = forms.CharField(label=gettext_lazy("说明"), max_length=500, required=False)

    def run(self, **acting: Any) -> None:
        actions.withdraw(self.row, **given(self, "on", "reason"), **acting)


class CloseAbandoned(ActForm):
    """Not corrected, or not paid, in time."""

    name = "close_abandoned"
    label, done = gettext_lazy("不再处理"), gettext_lazy("告知书已起草。")

    def run(self, **acting: Any) -> Letter:
        return actions.close_abandoned(self.row, **acting)


class Archive(ActForm):
    """The whole file, closed."""

    name, verb = "archive", "foi.archive"
    label, done = gettext_lazy("归档"), gettext_lazy("已归档。")
    hint = gettext_lazy("把申请、文书、凭证和经过做成带清单和校验值的归档包。")

    def run(self, **acting: Any) -> None:
        actions.archive(self.row, **acting)


class OpenRemedy(ActForm):
    """A reconsideration or lawsuit."""

    name, verb = "open_remedy", "foi.remedy"
    label, done = gettext_lazy("登记复议诉讼"), gettext_lazy("已登记。")
    quiet = True

    kind = forms.ChoiceField(label=gettext_lazy("种类"), choices=Remedy.Kind.choices)
    filed_on = Day(label=gettext_lazy("收到通知的日期"))
    authority = forms.CharField(label=gettext_lazy("复议机关或者法院"), max_length=120)
    case_number = forms.CharField(label=gettext_lazy("案号"), max_length=80, required=False)

    def run(self, **acting: Any) -> None:
        actions.open_remedy(self.row, **given(self, "kind", "filed_on", "authority", "case_number"), **acting)


class AdvanceRemedy(ActForm):
    """A stage it reached."""

    name, verb = "advance_remedy", "foi.remedy"
    label, done = gettext_lazy("登记进程"), gettext_lazy("已登记。")
    quiet = True

    stage = forms.ChoiceField(
        label=gettext_lazy("进程"),
        choices=[(one.value, one.label) for one in Remedy.Stage if one is not Remedy.Stage.CONCLUDED],
    )
    note = forms.CharField(label=gettext_lazy("说明"), max_length=500, required=False)

    def run(self, **acting: Any) -> None:
        actions.advance_remedy(self.thing, **given(self, "stage", "note"), **acting)


class ConcludeRemedy(ActForm):
    """Its outcome."""

    name, verb = "conclude_remedy", "foi.remedy"
    label, done = gettext_lazy("登记结果"), gettext_lazy("已登记。")
    quiet = True

    outcome = forms.ChoiceField(
        label=gettext_lazy("结果"),
        choices=[(one.value, one.label) for one in Remedy.Outcome if one is not Remedy.Outcome.PENDING],
    )
    on = Day(label=gettext_lazy("审结日期"), initial=timezone.localdate)

    def run(self, **acting: Any) -> None:
        actions.conclude_remedy(self.thing, **given(self, "outcome", "on"), **acting)


class NewSecret(ActForm):
    """Another secret for an applicant who has lost the first."""

    name, verb = "new_secret", "foi.register"
    label = gettext_lazy("补发查询码")
    done = gettext_lazy("新的查询码：%(secret)s。只显示这一次，请现在告诉申请人；旧的已失效。")
    hint = gettext_lazy("先核实对方是申请人本人。旧的查询码随即失效。")
    quiet = True

    def run(self, **acting: Any) -> None:
        secret = actions.new_secret(self.row, **acting)
        self.done = str(type(self).done) % {"secret": secret}  # pyright: ignore[reportAttributeAccessIssue]


class VoidStep(ActForm):
    """A mistaken step."""

    name, verb = "void_step", "foi.void"
    label, done = gettext_lazy("作废这一步"), gettext_lazy("已作废，期限已重新计算。")
    quiet = True

    reason = Words(label=gettext_lazy("作废的原因"), max_length=300, rows=2)

    def run(self, **acting: Any) -> None:
        actions.void_step(self.thing, reason=self.cleaned_data["reason"], **acting)
