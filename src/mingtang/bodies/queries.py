"""Finding bodies: by any of their names, by group, by day."""

from datetime import date

from django.db.models import Q

from mingtang.bodies.models import ActiveQuerySet, Body, Group


def by_name(name: str) -> Body | Group | None:
    """The body or group that `name` means (full or short name, alias, group name or alias), or None."""
    wanted = name.strip()
    body = (
        Body.objects.filter(Q(name=wanted) | Q(short_name=wanted) | Q(aliases__name=wanted)).order_by("order").first()
    )
    if body:
        return body
    for group in Group.objects.all():
        if wanted == group.name or wanted in group.aliases:
            return group
    return None


def members(group: Group, on: date) -> ActiveQuerySet:
    """The bodies that a group stands for on the day `on`: those of its kinds and level, and its listed members."""
    chosen = Q(pk__in=group.members.values("pk"))
    if group.kinds:
        by_kind = Q(kind__in=group.kinds)
        chosen |= by_kind & Q(level=group.level) if group.level else by_kind
    return Body.objects.active(on).filter(chosen)
