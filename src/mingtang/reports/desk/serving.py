"""What the desk screens of this room share: the page frame, who may see what, and acts that end in a message."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mingtang.bodies import permissions
from mingtang.bodies.errors import NotPermitted
from mingtang.bodies.models import User
from mingtang.records.errors import RecordsError
from mingtang.reports import queries
from mingtang.reports.errors import Blocked, FileRefused, ReportsError
from mingtang.reports.models import AnnualReport
from mingtang.review.errors import ReviewError

Crumb = tuple[str, str]


def now() -> datetime:
    """The moment of this request."""
    return timezone.now()


def today() -> date:
    """The day of this request in the installation's time zone."""
    return timezone.localdate()


def acting(request: HttpRequest) -> dict[str, Any]:
    """Who acts and when, as every action takes them."""
    return {"actor": user_of(request), "moment": now()}


def user_of(request: HttpRequest) -> User:
    """The person's account; the desk lets nobody else in, so anyone else is refused here."""
    if isinstance(request.user, User):
        return request.user
    raise PermissionDenied


def may(request: HttpRequest, verb: str, report: AnnualReport | None = None) -> bool:
    """Whether the user may do `verb` today, to the report's body or to any."""
    return permissions.may(request.user, verb, report, on=today())


def demand(request: HttpRequest, verb: str, report: AnnualReport | None = None) -> None:
    """Raise `PermissionDenied` unless the user may."""
    if not may(request, verb, report):
        raise PermissionDenied


def the_report(request: HttpRequest, pk: int) -> AnnualReport:
    """The report; 404 unless the user may see it."""
    report = queries.visible(user_of(request), on=today()).filter(pk=pk).first()
    if report is None:
        raise Http404
    return report


def screen(
    request: HttpRequest, template: str, title: str, context: dict[str, Any], crumbs: Iterable[Crumb] = (), **more: Any
) -> HttpResponse:
    """A desk page: `crumbs` are (label, address) pairs of the pages above it, below the board."""
    home = reverse("reports:board")
    trail = [] if request.path == home else [(_("年度报告"), home), *crumbs]
    frame = {"title": title, "crumbs": trail, "today": today()}
    return render(request, f"reports/{template}", frame | context, using="desk", **more)


def crumb_of(report: AnnualReport) -> Crumb:
    """The way back to a report."""
    label = _("%(body)s %(year)s 年") % {"body": report.body.short_name, "year": report.year}
    return label, reverse("reports:report", args=[report.pk])


def attempt(request: HttpRequest, act: Callable[[], Any], done: str) -> bool:
    """Do an act and say that it is done, or why not; returns whether it was."""
    try:
        act()
    except NotPermitted as error:
        raise PermissionDenied(str(error)) from error
    except (Blocked, FileRefused) as error:
        for problem in error.problems[:20]:
            messages.error(request, problem)
        return False
    except (ReportsError, RecordsError, ReviewError) as error:
        messages.error(request, str(error))
        return False
    messages.success(request, done)
    return True
