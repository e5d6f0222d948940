"""Numbers by hand: typed corrections that stay visible, and files from systems outside."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.bodies.errors import BodiesError
from mingtang.bodies.permissions import require
from mingtang.reports import filling, intake
from mingtang.reports.actions.opening import open_report
from mingtang.reports.actions.rows import REASON, opened, said, tell, user_of
from mingtang.reports.errors import FileRefused, Invalid, ReportsError
from mingtang.reports.filling import Origin
from mingtang.reports.models import AnnualReport, Correction, Import, ImportedNumber


@transaction.atomic
def correct(
    report: AnnualReport, table: str, row: str, column: str, new: Decimal, reason: str, *, actor: Any, moment: datetime
) -> Correction:
    """Put a number in place of the counted one; old, new, who and why stay visible. Event `reports.corrected`.

    Totals follow their parts, and what last year's published report fixes is corrected there.
    """
    own = opened(report, "reports.correct", _("更正数据"), actor=actor, moment=moment)
    if (table, row, column) not in filling.LEAVES:
        raise Invalid("place", _("合计由分项相加，不能单独更正：请更正分项。"))
    cell = filling.sheet(own).cell(table, row, column)
    if cell.origin is Origin.CARRIED:
        raise Invalid("place", _("上年结转由上年已公布的报告锁定：请更正上年报告，本年自动跟着变。"))
    if new < 0 or (column != "amount" and new != new.to_integral_value()):
        raise Invalid("new", _("件数应当是不小于 0 的整数，金额不小于 0。"))
    if cell.value == new:
        raise Invalid("new", _("更正前后一样，没有改动。"))
    why = said("reason", reason, _("更正原因"), 200, least=REASON)
    return _corrected(own, cell, new, why, lifts=False, actor=actor, moment=moment)


@transaction.atomic
def lift(
    report: AnnualReport, table: str, row: str, column: str, reason: str, *, actor: Any, moment: datetime
) -> Correction:  # fmt: skip
    """Take the last correction of a cell back: the counted number holds again. Event `reports.corrected`."""
    own = opened(report, "reports.correct", _("恢复统计数"), actor=actor, moment=moment)
    cell = filling.sheet(own).cells.get((table, row, column))
    if cell is None or cell.correction is None:
        raise Invalid("place", _("这一格没有更正过。"))
    why = said("reason", reason, _("原因"), 200, least=REASON)
    return _corrected(own, cell, cell.base or Decimal(0), why, lifts=True, actor=actor, moment=moment)


def _corrected(
    own: AnnualReport, cell: filling.Cell, new: Decimal, reason: str, *, lifts: bool, actor: Any, moment: datetime
) -> Correction:
    kept = Correction.objects.create(
        report=own, table=cell.table, row=cell.row, column=cell.column, old=cell.value, new=new, reason=reason,
        lifts=lifts, after=own.edition if own.is_public else 0, made_at=moment, made_by=user_of(actor),
    )  # fmt: skip
    old = None if cell.value is None else f"{cell.value.normalize():f}"
    place = [cell.table, cell.row, cell.column]
    tell("corrected", own, actor=actor, moment=moment, place=place, old=old, new=f"{new:f}", lifts=lifts)
    return kept


@transaction.atomic
def import_numbers(
    data: bytes, file_name: str, *, year: int, system: str, actor: Any, moment: datetime, note: str = "",
    body: Any = None,
) -> Import:  # fmt: skip
    """Take in a file of numbers (xlsx or csv), whole or not at all; event `reports.imported` for each report.

    `body` is meant where the file names none. Raises `FileRefused` with one line for each wrong row.
    """
    source = said("system", system, _("来源系统"), 80, least=2)
    if body is not None:
        require(actor, "reports.fill", body, moment=moment)
    lines = intake.read(data, file_name, body=body)
    reports = _opened_each(lines, year, actor=actor, moment=moment)
    batch = Import.objects.create(
        year=year, system=source, file_name=file_name[-200:], digest=intake.digest_of(data), note=note.strip()[:200],
        made_at=moment, made_by=user_of(actor),
    )  # fmt: skip
    ImportedNumber.objects.bulk_create(
        ImportedNumber(
            batch=batch, report=reports[each.body.pk], table=each.table, row=each.row, column=each.column,
            value=each.value, line=each.number,
        )
        for each in lines
    )  # fmt: skip
    for report in reports.values():
        tell("imported", report, actor=actor, moment=moment, batch=batch.pk, system=source, digest=batch.digest)
    return batch


def _opened_each(lines: Sequence[intake.Line], year: int, *, actor: Any, moment: datetime) -> dict[int, AnnualReport]:
    """The open report of each body that the file names; raises `FileRefused` with the lines that cannot be taken."""
    reports: dict[int, AnnualReport] = {}
    refused: dict[int, str] = {}
    for line in lines:
        if line.body.pk in reports or line.body.pk in refused:
            continue
        try:
            report = open_report(line.body, year, actor=actor, moment=moment)
            reports[line.body.pk] = opened(report, "reports.fill", _("导入数据"), actor=actor, moment=moment)
        except (ReportsError, BodiesError) as error:
            refused[line.body.pk] = _("第 %(line)d 行：%(why)s") % {"line": line.number, "why": error}
    if refused:
        raise FileRefused(list(refused.values()))
    return reports
