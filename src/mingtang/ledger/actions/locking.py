"""Rows as they are now, locked until the transaction ends, and in a state that allows the act."""

from typing import TypeVar

from django.db import models
from django.utils.translation import gettext as _

from mingtang.ledger.errors import WrongState
from mingtang.ledger.models import Assignment, Item, Ledger, Task

M = TypeVar("M", bound=models.Model)


def locked(thing: M) -> M:
    """The row of `thing`, read again and locked."""
    manager = type(thing)._base_manager  # pyright: ignore[reportAttributeAccessIssue]  # the stubs leave it out
    return manager.select_for_update().get(pk=thing.pk)


def draft_of(thing: Ledger | Item | Task) -> Ledger:
    """The ledger of a thing, locked; raises `WrongState` when it is no longer a draft."""
    ledger = locked(thing if isinstance(thing, Ledger) else thing.ledger)
    if ledger.state != Ledger.State.DRAFT:
        raise WrongState(
            _("台账“%(ledger)s”%(state)s，不能再更正；已下发的内容请用撤销分工或延期处理。")
            % {"ledger": ledger, "state": ledger.get_state_display()}
        )
    return ledger


def assignment_in(assignment: Assignment, *states: str) -> Assignment:
    """The assignment, locked; raises `WrongState` when it is in none of `states`."""
    row = locked(assignment)
    if row.state not in states:
        raise WrongState(
            _("这项任务现在是“%(state)s”，不能这样办；请刷新页面看可以办的事。") % {"state": row.get_state_display()}
        )
    return row
