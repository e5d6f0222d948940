"""Requests acted out with a fixed seed, through the pages and through the acts: two ways of counting agree."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import holidays
import pytest
from django.conf import LazySettings
from django.utils import timezone

from mingtang.bodies.models import Body, Kind, Level, Person, Post, Role, User
from mingtang.demo import requests
from mingtang.demo.acting import Cast
from mingtang.demo.request_scripts import SCRIPTS, SEEN
from mingtang.demo.tests.screens import Screens
from mingtang.foi import chores, letterpress, standing, statistics
from mingtang.foi import queries as foi
from mingtang.foi.models import Letter, Request, Step
from mingtang.foi.tests.plain_press import PlainPress
from mingtang.law.requests import Row
from mingtang.trace import limits, queries
from mingtang.trace.models import Event
from tests.law.day_by_day import reply_due

DAY = timedelta(days=1)
CHINA = holidays.country_holidays("CN", years=(2023, 2024, 2025))


@pytest.fixture
def cast(db: None, settings: LazySettings, tmp_path: Path) -> Iterator[Cast]:
    settings.HOME, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    before = letterpress.use(PlainPress())
    body, other = (
        Body.objects.create(
            code=code, name=f"云岭旗{name}", short_name=name, kind=Kind.DEPARTMENT, level=Level.COUNTY,
            openness_phone="0000-0000001",
        )
        for code, name in (("jyj", "教育局"), ("wjw", "卫生健康委"))
    )  # fmt: skip
    yield Cast(body, _user(Role.REQUEST_HANDLER, body), _user(Role.APPROVER, body), other)
    if before:
        letterpress.use(before)


def _user(role: Role, body: Body) -> User:
    person = Person.objects.create(name=f"演示{role.label}")
    Post.objects.create(person=person, body=body, role=role, starts_on=date(2020, 1, 1))
    return User.objects.create_user(str(role), person=person)


# --- the second way of counting: day by day, by another package's holidays -----------------------------------------


def nth(start: date, number: int) -> date:
    while number:
        start += DAY
        number -= CHINA.is_working_day(start)
    return start


def waits(request: Request) -> set[date]:
    """The days on which somebody else had the word, which do not count."""
    steps = list(Step.objects.filter(request=request).order_by("on", "seq"))
    ended = next((step.on for step in steps if step.kind in ("replied", "transferred", "withdrawn")), date.max)
    days: set[date] = set()
    for asked in steps:
        answers = {"third_party_asked": ("third_party_answered", 15), "body_asked": ("body_answered", 15)}
        answers["fee_notified"] = ("fee_paid", 20)
        if asked.kind not in answers:
            continue
        answer, limit = answers[asked.kind]
        arrived = asked.delivery.received_on if asked.delivery and asked.delivery.received_on else asked.on
        came = [step.on for step in steps if step.kind == answer and step.party_id == asked.party_id]
        until = min([nth(arrived, limit), ended, *came])
        day = asked.on + DAY
        while day <= until:
            days.add(day)
            day += DAY
    return days


def due(request: Request) -> date | None:
    """The last day of the reply, counted plainly; None where none is owed."""
    received_on = request.received_on
    start, number, fixed = received_on, 20, None
    for step in Step.objects.filter(request=request).order_by("on", "seq"):
        if step.kind == "correction_received":
            start, number = step.on, 20
        elif step.kind == "extended":
            number += step.working_days or 0
        elif step.kind == "postponed":
            fixed = step.until
        elif step.kind == "withdrawn":
            return None
    if request.state in ("abandoned", "correcting", "unconfirmed") or start is None:
        return None
    day, skipped = start, waits(request)
    while number:
        day += DAY
        number -= CHINA.is_working_day(day) and day not in skipped
    return fixed or day


# --- what comes of it ------------------------------------------------------------------------------------------------


@pytest.fixture
def screens(monkeypatch: pytest.MonkeyPatch) -> type[Screens]:
    """The hand on the screens, whose days are the installation's."""
    limits.forget()
    Screens.all.clear()
    monkeypatch.setattr(timezone, "now", Screens.clock)
    return Screens


