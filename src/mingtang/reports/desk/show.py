"""The pages of one report: its tables, a number opened, the check, its story, and the acts that move it on."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from mingtang.bodies.permissions import bodies_for
from mingtang.law import rule
from mingtang.law.errors import UnknownRule
from mingtang.law.publication import annual_report_due
from mingtang.reports import actions, checking, filling, queries, steps
from mingtang.reports.desk import tables
from mingtang.reports.desk.board import KIND_OF
from mingtang.reports.desk.forms import AnswerForm, CorrectForm, LiftForm, ReasonForm, RemarkForm
from mingtang.reports.desk.serving import acting, attempt, crumb_of, demand, may, screen, the_report, today, user_of
from mingtang.reports.filling import Origin
from mingtang.reports.models import AnnualReport, Remark
from mingtang.trace.queries import history

#: Most things that a number opens to on one page.
MOST_THINGS = 500


def frame(request: HttpRequest, report: AnnualReport, here: str) -> dict[str, Any]:
    """What stands at the head of each page of a report: where it stands, what can be done now, its other pages."""
    found = checking.findings(report, on=today())
    weights = [finding.severity for finding in found]
    pages = [
        ("report", _("数据表")), ("texts", _("正文")), ("problems", _("问题与整改")), ("check", _("校核")),
        ("story", _("意见与经过")), ("trend", _("五年对照")),
    ]  # fmt: skip
    if report.is_government:
        pages.insert(1, ("members", _("汇总")))
    due = annual_report_due(report.year, government=report.is_government)
    return {
        "report": report, "kind": KIND_OF[report.stage], "steps": steps.of(report), "findings": found, "due": due,
        "errors": weights.count("error"), "warnings": weights.count("warning"), "notes": weights.count("note"),
        "pages": [(name, label, reverse(f"reports:{name}", args=[report.pk]), name == here) for name, label in pages],
        "acts": acts_of(request, report), "fillable": report.is_open and may(request, "reports.fill", report),
    }  # fmt: skip


def acts_of(request: HttpRequest, report: AnnualReport) -> list[dict[str, Any]]:
    """The acts that fit where the report stands and that the user may do; the first is the one to do next."""
    state = AnnualReport.State
    found = {
        "submit": (report.is_open, "reports.submit", _("定稿") if report.is_government else _("报送")),
        "accept": (report.state == state.SUBMITTED, "reports.judge", _("审核通过")),
        "release": (report.state == state.ACCEPTED, "reports.release", _("送审发布")),
        "resume": (report.stage == "sent_back", "reports.release", _("退回填报")),
        "recall": (_may_be_recalled(report), "reports.submit", _("撤回")),
    }
    return [
        {"name": name, "label": label, "main": name in ("submit", "accept", "release", "resume")}
        for name, (fits, verb, label) in found.items()
        if fits and may(request, verb, report)
    ]


def _may_be_recalled(report: AnnualReport) -> bool:
    wanted = AnnualReport.State.ACCEPTED if report.is_government else AnnualReport.State.SUBMITTED
    return report.state == wanted


def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The three tables as the form has them, with where each number comes from."""
    own = the_report(request, pk)
    sheet = filling.sheet(own)
    context = frame(request, own, "report") | {
        "norms": tables.norms(sheet), "requests": tables.requests(sheet), "disputes": tables.disputes(sheet),
        "fees": queries.fees(own), "corrections": list(own.corrections.select_related("made_by__person")),
        "imports": list(own.numbers.select_related("batch__made_by__person").order_by("-pk")),
        "reopening": ReasonForm() if own.is_settled and may(request, "reports.reopen", own) else None,
        "remark": RemarkForm() if _may_be_returned(request, own) else None,
    }  # fmt: skip
    return screen(request, "report.html", str(own), context)


def _may_be_returned(request: HttpRequest, own: AnnualReport) -> bool:
    standing = own.state in (AnnualReport.State.SUBMITTED, AnnualReport.State.ACCEPTED)
    return standing and not own.is_government and may(request, "reports.judge", own)


def cell(request: HttpRequest, pk: int, table: str, row: str, column: str) -> HttpResponse:
    """A number: where it comes from, what it counts one by one, its corrections, and the form for another."""
    own = the_report(request, pk)
    sheet = filling.sheet(own)
    found = sheet.cells.get((table, row, column))
    if found is None:
        raise Http404
    open_here = own.is_open and found.place in filling.LEAVES and found.origin is not Origin.CARRIED
    correcting = open_here and may(request, "reports.correct", own)
    form = CorrectForm(request.POST if request.POST.get("do") == "correct" else None)
    lifting = LiftForm(request.POST if request.POST.get("do") == "lift" else None) if found.correction else None
    if request.method == "POST" and correcting and _numbered(request, own, found, form, lifting):
        return redirect(request.path)
    context = {
        "report": own, "cell": tables.Shown(found), "origin": tables.ORIGINS[found.origin], "found": found,
        "form": form if correcting else None, "lifting": lifting if correcting else None,
        "history": [each for each in own.corrections.select_related("made_by__person") if each.place == found.place],
        **_things(request, own, found),
    }  # fmt: skip
    return screen(request, "cell.html", found.called, context, [crumb_of(own)])


