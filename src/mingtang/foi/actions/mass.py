"""Requests in number or frequency beyond reason (article 35): reasons asked, a later date, no processing."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.foi.actions.letters import begin
from mingtang.foi.actions.rows import day, said, step, working
from mingtang.foi.actions.trial import try_step
from mingtang.foi.errors import WrongState
from mingtang.foi.models import Letter, LetterKind, Request, Step
from mingtang.law.clock import Kind


@transaction.atomic
def ask_reasons(request: Request, *, why: str, actor: Any, moment: datetime) -> Letter:
    """Draft the notice that asks the applicant why so much, so often; `why` says what is beyond reason."""
    row = working(request, actor=actor, moment=moment)
    why = said("why", why, _("请写明申请的数量、频次怎样超过合理范围。"))
    try_step(row, Kind.REASONS_ASKED, moment)
    return begin(row, LetterKind.REASONS, actor=actor, moment=moment, facts={"why": why})


@transaction.atomic
def give_reasons(request: Request, *, text: str, actor: Any, moment: datetime, on: date | None = None) -> Step:
    """The applicant gave reasons; event `foi.reasons_given`."""
    row = working(request, actor=actor, moment=moment)
    reason = said("text", text, _("请填写申请人说明的理由。"), 500)
    return step(row, Kind.REASONS_GIVEN, on=day(on, moment), actor=actor, moment=moment, reason=reason)


@transaction.atomic
def postpone(request: Request, *, until: date, why: str, actor: Any, moment: datetime) -> Letter:
    """Draft the notice of a reasonable later date: the reasons are good, but the work cannot be done in time."""
    row = working(request, actor=actor, moment=moment)
    if not any(each.kind == Kind.REASONS_GIVEN.value and each.voided_at is None for each in row.steps.all()):
        raise WrongState(_("确定延迟答复的期限以前，须要求申请人说明理由并收到其说明（第三十五条）。"))
    why = said("why", why, _("请写明为什么不能按期答复。"))
    try_step(row, Kind.POSTPONED, moment, until=until)
    facts = {"until": until.isoformat(), "why": why}
    return begin(row, LetterKind.LATER_DATE, actor=actor, moment=moment, facts=facts)
