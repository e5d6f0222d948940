"""The desk's shell: its style sheet, the menu with the rooms as groups, and its own pages."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.search import SearchArea

from mingtang.bodies.permissions import may
from mingtang.desk import views
from mingtang.desk.closed import HIDDEN_ITEMS


class VerbItem(MenuItem):
    """A menu item that shows to who may do a verb somewhere."""

    def __init__(self, label: Any, url: str, verb: str, **options: Any) -> None:
        super().__init__(label, url, **options)
        self.verb = verb

    # Wagtail's own method says `return True`, which the checker takes for all it may say.
    def is_shown(self, request: HttpRequest) -> bool:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Whether the user holds the verb today."""
        return may(request.user, self.verb, on=timezone.localdate())


class RecordsSearch(SearchArea):
    """Searching records, for who may see any."""

    # Wagtail's own method says `return True`, which the checker takes for all it may say.
    def is_shown(self, request: HttpRequest) -> bool:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Whether the user may see records somewhere."""
        return may(request.user, "records.view", on=timezone.localdate())


@hooks.register("insert_global_admin_css")
def style_sheet() -> str:
    """Colours, type and the shared parts."""
    return format_html('<link rel="stylesheet" href="{}">', static("desk/desk.css"))


@hooks.register("insert_global_admin_js")
def script() -> str:
    """Starts Wagtail's widgets from data."""
    return format_html('<script src="{}" defer></script>', static("desk/desk.js"))


@hooks.register("register_admin_search_area")
def records_search() -> SearchArea:
    """The search field of the menu looks for records."""
    return RecordsSearch(_("信息"), reverse("records:list"), name="records", icon_name="doc-full", order=10)


@hooks.register("register_admin_urls")
def parts_address() -> list[Any]:
    """The page of shared parts."""
    return [path("parts/", views.parts, name="desk_parts")]


@hooks.register("register_admin_menu_item")
def today_item() -> MenuItem:
    """The way home."""
    return MenuItem(_("今天要办"), reverse("wagtailadmin_home"), name="today", icon_name="tasks", order=10)


@hooks.register("register_admin_menu_item")
def records_items() -> MenuItem:
    """The room of records."""
    items = [
        VerbItem(
            _("全部信息"), reverse("records:list"), "records.view", name="records-all", icon_name="doc-full", order=10
        ),
        VerbItem(
            _("起草信息"), reverse("records:add"), "records.draft", name="records-add", icon_name="edit", order=20
        ),
        VerbItem(
            _("附件文件"),
            reverse("wagtaildocs:index"),
            "records.draft",
            name="records-files",
            icon_name="doc-full-inverse",
            order=30,
        ),
        VerbItem(
            _("栏目"), reverse("columns:list"), "records.columns", name="records-columns", icon_name="list-ul", order=40
        ),
    ]
    menu = Menu(register_hook_name="register_records_menu_item", items=items)
    return SubmenuMenuItem(_("信息"), menu, name="records", icon_name="doc-full", order=110)


@hooks.register("register_admin_menu_item")
def review_item() -> MenuItem:
    """The room of review."""
    return VerbItem(
        _("审核"), reverse("review:waiting"), "review.view", name="review", icon_name="circle-check", order=120
    )


@hooks.register("construct_main_menu")
def only_our_rooms(_request: HttpRequest, items: list[MenuItem]) -> None:
    """Leave out what the platform does not use; Wagtail's entry for files stands under records."""
    items[:] = [item for item in items if item.name not in HIDDEN_ITEMS]
