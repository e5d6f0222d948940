"""A request's steps as the history that the law's clock folds."""

from collections.abc import Iterable
from datetime import date

from mingtang.foi.models import Handover, Request, Step
from mingtang.law.clock import Event, History, Kind, Means
from mingtang.law.receipt import Channel, Receipt, receipt
from mingtang.law.requests import Ground

#: What the notice of 2016 calls each way of handing over; what is sent as data has no name there.
MEANS = {
    Handover.POST.value: Means.POST,
    Handover.PICKUP.value: Means.DIRECT,
    Handover.OTHER_BODY.value: Means.OTHER_BODY,
}


def receipt_of(request: Request) -> Receipt:
    """How the day of receipt followed from the channel; ImpossibleHistory when the days run backwards."""
    return receipt(Channel(request.channel), request.arrived_on, request.confirmed_on, request.counted_on)


def of(request: Request, more: Iterable[Step] = ()) -> History:
    """The history of a request: its steps that were not voided by day and order of entry, and `more` after them.

    A step entered late takes its place by its day. Uses prefetched steps where there are any.
    """
    steps = [step for step in request.steps.all() if step.voided_at is None]
    ordered = sorted([*steps, *more], key=lambda step: (step.on, step.seq))
    return History(request.received_on, tuple(event_of(step) for step in ordered), receipt_of(request))


def event_of(step: Step) -> Event:
    """A step as an event of the clock."""
    return Event(
        kind=Kind(step.kind),
        on=step.on,
        party=step.party.label if step.party else "",
        received_on=_received(step),
        joint=step.party is not None and step.party.kind == "joint",
        until=step.until,
        reason=step.reason,
        working_days=step.working_days,
        consent=step.consent.get_full_name() if step.consent else "",
        ground=Ground(step.ground) if step.ground else None,
        means=MEANS.get(step.means),
    )


def _received(step: Step) -> date | None:
    """The day on which the letter of the step reached whom it was for, where the clock asks for it."""
    asks = (Kind.THIRD_PARTY_ASKED.value, Kind.BODY_ASKED.value, Kind.FEE_NOTIFIED.value)
    return step.delivery.received_on if step.delivery and step.kind in asks else None
