"""What may be done with the ledger, and by whom."""

from django.utils.translation import gettext as _

from mingtang.bodies import permissions
from mingtang.bodies.models import Role
from mingtang.bodies.permissions import Scope, Verb


def declare() -> None:
    """Tell `bodies.permissions` the verbs of this room."""
    office = {Role.OFFICE: Scope.ALL}
    body = {Role.PUBLISHER: Scope.OWN, Role.APPROVER: Scope.OWN}
    readers = {
        Role.PUBLISHER: Scope.OWN,
        Role.REVIEWER: Scope.OWN,
        Role.APPROVER: Scope.BRANCH,
        Role.OFFICE: Scope.ALL,
        Role.POLICY_OFFICER: Scope.OWN,
        Role.REQUEST_HANDLER: Scope.OWN,
        Role.MESSAGE_HANDLER: Scope.OWN,
        Role.AUDITOR: Scope.ALL,
    }
    permissions.declare(
        Verb("ledger.view", _("查看台账"), readers),
        Verb("ledger.import", _("导入通知"), office),
        Verb("ledger.correct", _("更正草稿"), office),
        Verb("ledger.issue", _("下发台账"), office),
        Verb("ledger.chase", _("催办"), office),
        Verb("ledger.decide", _("裁定异议、审批延期"), office),
        Verb("ledger.accept", _("认领或提出异议"), body),
        Verb("ledger.report", _("报告进展"), body),
        Verb("ledger.postpone", _("申请延期"), body),
        Verb("ledger.evidence", _("确认或上传佐证"), body | office),
        Verb("ledger.complete", _("办结任务"), body | office),
        Verb("ledger.reopen", _("重新打开任务"), {Role.APPROVER: Scope.OWN, Role.OFFICE: Scope.ALL}),
    )
