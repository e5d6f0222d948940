"""Reads: which sessions of an account are alive."""

from datetime import datetime
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY
from django.utils.crypto import constant_time_compare

from mingtang.signin.models import Session


def sessions_of(user: Any, moment: datetime) -> list[Session]:
    """Sessions that would be let in at `moment`, latest first (one query, then a check of each).

    Not among them: expired ones, those begun under a former password, and all of an account that was closed.
    """
    if not user.is_active:
        return []
    rows = Session.objects.filter(user=user, expire_date__gt=moment).order_by("-seen_at", "-started_at")
    wanted = user.get_session_auth_hash()
    return [row for row in rows if constant_time_compare(str(row.get_decoded().get(HASH_SESSION_KEY, "")), wanted)]
