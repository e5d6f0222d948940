"""What may be done in the library of normative documents, and by whom."""

from django.utils.translation import gettext as _

from mingtang.bodies import permissions
from mingtang.bodies.models import Role
from mingtang.bodies.permissions import Scope, Verb


def declare() -> None:
    """Tell `bodies.permissions` the verbs of this room."""
    office = {Role.OFFICE: Scope.ALL}
    drafters = {Role.PUBLISHER: Scope.OWN, **office}
    readers = {
        Role.PUBLISHER: Scope.OWN,
        Role.REVIEWER: Scope.OWN,
        Role.APPROVER: Scope.BRANCH,
        Role.AUDITOR: Scope.ALL,
        **office,
    }
    permissions.declare(
        Verb("norms.view", _("查看规范性文件库"), readers),
        Verb("norms.edit", _("填写制定和备案情况"), drafters),
        Verb("norms.register", _("登记和编号"), office),
        Verb("norms.act", _("登记效力行为"), office),
        Verb("norms.propose", _("提出清理意见"), {Role.PUBLISHER: Scope.OWN, Role.APPROVER: Scope.OWN, **office}),
        Verb("norms.clean_up", _("组织清理"), office),
        Verb("norms.take_in", _("批量收入规范性文件"), office),
    )
