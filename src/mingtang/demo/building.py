"""Building the demo: each step whole or not at all and done once, so what was cut off is completed by the next run."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from mingtang.bodies.models import Body, Role, User
from mingtang.demo import accounts, annual_reports, foundation, library, notice, requests, workplace
from mingtang.demo.acting import Cast
from mingtang.demo.place import DEPARTMENT
from mingtang.demo.plan import ACTOR, BUILT, NOTICE, Plan, plan_for
from mingtang.demo.publishing import Publisher, published
from mingtang.demo.request_scripts import SEEN
from mingtang.foi import chores
from mingtang.ledger import evidence
from mingtang.trace.actions import record
from mingtang.trace.models import Event

#: The body that the demo department consults about a request.
CONSULTED = "wjw"
#: Told how far the run is: what is being made, how many of how many.
Tell = Callable[[str, int, int], None]


class NotADemo(Exception):
    """The instance holds bodies of its own: a demo is not mixed into them."""


@dataclass(frozen=True)
class Demo:
    """What stands after a run: how many records are out, how many this run added, the accounts to sign in with."""

    records: int
    added: int
    accounts: accounts.Accounts


def build(home: Path, *, records: int, seed: int, now: datetime, tell: Tell) -> Demo:
    """Build the demo in the instance at `home`, or top it up to `records` records. Raises `NotADemo`."""
    with transaction.atomic():
        if Body.objects.exists() and not Event.objects.filter(actor=ACTOR).exists():
            raise NotADemo
        plans = plan_for(records, seed, now)
    begin = Event.objects.get(seq=1).moment
    tell("机构、人员与栏目", 0, 0)
    foundation.lay(begin)
    known = accounts.open_all(home, begin, now)
    before, built = published(), Event.objects.filter(verb=BUILT).exists()
    people = workplace.users()
    office = people[Role.OFFICE]
    for plan in plans:
        _publish(plan, plan is plans[0] and not built, office, tell)
    if not built:
        tell("台账与待办", 0, 0)
        workplace.fill(people, plans[0].ends - timedelta(hours=20))
        evidence.catch_up()
        notice.prove(plans[0].ends)
        tell("规范性文件库", 0, 0)
        library.fill(people, plans[0].ends)
        tell("依申请公开", 0, 0)
        _request(people, seed, plans[0].ends)
        tell("年度报告", 0, 0)
        annual_reports.publish(seed, plans[0].ends)
        with transaction.atomic():
            record(BUILT, "demo", actor=ACTOR, moment=now)
    after = published()
    return Demo(after, after - before, known)


@transaction.atomic
def _request(people: workplace.Users, seed: int, now: datetime) -> None:
    """Requests to the demo department, as they stand at the moment; all of them, or none."""
    bodies = {code: Body.objects.get(code=code) for code in (DEPARTMENT, CONSULTED)}
    cast = Cast(
        bodies[DEPARTMENT], people[Role.REQUEST_HANDLER], people[Role.APPROVER], bodies[CONSULTED]
    )  # fmt: skip
    plan = [(requests.days_ago(ago, now), script) for ago, script in SEEN]
    requests.run(cast, plan, seed=seed, until=now)
    chores.look_after(now)


def _publish(plan: Plan, with_notice: bool, office: User, tell: Tell) -> None:
    """Put out the plan's records that are not out yet; on its day among them the notice is issued and answered."""
    publisher, issued = Publisher(), plan.ends - NOTICE
    waiting = with_notice
    for number in range(max(published(), plan.first), plan.last):
        if waiting and plan.moment_of(number) > issued:
            notice.issue(plan, office)
            waiting = False
        publisher.put_out(number, plan)
        if number % 20 == 0:
            tell("信息", number, plan.last)
    if waiting:
        notice.issue(plan, office)
