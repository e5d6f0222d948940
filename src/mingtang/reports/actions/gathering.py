"""Putting the government's report together: taking the bodies' reports in, leaving out what is counted twice."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.bodies.models import Body
from mingtang.reports import filling, versions
from mingtang.reports.actions.rows import REASON, opened, said, tell, user_of
from mingtang.reports.errors import Invalid, WrongState
from mingtang.reports.models import AnnualReport, Exclusion, Inclusion

ONCE, SUM = "annual-report-aggregation.once", "annual-report-aggregation.sum"
TAKEN = (AnnualReport.State.ACCEPTED, AnnualReport.State.RELEASED)


@transaction.atomic
def gather(report: AnnualReport, *, actor: Any, moment: datetime) -> AnnualReport:
    """Take in every accepted report of the year as it stands now; event `reports.gathered`.

    Taking in again replaces what was taken in before. What two of the bodies counted is left out by rule.
    """
    row = _government(report, actor=actor, moment=moment)
    if row.frozen is not None:
        raise WrongState(_("重新汇总"), row.stage_label, _("已公布的数据只能逐项更正并写明原因。"))
    members = AnnualReport.objects.filter(year=row.year, kind=AnnualReport.Kind.BODY, state__in=TAKEN)
    chosen = list(members.select_related("body", "record").order_by("body__order", "body__code"))
    if not chosen:
        raise Invalid("members", _("还没有审核通过的部门、苏木乡镇报告，没有可以汇总的数据。"))
    row.included.all().delete()
    for member in chosen:
        tables = filling.as_plain(filling.sheet(member))
        Inclusion.objects.create(
            report=row, member=member, tables=tables, digest=versions.digest_of(tables), made_at=moment
        )
    row.exclusions.filter(automatic=True).delete()
    codes = {member.body.code: member.body for member in chosen} | {row.body.code: row.body}
    for (table, line, column), (number, names) in filling.double(row, [m.body.code for m in chosen]).items():
        made = Exclusion.objects.create(
            report=row, table=table, row=line, column=column, number=number, automatic=True, made_at=moment,
            made_by=user_of(actor), reason=_("同一件由两个以上机关统计，只计一次。"),
        )  # fmt: skip
        made.bodies.set([codes[name] for name in names])
    bodies = [member.body.code for member in chosen]
    tell("gathered", row, actor=actor, moment=moment, members=bodies, basis=(SUM, ONCE))
    return row


@transaction.atomic
def exclude(
    report: AnnualReport, table: str, row: str, column: str, number: Decimal, reason: str, bodies: Sequence[Body], *,
    actor: Any, moment: datetime,
) -> Exclusion:  # fmt: skip
    """Leave out what two bodies counted outside this system (a request passed on by post); `reports.excluded`."""
    own = _government(report, actor=actor, moment=moment)
    if own.frozen is not None:
        raise WrongState(_("扣除"), own.stage_label, _("已公布的数据只能逐项更正并写明原因。"))
    if (table, row, column) not in filling.LEAVES:
        raise Invalid("place", _("合计由分项相加：请在分项里扣除。"))
    value = filling.sheet(own).value(table, row, column) or Decimal(0)
    if number <= 0 or number > value:
        raise Invalid("number", _("扣除数应当大于 0，且不超过现在的 %s。") % f"{value.normalize():f}")
    if len({body.pk for body in bodies}) < 2:
        raise Invalid("bodies", _("请选择重复统计了同一件的两个以上机关。"))
    kept = Exclusion.objects.create(
        report=own, table=table, row=row, column=column, number=number, made_at=moment, made_by=user_of(actor),
        reason=said("reason", reason, _("扣除原因"), 200, least=REASON),
    )  # fmt: skip
    kept.bodies.set(bodies)
    place = [table, row, column]
    tell("excluded", own, actor=actor, moment=moment, place=place, number=f"{number:f}", basis=(ONCE,))
    return kept


@transaction.atomic
def drop_exclusion(exclusion: Exclusion, *, actor: Any, moment: datetime) -> None:
    """Take back an exclusion that was entered by hand; event `reports.exclusion_dropped`."""
    own = _government(exclusion.report, actor=actor, moment=moment)
    if exclusion.automatic or own.frozen is not None:
        raise Invalid("exclusion", _("按规则自动扣除的、已公布报告的扣除，不能取消。"))
    tell("exclusion_dropped", own, actor=actor, moment=moment, place=list(exclusion.place))
    exclusion.delete()


def _government(report: AnnualReport, *, actor: Any, moment: datetime) -> AnnualReport:
    row = opened(report, "reports.aggregate", _("汇总"), actor=actor, moment=moment)
    if not row.is_government:
        raise Invalid("report", _("只有政府的报告汇总各机关的数据。"))
    return row
