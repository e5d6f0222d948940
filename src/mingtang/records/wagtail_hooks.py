"""What this room adds to the desk: its screens, who may open which file, and no bulk deletion."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail import hooks
from wagtail.actions.registry import ActionRegistry
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from mingtang.bodies.policy import MayPolicy
from mingtang.records.column_desk import ColumnViewSet
from mingtang.records.desk import RecordViewSet
from mingtang.records.models import AttachedFile, Column, Record
from mingtang.records.policy import FilePolicy
from mingtang.records.wagtail_actions import CreateRecord, DeleteRecord, EditRecord, NoPublish, NoRevert, NoUnpublish

# For exactly this class, which goes before the policy that Wagtail's documents register for it.
register_permission_policy(AttachedFile, FilePolicy(), exact_class=True)
register_permission_policy(
    Column,
    MayPolicy(
        Column,
        body=None,
        view="records.view",
        add="records.columns",
        change="records.columns",
        delete="records.columns",
    ),
)
register_snippet(RecordViewSet)
register_snippet(ColumnViewSet)


@hooks.register("register_actions")
def register_actions(registry: ActionRegistry) -> None:
    """Wagtail's acts on records are ours: whoever asks its registry (views, API) comes to the same code."""
    for action in (CreateRecord, EditRecord, DeleteRecord, NoPublish, NoUnpublish, NoRevert):
        registry.register(Record, action)


@hooks.register("before_serve_document")
def guard_file(document: AttachedFile, request: HttpRequest) -> None:
    """A file leaves the desk only for who may see it; the public gets attachments from the baked site."""
    user = request.user
    policy = FilePolicy()
    if not user.is_authenticated or not policy.user_has_permission_for_instance(user, "view", document):
        raise PermissionDenied


@hooks.register("before_bulk_action")
def no_bulk_deletion(_request: HttpRequest, _action_type: str, objects: list[Any], _action: Any) -> None:
    """Records and columns are not deleted by the dozen."""
    if any(isinstance(each, Record | Column) for each in objects):
        raise PermissionDenied
