"""Asking: a correction, third parties and other bodies, reasons, an extension, the fee; and what came of it."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.bodies.models import Body
from mingtang.foi import actions
from mingtang.foi.desk.acts.base import ActForm, given
from mingtang.foi.desk.fields import PROOFS_AND_DOCX, Day, Files, Words
from mingtang.foi.identity import Identity
from mingtang.foi.models import Fee, Letter, Party


class AskCorrection(ActForm):
    """Once, with what is missing and a last day."""

    name = "ask_correction"
    label, done = gettext_lazy("告知补正"), gettext_lazy("补正告知书已起草，签发并送达后生效。")
    hint = gettext_lazy("收到申请之日起7个工作日内一次性告知（第三十条）；送达后答复期限停止，收到补正后重新计算。")

    items = Words(label=gettext_lazy("需要补正的事项"))
    until = Day(label=gettext_lazy("补正的最后一天"))

    def run(self, **acting: Any) -> Letter:
        return actions.ask_correction(self.row, **given(self, "items", "until"), **acting)


class ReceiveCorrection(ActForm):
    """What the applicant added."""

    name = "receive_correction"
    label, done = gettext_lazy("登记补正"), gettext_lazy("已登记补正，答复期限自收到补正之日起重新计算。")

    text = Words(label=gettext_lazy("补正后的内容"), rows=4)
    on = Day(label=gettext_lazy("收到补正的日期"), initial=timezone.localdate)
    reason = forms.CharField(
        label=gettext_lazy("逾期的正当理由"), max_length=500, required=False, help_text=gettext_lazy("未逾期不用填。")
    )
    uploads = Files(label=gettext_lazy("补正材料"))

    def run(self, **acting: Any) -> None:
        actions.receive_correction(self.row, **given(self, "text", "on", "reason", "uploads"), **acting)


class AskThirdParty(ActForm):
    """Somebody whose rights disclosure would touch."""

    name = "ask_third_party"
    label, done = gettext_lazy("征求第三方意见"), gettext_lazy("征求意见书已起草，签发并送达后开始计时。")
    hint = gettext_lazy(
        "涉及商业秘密、个人隐私的书面征求（第三十二条）；第三方15个工作日内答复，征求的时间不计入答复期限。"
    )

    party_name = forms.CharField(label=gettext_lazy("第三方的姓名或者名称"), max_length=100)
    phone = forms.CharField(label=gettext_lazy("电话"), max_length=40, required=False)
    email = forms.EmailField(label=gettext_lazy("电子邮箱"), required=False)
    address = forms.CharField(label=gettext_lazy("通信地址"), max_length=200, required=False)
    concerning = Words(label=gettext_lazy("征求意见的内容"), help_text=gettext_lazy("只写必要的内容，不写申请人是谁。"))

    def run(self, **acting: Any) -> Letter:
        data = self.cleaned_data
        identity = Identity(data["party_name"], phone=data["phone"], email=data["email"], address=data["address"])
        return actions.ask_third_party(self.row, identity=identity, concerning=data["concerning"], **acting)


class AskBody(ActForm):
    """Another body that made the information or knows of it."""

    name = "ask_body"
    label, done = gettext_lazy("征求其他机关意见"), gettext_lazy("征求意见函已起草，签发并送达后开始计时。")
    hint = gettext_lazy("共同制作的信息，被征求机关15个工作日内答复，逾期视为同意公开（第三十四条）。")

    other = forms.ModelChoiceField(
        Body.objects.none(), label=gettext_lazy("机关"), required=False, empty_label=gettext_lazy("（不在目录里）")
    )
    other_name = forms.CharField(label=gettext_lazy("不在目录里的机关名称"), max_length=100, required=False)
    joint = forms.BooleanField(label=gettext_lazy("信息由双方共同制作"), required=False)
    concerning = Words(label=gettext_lazy("征求意见的内容"))

    def prepare(self) -> None:
        fields: dict[str, Any] = self.fields
        fields["other"].queryset = Body.objects.filter(ends_on=None).exclude(pk=self.row.body_id)

    def run(self, **acting: Any) -> Letter:
        data = self.cleaned_data
        return actions.ask_body(
            self.row, other=data["other"], name=data["other_name"], joint=data["joint"],
            concerning=data["concerning"], **acting,
        )  # fmt: skip


class Answer(ActForm):
    """What somebody who was asked has answered."""

    name = "answer"
    label, done = gettext_lazy("登记答复"), gettext_lazy("已登记答复。")

    answer = forms.ChoiceField(
        label=gettext_lazy("意见"),
        choices=[(one.value, one.label) for one in (Party.Answer.AGREES, Party.Answer.PARTLY, Party.Answer.REFUSES)],
        widget=forms.RadioSelect,
    )
    text = Words(label=gettext_lazy("答复的内容和理由"))
    on = Day(label=gettext_lazy("收到答复的日期"), initial=timezone.localdate)
    uploads = Files(label=gettext_lazy("回函"), kinds=PROOFS_AND_DOCX)

    def run(self, **acting: Any) -> None:
        actions.answer(self.thing, **given(self, "answer", "text", "on", "uploads"), **acting)


class NoteSilence(ActForm):
    """Its time has passed."""

    name = "note_silence"
    label, done = gettext_lazy("记为逾期未答复"), gettext_lazy("已记为逾期未答复。")
    quiet = True

    def run(self, **acting: Any) -> None:
        actions.note_silence(self.thing, **acting)


class TellOverruled(ActForm):
    """What a third party objected to is disclosed all the same: it is told what and why."""

    name = "tell_overruled"
    label, done = gettext_lazy("告知第三方决定公开"), gettext_lazy("告知书已起草，请签发后送达。")
    hint = gettext_lazy("不采纳第三方的意见、决定公开的，将公开的内容和理由书面告知第三方（第三十二条）。")

    reason = Words(label=gettext_lazy("决定公开的理由"), max_length=500)

    def run(self, **acting: Any) -> Letter:
        return actions.tell_overruled(self.thing, reason=self.cleaned_data["reason"], **acting)


class AskExtension(ActForm):
    """More time, asked of the head."""

    name = "ask_extension"
    label, done = gettext_lazy("申请延期"), gettext_lazy("已提出，等负责人批复。")
    hint = gettext_lazy("须经政府信息公开工作机构负责人同意并告知申请人，只能延长一次，最长20个工作日（第三十三条）。")

    working_days = forms.IntegerField(
        label=gettext_lazy("延长的工作日"), min_value=1, max_value=20, initial=20, widget=forms.NumberInput
    )
    reason = Words(label=gettext_lazy("延期的理由"), max_length=500)

    def run(self, **acting: Any) -> None:
        actions.ask_extension(self.row, **given(self, "working_days", "reason"), **acting)


class DecideExtension(ActForm):
    """The head's word."""

    name, verb = "decide_extension", "foi.consent"
    label, done = gettext_lazy("批复延期"), gettext_lazy("已批复。")

    granted = forms.TypedChoiceField(
        label=gettext_lazy("批复"),
        choices=[("yes", gettext_lazy("同意延期")), ("no", gettext_lazy("不同意延期"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )

    def run(self, **acting: Any) -> None:
        actions.decide_extension(self.thing, granted=self.cleaned_data["granted"], **acting)


class AskReasons(ActForm):
    """Too many, too often."""

    name = "ask_reasons"
    label, done = gettext_lazy("要求说明理由"), gettext_lazy("通知书已起草。")
    hint = gettext_lazy("申请的数量、频次明显超过合理范围时（第三十五条）。")
    quiet = True

    why = Words(label=gettext_lazy("怎样超过合理范围"))

    def run(self, **acting: Any) -> Letter:
        return actions.ask_reasons(self.row, why=self.cleaned_data["why"], **acting)


class GiveReasons(ActForm):
    """What the applicant said."""

    name = "give_reasons"
    label, done = gettext_lazy("登记申请人说明的理由"), gettext_lazy("已登记。")

    text = Words(label=gettext_lazy("说明的理由"), max_length=500)
    on = Day(label=gettext_lazy("收到的日期"), initial=timezone.localdate)

    def run(self, **acting: Any) -> None:
        actions.give_reasons(self.row, **given(self, "text", "on"), **acting)


class Postpone(ActForm):
    """A reasonable later date."""

    name = "postpone"
    label, done = gettext_lazy("确定延迟答复的期限"), gettext_lazy("通知书已起草。")
    hint = gettext_lazy("理由合理但无法按期答复的，可以确定合理的延迟期限并告知申请人（第三十五条）。")
    quiet = True

    until = Day(label=gettext_lazy("延迟到"))
    why = Words(label=gettext_lazy("不能按期答复的原因"))

    def run(self, **acting: Any) -> Letter:
        return actions.postpone(self.row, **given(self, "until", "why"), **acting)


class NotifyFee(ActForm):
    """What has to be paid."""

    name = "notify_fee"
    label, done = gettext_lazy("通知收费"), gettext_lazy("收费通知书已起草。")
    hint = gettext_lazy("按件：一个月内第11件起；按量：第31页起（国办函〔2020〕109号）。两种方式不能并用。")
    quiet = True

    schedule = forms.ChoiceField(label=gettext_lazy("计收方式"), choices=Fee.Schedule.choices)
    count = forms.IntegerField(label=gettext_lazy("件数或者页数"), min_value=1, max_value=1_000_000)

    def run(self, **acting: Any) -> Letter:
        return actions.notify_fee(self.row, **given(self, "schedule", "count"), **acting)


class Pay(ActForm):
    """It was paid."""

    name = "pay"
    label, done = gettext_lazy("登记缴费"), gettext_lazy("已登记缴费。")

    amount = forms.DecimalField(label=gettext_lazy("实缴金额（元）"), max_digits=12, decimal_places=2)
    receipt_number = forms.CharField(label=gettext_lazy("票据号码"), max_length=60)
    on = Day(label=gettext_lazy("缴费日期"), initial=timezone.localdate)

    def prepare(self) -> None:
        fee = Fee.objects.filter(request=self.row).first()
        if fee is not None:
            self.fields["amount"].help_text = _("应缴 %s 元。") % fee.amount

    def run(self, **acting: Any) -> None:
        actions.pay(self.row, **given(self, "amount", "receipt_number", "on"), **acting)
