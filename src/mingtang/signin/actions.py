"""Verbs of the door: entering, leaving, ending a session elsewhere, taking a new password. Each leaves its trace."""

from datetime import date, datetime
from typing import Any

from django.contrib.auth import login, logout, update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest

from mingtang.bodies.models import User
from mingtang.bodies.permissions import may
from mingtang.signin import visitor
from mingtang.signin.errors import NotAllowed
from mingtang.signin.models import Session
from mingtang.signin.sessions import DEVICE, NETWORK, SEEN, STARTED
from mingtang.trace.actions import record
from mingtang.trace.models import Event


def enter(request: HttpRequest, user: Any, *, moment: datetime) -> None:
    """Begin a session for a user whose password was found right; the session gets a key that nobody knew before."""
    with transaction.atomic():
        login(request, user)
        request.session[DEVICE] = visitor.device(request.headers.get("User-Agent", ""))
        request.session[NETWORK] = visitor.network(request.META.get("REMOTE_ADDR", ""))
        request.session[STARTED] = request.session[SEEN] = moment.isoformat()
        record("signin.entered", user, actor=user, moment=moment)


def leave(request: HttpRequest, *, moment: datetime) -> None:
    """End this session; without one it does nothing."""
    user = request.user
    with transaction.atomic():
        if isinstance(user, User):
            record("signin.left", user, actor=user, moment=moment)
        logout(request)


def end_session(key: str, owner: Any, *, actor: Any, moment: datetime, on: date) -> bool:
    """End one session of `owner` at once; False when it had ended already. Raises `NotAllowed`."""
    _permit(owner, actor, on)
    with transaction.atomic():
        count, _ = Session.objects.filter(user=owner, session_key=key).delete()
        if count:
            record("signin.ended", owner, actor=actor, moment=moment)
    return bool(count)


def end_others(owner: Any, *, actor: Any, moment: datetime, on: date, keep: str | None = None) -> int:
    """End all sessions of `owner` but the one named `keep`; returns how many. Raises `NotAllowed`."""
    _permit(owner, actor, on)
    with transaction.atomic():
        count, _ = Session.objects.filter(user=owner).exclude(session_key=keep).delete()
        if count:
            record("signin.ended", owner, actor=actor, moment=moment, data={"sessions": count})
    return count


def change_password(request: HttpRequest, user: Any, password: str, *, moment: datetime) -> None:
    """Give one's own account a new password (already checked against the rules); all other sessions end."""
    with transaction.atomic():
        user.set_password(password)
        user.must_change_password = False
        user.save(update_fields=["password", "must_change_password"])
        update_session_auth_hash(request, user)
        request.session.save()
        Session.objects.filter(user=user).exclude(session_key=request.session.session_key).delete()
        record("signin.password_changed", user, actor=user, moment=moment)


def end_of_accounts(events: list[Event]) -> None:
    """End what sessions are left of the accounts that these events closed or gave a new password.

    Such sessions are refused from that moment on; without their rows they cannot come back with the account either.
    """
    accounts = {event.thing.rpartition(":")[2] for event in events}
    Session.objects.filter(user__in=accounts).delete()


def _permit(owner: Any, actor: Any, on: date) -> None:
    if owner != actor and not may(actor, "bodies.accounts", on=on):
        raise NotAllowed("只能结束自己的登录；他人的登录由系统管理员结束。")
