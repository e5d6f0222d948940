"""The demo's accounts to sign in with: random passwords, written once to a file that only its owner may read."""

import json
import os
import secrets
from datetime import datetime
from pathlib import Path

from django.db import transaction

from mingtang.bodies import actions
from mingtang.bodies.models import Person, Role, User
from mingtang.demo.place import place
from mingtang.demo.plan import ACTOR

FILE = "demo-accounts.json"
#: Role → username, password and name.
Accounts = dict[str, dict[str, str]]


def open_all(home: Path, begin: datetime, now: datetime) -> Accounts:
    """Every role's account, opened at `begin` where it is missing; returns what the file holds.

    An account whose password the file does not know (a run ended in between) gets a new one.
    """
    file = home / FILE
    known: Accounts = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    for post in place().posts:
        if not post.account or (post.role.value in known and User.objects.filter(username=post.username).exists()):
            continue
        password = _open(post.name, post.username, begin, now)
        known[post.role.value] = {"username": post.username, "password": password, "name": post.name}
        _write(file, known)
    return known


def label(role: str) -> str:
    """What a role is called."""
    return str(Role(role).label)


@transaction.atomic
def _open(name: str, username: str, begin: datetime, now: datetime) -> str:
    person = Person.objects.get(name=name)
    user = User.objects.filter(person=person).first()
    if user is None:
        _, password = actions.open_account(
            person, username=username, actor=ACTOR, moment=begin, must_change_password=False
        )
        return password
    return actions.reset_password(user, actor=ACTOR, moment=now, must_change_password=False)


def _write(file: Path, accounts: Accounts) -> None:
    draft = file.with_name(f".{FILE}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        json.dump(accounts, out, ensure_ascii=False, indent=2)
    draft.replace(file)
