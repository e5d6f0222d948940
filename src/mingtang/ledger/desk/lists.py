"""The ledger's lists at the desk: all ledgers, the duties of one, who has answered, evidence to confirm."""

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mingtang.bodies.models import Body, User
from mingtang.bodies.permissions import bodies_for, may, may_everywhere
from mingtang.ledger import actions, queries, quotas
from mingtang.ledger import evidence as reader
from mingtang.ledger.desk.forms import AcceptForm, ChaseForm, FilterForm
from mingtang.ledger.desk.serving import attempt, demand, screen, today, user_of
from mingtang.ledger.models import Assignment, Evidence, Import, Ledger
from mingtang.ledger.workbook import workbook

PER_PAGE = 30


def index(request: HttpRequest) -> HttpResponse:
    """All ledgers that the user may see, with how far they are, and imports that are under way."""
    demand(request, "ledger.view")
    reader.catch_up()
    mine = queries.visible(user_of(request), on=today())
    counts = mine.order_by().values("ledger").annotate(
        total=Count("pk"),
        done=Count("pk", filter=Q(state=Assignment.State.COMPLETED)),
        waiting=Count("pk", filter=Q(state=Assignment.State.ASSIGNED)),
        overdue=Count("pk", filter=Q(state__in=Assignment.OPEN, due_on__lt=today())),
    )  # fmt: skip
    by_ledger = {row["ledger"]: row for row in counts}
    ledgers = [
        {"ledger": one, "counts": by_ledger.get(one.pk)} for one in queries.ledgers(user_of(request), on=today())
    ]
    importing = may_everywhere(request.user, "ledger.import", on=today())
    under_way = Import.objects.exclude(state=Import.State.DONE)[:10] if importing else ()
    context = {"ledgers": ledgers, "may_import": importing, "under_way": under_way}
    return screen(request, "index.html", _("全部台账"), context)


def duties(request: HttpRequest, pk: int) -> HttpResponse:
    """The duties of an issued ledger that the user may see, narrowed and by pages."""
    ledger = _issued(request, pk)
    reader.catch_up()
    rows = queries.visible(user_of(request), on=today()).filter(ledger=ledger)
    wanted = queries.Filter.of(request.GET)
    found = queries.narrowed(rows, wanted, on=today()).order_by("task__item__order", "task__order", "body__order", "pk")
    page = Paginator(queries.with_proof(found), PER_PAGE).get_page(request.GET.get("page"))
    lines = [{"row": row, "tally": quotas.tally(row, on=today())} for row in page]
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "ledger": ledger, "page": page, "lines": lines, "query": query.urlencode(),
        "filters": FilterForm.of(wanted, queries.bodies_of(rows), ledger.items.all()),
        "may_chase": may_everywhere(request.user, "ledger.chase", on=today()),
        "may_accept": may(request.user, "ledger.accept", on=today()),
    }  # fmt: skip
    return screen(request, "duties.html", ledger.title, context)


def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The same rows as the list shows, all of them, as a workbook."""
    ledger = _issued(request, pk)
    rows = queries.visible(user_of(request), on=today()).filter(ledger=ledger)
    found = queries.narrowed(rows, queries.Filter.of(request.GET), on=today()).select_related("task__item__chapter")
    ordered = queries.with_proof(found).order_by("task__item__order", "task__order", "body__order")
    data = workbook(ledger, ordered, on=today())
    answer = HttpResponse(data, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    answer["Content-Disposition"] = f'attachment; filename="ledger-{ledger.year}.xlsx"'
    return answer


def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept several duties of one body at once: tick, then one person, measures and day."""
    ledger = _issued(request, pk)
    demand(request, "ledger.accept")
    mine = bodies_for(request.user, "ledger.accept", on=today())
    waiting = queries.visible(user_of(request), on=today(), verb="ledger.accept")
    waiting = waiting.filter(ledger=ledger, state=Assignment.State.ASSIGNED)
    if code := request.GET.get("body"):
        waiting = waiting.filter(body__code=code)
    form, chosen = AcceptForm(request.POST or None), set(request.POST.getlist("duty"))
    rows = list(waiting.order_by("task__item__order", "task__order", "pk"))
    if request.method == "POST" and form.is_valid():
        ticked = [row for row in rows if str(row.pk) in chosen]
        done = attempt(
            request,
            lambda: actions.accept(ticked, **form.cleaned_data, actor=user_of(request), moment=timezone.now()),
            _("已认领 %(number)s 项。") % {"number": len(ticked)},
        )
        if done:
            return redirect(request.get_full_path())
    context = {
        "ledger": ledger, "form": form, "bodies": list(mine),
        "lines": [{"row": row, "ticked": str(row.pk) in chosen} for row in rows],
        "late": _feedback_over(ledger),
    }  # fmt: skip
    return screen(request, "accept.html", _("认领任务"), context, [_crumb(ledger)])


def answers(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has answered a ledger and who has not; the office chases from here."""
    ledger = _issued(request, pk)
    demand(request, "ledger.chase", ledger)
    text = _("请尽快反馈%(year)s年台账：认领任务并写明责任人、措施和时限。") % {"year": ledger.year}
    form = ChaseForm(request.POST or None, initial={"text": text})
    if request.method == "POST" and form.is_valid():
        bodies = list(Body.objects.filter(code__in=request.POST.getlist("body")))
        attempt(
            request,
            lambda: _chase(ledger, bodies, form.cleaned_data["text"], user_of(request)),
            _("已催办所选单位；今天已催过的不重复。"),
        )
        return redirect("ledger:answers", pk)
    found = queries.answers(ledger)
    context = {
        "ledger": ledger, "answers": found, "form": form, "late": _feedback_over(ledger),
        "waiting": sum(1 for one in found if one.waiting),
    }  # fmt: skip
    return screen(request, "answers.html", _("反馈情况"), context, [_crumb(ledger)])


def evidence(request: HttpRequest) -> HttpResponse:
    """Evidence that waits for confirmation, one click each."""
    demand(request, "ledger.evidence")
    reader.catch_up()
    rows = Evidence.objects.filter(
        assignment__in=queries.visible(user_of(request), on=today(), verb="ledger.evidence").values("pk"),
        assignment__state__in=Assignment.OPEN,
        state=Evidence.State.PROPOSED,
    )
    rows = rows.select_related("assignment__task__item", "assignment__body", "assignment__ledger", "quota")
    page = Paginator(rows.order_by("-on", "-score", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    return screen(request, "evidence.html", _("待确认佐证"), {"page": page})


def _chase(ledger: Ledger, bodies: list[Body], text: str, actor: User) -> None:
    actions.chase(ledger, bodies, text=text, actor=actor, moment=timezone.now())


def _feedback_over(ledger: Ledger) -> bool:
    return ledger.feedback_due is not None and ledger.feedback_due < today()


def _issued(request: HttpRequest, pk: int) -> Ledger:
    demand(request, "ledger.view")
    return get_object_or_404(Ledger.objects.select_related("body"), pk=pk, state=Ledger.State.ISSUED)


def _crumb(ledger: Ledger) -> tuple[str, str]:
    return _("%(year)s年台账") % {"year": ledger.year}, reverse("ledger:ledger", args=[ledger.pk])
