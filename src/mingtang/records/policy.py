"""Wagtail's permission questions about records and files, answered by `may`, by named readers and by their life."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils import timezone
from wagtail.models import Collection

from mingtang.bodies.policy import MayPolicy
from mingtang.records.access import files_open_to, is_open_to, open_to
from mingtang.records.models import AttachedFile, Record, State


class RecordPolicy(MayPolicy):
    """Rows by body and by named readers; Wagtail's own publish, unpublish, lock and unlock have no verb: closed."""

    def __init__(self) -> None:
        super().__init__(Record, view="records.view", add="records.draft", change="records.edit", delete="records.edit")

    def user_has_permission_for_instance(self, user: Any, action: str, instance: models.Model) -> bool:
        """As for any row; a restricted draft only to whom it is open, deletion only of what never went out."""
        if not isinstance(instance, Record) or not super().user_has_permission_for_instance(user, action, instance):
            return False
        if not is_open_to(user, instance, timezone.localdate()):
            return False
        if action == "delete":
            return instance.published_at is None and instance.state in (State.DRAFT, State.RETURNED)
        return True

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> models.QuerySet[Any]:
        """Rows for which the verb is held, without restricted drafts that are closed to the user."""
        rows = super().instances_user_has_any_permission_for(user, actions)
        return rows.filter(open_to(user, timezone.localdate()))


class FilePolicy(MayPolicy):
    """Files by the body that uploaded them, and by the records that carry them.

    A file that only restricted drafts carry is closed to whom these are closed; one that a visible record of another
    body carries may be looked at. Wagtail's collections are not used: everything lies in the one root collection.
    """

    def __init__(self) -> None:
        super().__init__(
            AttachedFile, view="records.view", add="records.draft", change="records.edit", delete="records.edit"
        )

    def user_has_permission_for_instance(self, user: Any, action: str, instance: models.Model) -> bool:
        """By asking for the rows: a file's standing hangs on the records that carry it."""
        return self.instances_user_has_any_permission_for(user, [action]).filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> models.QuerySet[Any]:
        """Files of bodies for which the verb is held; for looking, also those that visible records carry."""
        asked = list(actions)
        rows = super().instances_user_has_any_permission_for(user, asked)
        return files_open_to(user, rows, looking=bool({"view", "choose"} & set(asked)), on=timezone.localdate())

    def collections_user_has_permission_for(self, _user: Any, _action: str) -> models.QuerySet[Collection]:
        """The root collection, in which all files lie."""
        return Collection.objects.filter(depth=1)

    def collections_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> models.QuerySet[Collection]:
        """The root collection, in which all files lie."""
        return self.collections_user_has_permission_for(user, "".join(actions))
