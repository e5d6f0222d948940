"""What follows requests: the register of remedies, similar requests proposed for publication, campaigns."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, Count, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from mingtang.bodies.errors import NotPermitted
from mingtang.bodies.permissions import bodies_for
from mingtang.foi import actions, queries
from mingtang.foi.desk.acts.base import given
from mingtang.foi.desk.fields import Words
from mingtang.foi.desk.serving import acting, attempt, demand, may, screen, the_request, today, visible
from mingtang.foi.errors import FoiError
from mingtang.foi.models import Proposal, Remedy, Request
from mingtang.records import classes
from mingtang.records.models import Column

PER_PAGE = 30
PENDING_FIRST = Case(When(outcome=Remedy.Outcome.PENDING, then=Value(0)), default=Value(1))


def remedies(request: HttpRequest) -> HttpResponse:
    """Reconsiderations and lawsuits with their stages, open ones first, and the fifteen numbers of table 3."""
    demand(request, "foi.view")
    rows = Remedy.objects.filter(request__in=visible(request).values("pk")).select_related("request__body")
    kind, year = request.GET.get("kind", ""), request.GET.get("year", "")
    if kind in Remedy.Kind.values:
        rows = rows.filter(kind=kind)
    if year.isdigit() and len(year) == 4:
        rows = rows.filter(filed_on__year=int(year))
    counts = {
        (row["kind"], row["outcome"]): row["n"]
        for row in rows.order_by().values("kind", "outcome").annotate(n=Count("pk"))
    }
    table = [
        {
            "label": kind.label,
            "cells": [counts.get((kind.value, outcome), 0) for outcome in ("upheld", "corrected", "other", "pending")],
        }
        for kind in Remedy.Kind
    ]
    for line in table:
        line["total"] = sum(line["cells"])
    page = Paginator(rows.order_by(PENDING_FIRST, "-filed_on", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "page": page, "table": table, "kinds": Remedy.Kind.choices, "kind": kind, "year": year,
        "query": query.urlencode(),
    }  # fmt: skip
    return screen(request, "remedies.html", _("复议诉讼"), context)


class ProposeForm(forms.Form):
    """Similar requests as one proposal."""

    numbers = Words(
        label=gettext_lazy("相关申请的编号"),
        help_text=gettext_lazy("一行一个；须是同一受理机关的申请。"),
        max_length=4000,
    )
    title = forms.CharField(label=gettext_lazy("建议公开的信息"), max_length=200)
    text = Words(label=gettext_lazy("内容和理由"), required=False)

    def __init__(self, *args: Any, rows: Any, **kwargs: Any) -> None:
        self.rows = rows
        super().__init__(*args, **kwargs)

    def clean_numbers(self) -> list[Request]:
        """The requests of these numbers."""
        numbers = list(dict.fromkeys(self.cleaned_data["numbers"].split()))
        found = {row.number: row for row in self.rows.filter(number__in=numbers).select_related("body", "unit")}
        if missing := [number for number in numbers if number not in found]:
            raise forms.ValidationError(_("没有这些编号的申请：%s。") % "、".join(missing[:5]))
        return list(found.values())


class RecordForm(forms.Form):
    """Where the record that comes of a proposal is filed."""

    column = forms.ModelChoiceField(Column.objects.none(), label=gettext_lazy("栏目"))
    topic = forms.ChoiceField(label=gettext_lazy("主题分类"), choices=classes.topic_choices)
    genre = forms.ChoiceField(label=gettext_lazy("体裁分类"), choices=lambda: list(classes.load().genres.items()))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["column"].queryset = Column.objects.all()


def proposals(request: HttpRequest) -> HttpResponse:
    """Proposals under article 44, and the form for a new one."""
    demand(request, "foi.view")
    proposing = may(request, "foi.propose")
    rows = visible(request, "foi.propose") if proposing else Request.objects.none()
    sent = request.POST if request.method == "POST" else None
    form = ProposeForm(sent, rows=rows, initial={"numbers": "\n".join(request.GET.getlist("number"))})
    if sent is not None:
        demand(request, "foi.propose")
        if form.is_valid() and _proposed(request, form):
            return redirect("foi:proposals")
    bodies = bodies_for(request.user, "foi.view", on=today())
    found = (
        Proposal.objects.filter(body__in=bodies)
        .select_related("body", "record")
        .annotate(n=Count("requests"))
        .order_by("-made_at", "-pk")
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows_shown = [(one, RecordForm(auto_id=f"record-{one.pk}-%s")) for one in page]
    context = {"page": page, "rows": rows_shown, "form": form if proposing else None, "query": ""}
    return screen(request, "proposals.html", _("转主动公开"), context, status=422 if form.errors and sent else 200)


def similar(request: HttpRequest, pk: int) -> HttpResponse:
    """Requests that ask for much the same, and the ways on: to a proposal for publication, or worked on together."""
    row = the_request(request, pk)
    seen = set(visible(request).values_list("pk", flat=True).filter(body=row.body_id))
    found = [(other, round(likeness * 100)) for other, likeness in queries.similar(row) if other.pk in seen]
    context = {
        "row": row, "found": found, "same": queries.asked_by_same(row), "may_propose": may(request, "foi.propose", row),
    }  # fmt: skip
    crumb = (row.number, reverse("foi:request", args=[pk]))
    return screen(request, "similar.html", _("相似的申请"), context, [crumb])


@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why what was proposed is not published."""
    demand(request, "foi.propose")
    bodies = bodies_for(request.user, "foi.propose", on=today())
    proposal = Proposal.objects.filter(pk=pk, body__in=bodies).first()
    if proposal is not None:
        reason = request.POST.get("reason", "")
        attempt(request, lambda: actions.decline(proposal, reason=reason, **acting(request)), _("已记录。"))
    return redirect("foi:proposals")


@require_POST
def open_record(request: HttpRequest, pk: int) -> HttpResponse:
    """Turn a proposal into a draft of a public record, and go there."""
    demand(request, "foi.propose")
    bodies = bodies_for(request.user, "foi.propose", on=today())
    proposal = Proposal.objects.filter(pk=pk, body__in=bodies).select_related("body").first()
    form = RecordForm(request.POST)
    if proposal is None or not form.is_valid():
        return redirect("foi:proposals")
    try:
        record = actions.open_record(proposal, **given(form, "column", "topic", "genre"), **acting(request))
    except NotPermitted:
        messages.error(request, _("您没有起草公开信息的岗位：请由本机构的信息发布岗起草。"))
    except FoiError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("已起草公开信息，请补充后送审。"))
        return redirect(reverse("records:edit", args=[record.pk]))
    return redirect("foi:proposals")


def _proposed(request: HttpRequest, form: ProposeForm) -> bool:
    data = form.cleaned_data
    try:
        actions.propose(data["numbers"], title=data["title"], text=data["text"], **acting(request))
    except FoiError as error:
        form.add_error(None, str(error))
        return False
    return True
