"""The forms of this room's screens."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingtang.bodies.models import Body
from mingtang.reports.actions.rows import LONGEST_TEXT
from mingtang.reports.models import AnnualReport, FollowUp, Problem


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ChaseForm(forms.Form):
    """What the late are told."""

    text = forms.CharField(label=_("催报内容"), max_length=300, widget=_lines(2))


class TextForm(forms.Form):
    """The narrative of a chapter."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("正文"), required=False, max_length=LONGEST_TEXT, widget=_lines(16), strip=False,
        help_text=_("一行一段。没有此项情况的写“无”。正文里的数会与表格核对。"),
    )  # fmt: skip


class CorrectForm(forms.Form):
    """A number in place of the counted one."""

    new = forms.DecimalField(label=_("更正为"), min_value=Decimal(0), max_digits=16, decimal_places=6)
    reason = forms.CharField(label=_("更正原因"), max_length=200, help_text=_("公众可见，与原数、更正数一起公布。"))


class LiftForm(forms.Form):
    """Back to the counted number."""

    reason = forms.CharField(label=_("恢复的原因"), max_length=200)


class ReasonForm(forms.Form):
    """Why a published report is opened again."""

    reason = forms.CharField(label=_("更正原因"), max_length=200, help_text=_("公众可见，印在新版报告的开头。"))


class RemarkForm(forms.Form):
    """A remark with which a report is returned."""

    place = forms.CharField(label=_("位置"), max_length=120, required=False, help_text=_("如：第五部分。可不填。"))
    text = forms.CharField(label=_("意见"), max_length=500, widget=_lines(3))


class AnswerForm(forms.Form):
    """What was done about a remark."""

    text = forms.CharField(label=_("答复"), max_length=500)


class ProblemForm(forms.Form):
    """A problem and its measure."""

    text = forms.CharField(label=_("主要问题"), max_length=300, widget=_lines(2))
    measure = forms.CharField(label=_("改进措施"), max_length=300, widget=_lines(2))


class FollowUpForm(forms.Form):
    """What became of a problem of last year's report."""

    problem = forms.ModelChoiceField(Problem.objects.none(), widget=forms.HiddenInput, required=False)
    outcome = forms.ChoiceField(label=_("结果"), choices=FollowUp.Outcome.choices)
    result = forms.CharField(label=_("做了什么、结果如何"), max_length=300, widget=_lines(2))

    def __init__(self, *args: Any, problems: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["problem"].queryset = problems


class EarlierForm(FollowUpForm):
    """The same where last year's report is not kept in this system."""

    text = forms.CharField(label=_("上年报告提出的问题"), max_length=300, widget=_lines(2))
    measure = forms.CharField(label=_("上年提出的措施"), max_length=300, required=False, widget=_lines(2))
    field_order = ["text", "measure", "outcome", "result"]


class ImportForm(forms.Form):
    """A file of numbers from a system outside."""

    system = forms.CharField(label=_("来源系统"), max_length=80, help_text=_("如：政务服务平台、执法监督平台。"))
    file = forms.FileField(
        label=_("文件"), widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=_("xlsx 或 csv，不超过 20 MB。第一行是表头：机构、事项、数量、单位。"),
    )  # fmt: skip
    note = forms.CharField(label=_("说明"), max_length=200, required=False)


class ExcludeForm(forms.Form):
    """A number that two bodies counted."""

    place = forms.ChoiceField(label=_("哪一格"))
    number = forms.DecimalField(label=_("扣除多少"), min_value=Decimal(0), max_digits=16, decimal_places=6)
    bodies = forms.ModelMultipleChoiceField(
        Body.objects.none(), label=_("哪些机关重复统计了"), widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(label=_("原因"), max_length=200, help_text=_("如：甲局书面移送乙局，两局都计了。"))

    def __init__(self, *args: Any, report: AnnualReport, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        members = Body.objects.filter(annual_reports__included_in__report=report)
        fields["bodies"].queryset = (members | Body.objects.filter(pk=report.body_id)).distinct()
        fields["place"].choices = places
