"""Taking a mistaken step back: it stays on record with the reason, and the clock no longer sees it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.foi.access import user_of
from mingtang.foi.actions.rows import locked, opened, refold, said, tell
from mingtang.foi.errors import WrongState
from mingtang.foi.models import Fee, Party, Step
from mingtang.law.clock import Kind

#: A sealed reply stands: what it says can only be changed by a new decision outside this request.
FINAL = (Kind.REPLIED.value, Kind.TRANSFERRED.value)
ANSWERS = (Kind.THIRD_PARTY_ANSWERED.value, Kind.BODY_ANSWERED.value)


@transaction.atomic
def void_step(step: Step, *, reason: str, actor: Any, moment: datetime) -> Step:
    """Void a step that was entered by mistake (office only); event `foi.step_voided`.

    What only that step said falls with it. Raises `Impossible` where the remaining steps could not have happened so.
    """
    row = opened(step.request, "foi.void", actor=actor, moment=moment)
    kept = locked(step)
    if kept.voided_at is not None:
        raise WrongState(_("这一步已经作废。"))
    if kept.kind in FINAL:
        raise WrongState(_("已签发的答复不能作废：请依法撤销或者变更后另行处理。"))
    kept.voided_at, kept.voided_by = moment, user_of(actor)
    kept.void_reason = said("reason", reason, _("请写明作废的原因。"), 300)
    kept.save(update_fields=["voided_at", "voided_by", "void_reason"])
    if kept.kind in ANSWERS and kept.party is not None:
        Party.objects.filter(pk=kept.party_id).update(answer=Party.Answer.WAITING, answered_on=None)
    if kept.kind == Kind.FEE_PAID.value:
        Fee.objects.filter(request=row).update(paid=None, paid_on=None, receipt_number="")
    refold(row, moment)
    tell("step_voided", row, actor=actor, moment=moment, step=kept.seq, kind=kept.kind)
    return kept
