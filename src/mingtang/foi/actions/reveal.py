"""Showing who asks, or who was asked: for few, and each time on record."""

from datetime import datetime
from typing import Any

from django.db import transaction

from mingtang.foi.actions.rows import opened, tell
from mingtang.foi.identity import Identity
from mingtang.foi.models import Party, Request


@transaction.atomic
def reveal(request: Request, *, actor: Any, moment: datetime) -> Identity:
    """The applicant, unmasked; event `foi.identity_shown`. Raises `NotPermitted`, `Purged`."""
    row = opened(request, "foi.identity", actor=actor, moment=moment)
    shown = row.applicant.identity
    tell("identity_shown", row, actor=actor, moment=moment)
    return shown


@transaction.atomic
def reveal_party(party: Party, *, actor: Any, moment: datetime) -> Identity:
    """A third party or body that was asked, unmasked; event `foi.party_shown`. Raises `NotPermitted`, `Purged`."""
    row = opened(party.request, "foi.identity", actor=actor, moment=moment)
    shown = party.identity
    tell("party_shown", row, actor=actor, moment=moment, party=party.pk)
    return shown
