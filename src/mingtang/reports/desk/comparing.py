"""Putting a government's report together, and numbers side by side: over five years, and between bodies."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from mingtang.law import rule
from mingtang.law.annual.tables import Tables
from mingtang.reports import actions, filling, queries
from mingtang.reports.desk import tables
from mingtang.reports.desk.board import KIND_OF, year_of
from mingtang.reports.desk.forms import ExcludeForm
from mingtang.reports.desk.serving import acting, attempt, crumb_of, demand, screen, the_report, today, user_of
from mingtang.reports.desk.show import frame
from mingtang.reports.models import AnnualReport, Exclusion

#: What is compared: label, table, row, column.
MEASURES = (
    (gettext_lazy("本年新收"), "requests", "new", "total"),
    (gettext_lazy("上年结转"), "requests", "carried_over", "total"),
    (gettext_lazy("予以公开"), "requests", "granted", "total"),
    (gettext_lazy("部分公开"), "requests", "partly_granted", "total"),
    (gettext_lazy("办理结果总计"), "requests", "total", "total"),
    (gettext_lazy("结转下年"), "requests", "carried_forward", "total"),
    (gettext_lazy("行政复议"), "disputes", "review", "total"),
    (gettext_lazy("复议纠正"), "disputes", "review", "corrected"),
    (gettext_lazy("直接起诉"), "disputes", "direct_litigation", "total"),
    (gettext_lazy("现行有效规范性文件"), "norms", "normative_documents", "valid"),
)
RULES = ("annual-report-aggregation.sum", "annual-report-aggregation.once")


def members(request: HttpRequest, pk: int) -> HttpResponse:
    """Which reports a government's takes in, what is left out as counted twice, and the form for more."""
    own = _government(request, pk)
    context = frame(request, own, "members")
    form = ExcludeForm(
        request.POST if request.POST.get("do") == "exclude" else None, report=own,
        places=tables.places(filling.sheet(own)),
    )  # fmt: skip
    if request.method == "POST" and form.is_bound and form.is_valid() and _excluded(request, own, form):
        return redirect("reports:members", pk)
    taken = {each.member_id: each for each in own.included.all()}
    others = AnnualReport.objects.filter(year=own.year, kind=AnnualReport.Kind.BODY).select_related("body", "record")
    context |= {
        "members": [
            {"member": each, "kind": KIND_OF[each.stage], "inclusion": taken.get(each.pk)}
            for each in others.order_by("body__order", "body__code")
        ],
        "taken": len(taken), "exclusions": list(own.exclusions.prefetch_related("bodies")),
        "form": form if own.is_open and own.frozen is None and taken else None,
        "rules": [rule(each) for each in RULES], "gathering": own.is_open and own.frozen is None,
    }  # fmt: skip
    return screen(request, "members.html", _("汇总"), context, [crumb_of(own)])


def _government(request: HttpRequest, pk: int) -> AnnualReport:
    own = the_report(request, pk)
    if not own.is_government:
        raise Http404
    return own


def _excluded(request: HttpRequest, own: AnnualReport, form: ExcludeForm) -> bool:
    data = form.cleaned_data
    table, row, column = data["place"].split("/")
    return attempt(
        request,
        lambda: actions.exclude(
            own, table, row, column, data["number"], data["reason"], list(data["bodies"]), **acting(request)
        ),
        _("已扣除，原因随报告公布。"),
    )


@require_POST
def gather(request: HttpRequest, pk: int) -> HttpResponse:
    """Take in what is accepted."""
    own = _government(request, pk)
    attempt(request, lambda: actions.gather(own, **acting(request)), _("已汇总审核通过的报告。"))
    return redirect("reports:members", pk)


@require_POST
def drop_exclusion(request: HttpRequest, pk: int, exclusion: int) -> HttpResponse:
    """Take an exclusion back."""
    own = _government(request, pk)
    row = Exclusion.objects.filter(pk=exclusion, report=own).first()
    if row is None:
        raise Http404
    attempt(request, lambda: actions.drop_exclusion(row, **acting(request)), _("已取消扣除。"))
    return redirect("reports:members", pk)


def trend(request: HttpRequest, pk: int) -> HttpResponse:
    """Up to five years of a body side by side."""
    own = the_report(request, pk)
    years = queries.trend(own)
    context = frame(request, own, "trend") | {
        "years": [year for year, _tables in years],
        "lines": [(label, [_number(each, *place) for _year, each in years]) for label, *place in MEASURES],
    }  # fmt: skip
    return screen(request, "trend.html", _("五年对照"), context, [crumb_of(own)])


def compare(request: HttpRequest) -> HttpResponse:
    """The bodies of a year side by side: published numbers, else those submitted."""
    demand(request, "reports.view")
    year = year_of(request)
    rows = queries.visible(user_of(request), on=today()).filter(year=year)
    found = queries.comparison(rows.order_by("kind", "body__order", "body__code"))
    context: dict[str, Any] = {
        "year": year, "years": range(today().year, today().year - 6, -1),
        "labels": [label for label, *_place in MEASURES],
        "lines": [(each, [_number(each.tables, *place) for _label, *place in MEASURES]) for each in found],
    }  # fmt: skip
    return screen(request, "compare.html", _("机关之间对照"), context)


def _number(numbers: Tables, table: str, row: str, column: str) -> str:
    cells = getattr(numbers, table)
    cell = cells.get(row, {}).get(column)
    return "—" if cell is None or cell.value is None else f"{cell.value.normalize():f}"
