"""Acts on groups of bodies: define one, and fix whom it meant on a day."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from mingtang.bodies import queries
from mingtang.bodies.actions.writing import changed, check, digest, facts
from mingtang.bodies.errors import InUse, Invalid
from mingtang.bodies.models import Body, Expansion, Group, Kind
from mingtang.bodies.permissions import require
from mingtang.trace.actions import record

EDITABLE = ("name", "aliases", "kinds", "level")


@transaction.atomic
def save_group(
    group: Group, *, actor: Any, moment: datetime, members: list[Body] | None = None, **fields: Any
) -> Group:
    """Create or change a group; `members` (None: left as they are) are listed besides those of its kinds and level.

    Raises `NotPermitted`, `Invalid` (an unknown kind), `InUse` (a name or alias that means another).
    """
    require(actor, "bodies.edit", moment=moment)
    new = group.pk is None
    before = {} if new else facts(Group.objects.select_for_update().get(pk=group.pk)) | {"members": _members(group)}
    for name, value in fields.items():
        if name not in EDITABLE:
            raise TypeError(f"not a field of a group: {name}")
        setattr(group, name, value)
    if unknown := [kind for kind in group.kinds if kind not in Kind.values]:
        raise Invalid({"kinds": [f"没有“{kind}”这一机构类别：可用的有{'、'.join(Kind.values)}。" for kind in unknown]})
    check(group)
    for name in (group.name, *group.aliases):
        owner = queries.by_exact_name(name)
        if owner is not None and owner != group:
            raise InUse(name, str(owner))
    group.save()
    if members is not None:
        group.members.set(members)
    names = changed(before, facts(group) | {"members": _members(group)})
    if names:
        verb = "bodies.group_created" if new else "bodies.group_edited"
        record(verb, group, actor=actor, moment=moment, after=digest(group), data={"fields": names})
    return group


@transaction.atomic
def expand_group(group: Group, *, on: date, actor: Any, moment: datetime) -> Expansion:
    """The bodies that a group stands for on the day `on`, fixed the first time anybody asks for that day."""
    require(actor, "bodies.view", moment=moment)
    expansion, new = Expansion.objects.get_or_create(group=group, on=on)
    if new:
        bodies = list(queries.members(group, on))
        expansion.bodies.set(bodies)
        codes = sorted(body.code for body in bodies)
        record("bodies.group_expanded", group, actor=actor, moment=moment, data={"on": str(on), "bodies": codes})
    return expansion


def _members(group: Group) -> list[str]:
    return sorted(group.members.values_list("code", flat=True))
