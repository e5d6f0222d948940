"""`may(user, verb, thing)`: the only permission question of the platform, answered from posts held on a day.

A room declares its verbs when it is ready: which roles may, and how far (own body, own branch, everywhere).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from typing import Any

from django.db import models
from django.utils import timezone

from mingtang.bodies.errors import NotPermitted
from mingtang.bodies.models import Body, Post, Role


class Scope(IntEnum):
    """How far a grant reaches, narrowest first."""

    OWN = 1  # the body of the post
    BRANCH = 2  # that body and all below it
    ALL = 3  # every body


@dataclass(frozen=True)
class Verb:
    """Something that may be permitted. `name` is `room.verb`; `label` is what a screen calls it."""

    name: str
    label: str
    grants: Mapping[Role, Scope]


_verbs: dict[str, Verb] = {}


def declare(*verbs: Verb) -> None:
    """Add verbs (from `AppConfig.ready`); the same name twice is a programming error."""
    for verb in verbs:
        if verb.name in _verbs:
            raise ValueError(f"verb {verb.name} declared twice")
        _verbs[verb.name] = verb


def declared() -> tuple[Verb, ...]:
    """Every verb, in the order of declaration."""
    return tuple(_verbs.values())


def may(user: Any, verb: str, thing: Any = None, *, on: date) -> bool:
    """Whether `user` may do `verb` to `thing` on the day `on`.

    `thing` is a body, anything with a `body`, or None to ask whether there is any body at all for which the user
    may. Accounts that are inactive or without a person may nothing. An unknown verb raises `KeyError`.
    """
    reach = _reach(user, _verbs[verb], on)
    if not reach:
        return False
    if thing is None or any(scope is Scope.ALL for scope, _ in reach):
        return True
    body = thing if isinstance(thing, Body) else thing.body
    return body is not None and any(_covers(scope, holder, body) for scope, holder in reach)


def require(actor: Any, verb: str, thing: Any = None, *, moment: datetime) -> None:
    """Raise `NotPermitted` unless the actor may do `verb` to `thing` at the moment.

    An actor that is a string (`system:import`) is the installation itself, run by who holds the machine: it may all.
    """
    if not isinstance(actor, str) and not may(actor, verb, thing, on=day_of(moment)):
        raise NotPermitted(_verbs[verb].label)


def day_of(moment: datetime) -> date:
    """The day of an aware moment in the installation's time zone."""
    return timezone.localtime(moment).date()


def may_everywhere(user: Any, verb: str, *, on: date) -> bool:
    """Whether the user may do `verb` to the things of every body."""
    return any(scope is Scope.ALL for scope, _ in _reach(user, _verbs[verb], on))


def roles_for(verb: str) -> frozenset[Role]:
    """The roles to which a verb is granted, however far. An unknown verb raises `KeyError`."""
    return frozenset(_verbs[verb].grants)


def held_on(day: date) -> models.QuerySet[Post]:
    """All posts that are held on a day."""
    held = Post.objects.filter(starts_on__lte=day)
    return held.filter(models.Q(ends_on=None) | models.Q(ends_on__gte=day))


def bodies_for(user: Any, verb: str, *, on: date) -> models.QuerySet[Body]:
    """The bodies for whose things the user may do `verb` on the day `on`: the filter of every list and chooser."""
    reach = _reach(user, _verbs[verb], on)
    if any(scope is Scope.ALL for scope, _ in reach):
        return Body.objects.all()
    ids: set[int] = set()
    for scope, holder in reach:
        ids.add(holder)
        if scope is Scope.BRANCH:
            ids |= _below(holder)
    return Body.objects.filter(pk__in=ids)


def posts_of(user: Any, on: date) -> list[Post]:
    """The posts that the account's person holds on the day `on` (read once per user object and day)."""
    if not getattr(user, "is_active", False) or not getattr(user, "person_id", None):
        return []
    cache: dict[date, list[Post]] = user.__dict__.setdefault("_posts_by_day", {})
    if on not in cache:
        cache[on] = list(held_on(on).filter(person_id=user.person_id).select_related("body"))
    return cache[on]


def _reach(user: Any, verb: Verb, on: date) -> list[tuple[Scope, int]]:
    return [
        (verb.grants[role], post.body_id) for post in posts_of(user, on) if (role := Role(post.role)) in verb.grants
    ]


def _covers(scope: Scope, holder: int, body: Body) -> bool:
    if body.pk == holder:
        return True
    return scope is Scope.BRANCH and body.pk in _below(holder)


def _below(holder: int) -> set[int]:
    """Ids of all bodies below `holder`: one query a level, and a county has three."""
    found: set[int] = set()
    layer = {holder}
    while layer:
        layer = set(Body.objects.filter(parent_id__in=layer).values_list("pk", flat=True)) - found
        found |= layer
    return found
