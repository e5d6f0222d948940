"""What may be done in review, and by whom."""

from django.utils.translation import gettext as _

from mingtang.bodies import permissions
from mingtang.bodies.models import Role
from mingtang.bodies.permissions import Scope, Verb


def declare() -> None:
    """Tell `bodies.permissions` the verbs of this room.

    The office holds the first two levels as well, because it may stand in where a body has nobody of its own; when
    that is, `review.signers` decides.
    """
    everywhere = {Role.OFFICE: Scope.ALL}
    permissions.declare(
        Verb("review.sign1", _("科室审核"), {Role.REVIEWER: Scope.OWN} | everywhere),
        Verb("review.sign2", _("单位签发"), {Role.APPROVER: Scope.OWN} | everywhere),
        Verb("review.sign3", _("公开办终审"), everywhere),
        Verb(
            "review.view",
            _("查看审核"),
            {
                Role.PUBLISHER: Scope.OWN,
                Role.REVIEWER: Scope.OWN,
                Role.APPROVER: Scope.BRANCH,
                Role.OFFICE: Scope.ALL,
                Role.AUDITOR: Scope.ALL,
            },
        ),
    )
