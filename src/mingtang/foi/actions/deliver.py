"""Handing letters over: a notice begins to work when it is handed over, a reply counts from its sealing."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.foi import files
from mingtang.foi.access import user_of
from mingtang.foi.actions.rows import day, locked, opened, refold, step, tell
from mingtang.foi.errors import Invalid, WrongState
from mingtang.foi.files import Upload
from mingtang.foi.models import Delivery, Extension, FileKind, Handover, Letter, LetterKind, Request
from mingtang.law.clock import Kind

#: The step that a notice becomes.
STEPS = {
    LetterKind.CORRECTION: Kind.CORRECTION_ASKED,
    LetterKind.THIRD_PARTY: Kind.THIRD_PARTY_ASKED,
    LetterKind.CONSULTATION: Kind.BODY_ASKED,
    LetterKind.EXTENSION: Kind.EXTENDED,
    LetterKind.FEE: Kind.FEE_NOTIFIED,
    LetterKind.REASONS: Kind.REASONS_ASKED,
    LetterKind.LATER_DATE: Kind.POSTPONED,
}


@transaction.atomic
def deliver(
    letter: Letter,
    *,
    means: str,
    actor: Any,
    moment: datetime,
    on: date | None = None,
    received_on: date | None = None,
    tracking_number: str = "",
    proof: Upload | None = None,
) -> Delivery:
    """Hand a sealed letter over; event `foi.letter_delivered`, and the step that it becomes.

    `on` is the day of posting, or of the signature when handed over directly; `received_on` the day it reached whom it
    is for, where that is known. Raises `NotPermitted`, `WrongState`, `Invalid`, and `Impossible` where the clock does
    not let the notice follow (an extension told after the last day).
    """
    row = opened(letter.request, "foi.handle", actor=actor, moment=moment)
    sealed = locked(letter)
    if sealed.state != Letter.State.SEALED:
        raise WrongState(_("文书还没有签发，不能送达。"))
    if sealed.deliveries.exists():
        raise WrongState(_("文书已经送达过：请补充送达凭证，或者核对是不是另一份。"))
    if means not in Handover.values:
        raise Invalid("means", _("没有这种送达方式：请从列表中选择。"))
    on = day(on, moment)
    if sealed.sealed_on and on < sealed.sealed_on:
        raise Invalid("on", _("送达日期早于签发日期 %s：请核对。") % sealed.sealed_on)
    _check_received(on, received_on, moment)
    kept = proof and files.keep(row, FileKind.PROOF, proof, actor=actor, moment=moment, letter=sealed)
    delivery = Delivery.objects.create(
        letter=sealed, means=means, on=on, received_on=received_on, tracking_number=tracking_number.strip()[:40],
        proof=kept, made_at=moment, made_by=user_of(actor),
    )  # fmt: skip
    tell(
        "letter_delivered", row, actor=actor, moment=moment, letter=sealed.pk, kind=sealed.kind, means=means, on=on,
        received_on=received_on,
    )  # fmt: skip
    _take_effect(row, sealed, delivery, actor=actor, moment=moment)
    return delivery


@transaction.atomic
def confirm_delivery(
    delivery: Delivery, *, received_on: date, actor: Any, moment: datetime, proof: Upload | None = None
) -> Delivery:
    """Add the day on which a letter reached whom it was for, and the proof; event `foi.delivery_confirmed`."""
    row = opened(delivery.letter.request, "foi.handle", actor=actor, moment=moment)
    kept = locked(delivery)
    if kept.received_on is not None and (proof is None or kept.proof_id is not None):
        raise WrongState(_("这份文书的收到日期和凭证已经登记。"))
    _check_received(kept.on, received_on, moment)
    kept.received_on = received_on
    if proof is not None:
        kept.proof = files.keep(row, FileKind.PROOF, proof, actor=actor, moment=moment, letter=kept.letter)
    kept.save(update_fields=["received_on", "proof"])
    refold(row, moment)
    tell("delivery_confirmed", row, actor=actor, moment=moment, letter=kept.letter_id, received_on=received_on)
    return kept


def _check_received(on: date, received_on: date | None, moment: datetime) -> None:
    if received_on is not None and not on <= received_on <= day(None, moment):
        raise Invalid("received_on", _("对方收到的日期应在交付之日和今天之间：请核对。"))


def _take_effect(row: Request, letter: Letter, delivery: Delivery, *, actor: Any, moment: datetime) -> None:
    """Add the step that the handing over is."""
    kind = STEPS.get(LetterKind(letter.kind))
    fields: dict[str, Any] = {"letter": letter, "delivery": delivery}
    if letter.is_reply:
        if not _all_handed_over(row):
            return
        kind, fields["means"] = Kind.DELIVERED, delivery.means
    if kind is None:
        return
    if letter.party is not None:
        fields["party"] = letter.party
    if "until" in letter.facts and kind is not Kind.DELIVERED:
        fields["until"] = date.fromisoformat(letter.facts["until"])
    if kind is Kind.EXTENDED:
        granted = row.extensions.get(outcome=Extension.Outcome.GRANTED)
        fields |= {"working_days": granted.working_days, "consent": granted.decided_by}
    step(row, kind, on=delivery.on, actor=actor, moment=moment, **fields)


def _all_handed_over(row: Request) -> bool:
    """Whether the request is answered and every letter that answers it was handed over, this one last."""
    answered = [each.kind for each in row.steps.all() if each.voided_at is None]
    if not {Kind.REPLIED.value, Kind.TRANSFERRED.value} & set(answered) or Kind.DELIVERED.value in answered:
        return False
    return not Letter.objects.filter(asked_things__request=row, deliveries=None).exists()
