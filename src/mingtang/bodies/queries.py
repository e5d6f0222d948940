"""Finding bodies: by any of their names, by group, by day."""

from datetime import date

from django.db.models import Prefetch, Q

from mingtang.bodies.models import ActiveQuerySet, Alias, Body, Group


def by_name(name: str) -> Body | Group | None:
    """The body or group that `name` means (full or short name, alias, group name or alias), or None."""
    wanted = name.strip()
    return by_exact_name(wanted) or Body.objects.filter(short_name=wanted).order_by("order", "code").first()


def by_exact_name(name: str) -> Body | Group | None:
    """The body or group to which this full name or alias belongs. Short names are not unique and do not count."""
    body = Body.objects.filter(Q(name=name) | Q(pk__in=Alias.objects.filter(name=name).values("body"))).first()
    if body:
        return body
    return next((group for group in Group.objects.all() if name == group.name or name in group.aliases), None)


def members(group: Group, on: date) -> ActiveQuerySet:
    """The bodies that a group stands for on the day `on`: those of its kinds and level, and its listed members."""
    chosen = Q(pk__in=group.members.values("pk"))
    if group.kinds:
        by_kind = Q(kind__in=group.kinds)
        chosen |= by_kind & Q(level=group.level) if group.level else by_kind
    return Body.objects.active(on).filter(chosen)


def directory(on: date) -> ActiveQuerySet:
    """The bodies of the public directory on a day, in its order, each with its parent and aliases (two queries)."""
    aliases = Prefetch("aliases", queryset=Alias.objects.order_by("name"))
    return Body.objects.active(on).select_related("parent", "area").prefetch_related(aliases)


def below(body: Body, on: date) -> ActiveQuerySet:
    """The bodies directly below one, on a day."""
    return Body.objects.active(on).filter(parent=body)
