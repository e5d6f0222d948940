"""The forms of the library's desk screens."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.bodies.models import Body
from mingtang.bodies.permissions import bodies_for
from mingtang.law.validity import Standing
from mingtang.norms import queries
from mingtang.norms.actions.making import STATED
from mingtang.norms.models import ActKind, Norm, NormKind, Outcome
from mingtang.records import classes
from mingtang.records.models import Column

ANY = ("", gettext_lazy("不限"))
#: Most documents offered as the one by which an act is done.
MOST = 300


class Day(forms.DateField):
    """A day, with the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class FilterForm(forms.Form):
    """What narrows the library; every field may be empty."""

    standing = forms.ChoiceField(
        label=gettext_lazy("效力"), required=False,
        choices=[
            ("", gettext_lazy("现行有效")), ("all", gettext_lazy("全部")),
            *((one.value, one.label) for one in Standing),
        ],
    )  # fmt: skip
    body = forms.ModelChoiceField(
        Body.objects.all(), label=gettext_lazy("制定机关"), required=False, to_field_name="code"
    )
    kind = forms.ChoiceField(label=gettext_lazy("类别"), required=False, choices=[ANY, *NormKind.choices])
    year = forms.IntegerField(label=gettext_lazy("成文年份"), required=False, min_value=1949, max_value=2100)
    on = Day(label=gettext_lazy("截至哪一天"), required=False)
    q = forms.CharField(label=gettext_lazy("名称、文号或登记号"), max_length=80, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["body"].queryset = Body.objects.filter(records__norm__isnull=False).distinct()
        fields["body"].empty_label = _("不限")

    def filters(self) -> queries.Filters:
        """What was asked, wrong fields left out."""
        asked = self.cleaned_data if self.is_valid() else {}
        wanted = asked.get("standing") or ""
        standings = queries.IN_FORCE if not wanted else () if wanted == "all" else (Standing(wanted),)
        body = asked.get("body")
        return queries.Filters(
            standings=standings, bodies=[body.code] if body else (), kind=asked.get("kind") or "",
            year=asked.get("year"), words=asked.get("q") or "",
        )  # fmt: skip

    def day(self, today: date) -> date:
        """As of which day the library is asked."""
        return (self.cleaned_data.get("on") if self.is_valid() else None) or today


class NewForm(forms.Form):
    """A new document: its head; the text follows in the editor of records."""

    title = forms.CharField(label=gettext_lazy("名称"), max_length=200)
    body = forms.ModelChoiceField(Body.objects.none(), label=gettext_lazy("制定机关"))
    kind = forms.ChoiceField(label=gettext_lazy("类别"), choices=NormKind.choices)
    column = forms.ModelChoiceField(Column.objects.none(), label=gettext_lazy("栏目"))
    topic = forms.ChoiceField(label=gettext_lazy("主题分类"))
    document_number = forms.CharField(label=gettext_lazy("发文字号"), max_length=60, required=False)
    made_on = Day(label=gettext_lazy("成文日期"), required=False)
    effective_on = Day(label=gettext_lazy("施行日期"), required=False)
    expires_on = Day(label=gettext_lazy("有效期至"), required=False)

    def __init__(self, *args: Any, user: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["body"].queryset = bodies_for(user, "records.draft", on=on)
        fields["column"].queryset = Column.objects.select_related("parent__parent__parent")
        fields["topic"].choices = [("", "—"), *classes.topic_choices()]


class ActForm(forms.Form):
    """An act on a document."""

    kind = forms.ChoiceField(label=gettext_lazy("行为"), choices=ActKind.choices)
    effective_on = Day(label=gettext_lazy("自哪一天起"))
    by = forms.ModelChoiceField(
        Norm.objects.none(), label=gettext_lazy("依据的文件（库内）"), required=False,
        help_text=gettext_lazy("由哪件文件修改、废止、替代、解释或延长。"),
    )  # fmt: skip
    by_title = forms.CharField(label=gettext_lazy("依据的文件（库外）"), max_length=200, required=False)
    clauses = forms.CharField(
        label=gettext_lazy("所涉条款"), max_length=400, required=False,
        help_text=gettext_lazy("针对全文的留空；几条之间用“、”隔开，如 第三条、第五条第二款。"),
    )  # fmt: skip
    until = Day(label=gettext_lazy("延长至"), required=False, help_text=gettext_lazy("只在延长有效期时填写。"))
    reason = forms.CharField(label=gettext_lazy("理由"), max_length=200, required=False)

    def __init__(self, *args: Any, norm: Norm, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        near = queries.public().exclude(pk=norm.pk).order_by("-made_on", "-pk")[:MOST]
        fields: dict[str, Any] = self.fields
        fields["by"].queryset = Norm.objects.filter(pk__in=[each.pk for each in near]).order_by("-made_on", "-pk")
        fields["by"].label_from_instance = lambda each: f"{each.title} {each.document_number}"
        fields["by"].empty_label = _("—")

    def given(self) -> dict[str, Any]:
        """What the action takes."""
        asked = dict(self.cleaned_data)
        asked["clauses"] = asked["clauses"].replace("，", "、").split("、")
        return asked


class FactsForm(forms.ModelForm):
    """How a document was made."""

    comment_link = forms.URLField(
        label=gettext_lazy("征求意见公告网址"),
        max_length=300,
        required=False,
        assume_scheme="https",  # pyright: ignore[reportCallIssue]  # the stubs are older
    )

    class Meta:
        model = Norm
        fields = STATED
        widgets = {
            name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            for name in ("legality_on", "decided_on", "comment_from", "comment_to")
        }

    joint = forms.CharField(
        label=gettext_lazy("联合发文机构"), required=False, max_length=400,
        help_text=gettext_lazy("除主办机关以外，几个之间用“、”隔开。"),
    )  # fmt: skip

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        asked = {name: self.cleaned_data[name] for name in STATED}
        names = [name.strip() for name in self.cleaned_data["joint"].replace("，", "、").split("、") if name.strip()]
        bodies = {body.name: body for body in Body.objects.filter(name__in=names)}
        return asked | {"joint": [bodies.get(name, name) for name in names]}

    def _post_clean(self) -> None:
        """Nothing is written to the instance: that is the action's business."""


class RegisterForm(forms.Form):
    """Registration and unified number."""

    registration_number = forms.CharField(label=gettext_lazy("登记号"), max_length=60)
    unified_number = forms.CharField(label=gettext_lazy("统一编号"), max_length=60)
    registered_on = Day(label=gettext_lazy("登记日期"))


class FilingForm(forms.Form):
    """Filing above."""

    to = forms.CharField(label=gettext_lazy("备案机关"), max_length=120)
    filed_on = Day(label=gettext_lazy("报送日期"))
    number = forms.CharField(label=gettext_lazy("备案号"), max_length=60, required=False)


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(label=gettext_lazy("原因"), max_length=200)


class CampaignForm(forms.Form):
    """A new clean-up."""

    name = forms.CharField(label=gettext_lazy("名称"), max_length=120)
    basis = forms.CharField(label=gettext_lazy("依据"), max_length=200, required=False)
    deadline = Day(label=gettext_lazy("反馈截止日"))
    made_from = Day(label=gettext_lazy("成文日期自"), required=False)
    made_to = Day(label=gettext_lazy("成文日期至"), required=False)
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("文件类别（不选即全部）"), choices=NormKind.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    bodies = forms.ModelMultipleChoiceField(
        Body.objects.all(), label=gettext_lazy("机构范围"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        held = queries.public().order_by().values("body")
        drafted = queries.public().order_by().values("drafting_body")
        fields["bodies"].queryset = Body.objects.filter(pk__in=held) | Body.objects.filter(pk__in=drafted)


class OutcomeForm(forms.Form):
    """What shall become of the ticked documents."""

    outcome = forms.ChoiceField(label=gettext_lazy("清理意见"), choices=Outcome.choices)
    reason = forms.CharField(label=gettext_lazy("理由"), max_length=200, required=False)


class CloseForm(forms.Form):
    """Where the announcement is drafted."""

    body = forms.ModelChoiceField(Body.objects.none(), label=gettext_lazy("发布机构"))
    column = forms.ModelChoiceField(Column.objects.none(), label=gettext_lazy("栏目"))
    topic = forms.ChoiceField(label=gettext_lazy("主题分类"))

    def __init__(self, *args: Any, user: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        bodies: QuerySet[Body] = bodies_for(user, "records.draft", on=on)
        fields["body"].queryset = bodies
        fields["column"].queryset = Column.objects.select_related("parent__parent__parent")
        fields["topic"].choices = [("", "—"), *classes.topic_choices()]
