"""Extension: asked by the handler, consented to by the head of the openness office, told before the first day due."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.foi.access import user_of
from mingtang.foi.actions.letters import begin
from mingtang.foi.actions.rows import locked, opened, said, tell, working
from mingtang.foi.actions.trial import try_step
from mingtang.foi.errors import WrongState
from mingtang.foi.models import Extension, LetterKind, Request
from mingtang.law.clock import Kind


@transaction.atomic
def ask_extension(request: Request, *, working_days: int, reason: str, actor: Any, moment: datetime) -> Extension:
    """Ask the head for so many working days more (at most 20, once: article 33); event `foi.extension_asked`.

    Raises `Impossible` with the clock's reason: extended before, or the period is over.
    """
    row = working(request, actor=actor, moment=moment)
    if row.extensions.exclude(outcome=Extension.Outcome.REFUSED).exists():
        raise WrongState(_("%s已经提出过延期：答复期限只能延长一次。") % row.number)
    try_step(row, Kind.EXTENDED, moment, working_days=working_days)
    extension = Extension.objects.create(
        request=row, working_days=working_days, reason=said("reason", reason, _("请写明延期的理由。"), 500),
        asked_at=moment, asked_by=user_of(actor),
    )  # fmt: skip
    tell("extension_asked", row, actor=actor, moment=moment, extension=extension.pk, working_days=working_days)
    return extension


@transaction.atomic
def decide_extension(extension: Extension, *, granted: bool, actor: Any, moment: datetime) -> Extension:
    """The head consents, or not, in their own name; event `foi.extension_granted` or `foi.extension_refused`.

    With the consent the notice to the applicant is drafted; the extension begins when that is handed over.
    """
    row = opened(extension.request, "foi.consent", actor=actor, moment=moment)
    asked = locked(extension)
    if asked.outcome:
        raise WrongState(_("这次延期已经批复：%s。") % asked.get_outcome_display())
    if not isinstance(actor, str) and asked.asked_by_id == actor.pk:
        raise WrongState(_("提出延期的人不能自己批复：请由政府信息公开工作机构负责人批复。"))
    if granted:
        try_step(row, Kind.EXTENDED, moment, working_days=asked.working_days)
    asked.outcome = Extension.Outcome.GRANTED if granted else Extension.Outcome.REFUSED
    asked.decided_at, asked.decided_by = moment, user_of(actor)
    asked.save(update_fields=["outcome", "decided_at", "decided_by"])
    tell(f"extension_{asked.outcome}", row, actor=actor, moment=moment, extension=asked.pk)
    if granted:
        begin(row, LetterKind.EXTENSION, actor=asked.asked_by, moment=moment, facts={"extension": asked.pk})
    return asked
