"""What the desk screens of the ledger share: the page frame, who may enter, and acts that end in a message."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mingtang.bodies.errors import NotPermitted
from mingtang.bodies.models import Body, Role, User
from mingtang.bodies.permissions import may, posts_of
from mingtang.ledger.errors import LedgerError, NotProved, NotReady

Crumb = tuple[str, str]


def today() -> date:
    """The day of this request in the installation's time zone."""
    return timezone.localdate()


def screen(
    request: HttpRequest, template: str, title: str, context: dict[str, Any], crumbs: Iterable[Crumb] = (), **more: Any
) -> HttpResponse:
    """A desk page: `crumbs` are (label, address) pairs of the pages above it, below the room's own."""
    home = reverse("ledger:index")
    trail = [] if request.path == home else [(_("工作台账"), home), *crumbs]
    frame = {"title": title, "crumbs": trail, "today": today()}
    return render(request, f"ledger/{template}", frame | context, **more)


def demand(request: HttpRequest, verb: str, thing: Any = None) -> None:
    """Raise `PermissionDenied` unless the user may do `verb`."""
    if not may(request.user, verb, thing, on=today()):
        raise PermissionDenied


def attempt(request: HttpRequest, act: Callable[[], Any], done: str) -> bool:
    """Do an act and say that it is done, or why not; returns whether it was."""
    try:
        act()
    except NotPermitted as error:
        raise PermissionDenied(str(error)) from error
    except (NotReady, NotProved) as error:
        lines = error.problems if isinstance(error, NotReady) else error.missing
        messages.error(request, _("没有办成：") + "；".join(lines))
        return False
    except LedgerError as error:
        messages.error(request, str(error))
        return False
    messages.success(request, done)
    return True


def user_of(request: HttpRequest) -> User:
    """The person's account; the desk lets nobody else in, so anyone else is refused here."""
    if isinstance(request.user, User):
        return request.user
    raise PermissionDenied


def office_of(request: HttpRequest) -> Body:
    """The body for which the user acts as openness office; raises `PermissionDenied` when there is none."""
    for post in posts_of(request.user, today()):
        if post.role == Role.OFFICE:
            return post.body
    raise PermissionDenied
