"""The day on which a request counts as received, by the channel it came through.

Sources: Order 711, article 31; 国办公开办函〔2015〕207号, part one, where article 31 is silent, and for older e-mail.
"""

import datetime
from dataclasses import dataclass
from enum import Enum

from mingtang.law.errors import ImpossibleHistory
from mingtang.law.rules import Rule
from mingtang.law.shelf import rule

REVISED = datetime.date(2019, 5, 15)


class Channel(Enum):
    """How a request came; the value is the code."""

    COUNTER = "counter"
    POST = "post"
    PLAIN_POST = "plain_post"
    OTHER_UNIT = "other_unit"
    ONLINE = "online"
    EMAIL = "email"
    FAX = "fax"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Channel.COUNTER: "当面提交",
    Channel.POST: "邮寄（需签收）",
    Channel.PLAIN_POST: "平常信函（不需签收）",
    Channel.OTHER_UNIT: "寄给本机关其他机构或个人",
    Channel.ONLINE: "互联网在线提交",
    Channel.EMAIL: "电子邮件",
    Channel.FAX: "传真",
    Channel.OTHER: "其他渠道",
}
#: Channels by which the day of arrival (handing in, signature) is the day of receipt; all others need confirmation.
_COUNTS_ON_ARRIVAL = (Channel.COUNTER, Channel.POST)
_RULES = {
    Channel.COUNTER: ("disclosure-regulation.31-hand", "request-time.counter"),
    Channel.POST: ("disclosure-regulation.31-post", "request-time.post"),
    Channel.PLAIN_POST: ("disclosure-regulation.31-plain-post", "request-time.plain-post"),
    Channel.OTHER_UNIT: ("request-time.plain-post",),
    Channel.ONLINE: ("disclosure-regulation.31-online",),
    Channel.EMAIL: ("disclosure-regulation.31-online", "request-time.email"),
    Channel.FAX: ("disclosure-regulation.31-online", "request-time.fax"),
    Channel.OTHER: ("request-time.other",),
}


@dataclass(frozen=True)
class Receipt:
    """The day of receipt, None while the applicant has not confirmed; then `confirm_by` is the day to reach them."""

    day: datetime.date | None
    confirm_by: datetime.date | None
    rules: tuple[Rule, ...]


def receipt(
    channel: Channel,
    arrived_on: datetime.date,
    confirmed_on: datetime.date | None = None,
    counted_on: datetime.date | None = None,
) -> Receipt:
    """The day of receipt of a request that arrived on a day, and was confirmed with the applicant on another.

    `counted_on` is the day that the body's own published rule for another channel names. An applicant who cannot be
    reached leaves `confirmed_on` None: the clock starts on the day contact is restored, which is then the day
    confirmed. ImpossibleHistory when the confirmation, or the day counted, lies before the arrival.
    """
    for day in (confirmed_on, counted_on):
        if day is not None and day < arrived_on:
            raise ImpossibleHistory(f"确认收到的日子（{day}）早于申请到达的日子（{arrived_on}）：请核对两个日期")
    rules = tuple(rule(each) for each in _RULES[channel])
    if channel in _COUNTS_ON_ARRIVAL or (channel is Channel.EMAIL and arrived_on < REVISED):
        return Receipt(arrived_on, None, rules)
    if channel is Channel.OTHER and counted_on is not None:
        return Receipt(counted_on, None, rules)
    if confirmed_on is not None:
        return Receipt(confirmed_on, arrived_on, rules)
    return Receipt(None, arrived_on, (*rules, rule("request-time.unreachable")))