def counted(play: Screens) -> date | None:
    """The last day of a reply by the diary of who acted, day by day, asking nothing of the product."""
    assert play.received_on is not None
    by_days = reply_due(play.received_on, play.diary)
    return by_days and (play.postponed_to or by_days)


def test_a_year_through_form_and_desk_has_the_deadlines_of_plain_counting(cast: Cast, screens: type[Screens]) -> None:
    plan = requests.spread(SCRIPTS, seed=20240603, first=date(2024, 1, 8), last=date(2024, 11, 20))
    requests.run(cast, plan, seed=20240603, until=datetime(2025, 6, 30, tzinfo=UTC), hand=screens)
    made = list(Request.objects.order_by("number"))
    assert len(made) == len(screens.all) == len(SCRIPTS) >= 20
    by_number = {play.request.number: counted(play) for play in screens.all}
    assert {request.number: request.due_on for request in made} == by_number
    assert sum(request.due_on is not None for request in made) >= 17
    assert Counter(request.state for request in made) == {
        "replied": 17, "abandoned": 2, "transferred": 1, "withdrawn": 1
    }  # fmt: skip
    assert sum(request.channel == "online" for request in made) >= 7
    days = [(request.due_on, request.replied_on) for request in made if request.due_on and request.replied_on]
    assert sum(replied_on > due_on for due_on, replied_on in days) == 1  # the script that is late on purpose
    cells = statistics.count_requests(2024, None)
    results = sum(cells.get((row.value, "total"), 0) for row in Row)
    assert cells["new", "total"] == len(SCRIPTS) == results + cells["carried_out", "total"]
    assert cells["carried_out", "total"] == statistics.count_requests(2025, None)["carried_in", "total"]
    assert sum(1 for row in Row if cells.get((row.value, "total"))) >= 9
    assert queries.verify() == Event.objects.count()


def test_the_same_seed_plans_the_same_year() -> None:
    year: dict[str, date] = {"first": date(2024, 1, 8), "last": date(2024, 11, 20)}
    assert requests.spread(SCRIPTS, seed=1, **year) == requests.spread(SCRIPTS, seed=1, **year)
    assert requests.spread(SCRIPTS, seed=1, **year) != requests.spread(SCRIPTS, seed=2, **year)


def test_the_board_of_a_demo_shows_every_state(cast: Cast) -> None:
    now = datetime(2024, 6, 28, 9, tzinfo=UTC)
    requests.run(cast, [(requests.days_ago(ago, now), script) for ago, script in SEEN], seed=7, until=now)
    chores.look_after(now)
    states = Counter(Request.objects.values_list("state", flat=True))
    assert states["running"] >= 4 and states["paused"] >= 2 and states["replied"] >= 2
    assert {"unconfirmed", "correcting", "withdrawn"} <= set(states)
    assert {row.due_on for row in Request.objects.all()} == {due(row) for row in Request.objects.all()}
    rows = foi.open_ones(Request.objects.all())
    left = {standing.of(row, date(2024, 6, 28)).standing.remaining for row in standing.with_steps(rows)}
    assert any(each is not None and each < 0 for each in left) and any(each is not None and each > 10 for each in left)


def test_without_a_press_that_can_set_letters_requests_stay_where_they_are(cast: Cast) -> None:
    class Broken(PlainPress):
        def problems(self, facts: object, content: object) -> tuple[str, ...]:
            return ("没有可用的字体。",)

    letterpress.use(Broken())
    now = datetime(2024, 6, 28, 9, tzinfo=UTC)
    made = requests.run(cast, [(requests.days_ago(ago, now), script) for ago, script in SEEN[:6]], seed=1, until=now)
    assert made and not Letter.objects.filter(state="sealed").exists()
    states = set(Request.objects.values_list("state", flat=True))
    assert states == {"running", "withdrawn"}
