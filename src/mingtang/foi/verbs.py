"""What may be done with requests, and by whom."""

from django.utils.translation import gettext as _

from mingtang.bodies import permissions
from mingtang.bodies.models import Role
from mingtang.bodies.permissions import Scope, Verb


def declare() -> None:
    """Tell `bodies.permissions` the verbs of this room."""
    office = {Role.OFFICE: Scope.ALL}
    handler = {Role.REQUEST_HANDLER: Scope.OWN} | office
    head = {Role.APPROVER: Scope.OWN} | office
    both = handler | head
    permissions.declare(
        Verb("foi.view", _("查看依申请公开"), both | {Role.AUDITOR: Scope.ALL}),
        Verb("foi.identity", _("查看申请人资料"), both),
        Verb("foi.receive", _("录入申请"), handler),
        Verb("foi.register", _("登记申请"), handler),
        Verb("foi.assign", _("分派经办人"), both),
        Verb("foi.dispatch", _("交其他机构承办"), office),
        Verb("foi.handle", _("办理申请"), handler),
        Verb("foi.review", _("出具审查意见"), both),
        Verb("foi.consent", _("批复延期"), head),
        Verb("foi.seal", _("签发文书"), head),
        Verb("foi.void", _("作废误记的步骤"), office),
        Verb("foi.remedy", _("登记复议诉讼"), handler),
        Verb("foi.archive", _("归档"), handler),
        Verb("foi.propose", _("建议转为主动公开"), handler),
    )
