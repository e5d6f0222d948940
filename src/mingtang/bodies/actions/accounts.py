"""Acts on accounts: open, reset, switch off and on."""

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction

from mingtang.bodies.actions.people import another_admin_remains
from mingtang.bodies.actions.writing import check
from mingtang.bodies.errors import Invalid
from mingtang.bodies.models import Person, Role, User
from mingtang.bodies.permissions import day_of, held_on, require
from mingtang.trace.actions import record

#: No characters that are mistaken for one another when a password is read from paper.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def new_password() -> str:
    """A random password of sixteen characters (79 bits), in groups of four."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))


@transaction.atomic
def open_account(
    person: Person,
    *,
    username: str,
    actor: Any,
    moment: datetime,
    must_change_password: bool = True,
    can_sign_in: bool = True,
) -> tuple[User, str]:
    """Open an account for a person; returns it with its first password, which is kept nowhere else.

    Nobody can sign in with an account that `can_sign_in` is false for, until its password is reset: it has none ("").
    Raises `NotPermitted`, `Invalid` (the name is taken or ill-formed, the person already has an account).
    """
    require(actor, "bodies.accounts", moment=moment)
    if User.objects.filter(person=person).exists():
        raise Invalid({"person": [f"{person}已有账号：请重置密码或重新启用原账号。"]})
    password = new_password() if can_sign_in else ""
    user = User(username=username.strip(), person=person, must_change_password=must_change_password)
    user.set_password(password or None)  # None: a mark that no password fits
    check(user)
    user.save()
    record("bodies.account_opened", user, actor=actor, moment=moment, data={"person": person.pk})
    return user, password


@transaction.atomic
def reset_password(user: User, *, actor: Any, moment: datetime, must_change_password: bool = True) -> str:
    """Give an account a new random password, to be changed at the next sign-in; returns it, shown once."""
    require(actor, "bodies.accounts", moment=moment)
    password = new_password()
    user.set_password(password)
    user.must_change_password = must_change_password
    user.save(update_fields=["password", "must_change_password"])
    record("bodies.password_reset", user, actor=actor, moment=moment)
    return password


@transaction.atomic
def deactivate_account(user: User, *, actor: Any, moment: datetime) -> None:
    """Switch an account off: its sessions end with their next request. Never the last administrator's."""
    require(actor, "bodies.accounts", moment=moment)
    if not user.is_active:
        return
    if user.person and held_on(day_of(moment)).filter(person=user.person, role=Role.ADMIN).exists():
        another_admin_remains(day_of(moment), without=user.person)
    user.is_active = False
    user.save(update_fields=["is_active"])
    record("bodies.account_deactivated", user, actor=actor, moment=moment)


@transaction.atomic
def activate_account(user: User, *, actor: Any, moment: datetime) -> None:
    """Switch an account on again."""
    require(actor, "bodies.accounts", moment=moment)
    if user.is_active:
        return
    user.is_active = True
    user.save(update_fields=["is_active"])
    record("bodies.account_activated", user, actor=actor, moment=moment)