def _numbered(request: HttpRequest, own: AnnualReport, found: filling.Cell, form: Any, lifting: Any) -> bool:
    """Do what the page's form asks; returns whether it was done."""
    if form.is_bound and form.is_valid():
        new, why = form.cleaned_data["new"], form.cleaned_data["reason"]
        done = _("已更正，原数、原因和更正人都留着。")
        return attempt(request, lambda: actions.correct(own, *found.place, new, why, **acting(request)), done)
    if lifting is not None and lifting.is_bound and lifting.is_valid():
        why = lifting.cleaned_data["reason"]
        return attempt(
            request, lambda: actions.lift(own, *found.place, why, **acting(request)), _("已恢复统计数。")
        )  # fmt: skip
    return False


def _things(request: HttpRequest, own: AnnualReport, found: filling.Cell) -> dict[str, Any]:
    """What a number counts, of the bodies whose things the user may see; and how many are not shown."""
    source = filling.source_of(found.table, found.row)
    if source is None:
        return {"source": None}
    bodies = queries.bodies_in(own)
    if source.verb:
        seen = set(bodies_for(user_of(request), source.verb, on=today()).values_list("code", flat=True))
        bodies = [code for code in bodies if code in seen]
    listed = filling.things(own, *found.place, bodies) if bodies else []
    lines = [
        (thing.label, reverse(source.link, args=[thing.ref.rpartition(":")[2]]) if source.link else "")
        for thing in listed[:MOST_THINGS]
    ]
    return {"source": source, "things": lines, "number": len(listed), "hidden": not bodies}


def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that the check finds, by severity, with quote, mend and clause."""
    own = the_report(request, pk)
    context = frame(request, own, "check")
    words = {"error": _("必须改正"), "warning": _("请核对"), "note": _("提示")}
    kinds = {"error": "block", "warning": "warn", "note": "note"}
    context["groups"] = [
        {
            "label": words[severity], "kind": kinds[severity],
            "lines": [
                {"finding": each, "label": checking.label_of(each.code), "rules": _rules(each.rules)}
                for each in context["findings"] if each.severity == severity
            ],
        }
        for severity in words
    ]  # fmt: skip
    return screen(request, "check.html", _("校核"), context, [crumb_of(own)])


def _rules(ids: tuple[str, ...]) -> list[Any]:
    found: list[Any] = []
    for each in ids:
        try:
            found.append(rule(each))
        except UnknownRule:  # a finding may name a check of its own, which no instrument holds
            continue
    return found


def story(request: HttpRequest, pk: int) -> HttpResponse:
    """The office's remarks and their answers, the frozen versions, and everything that happened."""
    own = the_report(request, pk)
    remarks = list(own.remarks.select_related("made_by__person", "answered_by__person"))
    context = frame(request, own, "story") | {
        "remarks": remarks, "answering": may(request, "reports.fill", own), "answer": AnswerForm(),
        "versions": list(own.versions.select_related("made_by__person").order_by("-number")),
        "events": steps.told(history(own).order_by("-seq")[:100]),
        "publications": queries.publications(own),
    }  # fmt: skip
    return screen(request, "story.html", _("意见与经过"), context, [crumb_of(own)])


DONE = {
    "submit": gettext_lazy("已报送，数据已定稿。"),
    "recall": gettext_lazy("已撤回，可以继续修改。"),
    "accept": gettext_lazy("已审核通过。"),
    "release": gettext_lazy("已送审，等待三级审签；终审后即公布。"),
    "resume": gettext_lazy("可以继续修改了；改好后重新报送。"),
}


@require_POST
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One of the acts that need nothing but the report."""
    own = the_report(request, pk)
    known: dict[str, Any] = {
        "submit": actions.submit, "recall": actions.recall, "accept": actions.accept, "release": actions.release,
        "resume": actions.resume,
    }  # fmt: skip
    if name not in known:
        raise Http404
    done = attempt(request, lambda: known[name](own, **acting(request)), str(DONE[name]))
    return redirect("reports:report" if done else "reports:check", pk)


@require_POST
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the report with a remark."""
    own = the_report(request, pk)
    form = RemarkForm(request.POST)
    data = form.cleaned_data if form.is_valid() else {"place": "", "text": request.POST.get("text", "")}
    remark = (data.get("place", ""), data.get("text", ""))
    attempt(request, lambda: actions.give_back(own, [remark], **acting(request)), _("已退回，意见已告知填报机关。"))
    return redirect("reports:report", pk)


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a published report to correct it."""
    own = the_report(request, pk)
    reason = request.POST.get("reason", "")
    attempt(
        request, lambda: actions.reopen(own, reason, **acting(request)),
        _("可以更正了。公众仍看到原来的报告，直到新版审签公布。"),
    )  # fmt: skip
    return redirect("reports:report", pk)


@require_POST
def answer(request: HttpRequest, pk: int, remark: int) -> HttpResponse:
    """Say what was done about a remark."""
    own = the_report(request, pk)
    demand(request, "reports.fill", own)
    row = Remark.objects.filter(pk=remark, report=own).first()
    if row is None:
        raise Http404
    text = request.POST.get("text", "")
    attempt(request, lambda: actions.answer(row, text, **acting(request)), _("已答复。"))
    return redirect("reports:story", pk)
