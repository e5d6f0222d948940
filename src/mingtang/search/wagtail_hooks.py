"""What search adds to the desk: the address and the menu entry of its synonyms."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from mingtang.bodies.permissions import may
from mingtang.search import desk


class SynonymsItem(MenuItem):
    """Shown to who keeps the synonyms."""

    # Wagtail's own method says `return True`, which the checker takes for all it may say.
    def is_shown(self, request: HttpRequest) -> bool:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Whether the verb is granted today."""
        return may(request.user, "search.synonyms", on=timezone.localdate())


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[Any]:
    """The room's screens below /desk/search/."""
    return [path("search/", include((desk.urlpatterns, "search"), namespace="search"))]


@hooks.register("register_records_menu_item")
def register_item() -> MenuItem:
    """An entry in the menu of records."""
    return SynonymsItem(
        _("检索同义词"), reverse("search:synonyms"), name="search-synonyms", icon_name="search", order=60
    )
