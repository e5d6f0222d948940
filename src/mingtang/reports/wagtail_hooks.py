"""What annual reports add to the desk: their addresses and the menu item 年度报告."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from mingtang.bodies.permissions import may


class ReportsItem(MenuItem):
    """The menu item, for those who may see reports."""

    # Wagtail's own method says `return True`, which the checker takes for all it may say.
    def is_shown(self, request: HttpRequest) -> bool:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Whether the verb is granted today."""
        return may(request.user, "reports.view", on=timezone.localdate())


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """The room's screens. Wagtail has pages of its own below /desk/reports/."""
    return [path("annual-reports/", include("mingtang.reports.desk.urls"))]


@hooks.register("register_admin_menu_item")
def register_menu() -> Any:
    """The menu item."""
    return ReportsItem(_("年度报告"), reverse("reports:board"), name="annual-reports", icon_name="table", order=215)
