"""The clerk's form for what comes over the counter, by post, fax or e-mail, with the day of receipt by its channel."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.bodies.errors import NotPermitted
from mingtang.bodies.models import Body
from mingtang.bodies.permissions import bodies_for
from mingtang.foi import actions
from mingtang.foi.actions import Received
from mingtang.foi.desk.acts.base import given
from mingtang.foi.desk.fields import PROOFS, Day, Files, Words
from mingtang.foi.desk.serving import acting, demand, screen, today
from mingtang.foi.errors import FoiError, Invalid
from mingtang.foi.identity import Identity
from mingtang.foi.models import Handover, Provision
from mingtang.law.receipt import Channel, receipt
from mingtang.law.requests import Applicant as ApplicantKind

#: What the clerk enters; what comes online enters itself.
CHANNELS = tuple(channel for channel in Channel if channel is not Channel.ONLINE)
IDENTITY = (
    "name", "id_type", "id_number", "organisation_code", "contact_person", "phone", "email", "address", "postcode",
)  # fmt: skip
ID_TYPES = ("", "居民身份证", "护照", "港澳居民来往内地通行证", "台湾居民来往大陆通行证", "其他")


class IntakeForm(forms.Form):
    """One request as it lies before the clerk."""

    body = forms.ModelChoiceField(Body.objects.none(), label=gettext_lazy("受理机关"))
    channel = forms.ChoiceField(
        label=gettext_lazy("渠道"), choices=[(one.value, one.label) for one in CHANNELS], widget=forms.RadioSelect
    )
    arrived_on = Day(label=gettext_lazy("到达日期"), initial=timezone.localdate)
    confirmed_on = Day(
        label=gettext_lazy("与申请人确认的日期"), required=False,
        help_text=gettext_lazy("当面提交、邮寄签收的不用填；其余渠道以双方确认之日为收到之日，尚未联系上的先留空。"),
    )  # fmt: skip
    counted_on = Day(
        label=gettext_lazy("本机关规定的收到日期"),
        required=False,
        help_text=gettext_lazy("只在“其他渠道”并且另有公布的规则时填。"),
    )
    applicant_kind = forms.ChoiceField(
        label=gettext_lazy("申请人类别"), choices=[(kind.value, kind.label) for kind in ApplicantKind]
    )
    name = forms.CharField(label=gettext_lazy("姓名或者名称"), max_length=100)
    id_type = forms.ChoiceField(
        label=gettext_lazy("证件种类"), choices=[(name, name) for name in ID_TYPES], required=False
    )
    id_number = forms.CharField(label=gettext_lazy("证件号码"), max_length=40, required=False)
    organisation_code = forms.CharField(label=gettext_lazy("统一社会信用代码"), max_length=40, required=False)
    contact_person = forms.CharField(label=gettext_lazy("联系人"), max_length=60, required=False)
    phone = forms.CharField(label=gettext_lazy("电话"), max_length=40, required=False)
    email = forms.EmailField(label=gettext_lazy("电子邮箱"), required=False)
    address = forms.CharField(label=gettext_lazy("通信地址"), max_length=200, required=False)
    postcode = forms.CharField(label=gettext_lazy("邮编"), max_length=10, required=False)
    subject = forms.CharField(
        label=gettext_lazy("所需信息的名称"),
        max_length=200,
        help_text=gettext_lazy("名称、文号或者其他特征，不写个人信息。"),
    )
    wanted = Words(label=gettext_lazy("内容描述"), rows=5)
    things = Words(
        label=gettext_lazy("分开的申请事项"),
        required=False,
        help_text=gettext_lazy("一封信申请几项的，一行一项；只有一项的留空。"),
    )
    provision = forms.ChoiceField(label=gettext_lazy("提供形式"), choices=Provision.choices)
    delivery = forms.ChoiceField(label=gettext_lazy("获取方式"), choices=Handover.choices)
    proofs = Files(label=gettext_lazy("身份证明"), kinds=PROOFS)
    attachments = Files(label=gettext_lazy("申请书和附件"))

    groups = (
        (gettext_lazy("怎样收到"), ("body", "channel", "arrived_on", "confirmed_on", "counted_on")),
        (gettext_lazy("申请人"), ("applicant_kind", *IDENTITY, "proofs")),
        (
            gettext_lazy("申请内容"),
            ("subject", "wanted", "things", "provision", "delivery", "attachments"),
        ),
    )

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["body"].queryset = bodies
        if len(found := list(bodies[:2])) == 1:
            fields["body"].initial = found[0].pk

    @property
    def grouped(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields under their headings."""
        return [(heading, [self[name] for name in names]) for heading, names in self.groups]

    def receive(self, **acting: Any) -> Received:
        """Take the request in."""
        data = self.cleaned_data
        plain = given(
            self, "body", "channel", "arrived_on", "confirmed_on", "counted_on", "applicant_kind", "subject", "wanted",
            "provision", "delivery", "proofs", "attachments",
        )  # fmt: skip
        things = [line.strip() for line in data["things"].splitlines() if line.strip()]
        identity = Identity(**{name: data[name] for name in IDENTITY})
        return actions.receive(**plain, things=things, identity=identity, **acting)


def intake(request: HttpRequest) -> HttpResponse:
    """The form, and after it the number, the day of receipt and the secret for the applicant, shown once."""
    demand(request, "foi.receive")
    bodies = bodies_for(request.user, "foi.receive", on=today()).filter(ends_on=None)
    sent = request.method == "POST"
    form = IntakeForm(request.POST if sent else None, request.FILES if sent else None, bodies=bodies)
    if sent and form.is_valid():
        try:
            received = form.receive(**acting(request))
        except NotPermitted:
            demand(request, "foi.void")
            raise
        except FoiError as error:
            form.add_error(
                error.field if isinstance(error, Invalid) and error.field in form.fields else None, str(error)
            )
        else:
            return screen(request, "received.html", _("申请已录入"), {"received": received, "row": received.request})
    rules = [(channel.label, receipt(channel, today()).rules[0]) for channel in CHANNELS]
    return screen(
        request, "intake.html", _("录入申请"), {"form": form, "rules": rules}, status=422 if form.errors else 200
    )
