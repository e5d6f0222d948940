"""What the desk screens of this room share: the page frame, who may see what, and acts that end in a message."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mingtang.bodies import permissions
from mingtang.bodies.errors import NotPermitted
from mingtang.bodies.models import User
from mingtang.foi import access
from mingtang.foi.errors import FoiError, NotSealable
from mingtang.foi.models import FileKind, Request

Crumb = tuple[str, str]
#: Files that name who asks or who was asked: open to those who may see that, for others not even by name.
PERSONAL = frozenset(FileKind) - {FileKind.MATERIAL, FileKind.REPLY_ATTACHMENT, FileKind.REDACTED}
M = TypeVar("M", bound=Model)


def now() -> datetime:
    """The moment of this request."""
    return timezone.now()


def today() -> date:
    """The day of this request in the installation's time zone."""
    return timezone.localdate()


def acting(request: HttpRequest) -> dict[str, Any]:
    """Who acts and when, as every action takes them."""
    return {"actor": user_of(request), "moment": now()}


def screen(
    request: HttpRequest, template: str, title: str, context: dict[str, Any], crumbs: Iterable[Crumb] = (), **more: Any
) -> HttpResponse:
    """A desk page: `crumbs` are (label, address) pairs of the pages above it, below the board."""
    home = reverse("foi:board")
    trail = [] if request.path == home else [(_("依申请公开"), home), *crumbs]
    frame = {"title": title, "crumbs": trail, "today": today()}
    # Public pages of the same name lie with the other engine.
    response = render(request, f"foi/{template}", frame | context, using="desk", **more)
    # Pages of requests hold personal data, if masked: no copy stays in the browser or on the way.
    response["Cache-Control"] = "no-store"
    return response


def user_of(request: HttpRequest) -> User:
    """The person's account; the desk lets nobody else in, so anyone else is refused here."""
    if isinstance(request.user, User):
        return request.user
    raise PermissionDenied


def demand(request: HttpRequest, verb: str, row: Request | None = None) -> None:
    """Raise `PermissionDenied` unless the user may do `verb` to the request (None: to any)."""
    if not may(request, verb, row):
        raise PermissionDenied


def may(request: HttpRequest, verb: str, row: Request | None = None) -> bool:
    """Whether the user may do `verb` today."""
    if row is None:
        return permissions.may(request.user, verb, on=today())
    return access.may(request.user, verb, row, on=today())


def visible(request: HttpRequest, verb: str = "foi.view") -> QuerySet[Request]:
    """The requests that the user may see, or do `verb` to."""
    return access.limited(Request.objects.all(), user_of(request), verb, on=today())


def found(request: HttpRequest, rows: QuerySet[M], through: str, **key: Any) -> M:
    """The row of `rows` whose request (`through` names the way to it) the user may see; 404 for all others alike."""
    seen = visible(request)
    row = rows.filter(**{f"{through}__in": seen.values("pk")}, **key).first()
    if row is None:
        raise Http404
    return row


def the_request(request: HttpRequest, pk: int) -> Request:
    """The request with its bodies and handler; 404 unless the user may see it."""
    rows = visible(request).select_related("body", "unit", "handler__person", "applicant", "campaign", "merged_into")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def attempt(request: HttpRequest, act: Callable[[], Any], done: str) -> bool:
    """Do an act and say that it is done, or why not; returns whether it was."""
    try:
        act()
    except NotPermitted as error:
        raise PermissionDenied(str(error)) from error
    except NotSealable as error:
        for problem in error.problems:
            messages.error(request, problem)
        return False
    except FoiError as error:
        messages.error(request, str(error))
        return False
    messages.success(request, done)
    return True
