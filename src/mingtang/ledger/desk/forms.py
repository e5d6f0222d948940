"""The forms of the ledger's desk screens; each builds the typed command that an action takes."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mingtang.bodies.models import Body
from mingtang.ledger import wants
from mingtang.ledger.actions import HeadChange, QuotaLine, TaskChange
from mingtang.ledger.models import Assignment, Item, Ledger, Quota, Task
from mingtang.ledger.models.notice import DeadlineKind
from mingtang.ledger.queries import DEADLINES, Filter
from mingtang.records import classes

SEPARATORS = re.compile(r"[、，,;；\s]+")
SPARE_QUOTAS = 1


class Day(forms.DateField):
    """A day, with the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Names(forms.CharField):
    """Several names or words in one line, separated by 、 or spaces."""

    def to_python(self, value: Any) -> tuple[str, ...]:  # type: ignore[override]
        """The names in order, each once."""
        parts = SEPARATORS.split(value or "")
        return tuple(dict.fromkeys(part for part in parts if part))

    def prepare_value(self, value: Any) -> str:
        """A list becomes one line."""
        return value if isinstance(value, str) else "、".join(value or ())


class UploadForm(forms.Form):
    """The notice to import."""

    file = forms.FileField(
        label=_("通知文件"),
        help_text=_("docx、pdf（文字版）、html、txt 或 xlsx，不超过 20 MB。doc、wps 请先另存为 docx。"),
        widget=forms.FileInput(attrs={"accept": ".docx,.pdf,.html,.htm,.txt,.xlsx"}),
    )


class HeadForm(forms.Form):
    """The head of a notice."""

    title = forms.CharField(label=_("标题"), max_length=200)
    issuer = forms.CharField(label=_("发文机关"), max_length=120, required=False)
    document_number = forms.CharField(label=_("文号"), max_length=60, required=False)
    made_on = Day(label=_("成文日期"), required=False)
    year = forms.IntegerField(label=_("年度"), required=False, min_value=2008, max_value=2100)

    @classmethod
    def of(cls, ledger: Ledger) -> "HeadForm":
        """Filled from a ledger."""
        return cls(initial={name: getattr(ledger, name) for name in cls.base_fields})

    def change(self) -> HeadChange:
        """The command."""
        return HeadChange(**self.cleaned_data)


def _choices(labels: dict[str, str]) -> list[tuple[str, Any]]:
    return [("", _("不限")), *labels.items()]


