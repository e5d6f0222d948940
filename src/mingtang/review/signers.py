"""Who may sign which level of which record.

Each level is signed by the body's own reviewer, then its own approver, then the openness office. Where a body has
nobody in the post (or only the text's own writer), somebody of the openness office stands in, so that a sumu with two
officials can publish; still nobody signs what they wrote or edited since it last went out, nor two levels of the same
round. A record of a body without any signer of its own therefore needs three different people of the office.
"""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from mingtang.bodies.models import Post, Role, User
from mingtang.bodies.permissions import held_on, may, posts_of
from mingtang.records.access import is_open_to
from mingtang.records.checks import writers_of
from mingtang.records.models import Record
from mingtang.review.errors import NotYours
from mingtang.review.models import ROLE_OF_LEVEL, Level, SignOff


def signing_post(user: Any, record: Record, level: Level, round_id: int | None, on: date) -> Post:
    """The post in which the user signs this level; raises `NotYours` with the reason when there is none."""
    if not may(user, f"review.sign{level.value}", record, on=on) or not is_open_to(user, record, on):
        raise NotYours(_("“%s”不由您签字：请由本机构该岗位的人员办理。") % level.label)
    if user.pk in writers_of(record):
        raise NotYours(_("起草和修改过这份稿的人不能审核自己写的内容，请由他人签字。"))
    if round_id and SignOff.objects.filter(round=round_id, user=user).exists():
        raise NotYours(_("同一轮审核中，一人只能签一级：您已签过，请由他人签字。"))
    role = ROLE_OF_LEVEL[level]
    posts = posts_of(user, on)
    for post in posts:
        if post.role == role and (post.body_id == record.body_id or role == Role.OFFICE):
            return post
    office = next(post for post in posts if post.role == Role.OFFICE)
    if own_signers(record, level, on):
        raise NotYours(_("本机构有“%s”岗位的人员，须由其签字；公开办只在无人时代签。") % level.label)
    return office


def own_signers(record: Record, level: Level, on: date) -> list[User]:
    """Active accounts of the record's own body that hold the level's post and did not write the text."""
    posts = held_on(on).filter(body=record.body_id, role=ROLE_OF_LEVEL[level], person__user__is_active=True)
    people = User.objects.filter(person__in=posts.values("person")).exclude(pk__in=writers_of(record))
    return [user for user in people.select_related("person") if is_open_to(user, record, on)]


def may_sign(user: Any, record: Record, level: Level, round_id: int | None, on: date) -> bool:
    """Whether the user may sign this level now."""
    try:
        signing_post(user, record, level, round_id, on)
    except NotYours:
        return False
    return True
