"""One duty at the desk: what is asked, how it fares, its evidence, and each act that is open to the user now."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from django import forms
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mingtang.bodies.permissions import may
from mingtang.ledger import actions, queries, quotas, story
from mingtang.ledger.desk.forms import (
    AcceptForm,
    AnswerForm,
    ChaseForm,
    PostponeForm,
    ProofForm,
    ReasonForm,
    ReportForm,
)
from mingtang.ledger.desk.serving import attempt, screen, today, user_of
from mingtang.ledger.errors import WrongState
from mingtang.ledger.models import Assignment, Evidence, Objection, Postponement

if TYPE_CHECKING:
    from django.db.models.manager import RelatedManager

M = TypeVar("M", Objection, Postponement)

State = Assignment.State
Forms = dict[str, forms.Form]


def duty(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one duty and do what its forms ask."""
    row = get_object_or_404(queries.with_proof(queries.visible(user_of(request), on=today())), pk=pk)
    open_to_me = _open_forms(request, row)
    if request.method == "POST":
        do = request.POST.get("do", "")
        if do not in open_to_me:
            attempt(request, _closed, "")
            return redirect("ledger:duty", pk)
        form = open_to_me[do] = _bound(do, row, request)
        if form.is_valid() and _act(request, do, row, form):
            return redirect("ledger:duty", pk)
    pending = row.objections.filter(outcome="").first()
    context = {
        "row": row, "tally": quotas.tally(row, on=today()), "forms": open_to_me, "story": story.of(row),
        "pieces": row.evidence.all(), "missing": quotas.missing(row, on=today()), "past": queries.history(row),
        "following": row.carried_into.select_related("ledger").first(), "objection": pending,
        "postponement": row.postponements.filter(outcome="").first(),
        "may_evidence": may(request.user, "ledger.evidence", row, on=today()) and row.state in Assignment.OPEN,
        "late": row.due_on is not None and row.due_on < today() and row.state in Assignment.OPEN,
    }  # fmt: skip
    crumb = (_("%(year)s年台账") % {"year": row.ledger.year}, reverse("ledger:ledger", args=[row.ledger_id]))
    return screen(request, "duty.html", _("第%(number)s项任务") % {"number": row.task.item.number}, context, [crumb])


@require_POST
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm or reject one piece of evidence, and go back to where the user was."""
    seen = queries.visible(user_of(request), on=today())
    piece = get_object_or_404(Evidence.objects.select_related("assignment__body"), pk=pk, assignment__in=seen)
    now = {"actor": user_of(request), "moment": timezone.now()}
    if request.POST.get("do") == "confirm":
        attempt(request, lambda: actions.confirm(piece, **now), _("已确认佐证：%s") % piece.title)
    else:
        reason = request.POST.get("reason", "")
        attempt(request, lambda: actions.reject(piece, reason=reason, **now), _("已记为不采用：%s") % piece.title)
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        return redirect(back)
    return redirect("ledger:duty", piece.assignment_id)


def proof_file(request: HttpRequest, pk: int) -> FileResponse:
    """The file of a piece of evidence, for whoever may see its duty."""
    seen = queries.visible(user_of(request), on=today())
    piece = get_object_or_404(Evidence, pk=pk, assignment__in=seen)
    if not piece.file:
        raise Http404
    return FileResponse(piece.file.open("rb"), as_attachment=True, filename=piece.file_name)


#: What each form of the page does: verb of permission, states in which it is open, the form.
ACTS: dict[str, tuple[str, tuple[str, ...], Callable[..., forms.Form]]] = {
    "accept": ("ledger.accept", (State.ASSIGNED,), AcceptForm),
    "object": ("ledger.accept", (State.ASSIGNED,), ReasonForm),
    "report": ("ledger.report", (State.ACCEPTED,), ReportForm),
    "proof": ("ledger.evidence", Assignment.OPEN, ProofForm),
    "complete": ("ledger.complete", (State.ACCEPTED,), forms.Form),
    "postpone": ("ledger.postpone", (State.ACCEPTED,), PostponeForm),
    "reopen": ("ledger.reopen", (State.COMPLETED,), ReasonForm),
    "uphold": ("ledger.decide", (State.OBJECTED,), AnswerForm),
    "withdraw": ("ledger.decide", (State.OBJECTED,), AnswerForm),
    "grant": ("ledger.decide", (State.ACCEPTED,), AnswerForm),
    "refuse": ("ledger.decide", (State.ACCEPTED,), AnswerForm),
    "chase": ("ledger.chase", Assignment.OPEN, ChaseForm),
}


def _open_forms(request: HttpRequest, row: Assignment) -> Forms:
    """The acts that the user may do now, each with its empty form."""
    asked = row.postponements.filter(outcome="").exists()
    closed = {"postpone"} if asked else {"grant", "refuse"}
    if row.objections.filter(outcome="upheld").exists():
        closed.add("object")
    return {
        do: _form(do, row, None, None)
        for do, (verb, states, _form_class) in ACTS.items()
        if do not in closed and row.state in states and may(request.user, verb, row, on=today())
    }


def _form(do: str, row: Assignment, data: Any, files: Any) -> forms.Form:
    make = ACTS[do][2]
    more: dict[str, Any] = {"prefix": do}
    if make is ProofForm:
        more["task"] = row.task
    if make is ReportForm:
        more["initial"] = {"percent": row.percent}
    if do == "chase":
        more["initial"] = {"text": _("请尽快办理并报告进展。")}
    return make(data, files, **more)


def _bound(do: str, row: Assignment, request: HttpRequest) -> forms.Form:
    return _form(do, row, request.POST, request.FILES)


def _closed() -> NoReturn:
    raise WrongState(_("这件事现在不能办：任务的状态已经变了，请看下面可以办的事。"))


def _pending(asked: "RelatedManager[M]") -> M:
    """The objection or request that waits for a decision."""
    return asked.filter(outcome="").first() or _closed()


def _act(request: HttpRequest, do: str, row: Assignment, form: forms.Form) -> bool:
    data: dict[str, Any] = form.cleaned_data
    now = {"actor": user_of(request), "moment": timezone.now()}

    def objected(**decision: Any) -> Objection:
        return actions.decide_objection(_pending(row.objections), **decision)

    def postponed(**decision: Any) -> Postponement:
        return actions.decide_postponement(_pending(row.postponements), **decision)

    acts: dict[str, tuple[Callable[[], Any], str]] = {
        "accept": (lambda: actions.accept([row], **data, **now), _("已认领。")),
        "object": (lambda: actions.object_to(row, **data, **now), _("异议已提交政务公开办裁定。")),
        "report": (lambda: actions.report(row, **data, **now), _("进展已报告。")),
        "proof": (lambda: actions.upload(row, **data, **now), _("佐证已收下。")),
        "complete": (lambda: actions.complete(row, **now), _("已办结。")),
        "postpone": (lambda: actions.ask_postponement(row, **data, **now), _("延期申请已提交。")),
        "reopen": (lambda: actions.reopen(row, **data, **now), _("已重新打开。")),
        "uphold": (lambda: objected(withdraw=False, **data, **now), _("已维持分工。")),
        "withdraw": (lambda: objected(withdraw=True, **data, **now), _("已撤销分工。")),
        "grant": (lambda: postponed(grant=True, **data, **now), _("已同意延期。")),
        "refuse": (lambda: postponed(grant=False, **data, **now), _("已答复不同意延期。")),
        "chase": (
            lambda: actions.chase(row.ledger, [row.body], assignment=row, **data, **now),
            _("已催办；今天已催过的不重复。"),
        ),
    }  # fmt: skip
    return attempt(request, *acts[do])
