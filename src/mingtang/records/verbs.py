"""What may be done with records, and by whom."""

from django.utils.translation import gettext as _

from mingtang.bodies import permissions
from mingtang.bodies.models import Role
from mingtang.bodies.permissions import Scope, Verb


def declare() -> None:
    """Tell `bodies.permissions` the verbs of this room."""
    writers = {Role.PUBLISHER: Scope.OWN, Role.OFFICE: Scope.ALL}
    responsible = {Role.APPROVER: Scope.OWN, Role.OFFICE: Scope.ALL}
    readers = {
        Role.PUBLISHER: Scope.OWN,
        Role.REVIEWER: Scope.OWN,
        Role.APPROVER: Scope.BRANCH,
        Role.OFFICE: Scope.ALL,
        Role.AUDITOR: Scope.ALL,
    }
    permissions.declare(
        Verb("records.view", _("查看信息"), readers),
        Verb("records.draft", _("起草信息"), writers),
        Verb("records.edit", _("修改信息"), writers),
        Verb("records.publish", _("发布信息"), {Role.OFFICE: Scope.ALL}),
        Verb("records.withdraw", _("撤下信息"), responsible),
        Verb("records.archive", _("归档信息"), {Role.OFFICE: Scope.ALL}),
        Verb("records.columns", _("管理栏目"), {Role.OFFICE: Scope.ALL}),
    )
