"""What a letter is written from: plain values, so that whoever writes letters needs neither database nor clock.

Days are dates in Asia/Shanghai, money is Decimal yuan. Codes are those of `law`: grounds, channels, kinds.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mingtang.foi.identity import Identity


@dataclass(frozen=True)
class BodyFacts:
    """The body in whose name the letter goes out, how to reach its openness office, and who reviews its decisions."""

    name: str
    short_name: str
    office: str
    address: str
    hours: str
    phone: str
    email: str
    review_body: str = ""


@dataclass(frozen=True)
class RequestFacts:
    """The request that the letter is about. `due_on` is the day the reply is due as things stand."""

    number: str
    subject: str
    wanted: str
    received_on: date | None
    channel: str
    provision: str
    delivery: str
    applicant_kind: str
    due_on: date | None
    late_by: int


@dataclass(frozen=True)
class WithheldFacts:
    """A part that is not disclosed, and on which ground (a code of `law.requests.Ground`)."""

    what: str
    ground: str


@dataclass(frozen=True)
class SearchFacts:
    """One search: where, with which words, on which day, by whom, and whether the information was found."""

    where: str
    words: str
    on: date
    by: str
    found: bool
    result: str


@dataclass(frozen=True)
class OpinionFacts:
    """One review or consulted unit: kind and verdict are codes of `foi.models.Opinion`."""

    kind: str
    verdict: str
    text: str


@dataclass(frozen=True)
class ThingFacts:
    """One thing that was asked with its decision; `ground` is empty while undecided, `reply` where it has none."""

    order: int
    text: str
    ground: str
    reply: str
    explanation: str
    right_body: str
    right_contact: str
    where: str
    repeats: str
    repeats_replied_on: date | None
    withheld: tuple[WithheldFacts, ...]
    searches: tuple[SearchFacts, ...]


@dataclass(frozen=True)
class PartyFacts:
    """A third party or body that is asked, what about, and what it answered ("" while it has not)."""

    kind: str
    label: str
    identity: Identity
    concerning: str
    answer: str
    answered_on: date | None


@dataclass(frozen=True)
class BandFacts:
    """One band of the fee: the first and last item or page, how many fell in it, price and amount."""

    first: int
    last: int | None
    count: int
    unit_price: Decimal
    amount: Decimal


@dataclass(frozen=True)
class FeeFacts:
    """The fee: `schedule` items or pages; `pay_within` working days from receipt of the notice."""

    schedule: str
    count: int
    already: int
    amount: Decimal
    bands: tuple[BandFacts, ...]
    pay_within: int


@dataclass(frozen=True)
class ExtensionFacts:
    """An extension: by how many working days, why, who consented when, the first day due and the new one."""

    working_days: int
    reason: str
    consent: str
    consent_title: str
    consented_on: date | None
    first_due: date | None
    new_due: date | None


@dataclass(frozen=True)
class CorrectionFacts:
    """A correction that is asked: what is missing, and the last day for it."""

    items: str
    until: date | None


@dataclass(frozen=True)
class LaterFacts:
    """A later date for a request beyond what is reasonable: until when, why, and the day it was due before."""

    until: date | None
    why: str
    first_due: date | None


@dataclass(frozen=True)
class ClosureFacts:
    """Why a request is no longer processed: the ground, the notice that was not followed, and its last day."""

    ground: str
    notice_number: str
    notice_on: date | None
    until: date | None


@dataclass(frozen=True)
class AmendedFacts:
    """The sealed letter in which a slip was found."""

    kind: str
    number: str
    sealed_on: date


@dataclass(frozen=True)
class LetterFacts:
    """Everything a letter of any kind is written from; `kind` is a code of `foi.models.LetterKind`.

    The parts that a kind does not need are None or empty. `number` and `made_on` are empty until the letter is sealed;
    while it is drafted `made_on` is the day of the draft. `party` is whom the letter goes to where that is not the
    applicant; `parties` are all that were asked. `reasons` say why reasons are asked for, or why a third party's
    objection does not keep the information from being disclosed; `enclosures` are the names of the files that go out
    with the letter.
    """

    kind: str
    number: str
    made_on: date
    body: BodyFacts
    applicant: Identity
    request: RequestFacts
    things: tuple[ThingFacts, ...] = ()
    opinions: tuple[OpinionFacts, ...] = ()
    parties: tuple[PartyFacts, ...] = ()
    party: PartyFacts | None = None
    correction: CorrectionFacts | None = None
    extension: ExtensionFacts | None = None
    fee: FeeFacts | None = None
    reasons: str = ""
    enclosures: tuple[str, ...] = ()
    later: LaterFacts | None = None
    closure: ClosureFacts | None = None
    amended: AmendedFacts | None = None
