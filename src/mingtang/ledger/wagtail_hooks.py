"""What the ledger adds to the desk: its addresses and the menu group 工作台账."""

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

    def is_shown(self, request: HttpRequest) -> bool:  # pyright: ignore[reportIncompatibleMethodOverride]  # Wagtail has no types
        """Whether the verb is granted today."""
        return may(request.user, self.verb, on=timezone.localdate())


@hooks.register("register_admin_urls")  # pyright: ignore[reportOptionalCall]  # Wagtail has no types
def register_urls() -> list[URLPattern | URLResolver]:
    """The room's screens below /desk/ledger/."""
    return [path("ledger/", include("mingtang.ledger.desk.urls"))]


@hooks.register("register_admin_menu_item")  # pyright: ignore[reportOptionalCall]  # Wagtail has no types
def register_menu() -> SubmenuMenuItem:
    """The menu group; Wagtail hides it where all its items are hidden."""
    items = [
        VerbItem(_("全部台账"), reverse("ledger:index"), "ledger.view", icon_name="list-ul", order=10),
        VerbItem(_("待确认佐证"), reverse("ledger:evidence"), "ledger.evidence", icon_name="check", order=20),
        VerbItem(_("导入通知"), reverse("ledger:upload"), "ledger.import", icon_name="upload", order=30),
    ]
    menu = Menu(register_hook_name="register_ledger_menu_item", items=items)
    return SubmenuMenuItem(_("工作台账"), menu, name="ledger", icon_name="list-ul", order=200)
