"""Deciding: where it was searched, what reviewers say, the decision on each thing, and the letter that tells it."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.foi import actions
from mingtang.foi.desk.acts.base import ActForm, given
from mingtang.foi.desk.fields import Day, Files, Words
from mingtang.foi.models import Asked, FileKind, Letter, Opinion, Request
from mingtang.foi.sealing import DECIDABLE, EXCEPTIONS
from mingtang.law.requests import Ground, Reply

#: Rows offered for parts that are withheld.
PARTS = 4


class _ThingField(forms.ModelChoiceField):
    """One of the request's things, or the request as a whole."""

    def __init__(self) -> None:
        super().__init__(
            Asked.objects.none(), label=gettext_lazy("针对"), required=False, empty_label=gettext_lazy("整件申请")
        )

    def label_from_instance(self, obj: Any) -> str:
        """Its place and first words."""
        return f"{obj.order}. {obj.text[:40]}"


def _things_of(form: ActForm) -> None:
    fields: dict[str, Any] = form.fields
    fields["asked"].queryset = form.row.asked.all()
    if form.row.asked.count() == 1:
        fields["asked"].widget = forms.HiddenInput()


class Search(ActForm):
    """Where somebody looked."""

    name = "search"
    label, done = gettext_lazy("登记检索"), gettext_lazy("检索记录已登记。")
    hint = gettext_lazy("答复“信息不存在”以检索记录为依据（第三十六条第四项）。")

    where = forms.CharField(label=gettext_lazy("检索的范围（档案、系统、科室）"), max_length=300)
    words = forms.CharField(label=gettext_lazy("检索词"), max_length=300)
    on = Day(label=gettext_lazy("检索日期"), initial=timezone.localdate)
    found = forms.TypedChoiceField(
        label=gettext_lazy("是否找到"),
        choices=[("no", gettext_lazy("没有找到")), ("yes", gettext_lazy("找到"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    result = Words(label=gettext_lazy("检索结果"))
    asked = _ThingField()

    def prepare(self) -> None:
        _things_of(self)

    def run(self, **acting: Any) -> None:
        actions.search(self.row, **given(self, "where", "words", "on", "found", "result", "asked"), **acting)


class GiveOpinion(ActForm):
    """A review within the body."""

    name, verb = "give_opinion", "foi.review"
    label, done = gettext_lazy("登记审查意见"), gettext_lazy("审查意见已登记。")
    hint = gettext_lazy("公开前应当进行保密审查（第十七条）。")

    kind = forms.ChoiceField(label=gettext_lazy("种类"), choices=Opinion.Kind.choices)
    verdict = forms.ChoiceField(label=gettext_lazy("意见"), choices=Opinion.Verdict.choices, widget=forms.RadioSelect)
    text = Words(label=gettext_lazy("说明"))
    asked = _ThingField()

    def prepare(self) -> None:
        _things_of(self)

    def run(self, **acting: Any) -> None:
        actions.give_opinion(self.row, **given(self, "kind", "verdict", "text", "asked"), **acting)


def ground_choices() -> list[Any]:
    """The legal kinds of decision in groups: the replies of article 36 with their grounds, then those of others."""
    replies = [(reply.label, [one for one in reply.grounds if one in DECIDABLE]) for reply in Reply]
    others = (_("其他条款"), [one for one in DECIDABLE if one.reply is None])
    groups = [(label, [(one.value, _named(one)) for one in grounds]) for label, grounds in [*replies, others]]
    return [("", _("请选择")), *groups]


def _named(ground: Ground) -> str:
    return f"{ground.label}（{ground.rule.citation}）"


class Decide(ActForm):
    """The decision on one thing, with what its ground needs."""

    name = "decide"
    label, done = gettext_lazy("作出决定"), gettext_lazy("已作出决定。")

    ground = forms.ChoiceField(label=gettext_lazy("决定"), choices=ground_choices)
    explanation = Words(
        label=gettext_lazy("理由"), required=False, help_text=gettext_lazy("不予公开、不存在、不予处理等须说明理由。")
    )
    where = forms.CharField(
        label=gettext_lazy("获取的方式、途径"), max_length=500, required=False,
        help_text=gettext_lazy("已主动公开的写明网址或者查阅点；也可写明提供的时间和方式。"),
    )  # fmt: skip
    right_body = forms.CharField(
        label=gettext_lazy("负责公开的机关"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("不属于本机关负责时。"),
    )
    right_contact = forms.CharField(label=gettext_lazy("该机关的联系方式"), max_length=200, required=False)
    repeats = forms.CharField(
        label=gettext_lazy("重复的申请编号"), max_length=80, required=False, help_text=gettext_lazy("重复申请时。")
    )

    def prepare(self) -> None:
        thing: Asked = self.thing
        kept = list(thing.withheld)
        grounds = [("", _("依据")), *((one.value, _named(one)) for one in EXCEPTIONS)]
        for place in range(max(PARTS, len(kept) + 1)):
            part = kept[place] if place < len(kept) else {}
            number = {"number": place + 1}
            self.fields[f"what_{place}"] = forms.CharField(
                label=_("不予公开的部分 %(number)d") % number,
                max_length=300,
                required=False,
                initial=part.get("what", ""),
            )
            self.fields[f"part_{place}"] = forms.ChoiceField(
                label=_("其依据 %(number)d") % number, choices=grounds, required=False, initial=part.get("ground", "")
            )
        for name in ("ground", "explanation", "where", "right_body", "right_contact"):
            self.fields[name].initial = getattr(thing, name)
        self.fields["repeats"].initial = thing.repeats.number if thing.repeats else ""

    @property
    def parts(self) -> list[tuple[Any, Any]]:
        """The rows of parts withheld, as bound fields."""
        places = range(sum(name.startswith("what_") for name in self.fields))
        return [(self[f"what_{place}"], self[f"part_{place}"]) for place in places]

    @property
    def plain(self) -> list[Any]:
        """The fields before those rows."""
        return [field for field in self if not field.name.startswith(("what_", "part_"))]

    def clean_repeats(self) -> Request | None:
        """The request of that number in the same body."""
        number = self.cleaned_data["repeats"].strip()
        if not number:
            return None
        other = Request.objects.filter(number=number, body=self.row.body).first()
        if other is None:
            raise forms.ValidationError(_("本机关没有这个编号的申请：请核对编号。"))
        return other

    def clean(self) -> dict[str, Any]:
        """Each part withheld has both its words and its ground."""
        data = super().clean() or self.cleaned_data
        withheld: list[tuple[str, str]] = []
        for place in range(len(self.parts)):
            what, ground = data.get(f"what_{place}", "").strip(), data.get(f"part_{place}", "")
            if bool(what) != bool(ground):
                self.add_error(f"what_{place}", _("请同时填写不予公开的部分和它的依据。"))
            elif what:
                withheld.append((what, ground))
        return data | {"withheld": withheld}

    def run(self, **acting: Any) -> None:
        wanted = given(self, "ground", "explanation", "where", "right_body", "right_contact", "repeats", "withheld")
        actions.decide(self.thing, **wanted, **acting)


class DraftReply(ActForm):
    """The reply to what is decided."""

    name = "draft_reply"
    label, done = gettext_lazy("起草答复书"), gettext_lazy("答复书已起草，请核对后送签。")

    things = forms.ModelMultipleChoiceField(
        Asked.objects.none(), label=gettext_lazy("答复这些事项"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def prepare(self) -> None:
        fields: dict[str, Any] = self.fields
        waiting = self.row.asked.filter(letter=None)
        fields["things"].queryset = waiting
        fields["things"].initial = [asked.pk for asked in waiting if asked.ground]
        fields["things"].label_from_instance = lambda asked: f"{asked.order}. {asked.text[:60]}"
        if len(waiting) == 1:
            del self.fields["things"]

    def run(self, **acting: Any) -> Letter:
        chosen = list(self.cleaned_data.get("things") or ())
        return actions.draft_reply(self.row, things=chosen or None, **acting)


class Transfer(ActForm):
    """The whole request is another body's."""

    name = "transfer"
    label, done = gettext_lazy("告知由其他机关负责"), gettext_lazy("告知书已起草。")
    hint = gettext_lazy("整件申请都不属于本机关负责公开时，告知负责的机关和联系方式（第三十六条第五项）。")
    quiet = True

    right_body = forms.CharField(label=gettext_lazy("负责公开的机关"), max_length=200)
    right_contact = forms.CharField(label=gettext_lazy("该机关的联系方式"), max_length=200, required=False)
    explanation = Words(label=gettext_lazy("理由"))

    def run(self, **acting: Any) -> Letter:
        return actions.transfer(self.row, **given(self, "right_body", "right_contact", "explanation"), **acting)


class KeepFile(ActForm):
    """A file for the dossier."""

    name = "keep_file"
    label, done = gettext_lazy("上传办理材料"), gettext_lazy("文件已加密保存。")
    quiet = True

    kind = forms.ChoiceField(
        label=gettext_lazy("种类"),
        choices=[(kind.value, kind.label) for kind in (FileKind.MATERIAL, FileKind.ATTACHMENT, FileKind.IDENTITY)],
    )
    uploads = Files(label=gettext_lazy("文件"), required=True)

    def run(self, **acting: Any) -> None:
        for upload in self.cleaned_data["uploads"]:
            actions.keep_file(self.row, kind=self.cleaned_data["kind"], upload=upload, **acting)
