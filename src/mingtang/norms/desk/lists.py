"""The library at the desk: its list as of any day, a new document, and what needs somebody's hand."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from mingtang.bodies.permissions import bodies_for, may, may_everywhere
from mingtang.law.validity import Standing
from mingtang.norms import actions, queries
from mingtang.norms import warnings as watching
from mingtang.norms.desk.forms import FilterForm, NewForm
from mingtang.norms.desk.serving import acting, attempt, demand, screen, today
from mingtang.norms.models import Norm
from mingtang.norms.warnings import Matters
from mingtang.records.models import PUBLIC_STATES

PER_PAGE = 30
#: How a standing looks: the shapes are those of the desk.
LOOKS = {"not_yet": "waiting", "valid": "done", "amended": "soon", "repealed": "refused", "lapsed": "refused"}


def library(request: HttpRequest) -> HttpResponse:
    """The catalogue as of a day, narrowed and by pages; below it what is on its way into it."""
    demand(request, "norms.view")
    form = FilterForm(request.GET)
    wanted, day = form.filters(), form.day(today())
    counts = queries.counts(day, wanted)
    page = Paginator(queries.catalogue(day, wanted), PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    under_way = queries.visible_to(request.user, today()).exclude(state__in=[*PUBLIC_STATES, "withdrawn"])
    context = {
        "form": form, "day": day, "page": page, "query": query.urlencode(),
        "counts": [(Standing(code).label, LOOKS[code], number) for code, number in counts.items() if number],
        "lines": [(norm, LOOKS[norm.standing], Standing(norm.standing).label) for norm in page],  # type: ignore[attr-defined]
        "under_way": under_way.order_by("-created_at")[:20],
        "may_draft": may(request.user, "records.draft", on=today()),
    }  # fmt: skip
    return screen(request, "library.html", _("规范性文件库"), context)


def new(request: HttpRequest) -> HttpResponse:
    """Begin a document: its head here, its text in the editor of records."""
    demand(request, "records.draft")
    form = NewForm(request.POST or None, user=request.user, on=today())
    made: list[Norm] = []
    if request.method == "POST" and form.is_valid():
        done = attempt(
            request,
            lambda: made.append(actions.draft(**form.cleaned_data, **acting(request))),
            _("已起草，请填写制定情况和正文。"),
            form,
        )
        if done:
            return redirect("norms:norm", made[0].pk)
    return screen(request, "form.html", _("起草规范性文件"), {"form": form, "button": _("起草")})


def warnings(request: HttpRequest) -> HttpResponse:
    """Every warning about documents that the user answers for, by matter."""
    demand(request, "norms.view")
    everywhere = may_everywhere(request.user, "norms.view", on=today())
    mine = None if everywhere else list(bodies_for(request.user, "norms.view", on=today()))
    found = watching.of(today(), mine)
    asked = request.GET.get("matter", "")
    home = reverse("norms:warnings")
    views = [("", _("全部"), len(found), home)] + [
        (each.value, each.label, sum(one.matter is each for one in found), f"{home}?matter={each.value}")
        for each in Matters
    ]
    shown = [each for each in found if not asked or each.matter.value == asked]
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    query = f"matter={asked}" if asked in {each.value for each in Matters} else ""
    return screen(request, "warnings.html", _("预警"), {"views": views, "asked": asked, "page": page, "query": query})
