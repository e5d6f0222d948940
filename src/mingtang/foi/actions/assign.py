"""Who works on a request: the unit and the handler."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.bodies import permissions
from mingtang.bodies.models import Body, User
from mingtang.bodies.permissions import day_of
from mingtang.foi.access import require
from mingtang.foi.actions.rows import opened, require_open, tell
from mingtang.foi.errors import Invalid
from mingtang.foi.models import Request


@transaction.atomic
def assign(
    request: Request, *, actor: Any, moment: datetime, unit: Body | None = None, handler: User | None = None
) -> Request:
    """Give a request to a unit and to a handler of that unit; event `foi.assigned`.

    Another unit than before needs the office (`foi.dispatch`), and takes the request from its former handler. Raises
    `NotPermitted`, `WrongState`, `Invalid`.
    """
    row = opened(request, "foi.assign", actor=actor, moment=moment)
    require_open(row)
    if unit is not None and unit.pk != row.unit_id:
        require(actor, "foi.dispatch", row, moment=moment)
        if unit.ends_on is not None and unit.ends_on < day_of(moment):
            raise Invalid("unit", _("“%s”已撤销：请选择承接其职责的机构。") % unit.name)
        row.unit, row.handler = unit, None
    if handler is not None:
        if not permissions.may(handler, "foi.handle", row.unit, on=day_of(moment)):
            raise Invalid("handler", _("“%s”不是承办机构的依申请公开经办人：请另选，或先登记其岗位。") % handler)
        row.handler = handler
    row.save(update_fields=["unit", "handler"])
    tell("assigned", row, actor=actor, moment=moment, unit=row.unit.code, handler=row.handler_id)
    return row
