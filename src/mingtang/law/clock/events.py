"""What can happen to a request: the kinds of event, an event, and the history that the clock folds."""

import datetime
from dataclasses import dataclass, field
from enum import Enum

from mingtang.law.receipt import Receipt
from mingtang.law.requests import Ground
from mingtang.law.rules import Rule
from mingtang.law.shelf import rule


class Kind(Enum):
    """A kind of event; the value is its code. Events of one day are taken in the order of this list, by `rank`."""

    CORRECTION_ASKED = "correction_asked"
    CORRECTION_RECEIVED = "correction_received"
    REASONS_ASKED = "reasons_asked"
    REASONS_GIVEN = "reasons_given"
    THIRD_PARTY_ASKED = "third_party_asked"
    BODY_ASKED = "body_asked"
    THIRD_PARTY_ANSWERED = "third_party_answered"
    BODY_ANSWERED = "body_answered"
    EXTENDED = "extended"
    POSTPONED = "postponed"
    FEE_NOTIFIED = "fee_notified"
    FEE_PAID = "fee_paid"
    WITHDRAWN = "withdrawn"
    TRANSFERRED = "transferred"
    REPLIED = "replied"
    DELIVERED = "delivered"

    def __init__(self, _code: str) -> None:
        self.rank = len(type(self).__members__)

    @property
    def label(self) -> str:
        return _KINDS[self][0]

    @property
    def rule(self) -> Rule:
        """The clause under which it happens."""
        return rule(_KINDS[self][1])


_KINDS = {
    Kind.CORRECTION_ASKED: ("告知补正", "disclosure-regulation.30"),
    Kind.CORRECTION_RECEIVED: ("收到补正", "disclosure-regulation.30-restart"),
    Kind.REASONS_ASKED: ("要求说明理由", "disclosure-regulation.35-reasons"),
    Kind.REASONS_GIVEN: ("申请人说明理由", "disclosure-regulation.35-reasons"),
    Kind.THIRD_PARTY_ASKED: ("征求第三方意见", "disclosure-regulation.32"),
    Kind.BODY_ASKED: ("征求其他机关意见", "disclosure-regulation.34"),
    Kind.THIRD_PARTY_ANSWERED: ("第三方答复", "disclosure-regulation.32"),
    Kind.BODY_ANSWERED: ("其他机关答复", "disclosure-regulation.34"),
    Kind.EXTENDED: ("延长答复期限", "disclosure-regulation.33-extension"),
    Kind.POSTPONED: ("确定延迟答复的期限", "disclosure-regulation.35-later"),
    Kind.FEE_NOTIFIED: ("发出收费通知", "information-fee.6-notice"),
    Kind.FEE_PAID: ("缴纳信息处理费", "information-fee.6-payment"),
    Kind.WITHDRAWN: ("申请人撤回", "annual-report-format.table-2"),
    Kind.TRANSFERRED: ("告知由其他机关负责", "disclosure-regulation.36-5"),
    Kind.REPLIED: ("答复", "disclosure-regulation.33-reply"),
    Kind.DELIVERED: ("送达", "request-delivery.means"),
}


class Means(Enum):
    """How a reply is delivered; the value is the code. Its day is the signature's, or the posting's."""

    DIRECT = "direct"
    OTHER_BODY = "other_body"
    POST = "post"

    @property
    def label(self) -> str:
        return {Means.DIRECT: "直接送达", Means.OTHER_BODY: "委托其他行政机关送达", Means.POST: "邮寄"}[self]

    @property
    def rule(self) -> Rule:
        """The clause that says which day counts."""
        return rule("request-delivery.posted" if self is Means.POST else "request-delivery.signed")


@dataclass(frozen=True)
class Event:
    """One event of a request; beside its kind and day only the fields that its kind knows are read.

    party         third party or body asked, or answering (empty: the one asked first that has not answered)
    received_on   third_party_asked, body_asked, fee_notified: the day the letter was received (else the event's day)
    joint         body_asked: the information was made jointly, so that silence is consent (article 34)
    until         correction_asked: the last day for the correction; postponed: the later date
    reason        correction_received after that day: the good reason
    working_days  extended: by how many, at most 20 (None: 20)
    consent       extended: the head of the openness office who agreed
    notified_on   extended: the day the applicant was told (else the event's day)
    ground        replied: on which ground
    means         delivered: how
    place         where it stands in the list that was read, from 1, for messages
    """

    kind: Kind
    on: datetime.date
    party: str = ""
    received_on: datetime.date | None = None
    joint: bool = False
    until: datetime.date | None = None
    reason: str = ""
    working_days: int | None = None
    consent: str = ""
    notified_on: datetime.date | None = None
    ground: Ground | None = None
    means: Means | None = None
    place: int = field(default=0, compare=False)


@dataclass(frozen=True)
class History:
    """A request: the day of its receipt (None while it is not confirmed) and its events as listed.

    `receipt` says how the day followed from the channel, where that is known.
    """

    received_on: datetime.date | None
    events: tuple[Event, ...] = ()
    receipt: Receipt | None = None
