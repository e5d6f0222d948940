"""What a year of requests proves: one claim a body and year, with its numbers, not one a reply.

The notice asks every body to look back on how it follows the local standard for requests (DB15/T 2090); what shows
it is how many came and how many were answered in time. The numbers grow through the year, so the claim is a running
one: each count that differs from the last takes its place.
"""

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from mingtang.bodies.permissions import day_of
from mingtang.foi import statistics
from mingtang.foi.models import OPEN_STATES
from mingtang.trace.actions import record
from mingtang.trace.evidence import Claim, Provider
from mingtang.trace.models import Event

ACTOR = "system:foi"
COUNTED = "foi.year_counted"
#: The words of the standard and of what it orders, where duties are sought that the numbers may prove.
WORDS = (
    "落实自治区地方标准《政府信息依申请公开工作规范》情况：申请接收、登记、补正、审核、办理、答复、归档，核查按期答复"
)


def count_years(moment: datetime) -> list[Event]:
    """Count this year and the last for every body; an event for each count that differs from the one before.

    The last year is counted on: what it carried over may still be answered, and a mistaken step voided.
    """
    today = day_of(moment)
    return [
        event for year in (today.year - 1, today.year) for body, numbers in _numbers(year)
        if (event := _told(body, year, numbers, moment)) is not None
    ]  # fmt: skip


def _numbers(year: int) -> Iterator[tuple[str, dict[str, int]]]:
    """By the code of each body: what it received in a year, and what became of that; one query."""
    answered = Q(replied_on__isnull=False)
    open_ones = Q(state__in=OPEN_STATES)
    rows = statistics.counted(None).filter(received_on__range=(date(year, 1, 1), date(year, 12, 31)))
    counts = rows.order_by("body__code").values("body__code").annotate(
        received=Count("pk"), answered=Count("pk", filter=answered),
        in_time=Count("pk", filter=answered & Q(replied_on__lte=F("due_on"))),
        open=Count("pk", filter=open_ones & ~answered),
    )  # fmt: skip
    for row in counts:
        yield row.pop("body__code"), row


def _told(body: str, year: int, numbers: dict[str, int], moment: datetime) -> Event | None:
    """The event of a count, unless the last one of that body and year says the same."""
    thing, data = f"foi.year:{body}-{year}", {"year": year, **numbers}
    last = Event.objects.filter(thing=thing, verb=COUNTED).order_by("-seq").first()
    if last is not None and last.data == data:
        return None
    basis = ["disclosure-regulation.33-reply"]
    with transaction.atomic():
        return record(COUNTED, thing, actor=ACTOR, moment=moment, body=body, basis=basis, data=data)


def claim(event: Event) -> Claim:
    """What a count proves; read from the event alone. It is of its year, though it may be made in the next."""
    facts = event.data
    return Claim(
        seq=event.seq,
        thing=event.thing,
        title=_title(facts),
        path=f"foi/guide/{event.body}/",
        body=event.body,
        on=min(timezone.localtime(event.moment).date(), date(facts["year"], 12, 31)),
        kinds=frozenset({"requests"}),
        words=WORDS,
        running=True,
    )


def _title(facts: dict[str, int]) -> str:
    """The numbers in a line; what is late or ended otherwise is said, where there is any."""
    parts = [_("收到%(received)d件，答复%(answered)d件，其中按期%(in_time)d件") % facts]
    if late := facts["answered"] - facts["in_time"]:
        parts.append(_("逾期答复%d件") % late)
    if facts["open"]:
        parts.append(_("在办%d件") % facts["open"])
    if ended := facts["received"] - facts["answered"] - facts["open"]:
        parts.append(_("撤回、放弃等%d件") % ended)
    return _("%d年依申请公开办理情况：") % facts["year"] + "，".join(parts)


PROVIDER = Provider(name="foi", proves=(COUNTED,), claim=claim)
