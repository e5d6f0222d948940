"""What the acts share: the report as it is now and locked, where it must stand, texts that must say something."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from mingtang.bodies.permissions import require
from mingtang.reports.errors import Invalid, WrongState
from mingtang.reports.models import AnnualReport
from mingtang.trace.actions import record

#: Fewest characters of a reason.
REASON = 4
LONGEST_TEXT = 20_000  # characters of a chapter


def locked(report: AnnualReport, verb: str, *, actor: Any, moment: datetime) -> AnnualReport:
    """The report as the database has it, its row locked until the transaction ends, for an act the actor may do."""
    rows = AnnualReport.objects.select_for_update(of=("self",)).select_related("body", "record")
    row = rows.get(pk=report.pk)
    require(actor, verb, row, moment=moment)
    return row


def opened(report: AnnualReport, verb: str, act: str, *, actor: Any, moment: datetime) -> AnnualReport:
    """The same, for an act that changes texts or numbers: the report must be open."""
    row = locked(report, verb, actor=actor, moment=moment)
    mend = _("请先由政务公开办退回，或按规定更正。") if row.state != row.State.SUBMITTED else _("请先撤回报送。")
    require_state(row, act, *row.OPEN, mend=mend)
    return row


def require_state(row: AnnualReport, act: str, *states: str, mend: str) -> None:
    """Raise `WrongState` unless the report stands in one of the states."""
    if row.state not in states:
        raise WrongState(act, row.stage_label, mend)


def said(field: str, value: str, label: str, longest: int, least: int = 1) -> str:
    """A text that must say something; raises `Invalid` when it is too short or too long."""
    text = value.strip()
    if len(text) < least:
        raise Invalid(field, _("请填写%(what)s，至少 %(least)d 个字。") % {"what": label, "least": least})
    if len(text) > longest:
        raise Invalid(field, _("%(what)s超过 %(most)d 字，请精简。") % {"what": label, "most": longest})
    return text


def user_of(actor: Any) -> Any:
    """The account to store as who did it; None where the installation did."""
    return None if isinstance(actor, str) else actor


def tell(verb: str, row: AnnualReport, *, actor: Any, moment: datetime, **data: Any) -> None:
    """Write the act's event: year, kind and plain facts."""
    basis = data.pop("basis", ())
    facts = {"year": row.year, "kind": row.kind, **data}
    record(f"reports.{verb}", row, actor=actor, moment=moment, body=row.body.code, basis=basis, data=facts)
