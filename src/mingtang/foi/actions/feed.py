"""The secret address of a handler's calendar: made anew, which ends the former, or revoked."""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction

from mingtang.bodies import permissions
from mingtang.bodies.models import User
from mingtang.foi.models import CalendarFeed
from mingtang.trace.actions import record

#: Bytes of chance in a secret.
_STRENGTH = 24


def digest_of(secret: str) -> str:
    """What is kept of a secret: with so much chance in it a plain digest cannot be guessed back."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def open_feed(*, actor: User, moment: datetime) -> str:
    """A new secret for the actor's own calendar, told once; the former ends. Event `foi.feed_opened`."""
    permissions.require(actor, "foi.handle", moment=moment)
    _revoke(actor, moment)
    secret = secrets.token_urlsafe(_STRENGTH)
    feed = CalendarFeed.objects.create(user=actor, secret_hash=digest_of(secret), made_at=moment)
    record("foi.feed_opened", feed, actor=actor, moment=moment)
    return secret


@transaction.atomic
def close_feed(*, actor: User, moment: datetime) -> None:
    """End the actor's address; event `foi.feed_closed`. Without one, nothing happens."""
    if feed := _revoke(actor, moment):
        record("foi.feed_closed", feed, actor=actor, moment=moment)


def _revoke(actor: User, moment: datetime) -> CalendarFeed | None:
    User.objects.select_for_update().get(pk=actor.pk)  # two at once make one address
    feed = CalendarFeed.objects.filter(user=actor, revoked_at=None).first()
    if feed is not None:
        feed.revoked_at = moment
        feed.save(update_fields=["revoked_at"])
    return feed
