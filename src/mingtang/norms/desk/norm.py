"""One document at the desk: what it is worth and why, how it was made, its acts, and the acts on it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from mingtang.bodies.permissions import may
from mingtang.norms import actions, queries
from mingtang.norms.desk.forms import ActForm, FactsForm, FilingForm, ReasonForm, RegisterForm
from mingtang.norms.desk.lists import LOOKS
from mingtang.norms.desk.serving import acting, attempt, demand, norm_of, screen, today
from mingtang.norms.models import Act, Norm
from mingtang.records.models import PUBLIC_STATES


def norm(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about a document, with the acts that may be done now."""
    row = norm_of(request, pk)
    span = queries.validity_at(row, today())
    may_edit = may(request.user, "norms.edit" if row.published_at is None else "norms.register", row, on=today())
    may_act = may(request.user, "norms.act", row, on=today())
    context = {
        "norm": row,
        "span": span,
        "look": LOOKS[span.standing.value] if span else "waiting",
        "rule": span.rule if span else None,
        "last_day": queries.last_day(row),
        "timeline": queries.timeline(row),
        "voided": list(row.acts.exclude(voided_at=None).order_by("-voided_at")),
        "cites": list(queries.cites(row)),
        "cited_by": list(queries.cited_by(row)),
        "joint": list(row.joint.all()),
        "record_url": reverse(row.snippet_viewset.get_url_name("inspect"), args=[row.pk]),
        "may_edit": may_edit,
        "may_register": may(request.user, "norms.register", row, on=today()),
        "may_file": may(request.user, "norms.edit", row, on=today()) and row.published_at is not None,
        "may_act": may_act and row.state in PUBLIC_STATES,
    }
    return screen(request, "norm.html", row.title, context)


def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Record an act on the document."""
    row = norm_of(request, pk)
    demand(request, "norms.act", row)
    form = ActForm(request.POST or None, norm=row, initial={"effective_on": today()})
    return _form(
        request, row, form, _("登记效力行为"), _("登记"), _("已登记，效力随之变更。"),
        lambda: actions.act(row, **form.given(), **acting(request)),
    )  # fmt: skip


def facts(request: HttpRequest, pk: int) -> HttpResponse:
    """State how the document was made."""
    row = norm_of(request, pk)
    demand(request, "norms.edit" if row.published_at is None else "norms.register", row)
    joint = "、".join(str(each) for each in row.joint.all())
    form = FactsForm(request.POST or None, instance=row, initial={"joint": joint})
    return _form(
        request, row, form, _("制定情况"), _("保存"), _("已保存制定情况。"),
        lambda: actions.state_facts(row, **form.facts(), **acting(request)),
    )  # fmt: skip


def register(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the document its registration and its unified number."""
    row = norm_of(request, pk)
    demand(request, "norms.register", row)
    given = {"registration_number": row.registration_number, "unified_number": row.unified_number}
    form = RegisterForm(request.POST or None, initial=given | {"registered_on": row.registered_on or today()})
    return _form(
        request, row, form, _("登记编号"), _("登记"), _("已登记编号。"),
        lambda: actions.register(row, **form.cleaned_data, **acting(request)),
    )  # fmt: skip


def file_above(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell that the document was sent for filing."""
    row = norm_of(request, pk)
    demand(request, "norms.edit", row)
    given = {"to": row.filing_to, "filed_on": row.filed_on or today(), "number": row.filing_number}
    form = FilingForm(request.POST or None, initial=given)
    return _form(
        request, row, form, _("报送备案"), _("登记"), _("已登记报送备案。"),
        lambda: actions.file_above(row, **form.cleaned_data, **acting(request)),
    )  # fmt: skip


def void(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back an act that was recorded by mistake."""
    mistaken = get_object_or_404(Act.objects.select_related("norm__body"), pk=pk)
    if mistaken.voided_at is not None:
        raise Http404
    row = norm_of(request, mistaken.norm_id)
    demand(request, "norms.act", row)
    form = ReasonForm(request.POST or None)
    title = _("撤销登记：%s") % mistaken
    return _form(
        request, row, form, title, _("撤销登记"), _("已撤销，效力重新计算。"),
        lambda: actions.void(mistaken, reason=form.cleaned_data["reason"], **acting(request)),
    )  # fmt: skip


def _form(
    request: HttpRequest, row: Norm, form: forms.BaseForm, title: str, button: str, done: str, run: Callable[[], Any]
) -> HttpResponse:
    """Show a form about the document, or do what it says and go back to the document."""
    if request.method == "POST" and form.is_valid() and attempt(request, run, done, form):  # type: ignore[arg-type]
        return redirect("norms:norm", row.pk)
    crumbs = [(row.title, reverse("norms:norm", args=[row.pk]))]
    context = {"form": form, "button": button, "norm": row}
    return screen(request, "form.html", title, context, crumbs, status=422 if form.errors else 200)
