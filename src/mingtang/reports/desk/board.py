"""The state board: every body that owes a report, where its report stands, and the late who are chased from here."""

from collections import Counter
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from mingtang.bodies.models import Body
from mingtang.bodies.permissions import bodies_for, may_everywhere
from mingtang.bodies.permissions import may as may_of
from mingtang.reports import actions, queries
from mingtang.reports.actions.opening import FIRST_YEAR
from mingtang.reports.desk.forms import ChaseForm
from mingtang.reports.desk.serving import acting, attempt, demand, screen, today, user_of

#: How a stage looks: the shapes are those of the desk.
KIND_OF = {
    "none": "waiting", "filling": "going", "returned": "overdue", "submitted": "pending", "accepted": "soon",
    "in_review": "going", "sent_back": "overdue", "published": "done", "correcting": "soon",
}  # fmt: skip
GROUPS = (
    ("", gettext_lazy("全部")),
    ("awaited", gettext_lazy("未报送")),
    ("submitted", gettext_lazy("待审核")),
    ("accepted", gettext_lazy("已通过待送审")),
    ("in_review", gettext_lazy("审签中")),
    ("published", gettext_lazy("已公布")),
)


def board(request: HttpRequest) -> HttpResponse:
    """The board of a year; the office ticks whom to chase."""
    demand(request, "reports.view")
    year = year_of(request)
    everywhere = may_everywhere(request.user, "reports.view", on=today())
    bodies = None if everywhere else bodies_for(request.user, "reports.view", on=today())
    owed = queries.owed(year, bodies)
    counts = Counter("awaited" if each.is_awaited else each.stage for each in owed)
    wanted = request.GET.get("stage", "")
    fillable = set(bodies_for(user_of(request), "reports.fill", on=today()).values_list("pk", flat=True))
    lines = [
        {
            "owed": each, "kind": KIND_OF[each.stage], "late": each.is_late(today()),
            "may_open": each.report is None and each.body.pk in fillable and year <= today().year,
        }
        for each in owed
        if wanted in ("", "awaited" if each.is_awaited else each.stage)
    ]  # fmt: skip
    text = _("请尽快报送%(year)s年政府信息公开工作年度报告。") % {"year": year}
    context: dict[str, Any] = {
        "year": year, "years": range(today().year, max(today().year - 6, FIRST_YEAR), -1), "lines": lines,
        "groups": [(code, label, counts[code] if code else len(owed)) for code, label in GROUPS], "stage": wanted,
        "late": sum(each.is_late(today()) for each in owed), "form": ChaseForm(initial={"text": text}),
        "may_chase": may_everywhere(request.user, "reports.chase", on=today()),
        "may_import": may_of(request.user, "reports.fill", on=today()), "total": len(owed),
        "published": counts["published"],
    }  # fmt: skip
    return screen(request, "board.html", _("年度报告"), context)


def year_of(request: HttpRequest) -> int:
    """The year that the address asks for; the last full one where it asks for none or for nonsense."""
    raw = request.GET.get("year", "")
    last = today().year - 1
    asked = int(raw) if raw.isdecimal() and len(raw) == 4 else last
    return asked if FIRST_YEAR <= asked <= last + 1 else last


@require_POST
def open_report(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Begin the report of a body."""
    body = get_object_or_404(Body, code=code)
    if not may_of(request.user, "reports.fill", body, on=today()):
        raise PermissionDenied
    made: list[Any] = []
    done = attempt(
        request, lambda: made.append(actions.open_report(body, year, **acting(request))), _("可以填报了。")
    )  # fmt: skip
    return redirect("reports:report", made[0].pk) if done else redirect("reports:board")


@require_POST
def chase(request: HttpRequest, year: int) -> HttpResponse:
    """Chase the bodies that are ticked."""
    demand(request, "reports.chase")
    bodies = list(Body.objects.filter(code__in=request.POST.getlist("body")))
    form = ChaseForm(request.POST)
    text = form.cleaned_data["text"] if form.is_valid() else ""
    attempt(
        request, lambda: actions.chase(bodies, year, text, **acting(request)),
        _("已催报所选机关；今天已催过的不重复。"),
    )  # fmt: skip
    return redirect(f"{reverse('reports:board')}?year={year}")
