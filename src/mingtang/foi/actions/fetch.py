"""The applicant fetches what was handed over online: the letter and the information itself."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.foi import files
from mingtang.foi.actions.deliver import confirm_delivery
from mingtang.foi.actions.rows import day, opened, tell
from mingtang.foi.errors import WrongState
from mingtang.foi.models import FOR_APPLICANT, TO_OTHERS, File, Handover, Request


@dataclass(frozen=True)
class Fetched:
    """A file with its content, for the applicant's browser."""

    file: File
    content: bytes


@transaction.atomic
def fetch(request: Request, token: uuid.UUID, *, actor: Any, moment: datetime) -> Fetched:
    """A file of a letter that was handed over to the applicant; event `foi.letter_fetched`.

    Fetching a letter that was handed over online is the day it reached them, where none is known yet. Raises
    `WrongState` for any file that is not the applicant's to fetch, and `Purged`.
    """
    row = opened(request, "foi.handle", actor=actor, moment=moment)
    found = row.files.filter(pk=token, kind__in=FOR_APPLICANT).exclude(letter=None).select_related("letter").first()
    letter = found.letter if found else None
    delivery = letter.deliveries.first() if letter and letter.kind not in TO_OTHERS else None
    if found is None or letter is None or delivery is None:
        raise WrongState(_("没有这个文件，或者还没有送达：请从时间线里的链接下载。"))
    content = files.content(found)
    if delivery.means == Handover.ONLINE and delivery.received_on is None:
        confirm_delivery(delivery, received_on=day(None, moment), actor=actor, moment=moment)
    tell("letter_fetched", row, actor=actor, moment=moment, letter=letter.pk, file=str(found.pk))
    return Fetched(found, content)
