"""The information processing fee: reckoned by the law room, told by a notice, paid, or left unpaid."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.foi.actions.letters import begin
from mingtang.foi.actions.rows import day, said, step, working
from mingtang.foi.actions.trial import try_step
from mingtang.foi.errors import Impossible, Invalid, WrongState
from mingtang.foi.models import Asked, Fee, Letter, LetterKind, Request
from mingtang.law.clock import Kind
from mingtang.law.errors import LawError
from mingtang.law.fees import Fee as Reckoned
from mingtang.law.fees import items_fee, pages_fee


@transaction.atomic
def notify_fee(request: Request, *, schedule: str, count: int, actor: Any, moment: datetime) -> Letter:
    """Reckon the fee by items or by pages and draft its notice; what lies in the free band costs nothing.

    By items, those that the same applicant asked of the same body earlier in the same month are counted on. Raises
    `Invalid` when nothing is to be paid, `Impossible` when a notice went out before.
    """
    row = working(request, actor=actor, moment=moment)
    if schedule not in Fee.Schedule.values:
        raise Invalid("schedule", _("请选择按件或者按量计收。"))
    try_step(row, Kind.FEE_NOTIFIED, moment)
    if Fee.objects.filter(request=row).exists():
        raise WrongState(_("已有收费通知：请先签发或者作废它。"))
    already = asked_before(row) if schedule == Fee.Schedule.ITEMS else 0
    reckoned = _reckon(row, schedule, count, already)
    if not reckoned.amount:
        raise Invalid("count", _("在免费的数量以内，不收费。"))
    Fee.objects.create(
        request=row, schedule=schedule, count=count, already=already, amount=reckoned.amount, bands=_bands(reckoned)
    )
    return begin(row, LetterKind.FEE, actor=actor, moment=moment, facts={"schedule": schedule})


@transaction.atomic
def pay(
    request: Request, *, amount: Decimal, receipt_number: str, actor: Any, moment: datetime, on: date | None = None
) -> Fee:
    """The fee was paid: the clock runs on; event `foi.fee_paid`. Raises `Invalid` unless it is the whole amount."""
    row = working(request, actor=actor, moment=moment)
    fee = Fee.objects.select_for_update().filter(request=row).first()
    if fee is None:
        raise WrongState(_("没有发出过收费通知。"))
    if amount != fee.amount:
        raise Invalid("amount", _("应缴 %(due)s 元，不是 %(paid)s 元：请核对。") % {"due": fee.amount, "paid": amount})
    fee.receipt_number = said("receipt_number", receipt_number, _("请填写财政票据的号码。"), 60)
    on = day(on, moment)
    fee.paid, fee.paid_on = amount, on
    fee.save()
    step(row, Kind.FEE_PAID, on=on, actor=actor, moment=moment)
    return fee


def asked_before(row: Request) -> int:
    """How many items the same applicant asked of the same body in the month, before this request."""
    if row.received_on is None or not row.applicant.same:
        return 0
    month = row.received_on.replace(day=1)
    earlier = Request.objects.filter(
        applicant__same=row.applicant.same, body=row.body, received_on__gte=month, merged_into=None
    ).filter(received_on__lte=row.received_on, pk__lt=row.pk)
    return Asked.objects.filter(request__in=earlier).count()


def _reckon(row: Request, schedule: str, count: int, already: int) -> Reckoned:
    on = row.received_on or row.arrived_on
    try:
        return items_fee(count, on, already) if schedule == Fee.Schedule.ITEMS else pages_fee(count, on)
    except LawError as error:
        raise Impossible(str(error)) from error


def _bands(reckoned: Reckoned) -> list[dict[str, Any]]:
    return [
        {
            "first": band.first, "last": band.last, "count": band.count, "unit_price": str(band.unit_price),
            "amount": str(band.amount),
        }
        for band in reckoned.bands
    ]  # fmt: skip
