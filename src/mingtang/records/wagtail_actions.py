"""Wagtail's action classes for records: create, edit and delete call `records.actions`, the others are closed."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.create import CreateAction
from wagtail.actions.delete import DeleteAction
from wagtail.actions.edit import EditAction
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.actions.revert_to_revision import RevertToRevisionAction
from wagtail.actions.unpublish import UnpublishAction

from mingtang.records import actions
from mingtang.records.models import Record


def _actor(action: Any) -> Any:
    """The person who acts; Wagtail allows none, we do not."""
    if action.user is None:
        raise PermissionDenied(_("须指明由谁操作。"))
    return action.user


class CreateRecord(CreateAction):
    """Create, by `open_draft`."""

    def execute(self, skip_permission_checks: bool = False) -> Record:
        """Store the instance, or the form's."""
        record = self.form.save(commit=False) if self.form else self.instance
        self.instance = actions.open_draft(record, actor=_actor(self), moment=timezone.now())
        self.revision = self.instance.latest_revision
        return self.instance


class EditRecord(EditAction):
    """Edit, by `save_draft`; never publishes."""

    def execute(self, skip_permission_checks: bool = False) -> Record:
        """Store the instance, or the form's, as a new draft."""
        if self.publish:
            raise PermissionDenied(_("信息只能在审核签发后发布。"))
        record = self.form.save(commit=False) if self.form else self.instance
        self.instance = actions.save_draft(
            record, actor=_actor(self), moment=timezone.now(), overwrite=self.overwrite_revision
        )
        self.revision = self.instance.latest_revision
        return self.instance


class DeleteRecord(DeleteAction):
    """Delete, by `delete`."""

    def execute(self, skip_permission_checks: bool = False) -> None:
        """Remove the draft."""
        actions.delete(self.instance, actor=_actor(self), moment=timezone.now())


class NoPublish(PublishRevisionAction):
    """Publishing is reached through signatures."""

    def execute(self, skip_permission_checks: bool = False) -> None:
        """Refuse."""
        raise PermissionDenied(_("信息只能在审核签发后发布。"))


class NoUnpublish(UnpublishAction):
    """A withdrawal states its reason."""

    def execute(self, skip_permission_checks: bool = False) -> None:
        """Refuse."""
        raise PermissionDenied(_("撤下信息须说明原因，请使用“撤下”。"))


class NoRevert(RevertToRevisionAction):
    """Going back to an earlier text is an edit."""

    def execute(self, skip_permission_checks: bool = False) -> None:
        """Refuse."""
        raise PermissionDenied(_("请在历史版本中选择“恢复为草稿”。"))
