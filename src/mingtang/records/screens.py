"""The desk's screen for one act on a record: what it does, what it asks, and the button that does it."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.widgets import AdminDateTimeInput

from mingtang.bodies.errors import BodiesError
from mingtang.records import acts
from mingtang.records.access import may_with
from mingtang.records.acts import Deed
from mingtang.records.errors import RecordsError
from mingtang.records.models import Record, State
from mingtang.records.queries import visible_to


def form_for(deed: Deed, record: Record, user: Any, data: Any = None) -> forms.Form:
    """The form with the one field that the act asks for, or none."""
    form = forms.Form(data)
    if deed.asks == "when":
        form.fields["given"] = forms.DateTimeField(label=_("发布时间"), widget=AdminDateTimeInput())
    elif deed.asks == "record":
        others = visible_to(user, timezone.localdate()).filter(state=State.PUBLISHED, amendment="")
        near = others.filter(body=record.body_id).exclude(pk=record.pk).order_by("-published_at")
        form.fields["given"] = forms.ModelChoiceField(near, label=_("替代它的新信息"))
    elif deed.asks:
        widget = forms.Textarea(attrs={"rows": 3})
        form.fields["given"] = forms.CharField(label=deed.asks, min_length=4, max_length=200, widget=widget)
    return form


def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Show the act's screen, or do it."""
    deed = acts.named(name)
    if deed is None:
        raise Http404
    record = get_object_or_404(Record, pk=pk)
    if not may_with(request.user, deed.verb, record, on=timezone.localdate()):
        raise PermissionDenied
    overview = record.snippet_viewset.get_url_name("inspect")
    form = form_for(deed, record, request.user, request.POST if request.method == "POST" else None)
    problem = "" if deed.fits(record) else _("现在不能%s：请刷新，看它目前的状态。") % deed.label
    if request.method == "POST" and not problem and form.is_valid():
        try:
            deed.run(record, request.user, timezone.now(), form.cleaned_data.get("given"))
        except (RecordsError, BodiesError) as error:
            problem = str(error)
        else:
            messages.success(request, _("“%(title)s”：已%(act)s。") % {"title": record.title, "act": deed.label})
            return redirect(overview, pk)
    context = {
        "title": deed.label,
        "record": record,
        "deed": deed,
        "form": form,
        "problem": problem,
        "overview": overview,
    }
    return render(request, "records/act.html", context, status=409 if problem else 200)
