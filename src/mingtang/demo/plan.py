"""When everything in the demo happened: a plan kept in the event stream, so that a run cut off goes on as begun."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from mingtang.trace.actions import record
from mingtang.trace.models import Event

ACTOR = "system:demo"
PLANNED = "demo.planned"
BUILT = "demo.built"
#: How long before the first run the demo begins, its records begin, and its notice is made.
BEGINS, RECORDS_BEGIN, NOTICE = timedelta(days=400), timedelta(days=365), timedelta(days=75)


@dataclass(frozen=True)
class Plan:
    """One run's share: records `first` to `last` (without `last`), spread evenly between two moments."""

    seed: int
    first: int
    last: int
    begins: datetime
    ends: datetime

    def moment_of(self, number: int) -> datetime:
        """When record `number` went out: in the order of the numbers, between nine and five of its day."""
        step = (self.ends - self.begins) / (self.last - self.first)
        even = timezone.localtime(self.begins + step * (number - self.first) + step / 2)
        midnight = even.replace(hour=0, minute=0, second=0, microsecond=0)
        worked = midnight + timedelta(hours=9) + (even - midnight) / 3
        return min(max(worked, self.begins), self.ends)


def plans() -> list[Plan]:
    """What was planned so far, oldest first."""
    return [_read(event) for event in Event.objects.filter(verb=PLANNED).order_by("seq")]


def plan_for(records: int, seed: int, now: datetime) -> list[Plan]:
    """The plans for a demo of `records` records; one is added (with its event) when more are wanted than before.

    Must run in a transaction.
    """
    known = plans()
    total = known[-1].last if known else 0
    if not known:
        known.append(_add(Plan(seed, 0, records, now - RECORDS_BEGIN, now - timedelta(hours=1)), now - BEGINS))
    elif records > total:
        last = Event.objects.order_by("-seq").values_list("moment", flat=True)[0]
        begins = min(max(last, known[-1].ends), now - timedelta(seconds=1))
        known.append(_add(Plan(seed, total, records, begins, now), begins))
    return known


def made_on(first: Plan) -> date:
    """The day on which the demo's notice was made."""
    return timezone.localtime(first.ends - NOTICE).date()


def _add(plan: Plan, moment: datetime) -> Plan:
    facts = {
        "seed": plan.seed, "first": plan.first, "last": plan.last,
        "begins": plan.begins.isoformat(), "ends": plan.ends.isoformat(),
    }  # fmt: skip
    record(PLANNED, "demo", actor=ACTOR, moment=moment, data=facts)
    return plan


def _read(event: Event) -> Plan:
    facts = event.data
    return Plan(
        facts["seed"], facts["first"], facts["last"],
        datetime.fromisoformat(facts["begins"]), datetime.fromisoformat(facts["ends"]),
    )  # fmt: skip
