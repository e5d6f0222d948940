"""Opening a body's report about a year."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.bodies.models import Body, Kind
from mingtang.bodies.permissions import day_of, require
from mingtang.reports.actions.rows import tell, user_of
from mingtang.reports.errors import Invalid
from mingtang.reports.models import AnnualReport

#: The first year about which the regulation of 2008 wanted a report.
FIRST_YEAR = 2008


@transaction.atomic
def open_report(body: Body, year: int, *, actor: Any, moment: datetime) -> AnnualReport:
    """Open the report of a body about a year, or return the one that is open; event `reports.opened`.

    A government's report puts those of its bodies together; a year that has not begun has no report.
    """
    require(actor, "reports.fill", body, moment=moment)
    if not FIRST_YEAR <= year <= day_of(moment).year:
        raise Invalid("year", _("%(year)d 年没有年度报告可填：请选 %(first)d 年到今年。") % {
            "year": year, "first": FIRST_YEAR,
        })  # fmt: skip
    kind = AnnualReport.Kind.GOVERNMENT if body.kind == Kind.GOVERNMENT else AnnualReport.Kind.BODY
    report, new = AnnualReport.objects.get_or_create(
        body=body, year=year, defaults={"kind": kind, "opened_at": moment, "opened_by": user_of(actor)}
    )
    if new:
        tell("opened", report, actor=actor, moment=moment)
    return report
