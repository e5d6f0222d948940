"""The bridge from Wagtail's permission policies to `may`: one policy for every model whose rows belong to a body."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.utils import timezone
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.permissions import policy_registry

from mingtang.bodies import permissions
from mingtang.bodies.models import Body
from mingtang.bodies.permissions import bodies_for, may, may_everywhere, roles_for


class MayPolicy(BasePermissionPolicy):
    """Answers Wagtail's questions by `may`, on today's date.

    `actions` maps Wagtail's action names to verbs: `MayPolicy(Record, view="records.view", add="records.draft",
    change="records.edit", publish="records.publish")`. An action without a verb is never permitted; `choose` means
    `view` where it is not given. `body` is the lookup from a row to its body (`body`, `record__body`), "" when the
    row is a body itself, None when rows belong to no body: then holding the verb anywhere is enough.
    """

    def __init__(self, model: type[models.Model] | str, *, body: str | None = "body", **actions: str) -> None:
        super().__init__(model)
        self.body = body
        self.actions = {"choose": actions["view"], **actions} if "view" in actions else actions

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whether there is any row at all to which the user may do this."""
        verb = self.actions.get(action)
        return verb is not None and may(user, verb, on=timezone.localdate())

    def user_has_permission_for_instance(self, user: Any, action: str, instance: models.Model) -> bool:
        """Whether the user may do this to the row."""
        verb = self.actions.get(action)
        if verb is None:
            return False
        today = timezone.localdate()
        return may(user, verb, on=today) if self.body is None else may(user, verb, self.body_of(instance), on=today)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> models.QuerySet[Any]:
        """The rows to which the user may do any of these."""
        rows = self.model._default_manager.all()
        verbs = [self.actions[action] for action in actions if action in self.actions]
        today = timezone.localdate()
        reach = may if self.body is None else may_everywhere
        if any(reach(user, verb, on=today) for verb in verbs):
            return rows
        if self.body is None:
            return rows.none()
        within = Q(pk__in=[])
        for verb in verbs:
            within |= Q(**{f"{self.body or 'pk'}__in": bodies_for(user, verb, on=today)})
        return rows.filter(within)

    def users_with_any_permission(self, actions: Iterable[str]) -> models.QuerySet[Any]:
        """Active accounts whose person holds, today, a post that grants any of these somewhere."""
        roles = {role for action in actions if action in self.actions for role in roles_for(self.actions[action])}
        held = permissions.held_on(timezone.localdate()).filter(role__in=roles)
        return get_user_model().objects.filter(is_active=True, person__in=held.values("person"))

    def users_with_any_permission_for_instance(
        self, actions: Iterable[str], instance: models.Model
    ) -> models.QuerySet[Any]:
        """Those among them who may do any of these to this row."""
        able = [
            user.pk
            for user in self.users_with_any_permission(actions).select_related("person")
            if self.user_has_any_permission_for_instance(user, actions, instance)
        ]
        return get_user_model().objects.filter(pk__in=able)

    def body_of(self, instance: models.Model) -> Body | None:
        """The body to which a row belongs; None where a link on the way is empty."""
        found: Any = instance
        for name in (self.body or "").split("__") if self.body else ():
            found = getattr(found, name, None)
        return found


class RowGuard:
    """Mixed into a view of Wagtail: lists show only permitted rows, a direct address of another row is refused.

    Wagtail asks its generic views only for the model as a whole, so without this a known number would open any row.
    """

    request: Any
    model: Any
    permission_required: str | None
    any_permission_required: list[str] | None

    def get_base_queryset(self) -> models.QuerySet[Any]:
        """Rows of a list, limited to those that the user may see."""
        rows = super().get_base_queryset()  # type: ignore[misc]
        if not isinstance(self, IndexView):
            return rows
        return permitted(rows, self.request.user, ["view", *(self.any_permission_required or [])])

    def get_object(self, *args: Any, **kwargs: Any) -> Any:
        """The row of this address, or `PermissionDenied`; None where the view makes a new one."""
        row = super().get_object(*args, **kwargs)  # type: ignore[misc]
        policy = policy_registry.get_by_type(self.model)
        needed = [self.permission_required] if self.permission_required else self.any_permission_required or ["view"]
        if row is not None and not policy.user_has_any_permission_for_instance(self.request.user, needed, row):
            raise PermissionDenied
        return row


class ChooserGuard:
    """Mixed into the views of a chooser: only permitted rows are offered, searched and taken."""

    request: Any

    def get_object_list(self) -> models.QuerySet[Any]:
        """Rows to choose from."""
        return permitted(super().get_object_list(), self.request.user, ["choose"])  # type: ignore[misc]

    def get_object(self, pk: Any) -> Any:
        """The chosen row, or `PermissionDenied`."""
        row = super().get_object(pk)  # type: ignore[misc]
        if not policy_registry.get(row).user_has_permission_for_instance(self.request.user, "choose", row):
            raise PermissionDenied
        return row

    def get_objects(self, pks: list[Any]) -> models.QuerySet[Any]:
        """The chosen rows, without those that the user may not choose."""
        return permitted(super().get_objects(pks), self.request.user, ["choose"])  # type: ignore[misc]


def permitted(rows: models.QuerySet[Any], user: Any, actions: list[str]) -> models.QuerySet[Any]:
    """`rows` without those to which the user may do none of the actions."""
    allowed = policy_registry.get_by_type(rows.model).instances_user_has_any_permission_for(user, actions)
    return rows.filter(pk__in=allowed.values("pk"))


WATCHED = ("get_base_queryset", "get_object", "get_object_list", "get_objects")


class RowChooserViewSet(ChooserViewSet):
    """A chooser that offers only permitted rows."""

    def construct_view(self, view_class: type, **kwargs: Any) -> Any:
        """Guard every view of the chooser."""
        return super().construct_view(guarded(view_class, ChooserGuard), **kwargs)


class RowViewSet:
    """Mixed into a `ModelViewSet` or `SnippetViewSet`: each of its views is guarded row by row.

    `class RecordViewSet(RowViewSet, SnippetViewSet)`, with a `MayPolicy` registered for the model.
    """

    def construct_view(self, view_class: type, **kwargs: Any) -> Any:
        """Guard every view of the set."""
        return super().construct_view(guarded(view_class, RowGuard), **kwargs)  # type: ignore[misc]


def guarded(view_class: type, guard: type) -> type:
    """The view class with the guard in front of it, where it has any of the methods that the guard watches."""
    if issubclass(view_class, guard) or not any(hasattr(view_class, name) for name in WATCHED):
        return view_class
    return type(view_class.__name__, (guard, view_class), {"__module__": view_class.__module__})
