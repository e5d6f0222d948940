"""What may be done with annual reports, and by whom."""

from django.utils.translation import gettext as _

from mingtang.bodies import permissions
from mingtang.bodies.models import Role
from mingtang.bodies.permissions import Scope, Verb


def declare() -> None:
    """Tell `bodies.permissions` the verbs of this room."""
    office = {Role.OFFICE: Scope.ALL}
    writers = {Role.PUBLISHER: Scope.OWN, Role.REQUEST_HANDLER: Scope.OWN} | office
    readers = {
        Role.PUBLISHER: Scope.OWN,
        Role.REVIEWER: Scope.OWN,
        Role.APPROVER: Scope.BRANCH,
        Role.REQUEST_HANDLER: Scope.OWN,
        Role.AUDITOR: Scope.ALL,
    } | office
    responsible = {Role.PUBLISHER: Scope.OWN, Role.APPROVER: Scope.OWN} | office
    permissions.declare(
        Verb("reports.view", _("查看年度报告"), readers),
        Verb("reports.fill", _("填报年度报告"), writers),
        Verb("reports.correct", _("更正报告数据"), writers),
        Verb("reports.submit", _("报送年度报告"), responsible),
        Verb("reports.judge", _("审核年度报告"), office),
        Verb("reports.aggregate", _("汇总年度报告"), office),
        Verb("reports.chase", _("催报年度报告"), office),
        Verb("reports.release", _("送审发布年度报告"), {Role.PUBLISHER: Scope.OWN} | office),
        Verb("reports.reopen", _("更正已公布的年度报告"), {Role.APPROVER: Scope.OWN} | office),
    )
