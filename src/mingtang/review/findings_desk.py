"""The desk's screen of findings, one by one: what was found, who may set it aside, what was set aside and why."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages

from mingtang.bodies.errors import BodiesError
from mingtang.records.access import may_with
from mingtang.records.errors import RecordsError
from mingtang.records.models import Record
from mingtang.review.checks import findings
from mingtang.review.errors import ReviewError
from mingtang.review.models import SetAside
from mingtang.review.setting_aside import set_aside, why_not


def one_by_one(request: HttpRequest, pk: int) -> HttpResponse:
    """The findings of the newest text; a POST sets one of them aside."""
    record = get_object_or_404(Record.objects.select_related("body", "column", "latest_revision"), pk=pk)
    now = timezone.now()
    if not may_with(request.user, "records.view", record, on=timezone.localdate()):
        raise PermissionDenied
    problem = ""
    if request.method == "POST":
        try:
            set_aside(
                record,
                request.POST.get("key", ""),
                actor=request.user,
                moment=now,
                reason=request.POST.get("reason", ""),
                always="always" in request.POST,
            )
        except (ReviewError, RecordsError, BodiesError) as error:
            problem = str(error)
        else:
            messages.success(request, _("已搁置，理由已记入办理记录。"))
            return redirect("review:findings", pk)
    found = findings(record.get_latest_revision_as_object())
    rows: list[dict[str, Any]] = [
        {"finding": finding, "why_not": why_not(request.user, record, finding, now)} for finding in found
    ]
    context = {
        "title": _("自动检查"),
        "record": record,
        "rows": rows,
        "aside": SetAside.objects.filter(record=record).select_related("user__person"),
        "for_good": SetAside.objects.filter(record=None, body=record.body).select_related("user__person")[:50],
        "problem": problem,
        "key": request.POST.get("key", ""),
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "review/findings_page.html", context, status=409 if problem else 200)
