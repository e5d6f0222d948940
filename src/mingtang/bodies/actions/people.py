"""Acts on people and the posts they hold."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from mingtang.bodies.actions.writing import check, digest
from mingtang.bodies.errors import Closed, Invalid
from mingtang.bodies.models import Body, Person, Post, Role
from mingtang.bodies.permissions import day_of, held_on, require
from mingtang.trace.actions import record


@transaction.atomic
def add_person(*, name: str, work_phone: str = "", actor: Any, moment: datetime) -> Person:
    """Add somebody who works in a body. Raises `NotPermitted`, `Invalid`."""
    require(actor, "bodies.accounts", moment=moment)
    person = Person(name=name.strip(), work_phone=work_phone.strip())
    check(person)
    person.save()
    record("bodies.person_added", person, actor=actor, moment=moment, after=digest(person))
    return person


@transaction.atomic
def edit_person(person: Person, *, name: str, work_phone: str = "", actor: Any, moment: datetime) -> Person:
    """Correct a person's name or work phone. Raises `NotPermitted`, `Invalid`."""
    require(actor, "bodies.accounts", moment=moment)
    stored = Person.objects.select_for_update().get(pk=person.pk)
    before = digest(stored)
    stored.name, stored.work_phone = name.strip(), work_phone.strip()
    check(stored)
    if digest(stored) != before:
        stored.save()
        record("bodies.person_edited", stored, actor=actor, moment=moment, before=before, after=digest(stored))
    return stored


@transaction.atomic
def hold_post(
    person: Person,
    *,
    body: Body,
    role: Role | str,
    starts_on: date,
    ends_on: date | None = None,
    title: str = "",
    actor: Any,
    moment: datetime,
) -> Post:
    """Give a person a post in a body from a day on (to `ends_on`, that day included, when it is known).

    Raises `NotPermitted`, `Closed` (the body had ended by then), `Invalid` (the same post twice on one day).
    """
    require(actor, "bodies.accounts", body, moment=moment)
    if body.ends_on is not None and body.ends_on < starts_on:
        raise Closed(body.name, body.ends_on)
    post = Post(person=person, body=body, role=role, title=title.strip(), starts_on=starts_on, ends_on=ends_on)
    check(post)
    if overlap := _overlapping(post):
        raise Invalid({"starts_on": [f"{person}在{body}已任此岗（{overlap.starts_on}起）：请先填写原岗位的任职止。"]})
    post.save()
    record(
        "bodies.post_held", post, actor=actor, moment=moment, body=body.code,
        data={"person": person.pk, "role": str(post.role), "from": str(starts_on), "to": str(ends_on or "")},
    )  # fmt: skip
    return post


@transaction.atomic
def end_post(post: Post, *, ends_on: date, actor: Any, moment: datetime) -> Post:
    """Say that a post ends with the day `ends_on`. The last administrator's post cannot be ended."""
    require(actor, "bodies.accounts", post.body, moment=moment)
    stored = Post.objects.select_for_update().get(pk=post.pk)
    if stored.role == Role.ADMIN:
        another_admin_remains(day_of(moment), without=stored.person)
    before = digest(stored)
    stored.ends_on = ends_on
    check(stored)
    stored.save(update_fields=["ends_on"])
    record(
        "bodies.post_ended", stored, actor=actor, moment=moment, body=stored.body.code,
        before=before, after=digest(stored), data={"on": str(ends_on)},
    )  # fmt: skip
    return stored


def another_admin_remains(day: date, *, without: Person) -> None:
    """Raise `Invalid` when nobody but this person could open accounts on the day.

    All administrators' posts are locked until the transaction ends: two who take each other away come one by one.
    """
    list(Post.objects.select_for_update().filter(role=Role.ADMIN).order_by("pk").values_list("pk", flat=True))
    others = held_on(day).filter(role=Role.ADMIN, ends_on=None, person__user__is_active=True)
    if not others.exclude(person=without).exists():
        raise Invalid({"__all__": ["这是最后一个可用的系统管理员：请先为另一人登记系统管理员岗位并开通账号。"]})


def _overlapping(post: Post) -> Post | None:
    same = Post.objects.filter(person=post.person, body=post.body, role=post.role)
    for other in same:
        begins_in_time = post.ends_on is None or other.starts_on <= post.ends_on
        if begins_in_time and (other.ends_on is None or other.ends_on >= post.starts_on):
            return other
    return None
