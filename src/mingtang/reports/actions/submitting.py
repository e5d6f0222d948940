"""Between a body and the office: submitted, taken back, returned with remarks, accepted."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.bodies.permissions import day_of
from mingtang.law.publication import annual_report_due
from mingtang.reports import checking, filling
from mingtang.reports.actions.rows import locked, require_state, said, tell, user_of
from mingtang.reports.errors import Blocked, Invalid
from mingtang.reports.models import AnnualReport, Remark

State = AnnualReport.State


@transaction.atomic
def submit(report: AnnualReport, *, actor: Any, moment: datetime) -> AnnualReport:
    """Freeze the numbers and submit the report to the office; event `reports.submitted`.

    A government's report goes to nobody above here: it is accepted at once. Errors of the check stop it (`Blocked`).
    """
    row = locked(report, "reports.submit", actor=actor, moment=moment)
    require_state(row, _("报送"), *row.OPEN, mend=_("它已经报送过了。"))
    if day_of(moment) <= date(row.year, 12, 31):
        raise Invalid("year", _("%d 年还没有过完，数据不全：请在下一年 1 月 1 日以后报送。") % row.year)
    if row.frozen is None:
        row.frozen = filling.frozen(filling.counted(row))
    _refuse(row, moment)
    row.state = State.ACCEPTED if row.is_government else State.SUBMITTED
    row.submitted_at, row.submitted_by = moment, user_of(actor)
    if row.is_government:
        row.accepted_at, row.accepted_by = moment, user_of(actor)
    row.save()
    due = annual_report_due(row.year, government=row.is_government)
    tell(
        "submitted", row, actor=actor, moment=moment, late_by=due.late_by(day_of(moment)),
        basis=tuple(rule.id for rule in due.rules),
    )  # fmt: skip
    return row


@transaction.atomic
def recall(report: AnnualReport, *, actor: Any, moment: datetime) -> AnnualReport:
    """Take a submitted report back before the office has judged it; event `reports.recalled`."""
    row = locked(report, "reports.submit", actor=actor, moment=moment)
    wanted = (State.ACCEPTED,) if row.is_government else (State.SUBMITTED,)
    require_state(row, _("撤回"), *wanted, mend=_("只有还没有审核的报告可以撤回。"))
    _reopen(row, State.FILLING)
    tell("recalled", row, actor=actor, moment=moment)
    return row


@transaction.atomic
def give_back(
    report: AnnualReport, remarks: Sequence[tuple[str, str]], *, actor: Any, moment: datetime
) -> AnnualReport:  # fmt: skip
    """Return a submitted report with remarks, each (place, text); event `reports.returned`."""
    row = locked(report, "reports.judge", actor=actor, moment=moment)
    require_state(row, _("退回"), State.SUBMITTED, State.ACCEPTED, mend=_("只有已报送的报告可以退回。"))
    if not remarks:
        raise Invalid("text", _("退回须写明意见：哪里、要怎样改。"))
    Remark.objects.bulk_create(
        Remark(
            report=row, place=place.strip()[:120], text=said("text", text, _("意见"), 500, least=4), made_at=moment,
            made_by=user_of(actor),
        )
        for place, text in remarks
    )  # fmt: skip
    _reopen(row, State.RETURNED)
    tell("returned", row, actor=actor, moment=moment, remarks=len(remarks))
    return row


@transaction.atomic
def answer(remark: Remark, text: str, *, actor: Any, moment: datetime) -> Remark:
    """Say what was done about a remark; event `reports.remark_answered`."""
    row = locked(remark.report, "reports.fill", actor=actor, moment=moment)
    kept = Remark.objects.select_for_update().get(pk=remark.pk, report=row)
    kept.answer = said("answer", text, _("答复"), 500, least=2)
    kept.answered_at, kept.answered_by = moment, user_of(actor)
    kept.save()
    tell("remark_answered", row, actor=actor, moment=moment, remark=kept.pk)
    return kept


@transaction.atomic
def accept(report: AnnualReport, *, actor: Any, moment: datetime) -> AnnualReport:
    """The office finds nothing more to mend; event `reports.accepted`."""
    row = locked(report, "reports.judge", actor=actor, moment=moment)
    require_state(row, _("通过"), State.SUBMITTED, mend=_("只有已报送的报告可以审核通过。"))
    row.state, row.accepted_at, row.accepted_by = State.ACCEPTED, moment, user_of(actor)
    row.save()
    tell("accepted", row, actor=actor, moment=moment)
    return row


def _refuse(row: AnnualReport, moment: datetime) -> None:
    """Raise `Blocked` with the errors that the check finds."""
    if problems := checking.blocking(checking.findings(row, on=day_of(moment))):
        raise Blocked(problems)


def _reopen(row: AnnualReport, state: str) -> None:
    """Back to the writer: numbers are counted live again, unless an edition with them has been public."""
    row.state = state
    if not row.edition:
        row.frozen = None
    row.accepted_at = row.accepted_by = None
    row.save()
