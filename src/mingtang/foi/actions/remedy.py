"""Reconsideration and litigation about a request: filed, its stages, its outcome."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.foi.access import user_of
from mingtang.foi.actions.rows import day, locked, opened, refold, said, tell
from mingtang.foi.errors import Invalid, WrongState
from mingtang.foi.models import Remedy, RemedyStage, Request


@transaction.atomic
def open_remedy(
    request: Request, *, kind: str, filed_on: date, authority: str, actor: Any, moment: datetime, case_number: str = ""
) -> Remedy:
    """The body was told of a reconsideration or lawsuit; event `foi.remedy_opened`."""
    row = opened(request, "foi.remedy", actor=actor, moment=moment)
    if kind not in Remedy.Kind.values:
        raise Invalid("kind", _("请选择行政复议、直接起诉或者复议后起诉。"))
    reconsidered = row.remedies.filter(kind=Remedy.Kind.RECONSIDERATION, concluded_on__isnull=False)
    if kind == Remedy.Kind.AFTER_RECONSIDERATION and not reconsidered.exists():
        raise WrongState(_("没有已审结的行政复议：请先登记复议及其结果，或者选择直接起诉。"))
    if filed_on < row.arrived_on:
        raise Invalid("filed_on", _("收到日期早于申请到达的日期：请核对。"))
    remedy = Remedy.objects.create(
        request=row, kind=kind, filed_on=day(filed_on, moment), case_number=case_number.strip()[:80],
        authority=said("authority", authority, _("请填写复议机关或者法院。"), 120), made_at=moment,
        made_by=user_of(actor),
    )  # fmt: skip
    _stage(remedy, Remedy.Stage.FILED, filed_on, "", actor)
    refold(row, moment)
    tell("remedy_opened", row, actor=actor, moment=moment, remedy=remedy.pk, kind=kind, on=filed_on)
    return remedy


@transaction.atomic
def advance_remedy(
    remedy: Remedy, *, stage: str, actor: Any, moment: datetime, note: str = "", on: date | None = None
) -> Remedy:
    """It reached a further stage; event `foi.remedy_advanced`. Stages do not run backwards."""
    row, kept = _pending(remedy, actor=actor, moment=moment)
    order = [each.value for each in Remedy.Stage]
    if stage not in order[:-1] or order.index(stage) <= order.index(kept.stage):
        raise Invalid("stage", _("请选择后面的进程；审结请登记结果。"))
    on = day(on, moment)
    kept.stage = stage
    kept.save(update_fields=["stage"])
    _stage(kept, stage, on, note, actor)
    tell("remedy_advanced", row, actor=actor, moment=moment, remedy=kept.pk, stage=stage, on=on)
    return kept


@transaction.atomic
def conclude_remedy(
    remedy: Remedy, *, outcome: str, actor: Any, moment: datetime, on: date | None = None, note: str = ""
) -> Remedy:
    """Its outcome: upheld, corrected or another; event `foi.remedy_concluded`."""
    row, kept = _pending(remedy, actor=actor, moment=moment)
    if outcome not in (Remedy.Outcome.UPHELD, Remedy.Outcome.CORRECTED, Remedy.Outcome.OTHER):
        raise Invalid("outcome", _("请选择结果维持、结果纠正或者其他结果。"))
    on = day(on, moment)
    if on < kept.filed_on:
        raise Invalid("on", _("审结日期早于收到日期：请核对。"))
    kept.outcome, kept.concluded_on, kept.stage = outcome, on, Remedy.Stage.CONCLUDED
    kept.note = note.strip()
    kept.save(update_fields=["outcome", "concluded_on", "stage", "note"])
    _stage(kept, Remedy.Stage.CONCLUDED, on, note, actor)
    refold(row, moment)
    tell("remedy_concluded", row, actor=actor, moment=moment, remedy=kept.pk, outcome=outcome, on=on)
    return kept


def _pending(remedy: Remedy, *, actor: Any, moment: datetime) -> tuple[Request, Remedy]:
    row = opened(remedy.request, "foi.remedy", actor=actor, moment=moment)
    kept = locked(remedy)
    if kept.outcome != Remedy.Outcome.PENDING:
        raise WrongState(_("已经审结：%s。") % kept.get_outcome_display())
    return row, kept


def _stage(remedy: Remedy, stage: str, on: date, note: str, actor: Any) -> None:
    RemedyStage.objects.create(remedy=remedy, stage=stage, on=on, note=note.strip()[:500], made_by=user_of(actor))
