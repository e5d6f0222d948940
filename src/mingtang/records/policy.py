"""Wagtail's permission questions about records and files, answered by `may`, by named readers and by their life."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils import timezone

from mingtang.bodies.policy import MayPolicy
from mingtang.records.access import is_open_to, open_to
from mingtang.records.actions.drafting import OPEN
from mingtang.records.models import Record, State


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
        return action != "change" or instance.stage in OPEN

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> models.QuerySet[Any]:
        """Rows for which the verb is held, without restricted drafts that are closed to the user."""
        rows = super().instances_user_has_any_permission_for(user, actions)
        return rows.filter(open_to(user, timezone.localdate()))