class TaskForm(forms.Form):
    """One task of a draft with its quotas; `version` is the one that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(label=_("任务"), widget=forms.Textarea(attrs={"rows": 3}))
    bodies = Names(label=_("责任单位"), required=False, help_text=_("用顿号隔开；可写机构组，如“旗直各部门”。"))
    lead = Names(label=_("其中牵头"), required=False)
    supporting = Names(label=_("其中配合"), required=False)
    deadline_kind = forms.ChoiceField(label=_("时限"), choices=DeadlineKind.choices, required=False)
    deadline_text = forms.CharField(label=_("时限原话"), max_length=120, required=False)
    due_on = Day(label=_("期限日期"), required=False)
    evidence_form = forms.CharField(label=_("佐证形式"), max_length=120, required=False)
    words = Names(label=_("佐证关键词"), required=False, help_text=_("发布的信息提到其中两个词，即自动提出为佐证。"))
    genre = forms.ChoiceField(label=_("佐证体裁"), choices=lambda: _choices(classes.load().genres), required=False)
    topic = forms.ChoiceField(
        label=_("佐证主题"), choices=lambda: [("", _("不限")), *classes.topic_choices()], required=False
    )
    form = forms.ChoiceField(
        label=_("佐证表现形式"),
        choices=lambda: [("", _("不限")), *((v, v) for v in classes.load().forms.values())],
        required=False,
    )

    def __init__(self, *args: Any, task: Task, **kwargs: Any) -> None:
        self.task = task
        self.kept = {(quota.form, quota.period): quota.wants for quota in task.quotas.all()}
        super().__init__(*args, **kwargs)
        self.quota_rows = [self._quota_fields(place) for place in range(len(self.kept) + SPARE_QUOTAS)]

    @classmethod
    def of(cls, task: Task) -> "TaskForm":
        """Filled from a task."""
        found = wants.Wants.read(task.wants)
        marks = {kind: value for kind, _colon, value in (mark.partition(":") for mark in found.marks)}
        names = ("version", "text", "bodies", "lead", "supporting", "deadline_kind", "deadline_text", "due_on")
        initial = {name: getattr(task, name) for name in (*names, "evidence_form")}
        initial |= {"words": found.words} | {name: marks.get(name, "") for name in ("genre", "topic", "form")}
        for place, quota in enumerate(task.quotas.all()):
            for name in ("form", "at_least", "unit", "period"):
                initial[f"quota_{place}_{name}"] = getattr(quota, name)
        return cls(task=task, initial=initial, prefix=f"t{task.pk}")

    def change(self) -> TaskChange:
        """The command; what counts towards a quota follows from its form, unless it was there before."""
        data = self.cleaned_data
        marks = [f"{name}:{data[name]}" for name in ("genre", "topic", "form") if data[name]]
        return TaskChange(
            text=data["text"], bodies=data["bodies"], lead=data["lead"], supporting=data["supporting"],
            deadline_kind=data["deadline_kind"], deadline_text=data["deadline_text"], due_on=data["due_on"],
            evidence_form=data["evidence_form"], wants={"marks": marks, "words": list(data["words"])},
            quotas=tuple(self._quotas()),
        )  # fmt: skip

    def quota_table(self) -> list[list[forms.BoundField]]:
        """The rows of quota fields, the last empty."""
        return [[self[name] for name in row] for row in self.quota_rows]

    def _quota_fields(self, place: int) -> list[str]:
        fields = {
            "form": forms.CharField(label=_("形式"), max_length=60, required=False),
            "at_least": forms.IntegerField(label=_("至少"), min_value=1, max_value=9999, required=False),
            "unit": forms.CharField(label=_("单位"), max_length=8, required=False, initial="次"),
            "period": forms.ChoiceField(label=_("周期"), choices=Quota.Period.choices, required=False),
        }
        for name, field in fields.items():
            self.fields[f"quota_{place}_{name}"] = field
        return [f"quota_{place}_{name}" for name in fields]

    def _quotas(self) -> list[QuotaLine]:
        lines = []
        for form, at_least, unit, period in ((self.cleaned_data[name] for name in row) for row in self.quota_rows):
            if not form:
                continue
            derived = wants.of_quota(form, self.cleaned_data["text"]).as_json()
            lines.append(QuotaLine(form, at_least or 1, unit or "次", period, self.kept.get((form, period), derived)))
        return lines


class AddForm(forms.Form):
    """A task that the reading missed."""

    text = forms.CharField(label=_("补充一条任务"), widget=forms.Textarea(attrs={"rows": 2}))
    bodies = Names(label=_("责任单位"), required=False)


class FilterForm(forms.Form):
    """How a list of duties is narrowed: the fields of `queries.Filter`."""

    q = forms.CharField(
        label=_("搜索"), required=False,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("任务、条目或单位")}),
    )  # fmt: skip
    body = forms.ChoiceField(label=_("单位"), required=False)
    item = forms.ChoiceField(label=_("条目"), required=False)
    state = forms.ChoiceField(label=_("状态"), required=False)
    deadline = forms.ChoiceField(label=_("期限"), required=False)

    @classmethod
    def of(cls, wanted: Filter, bodies: Iterable[Body], items: Iterable[Item]) -> "FilterForm":
        """Filled with what is wanted; without a choice of bodies where there is only one."""
        named = [(body.code, body.short_name) for body in bodies]
        form = cls(initial=vars(wanted) | {"q": wanted.words}, auto_id="f-%s")
        form._offer("body", named)
        form._offer("item", ((item.number, f"{item.number} {item.title[:18]}") for item in items))
        form._offer("state", [("open", _("未完成")), *Assignment.State.choices])
        form._offer("deadline", DEADLINES.items())
        if len(named) < 2:
            del form.fields["body"]
        return form

    def _offer(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        self.fields[name].choices = [("", _("全部")), *choices]


class AcceptForm(forms.Form):
    """What a body promises for the duties it accepts."""

    responsible = forms.CharField(label=_("责任人"), max_length=60, help_text=_("填写姓名和职务。"))
    measures = forms.CharField(label=_("措施"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    planned_on = Day(label=_("计划完成日期"))


class ReasonForm(forms.Form):
    """A reason in one field."""

    reason = forms.CharField(label=_("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class ReportForm(forms.Form):
    """How far a duty has come."""

    percent = forms.IntegerField(label=_("进度（%）"), min_value=0, max_value=100)
    text = forms.CharField(label=_("进展情况"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class PostponeForm(forms.Form):
    """A later day and why."""

    until = Day(label=_("延至"))
    reason = forms.CharField(label=_("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class AnswerForm(forms.Form):
    """The office's words with a decision."""

    answer = forms.CharField(
        label=_("答复"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("维持分工、不同意延期时必填。"),
    )  # fmt: skip


class ChaseForm(forms.Form):
    """What a chase says."""

    text = forms.CharField(label=_("催办内容"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class ProofForm(forms.Form):
    """Evidence brought by hand."""

    title = forms.CharField(label=_("佐证名称"), max_length=200)
    note = forms.CharField(label=_("说明"), max_length=500, help_text=_("写明它证明了什么。"))
    quota = forms.ModelChoiceField(
        Quota.objects.none(), label=_("计入数量要求"), required=False, empty_label=_("不计入")
    )
    link = forms.URLField(
        label=_("网址"), max_length=300, required=False,
        assume_scheme="https",  # pyright: ignore[reportCallIssue]  # Django's since 5.0, the stubs do not know it yet
    )  # fmt: skip
    file = forms.FileField(
        label=_("文件"), required=False, help_text=_("pdf、docx、xlsx、txt、图片或 zip，不超过 20 MB。")
    )
    public = forms.BooleanField(label=_("网址可在公开页面上显示"), required=False)

    def __init__(self, *args: Any, task: Task, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        quotas = task.quotas.all()
        self.fields["quota"].queryset = quotas  # type: ignore[attr-defined]
        if not quotas:
            del self.fields["quota"]
