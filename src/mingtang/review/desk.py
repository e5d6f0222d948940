"""The desk's screens of review: submit with the findings in sight, the signing page, the list of what waits."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from mingtang.bodies.errors import BodiesError
from mingtang.records.access import may_with
from mingtang.records.errors import RecordsError
from mingtang.records.models import Record, State
from mingtang.review import actions
from mingtang.review.checks import Severity, findings
from mingtang.review.errors import NotYours, ReviewError
from mingtang.review.findings_desk import one_by_one
from mingtang.review.models import Gate
from mingtang.review.queries import level_of, return_reason, round_of, sorted_out, steps
from mingtang.review.signers import signing_post

#: What a signer answers for at each gate: a reminder, not a judgement.
ASKED = {
    Gate.POLITICS: gettext_lazy("政治方向、重要表述、领导人姓名职务和排序由本人逐字核对。"),
    Gate.LAW: gettext_lazy("有公开依据，不侵害商业秘密、个人隐私，程序合法。"),
    Gate.POLICY: gettext_lazy("与现行政策一致，口径与来源文件相符，时效准确。"),
    Gate.SECRECY: gettext_lazy("已作保密审查，不含国家秘密、工作秘密和内部信息。"),
    Gate.WORDING: gettext_lazy("文字、数字、日期、附件、链接无差错，格式规范。"),
}


class SignForm(forms.Form):
    """Five gates to tick and a remark."""

    gates = forms.MultipleChoiceField(label=_("五关"), choices=Gate.choices, required=False)
    remark = forms.CharField(label=_("意见"), max_length=500, required=False, strip=True)


def waiting(request: HttpRequest) -> HttpResponse:
    """What waits for the user's signature, and what waits for others."""
    today = timezone.localdate()
    mine, others = sorted_out(request.user, today)
    return render(request, "review/waiting.html", {"title": _("审核"), "mine": mine, "others": others})


def _visible(request: HttpRequest, pk: int, verb: str = "records.view") -> Record:
    record = get_object_or_404(Record.objects.select_related("body", "column", "latest_revision"), pk=pk)
    if not may_with(request.user, verb, record, on=timezone.localdate()):
        raise PermissionDenied
    return record


def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the checks found, and submit."""
    record = _visible(request, pk, "records.edit")
    problem = ""
    if request.method == "POST":
        try:
            actions.submit(record, actor=request.user, moment=timezone.now())
        except (ReviewError, RecordsError, BodiesError) as error:
            problem = str(error)
        else:
            messages.success(request, _("“%s”已送审，等待科室审核。") % record.title)
            return redirect("records:inspect", pk)
    newest = record.get_latest_revision_as_object()
    found = findings(newest)
    context = {
        "title": _("送审"),
        "record": newest,
        "findings": found,
        "blocked": any(finding.severity == Severity.BLOCK for finding in found),
        "problem": problem,
        "may_submit": record.stage in (State.DRAFT, State.RETURNED),
    }
    return render(request, "review/submit.html", context, status=409 if problem else 200)


def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """The signing page: the text, the findings, the five gates; sign or return."""
    record = _visible(request, pk)
    current, level = round_of(record), level_of(record)
    problem = why_not = ""
    if current is None or level is None:
        return redirect("records:inspect", pk)
    try:
        signing_post(request.user, record, level, current.pk, timezone.localdate())
    except NotYours as error:
        why_not = str(error)
    form = SignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            told = _decide(request, record, form)
        except (ReviewError, RecordsError, BodiesError) as error:
            problem = str(error)
        else:
            messages.success(request, told)
            return redirect("wagtailadmin_home")
    newest = record.get_latest_revision_as_object()
    ticked = set(request.POST.getlist("gates"))
    context = {
        "title": level.label,
        "may_recall": may_with(request.user, "records.edit", record, on=timezone.localdate()),
        "record": newest,
        "live": record if record.published_at else None,
        "level": level,
        "steps": steps(record),
        "findings": findings(newest),
        "gates": [(gate, ASKED[gate], gate.value in ticked) for gate in Gate],
        "remark": form.data.get("remark", "") if form.is_bound else "",
        "problem": problem,
        "why_not": why_not,
    }
    return render(request, "review/sign.html", context, status=409 if problem else 200)


def _decide(request: HttpRequest, record: Record, form: SignForm) -> str:
    """Sign or return, as the button said; what to tell the person afterwards."""
    given = {"actor": request.user, "moment": timezone.now()}
    gates, remark = form.cleaned_data["gates"], form.cleaned_data["remark"]
    if request.POST.get("decision") == "return":
        failed = [gate.value for gate in Gate if gate.value not in gates]
        actions.return_for_changes(record, reason=remark, gates=failed, **given)
        return _("“%s”已退回修改。") % record.title
    actions.sign(record, gates=gates, remark=remark, **given)
    if record.stage == State.SUBMITTED:
        return _("已签字，“%s”送往下一级。") % record.title
    if record.stage == State.SCHEDULED:
        return _("已终审，“%s”将按所定时间自动发布。") % record.title
    return _("已终审，“%s”已发布。") % record.title


@require_POST
def recall(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a text back out of review."""
    record = _visible(request, pk, "records.edit")
    try:
        actions.recall(record, actor=request.user, moment=timezone.now())
    except (ReviewError, RecordsError, BodiesError) as error:
        messages.error(request, str(error))
        return redirect("records:inspect", pk)
    messages.success(request, _("已撤回，可以修改后重新送审。"))
    return redirect("records:edit", pk)


def reason_of_return(record: Record) -> str:
    """Why the text came back, where it did."""
    return return_reason(record) if record.stage == State.RETURNED else ""


urlpatterns = [
    path("", waiting, name="waiting"),
    path("<int:pk>/", sign, name="sign"),
    path("<int:pk>/submit/", submit, name="submit"),
    path("<int:pk>/findings/", one_by_one, name="findings"),
    path("<int:pk>/recall/", recall, name="recall"),
]
