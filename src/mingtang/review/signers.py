"""Who may sign which level of which record.

Each level is signed by the body's own reviewer, then its own approver, then the openness office. Where a body has
nobody in the post (or only the text's own writer), somebody of the openness office stands in, so that a sumu with two
officials can publish; still nobody signs what they wrote or edited since it last went out, nor two levels of the same
round. A record of a body without any signer of its own therefore needs three different people of the office.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from mingtang.bodies.models import Post, Role, User
from mingtang.bodies.permissions import held_on, may, posts_of
from mingtang.records.access import is_open_to
from mingtang.records.checks import writers_of_each
from mingtang.records.models import Record
from mingtang.review.errors import NotYours
from mingtang.review.models import ROLE_OF_LEVEL, Level, SignOff


@dataclass(frozen=True)
class Known:
    """What must be known to say who may sign: writers by record, signers by round, people by body and post."""

    writers: Mapping[int, set[int]]
    signed: Mapping[int, set[int]]
    holders: Mapping[tuple[int, str], list[User]]


def know(records: Sequence[Record], rounds: Collection[int], on: date) -> Known:
    """Read it for several records together: four queries, however many there are."""
    signed: dict[int, set[int]] = defaultdict(set)
    for round_id, user in SignOff.objects.filter(round__in=rounds).values_list("round", "user_id"):
        signed[round_id].add(user)
    posts = held_on(on).filter(body__in={record.body_id for record in records}, role__in=ROLE_OF_LEVEL.values())
    users = User.objects.filter(is_active=True, person__in=posts.values("person")).in_bulk(field_name="person_id")
    holders: dict[tuple[int, str], list[User]] = defaultdict(list)
    for body, role, person in posts.values_list("body_id", "role", "person_id"):
        if person in users:
            holders[body, role].append(users[person])
    return Known(writers_of_each(records), signed, holders)


def signing_post(
    user: Any, record: Record, level: Level, round_id: int | None, on: date, known: Known | None = None
) -> Post:
    """The post in which the user signs this level; raises `NotYours` with the reason when there is none."""
    if not may(user, f"review.sign{level.value}", record, on=on) or not is_open_to(user, record, on):
        raise NotYours(_("“%s”不由您签字：请由本机构该岗位的人员办理。") % level.label)
    known = known or know([record], [round_id] if round_id else [], on)
    if user.pk in known.writers[record.pk]:
        raise NotYours(_("起草和修改过这份稿的人不能审核自己写的内容，请由他人签字。"))
    if round_id and user.pk in known.signed.get(round_id, ()):
        raise NotYours(_("同一轮审核中，一人只能签一级：您已签过，请由他人签字。"))
    role = ROLE_OF_LEVEL[level]
    posts = posts_of(user, on)
    for post in posts:
        if post.role == role and (post.body_id == record.body_id or role == Role.OFFICE):
            return post
    office = next(post for post in posts if post.role == Role.OFFICE)
    if own_signers(record, level, on, known):
        raise NotYours(_("本机构有“%s”岗位的人员，须由其签字；公开办只在无人时代签。") % level.label)
    return office


def own_signers(record: Record, level: Level, on: date, known: Known) -> list[User]:
    """Active accounts of the record's own body that hold the level's post and did not write the text."""
    people = known.holders.get((record.body_id, ROLE_OF_LEVEL[level]), [])
    return [user for user in people if user.pk not in known.writers[record.pk] and is_open_to(user, record, on)]


def may_sign(
    user: Any, record: Record, level: Level, round_id: int | None, on: date, known: Known | None = None
) -> bool:
    """Whether the user may sign this level now."""
    try:
        signing_post(user, record, level, round_id, on, known)
    except NotYours:
        return False
    return True
