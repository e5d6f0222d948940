"""Who may do what with a request: the question to `bodies.permissions`, asked for both of a request's bodies."""

from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from mingtang.bodies import permissions
from mingtang.bodies.permissions import bodies_for, day_of, may_everywhere
from mingtang.foi.models import Request

#: What only the body in whose name the reply goes out decides, whoever does the work.
OF_THE_BODY = frozenset({"foi.seal", "foi.consent"})


def may(user: Any, verb: str, request: Request, *, on: date) -> bool:
    """Whether the user may do `verb` to the request: for its body, or for the unit that does the work."""
    if permissions.may(user, verb, request.body, on=on):
        return True
    return verb not in OF_THE_BODY and permissions.may(user, verb, request.unit, on=on)


def require(actor: Any, verb: str, request: Request, *, moment: datetime) -> None:
    """Raise `NotPermitted` unless the actor may; an actor that is a string is the installation or the applicant."""
    if isinstance(actor, str) or may(actor, verb, request, on=day_of(moment)):
        return
    permissions.require(actor, verb, request.body, moment=moment)


def limited(rows: QuerySet[Request], user: Any, verb: str, *, on: date) -> QuerySet[Request]:
    """The requests among `rows` to which the user may do `verb`."""
    if may_everywhere(user, verb, on=on):
        return rows
    mine = list(bodies_for(user, verb, on=on).values_list("pk", flat=True))
    reach = Q(body__in=mine)
    return rows.filter(reach if verb in OF_THE_BODY else reach | Q(unit__in=mine))


def user_of(actor: Any) -> Any:
    """The account to store as who did it; None where the applicant or the installation did."""
    return None if isinstance(actor, str) else actor
