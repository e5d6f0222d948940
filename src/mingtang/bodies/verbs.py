"""What may be done with bodies, people and accounts, and by whom."""

from django.utils.translation import gettext as _

from mingtang.bodies import permissions
from mingtang.bodies.models import Role
from mingtang.bodies.permissions import Scope, Verb


def declare() -> None:
    """Tell `bodies.permissions` the verbs of this room."""
    everyone = dict.fromkeys(Role, Scope.ALL)
    permissions.declare(
        Verb("bodies.view", _("查看机构名录"), everyone),
        Verb("bodies.edit", _("维护机构信息"), {Role.OFFICE: Scope.ALL, Role.ADMIN: Scope.ALL}),
        Verb("bodies.import", _("批量导入机构"), {Role.OFFICE: Scope.ALL, Role.ADMIN: Scope.ALL}),
        Verb("bodies.accounts", _("管理账号与岗位"), {Role.ADMIN: Scope.ALL}),
    )
