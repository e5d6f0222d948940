"""A letter at the desk: its words edited beside what keeps it from being sealed, set, sealed, handed over."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.foi import actions, files, gathering, letterpress, sealing, standing
from mingtang.foi.desk.acts.base import given
from mingtang.foi.desk.fields import PROOFS, Day, Files
from mingtang.foi.desk.serving import acting, attempt, demand, found, may, screen, today, user_of
from mingtang.foi.errors import FoiError, Stale
from mingtang.foi.files import Upload
from mingtang.foi.models import TO_OTHERS, File, FileKind, Handover, Letter, LetterKind, Request

#: Between the cells of a line of the schedule.
CELL = "｜"


class LetterForm(forms.Form):
    """A letter's words; paragraphs are divided by empty lines, a schedule's cells by ｜."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label=gettext_lazy("标题"), max_length=200)
    addressee = forms.CharField(label=gettext_lazy("主送"), max_length=200, required=False)
    paragraphs = forms.CharField(
        label=gettext_lazy("正文"),
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=gettext_lazy("段与段之间空一行。"),
    )
    schedule = forms.CharField(
        label=gettext_lazy("附表"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("一行一条，各栏之间用“｜”。"),
    )  # fmt: skip
    attachments = forms.CharField(
        label=gettext_lazy("附件说明"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("一行一个附件的名称。"),
    )  # fmt: skip

    @classmethod
    def of(cls, letter: Letter) -> "LetterForm":
        """Filled from a letter."""
        content = letter.content
        return cls(
            initial={
                "version": letter.version,
                "title": content.get("title", ""),
                "addressee": content.get("addressee", ""),
                "paragraphs": "\n\n".join(content.get("paragraphs", ())),
                "schedule": "\n".join(CELL.join(line) for line in content.get("schedule", ())),
                "attachments": "\n".join(content.get("attachments", ())),
            }
        )

    def content(self, before: dict[str, Any]) -> dict[str, Any]:
        """The letter's content with these words; what the form does not show stays as it was."""
        data = self.cleaned_data
        blocks = data["paragraphs"].replace("\r\n", "\n").split("\n\n")
        changed = {
            "title": data["title"].strip(),
            "addressee": data["addressee"].strip(),
            "paragraphs": [" ".join(block.split("\n")).strip() for block in blocks if block.strip()],
            "schedule": [[cell.strip() for cell in line.split(CELL)] for line in _lines(data["schedule"])],
            "attachments": _lines(data["attachments"]),
        }
        return before | changed


class DeliverForm(forms.Form):
    """How a sealed letter was handed over."""

    means = forms.ChoiceField(label=gettext_lazy("送达方式"), choices=Handover.choices)
    on = Day(label=gettext_lazy("交付（交邮）日期"), initial=timezone.localdate)
    received_on = Day(
        label=gettext_lazy("对方收到日期"),
        required=False,
        help_text=gettext_lazy("当面送达填签收日期；邮寄的收到回执后再补。"),
    )
    tracking_number = forms.CharField(label=gettext_lazy("邮件号码"), max_length=40, required=False)
    proof = Files(label=gettext_lazy("送达凭证"), kinds=PROOFS, one=True)


class ConfirmForm(forms.Form):
    """When it arrived."""

    received_on = Day(label=gettext_lazy("对方收到日期"), initial=timezone.localdate)
    proof = Files(label=gettext_lazy("送达凭证"), kinds=PROOFS, one=True)


class AttachForm(forms.Form):
    """What goes out with a reply: a file from the dossier, or a new one."""

    file = forms.ModelChoiceField(
        File.objects.none(), label=gettext_lazy("从案卷中选"), required=False, empty_label=gettext_lazy("（另行上传）")
    )
    uploads = Files(label=gettext_lazy("上传文件"))

    def __init__(self, *args: Any, row: Request, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        kept = row.files.filter(kind__in=[FileKind.REDACTED, FileKind.MATERIAL], purged_at=None)
        fields["file"].queryset = kept
        fields["file"].label_from_instance = lambda file: f"{file.get_kind_display()}　{file.name}"


def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a letter and do what its forms ask."""
    row = _the_letter(request, pk)
    if request.method == "POST":
        return _act(request, row)
    return _page(request, row)


def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter set as it would be sealed now, or as it was."""
    row = _the_letter(request, pk)
    demand(request, "foi.identity", row.request)  # a letter names whom it is for
    try:
        if row.state == Letter.State.SEALED and row.pdf is not None:
            data = files.read(row.pdf, **acting(request))
        else:
            data = letterpress.current().pdf(gathering.facts_for(row, today()), row.content)
    except FoiError as error:
        messages.error(request, str(error))
        return redirect("foi:letter", pk)
    return served(data, "application/pdf", f"letter-{pk}.pdf", inline=True)


def served(data: bytes, media_type: str, name: str, *, inline: bool = False) -> HttpResponse:
    """Bytes as a download, or shown by the browser itself; never kept on the way, never guessed at."""
    response = HttpResponse(data, content_type=media_type or "application/octet-stream")
    kind = "inline" if inline else "attachment"
    response["Content-Disposition"] = f"{kind}; filename*=UTF-8''{_quoted(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


def _quoted(name: str) -> str:
    from urllib.parse import quote

    return quote(name, safe="")


def _the_letter(request: HttpRequest, pk: int) -> Letter:
    rows = Letter.objects.select_related(
        "request__body", "request__unit", "request__applicant", "party", "made_by__person", "sealed_by__person", "pdf",
        "docx",
    )  # fmt: skip
    return found(request, rows, "request", pk=pk)


def _act(request: HttpRequest, row: Letter) -> HttpResponse:
    do = request.POST.get("do", "")
    if do == "save":
        return _save(request, row)
    if do in ("deliver", "confirm_delivery", "attach"):
        return _with_form(request, row, do)
    version = int(request.POST.get("version", "0")) if request.POST.get("version", "0").isdigit() else 0
    now = acting(request)
    if do == "seal":
        demand(request, "foi.seal", row.request)
        attempt(request, lambda: actions.seal(row, version=version, **now), _("已签发。请登记送达。"))
    elif do == "redraft":
        demand(request, "foi.handle", row.request)
        attempt(request, lambda: actions.redraft(row, version=version, **now), _("已按现在的情况重新起草。"))
    elif do == "amend":
        return _amend(request, row)
    elif do == "discard":
        demand(request, "foi.handle", row.request)
        if attempt(request, lambda: actions.discard_letter(row, **now), _("草稿已作废。")):
            return redirect("foi:request", row.request_id)
    else:
        raise Http404
    return redirect("foi:letter", row.pk)


def _amend(request: HttpRequest, row: Letter) -> HttpResponse:
    """Begin the letter that puts a slip in this one right, and go on there."""
    demand(request, "foi.handle", row.request)
    try:
        begun = actions.draft_amendment(row, **acting(request))
    except FoiError as error:
        messages.error(request, str(error))
        return redirect("foi:letter", row.pk)
    messages.success(request, _("更正告知书已起草：请写明哪里有误、更正为什么，再送签。"))
    return redirect("foi:letter", begun.pk)


def _save(request: HttpRequest, row: Letter) -> HttpResponse:
    demand(request, "foi.handle", row.request)
    form = LetterForm(request.POST)
    if form.is_valid():
        try:
            actions.save_letter(
                row, version=form.cleaned_data["version"], content=form.content(row.content), **acting(request)
            )
        except FoiError as error:
            form.add_error(None, str(error))
            if isinstance(error, Stale):
                form.data = form.data.copy()
                form.data["version"] = str(Letter.objects.get(pk=row.pk).version)
        else:
            messages.success(request, _("已保存。"))
            return redirect("foi:letter", row.pk)
    return _page(request, row, form=form, status=422)


def _with_form(request: HttpRequest, row: Letter, do: str) -> HttpResponse:
    demand(request, "foi.handle", row.request)
    form = _form_of(do, row, request)
    if form.is_valid():
        try:
            _run(do, row, form, acting(request))
        except FoiError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, {"attach": _("已随附。")}.get(do, _("送达已登记。")))
            return redirect("foi:letter", row.pk)
    return _page(request, row, failed=(do, form), status=422)


def _form_of(do: str, row: Letter, request: HttpRequest | None = None) -> forms.Form:
    sent = (request.POST, request.FILES) if request else ()
    if do == "deliver":
        form = DeliverForm(*sent, auto_id="deliver-%s")
        if row.kind not in TO_OTHERS:
            form.fields["means"].initial = row.request.delivery
        return form
    if do == "confirm_delivery":
        return ConfirmForm(*sent, auto_id="confirm-%s")
    return AttachForm(*sent, row=row.request, auto_id="attach-%s")


def _run(do: str, row: Letter, form: forms.Form, now: dict[str, Any]) -> None:
    proof = next(iter(form.cleaned_data.get("proof") or ()), None)
    if do == "deliver":
        actions.deliver(row, **given(form, "means", "on", "received_on", "tracking_number"), proof=proof, **now)
    elif do == "confirm_delivery":
        actions.confirm_delivery(row.deliveries.get(), received_on=form.cleaned_data["received_on"], proof=proof, **now)
    else:
        chosen = form.cleaned_data["file"]
        uploads = [*form.cleaned_data["uploads"]]
        if chosen is not None:
            uploads.append(Upload(chosen.name, files.read(chosen, **now), chosen.media_type))
        for upload in uploads:
            actions.keep_file(row.request, kind=FileKind.REPLY_ATTACHMENT, upload=upload, letter=row, **now)


def _page(
    request: HttpRequest,
    row: Letter,
    *,
    form: LetterForm | None = None,
    failed: tuple[str, forms.Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    draft = row.state == Letter.State.DRAFT
    delivery = row.deliveries.select_related("proof").first()
    handle = may(request, "foi.handle", row.request)
    offered: dict[str, forms.Form] = {}
    if handle:
        if row.state == Letter.State.SEALED and delivery is None:
            offered["deliver"] = _form_of("deliver", row)
        if delivery is not None and (delivery.received_on is None or delivery.proof_id is None):
            offered["confirm_delivery"] = _form_of("confirm_delivery", row)
        if draft and (row.is_reply or row.kind == LetterKind.AMENDMENT):
            offered["attach"] = _form_of("attach", row)
    if failed:
        offered[failed[0]] = failed[1]
    named = may(request, "foi.identity", row.request)
    mine = row.made_by_id == user_of(request).pk
    context = {
        "row": row, "letter": row, "draft": draft, "delivery": delivery, "offered": offered,
        "form": form or (LetterForm.of(row) if draft and handle else None), "named": named,
        "content": row.content if named else None,
        "problems": _problems(row) if draft else (), "mine": mine, "handle": handle,
        "may_amend": handle and actions.may_be_amended(row),
        "amendments": row.request.letters.filter(kind=LetterKind.AMENDMENT, facts__letter=row.pk).exclude(
            state=Letter.State.DISCARDED
        ),
        "may_seal": draft and not mine and may(request, "foi.seal", row.request),
        "attached": row.files.filter(kind__in=[FileKind.REPLY_ATTACHMENT, FileKind.REDACTED], purged_at=None),
    }  # fmt: skip
    crumb = (row.request.number, reverse("foi:request", args=[row.request_id]))
    title = f"{row.get_kind_display()}　{row.number or _('草稿')}"
    return screen(request, "letter.html", title, context, [crumb], status=status)


def _problems(row: Letter) -> tuple[str, ...]:
    """Every reason not to seal the draft as it is stored now."""
    holder = standing.with_steps(Request.objects.select_related("body", "unit")).get(pk=row.request_id)
    content = row.content
    try:
        facts = gathering.facts_for(row, today())
        lines = [*sealing.problems(holder, row, content, today()), *letterpress.current().problems(facts, content)]
    except FoiError as error:
        return (str(error),)
    return tuple(dict.fromkeys(lines))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
