"""What this room adds to the desk: its screens, its panels on records, and “save and submit” in the editor."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.action_menu import ActionMenuItem

from mingtang.records import panels as of_records
from mingtang.records.models import Record, State
from mingtang.review import desk, panels

of_records.add_side_panels(panels.side_panels)
of_records.add_parts(panels.parts)
of_records.add_acts(panels.acts)


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[Any]:
    """The room's screens below /desk/review/."""
    return [path("review/", include((desk.urlpatterns, "review"), namespace="review"))]


class SubmitItem(ActionMenuItem):
    """Save, then go to the submission screen with what the checks found."""

    name = "action-review"
    label = _("保存并送审")
    icon_name = "resubmit"
    order = 10

    def is_shown(self, context: dict[str, Any]) -> bool:
        """Where the text may still be changed."""
        return not context.get("locked_for_user") and context["view"] in ("create", "edit")


@hooks.register("register_snippet_action_menu_item")
def register_submit_item(model: type) -> ActionMenuItem | None:
    """For every kind of record."""
    return SubmitItem() if issubclass(model, Record) else None


@hooks.register("construct_snippet_action_menu")
def only_our_items(items: list[Any], _request: HttpRequest, context: dict[str, Any]) -> None:
    """Wagtail's workflow items for records give way to the screens of review."""
    if issubclass(context["model"], Record):
        items[:] = [item for item in items if item.name in ("action-save", "action-review", "action-locked")]


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def go_to_submission(request: HttpRequest, record: Any) -> HttpResponse | None:
    """After “save and submit”: the submission screen."""
    if isinstance(record, Record) and "action-review" in request.POST and record.stage in (State.DRAFT, State.RETURNED):
        return redirect("review:submit", record.pk)
    return None
