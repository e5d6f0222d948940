"""What disclosure on request adds to the desk: its addresses and the menu group 依申请公开."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from mingtang.bodies.permissions import may


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
    """The room's screens below /desk/foi/."""
    return [path("foi/", include("mingtang.foi.desk.urls"))]


@hooks.register("register_admin_menu_item")
def register_menu() -> SubmenuMenuItem:
    """The menu group; Wagtail hides it where all its items are hidden."""
    items = [
        VerbItem(_("期限看板"), reverse("foi:board"), "foi.view", name="foi-board", icon_name="calendar", order=10),
        VerbItem(_("录入申请"), reverse("foi:new"), "foi.receive", name="foi-new", icon_name="edit", order=20),
        VerbItem(
            _("复议诉讼"), reverse("foi:remedies"), "foi.view", name="foi-remedies", icon_name="history", order=30
        ),
        VerbItem(
            _("转主动公开"), reverse("foi:proposals"), "foi.view", name="foi-proposals", icon_name="view", order=40
        ),
        VerbItem(_("日历订阅"), reverse("foi:feed"), "foi.handle", name="foi-feed", icon_name="date", order=50),
    ]
    menu = Menu(register_hook_name="register_foi_menu_item", items=items)
    return SubmenuMenuItem(_("依申请公开"), menu, name="foi", icon_name="mail", order=210)
