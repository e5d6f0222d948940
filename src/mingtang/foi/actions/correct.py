"""Correction (补正): asked once, in writing, with a last day; the reply period starts anew when it comes."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.foi import files
from mingtang.foi.actions.letters import begin
from mingtang.foi.actions.rows import day, facts_of, opened, said, step, working
from mingtang.foi.actions.trial import try_step
from mingtang.foi.errors import Invalid, WrongState
from mingtang.foi.files import Upload
from mingtang.foi.models import FileKind, Letter, LetterKind, Request, Step
from mingtang.law.clock import Kind, State


@transaction.atomic
def ask_correction(request: Request, *, items: str, until: date, actor: Any, moment: datetime) -> Letter:
    """Draft the notice that names what is missing and the last day for it (Order 711, article 30).

    Raises `NotPermitted`, `WrongState`, `Invalid`, and `Impossible` when it was asked before.
    """
    row = working(request, actor=actor, moment=moment)
    items = said("items", items, _("请写明需要补正的事项。"))
    if until <= day(None, moment):
        raise Invalid("until", _("补正的最后一天应在今天之后，给申请人合理的时间。"))
    try_step(row, Kind.CORRECTION_ASKED, moment, until=until)
    facts = {"items": items, "until": until.isoformat()}
    return begin(row, LetterKind.CORRECTION, actor=actor, moment=moment, facts=facts)


@transaction.atomic
def receive_correction(
    request: Request,
    *,
    text: str,
    actor: Any,
    moment: datetime,
    uploads: Sequence[Upload] = (),
    reason: str = "",
    on: date | None = None,
) -> Step:
    """The applicant corrected: the period starts anew that day. Event `foi.correction_received`.

    After the last day only a good `reason` opens the request again. Raises `WrongState`, `Invalid`, `Impossible`.
    """
    row = opened(request, "foi.handle", actor=actor, moment=moment)
    text = said("text", text, _("请填写补正的内容。"))
    if row.state not in (State.CORRECTING.value, State.ABANDONED.value) or row.replied_on:
        raise WrongState(_("%(number)s“%(state)s”，现在不能补正。") % facts_of(row))
    row.corrected = text
    row.save(update_fields=["corrected"])
    for upload in uploads:
        files.keep(row, FileKind.CORRECTION, upload, actor=actor, moment=moment)
    came = step(row, Kind.CORRECTION_RECEIVED, on=day(on, moment), actor=actor, moment=moment, reason=reason.strip())
    if not row.is_open:
        raise WrongState(_("补正期限已过：请写明逾期的正当理由，否则视为放弃申请（第三十条）。"))
    return came
