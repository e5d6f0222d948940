"""What may be done with search, and by whom."""

from django.utils.translation import gettext as _

from mingtang.bodies import permissions
from mingtang.bodies.models import Role
from mingtang.bodies.permissions import Scope, Verb


def declare() -> None:
    """Tell `bodies.permissions` the verbs of this room."""
    permissions.declare(Verb("search.synonyms", _("维护检索同义词"), {Role.OFFICE: Scope.ALL}))
