"""The demo's bodies, groups, columns, people and posts, made by the acts of their rooms in one transaction."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from mingtang.bodies import actions
from mingtang.bodies.models import Area, Body, Group, Person, User
from mingtang.demo.place import Place, place
from mingtang.demo.plan import ACTOR
from mingtang.records.actions import save_column
from mingtang.records.models import Column


@transaction.atomic
def lay(moment: datetime) -> None:
    """Make everything that records and ledger rest on; when it is there, nothing happens."""
    if Body.objects.exists():
        return
    seed = place()
    acting = {"actor": ACTOR, "moment": moment}
    bodies = _bodies(seed, acting)
    for group in seed.groups:
        fields = {name: group[name] for name in ("name", "kinds", "aliases", "level") if name in group}
        actions.save_group(Group(code=group["code"]), **fields, **acting)
    _columns(seed, acting)
    for post in seed.posts:
        person = Person.objects.filter(name=post.name).first() or actions.add_person(name=post.name, **acting)
        body = bodies[post.body]
        actions.hold_post(person, body=body, role=post.role, starts_on=timezone.localtime(moment).date(), **acting)
        if not post.account:
            # An account that nobody can sign in with: somebody must have accepted the duties of this body.
            actions.open_account(person, username=post.username, can_sign_in=False, **acting)


def user_of(body: Body) -> User:
    """Who acts for a body in the demo."""
    return User.objects.filter(person__posts__body=body, person__posts__role="publisher").order_by("pk")[0]


def _bodies(seed: Place, acting: dict[str, Any]) -> dict[str, Body]:
    areas: dict[str, Area] = {}
    for area in seed.areas:
        areas[area.code] = Area.objects.create(
            code=area.code, name=area.name, level=area.level, parent=areas.get(area.parent)
        )
    bodies: dict[str, Body] = {}
    for number, one in enumerate(seed.bodies, start=1):
        body = bodies[one.code] = actions.create_body(
            code=one.code, name=one.name, short_name=one.short_name, kind=one.kind, level=one.level,
            parent=bodies.get(one.parent), area=areas[one.area], credit_code=one.credit_code, duties=one.duties,
            address=f"{seed.name}演示路{number}号", office_hours=seed.hours, openness_office="政务公开岗（演示）",
            openness_phone=f"0000-0000{number:03}", openness_email=f"{one.code}@example.invalid", order=number * 10,
            **acting,
        )  # fmt: skip
        for alias in dict.fromkeys(one.aliases):
            actions.add_alias(body, alias, **acting)
    return bodies


def _columns(seed: Place, acting: dict[str, Any]) -> None:
    made: dict[str, Column] = {}
    for number, entry in enumerate(seed.columns, start=1):
        column = Column(
            name=entry["name"], slug=entry["slug"], parent=made.get(entry.get("in", "")), order=number * 10,
            description="演示栏目",
        )  # fmt: skip
        made[entry["slug"]] = save_column(column, **acting)
