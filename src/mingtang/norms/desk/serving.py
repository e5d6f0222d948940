"""What the library's desk screens share: the page frame, who may enter, and acts that end in a message."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mingtang.bodies.errors import NotPermitted
from mingtang.bodies.models import User
from mingtang.bodies.permissions import may
from mingtang.norms.errors import Refused
from mingtang.norms.models import Norm
from mingtang.norms.queries import visible_to
from mingtang.records.errors import Incomplete, RecordsError

Crumb = tuple[str, str]


def today() -> date:
    """The day of this request in the installation's time zone."""
    return timezone.localdate()


def acting(request: HttpRequest) -> dict[str, Any]:
    """Who acts and when, as every action takes them."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return {"actor": request.user, "moment": timezone.now()}


def screen(
    request: HttpRequest, template: str, title: str, context: dict[str, Any], crumbs: Iterable[Crumb] = (), **more: Any
) -> HttpResponse:
    """A desk page: `crumbs` are (label, address) pairs of the pages above it, below the library."""
    home = reverse("norms:library")
    trail = [] if request.path == home else [(_("规范性文件库"), home), *crumbs]
    return render(
        request,
        f"norms/{template}",
        {"title": title, "crumbs": trail, "today": today()} | context,
        using="desk",
        **more,
    )


def demand(request: HttpRequest, verb: str, thing: Any = None) -> None:
    """Raise `PermissionDenied` unless the user may do `verb`."""
    if not may(request.user, verb, thing, on=today()):
        raise PermissionDenied


def norm_of(request: HttpRequest, pk: int) -> Norm:
    """The document of an address, when the user may see it."""
    demand(request, "norms.view")
    return get_object_or_404(visible_to(request.user, today()), pk=pk)


def attempt(request: HttpRequest, act: Callable[[], Any], done: str, form: forms.Form | None = None) -> bool:
    """Do an act and say that it is done, or at which field why not; returns whether it was."""
    try:
        act()
    except NotPermitted as error:
        raise PermissionDenied(str(error)) from error
    except (Refused, Incomplete) as error:
        for name, mend in error.fields.items():
            if form is None:
                messages.error(request, mend)
            else:
                form.add_error(name if name in form.fields else None, mend)
        return False
    except RecordsError as error:
        if form is None:
            messages.error(request, str(error))
        else:
            form.add_error(None, str(error))
        return False
    messages.success(request, done)
    return True
