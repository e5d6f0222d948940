"""Clean-ups at the desk: all of them, a new one, and one with its documents, proposals, decisions and its end."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from mingtang.bodies.models import Body
from mingtang.bodies.permissions import bodies_for, may, may_everywhere
from mingtang.norms import actions
from mingtang.norms.desk.forms import CampaignForm, CloseForm, OutcomeForm
from mingtang.norms.desk.serving import acting, attempt, demand, screen, today
from mingtang.norms.models import Campaign, CampaignItem

PER_PAGE = 50


def clean_ups(request: HttpRequest) -> HttpResponse:
    """All clean-ups with how far they are."""
    demand(request, "norms.view")
    rows = Campaign.objects.annotate(
        total=Count("items", distinct=True),
        proposed=Count("items", filter=~Q(items__proposal=""), distinct=True),
        decided=Count("items", filter=~Q(items__decision=""), distinct=True),
    ).order_by("-opened_at", "-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    may_open = may(request.user, "norms.clean_up", on=today())
    return screen(request, "clean_ups.html", _("清理"), {"page": page, "may_open": may_open})


def new(request: HttpRequest) -> HttpResponse:
    """Open a clean-up."""
    demand(request, "norms.clean_up")
    form = CampaignForm(request.POST or None)
    opened: list[Campaign] = []
    if request.method == "POST" and form.is_valid():
        done = attempt(
            request,
            lambda: opened.append(actions.open_clean_up(**form.cleaned_data, **acting(request))),
            _("已启动清理，各单位的首页会提醒。"),
            form,
        )
        if done:
            return redirect("norms:clean_up", opened[0].pk)
    crumbs = [(_("清理"), reverse("norms:clean_ups"))]
    context = {"form": form, "button": _("启动清理")}
    return screen(request, "form.html", _("启动清理"), context, crumbs, status=422 if form.errors else 200)


def clean_up(request: HttpRequest, pk: int) -> HttpResponse:
    """One clean-up: documents of the user's bodies; who may propose or decide does it for those ticked."""
    demand(request, "norms.view")
    campaign = get_object_or_404(Campaign.objects.select_related("announcement"), pk=pk)
    decides = may_everywhere(request.user, "norms.clean_up", on=today())
    rows = campaign.items.all() if decides else campaign.items.filter(body__in=_mine(request))
    if not rows.exists():
        raise PermissionDenied
    proposes = may(request.user, "norms.propose", on=today())
    forms = {
        "propose": OutcomeForm(request.POST if "propose" in request.POST else None, prefix="p"),
        "decide": OutcomeForm(request.POST if "decide" in request.POST else None, prefix="d"),
        "close": CloseForm(
            request.POST if "close" in request.POST else None, prefix="c", user=request.user, on=today()
        ),
    }
    if request.method == "POST" and _do(request, campaign, rows, forms):
        return redirect("norms:clean_up", pk)
    waiting = rows.filter(proposal="").values("body", "body__short_name").annotate(number=Count("pk"))
    page = Paginator(_filtered(request, rows), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "campaign": campaign, "page": page, "open": campaign.state == Campaign.State.OPEN,
        "query": f"show={request.GET.get('show', '')}" if request.GET.get("show") in SHOWN else "",
        "counts": rows.aggregate(
            total=Count("pk"),
            proposed=Count("pk", filter=~Q(proposal="")),
            decided=Count("pk", filter=~Q(decision="")),
        ),
        "waiting": list(waiting.order_by("body__order", "body")),
        "decides": decides, "proposes": proposes, "forms": forms,
        "late": campaign.deadline < today(), "show": request.GET.get("show", ""),
        "record_url": _record_url(campaign),
    }  # fmt: skip
    return screen(request, "clean_up.html", campaign.name, context, [(_("清理"), reverse("norms:clean_ups"))])


SHOWN = {
    "waiting": Q(proposal="", decision=""),
    "undecided": ~Q(proposal="") & Q(decision=""),
    "decided": ~Q(decision=""),
}


def _filtered(request: HttpRequest, rows: QuerySet[CampaignItem]) -> QuerySet[CampaignItem]:
    shown = rows.filter(SHOWN.get(request.GET.get("show", ""), Q()))
    return shown.select_related("norm__body", "body").order_by("body__order", "body__code", "norm__made_on", "pk")


def _mine(request: HttpRequest) -> QuerySet[Body]:
    return bodies_for(request.user, "norms.view", on=today())


def _do(request: HttpRequest, campaign: Campaign, rows: QuerySet[CampaignItem], forms: dict[str, Any]) -> bool:
    """Do the one act that was sent."""
    ticked = [int(pk) for pk in request.POST.getlist("item") if pk.isdecimal()]
    chosen = list(rows.filter(pk__in=ticked))
    if "chase" in request.POST:
        bodies = Body.objects.filter(pk__in=rows.filter(proposal="").values("body"))
        return attempt(
            request,
            lambda: actions.chase(campaign, bodies, **acting(request)),
            _("已催办未反馈的单位，今天催过的不重复。"),
        )
    for name, run, done in (
        ("propose", actions.propose, _("已提出清理意见。")),
        ("decide", actions.decide, _("已作出决定，办结时生效。")),
    ):
        if name in request.POST:
            return _judge(request, run, chosen, forms[name], done)
    form = forms["close"]
    if "close" in request.POST and form.is_valid():
        done = _("已办结：效力已变更，公告草稿已拟好，请送审。")
        return attempt(
            request, lambda: actions.close_clean_up(campaign, **form.cleaned_data, **acting(request)), done, form
        )
    return False


def _judge(
    request: HttpRequest, run: Callable[..., Any], chosen: list[CampaignItem], form: OutcomeForm, done: str
) -> bool:
    """Propose or decide for the ticked documents."""
    if not form.is_valid():
        return False
    if not chosen:
        form.add_error(None, _("请先勾选文件。"))
        return False
    given = form.cleaned_data
    return attempt(
        request, lambda: run(chosen, given["outcome"], reason=given["reason"], **acting(request)), done, form
    )


def _record_url(campaign: Campaign) -> str:
    record = campaign.announcement
    return reverse(record.snippet_viewset.get_url_name("inspect"), args=[record.pk]) if record else ""
