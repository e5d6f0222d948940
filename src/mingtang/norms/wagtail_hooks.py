"""What the library adds to the desk: its addresses, the menu group 规范性文件, and its part of a record's overview."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from mingtang.bodies.permissions import may
from mingtang.norms.models import Norm
from mingtang.records import panels
from mingtang.records.models import Record


class VerbItem(MenuItem):
    """A menu item shown to those who may do its verb for some body."""

    def __init__(self, label: str, url: str, verb: str, **kwargs: Any) -> None:
        self.verb = verb
        super().__init__(label, url, **kwargs)

    # Wagtail's own method says `return True`, which the checker takes for all it may say.
    def is_shown(self, request: HttpRequest) -> bool:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Whether the verb is granted today."""
        return may(request.user, self.verb, on=timezone.localdate())


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """The room's screens below /desk/norms/."""
    return [path("norms/", include("mingtang.norms.desk.urls"))]


@hooks.register("register_admin_menu_item")
def register_menu() -> SubmenuMenuItem:
    """The menu group; Wagtail hides it where all its items are hidden."""
    items = [
        VerbItem(
            _("文件库"), reverse("norms:library"), "norms.view", name="norms-library", icon_name="doc-full", order=10
        ),
        VerbItem(
            _("清理"), reverse("norms:clean_ups"), "norms.view", name="norms-clean-ups", icon_name="check", order=20
        ),
        VerbItem(
            _("预警"), reverse("norms:warnings"), "norms.view", name="norms-warnings", icon_name="warning", order=30
        ),
    ]
    menu = Menu(register_hook_name="register_norms_menu_item", items=items)
    return SubmenuMenuItem(_("规范性文件"), menu, name="norms", icon_name="doc-full", order=205)


def acts_of(record: Record, request: HttpRequest) -> Iterator[panels.Act]:
    """The way from a record's overview to its page in the library."""
    if isinstance(record, Norm) and may(request.user, "norms.view", on=timezone.localdate()):
        yield panels.Act(_("文件库：制定情况与效力"), reverse("norms:norm", args=[record.pk]))


panels.add_acts(acts_of)
