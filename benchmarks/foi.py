"""Requests: the clock against a general rule library, and the board of ten thousand requests.

`rules`: our fold against the same rules written as expressions of rule-engine, asked of every day of the count; both
give the same day due. `board`: a page of the clock board through the test client, with the days as last folded, against
folding every open request anew for each view. The number of queries of the board is the same at a tenth of the size.
"""

import argparse
import os
import random
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.clock import ANSWERS, LIMITS, Letter, histories, nth
from benchmarks.harness import compare
from mingtang.law.calendar import national
from mingtang.law.clock import History, Kind, fold

DAY = timedelta(days=1)
MOMENT = datetime(2024, 6, 3, 2, tzinfo=UTC)
TODAY = date(2024, 6, 3)


def library() -> dict[str, Any]:
    """The rules of the count as expressions."""
    import rule_engine

    return {
        "restarts": rule_engine.Rule("kind == 'correction_received'"),
        "stops": rule_engine.Rule("kind == 'correction_asked'"),
        "extends": rule_engine.Rule("kind == 'extended'"),
        "asks": rule_engine.Rule("kind in ['third_party_asked', 'body_asked', 'fee_notified']"),
        "counts": rule_engine.Rule("works and not waiting"),
    }


def by_library(history: History, works: frozenset[date], rules: dict[str, Any]) -> date | None:
    """The day the reply is due, each question put to the rule library."""
    start, limit, waiting, letters = history.received_on or date.min, 20, False, list[Letter]()
    for event in history.events:
        facts = {"kind": event.kind.value}
        if rules["restarts"].matches(facts):
            start, limit, waiting = event.on, 20, False
        elif rules["stops"].matches(facts):
            waiting = True
        elif rules["extends"].matches(facts):
            limit += event.working_days or 20
        elif rules["asks"].matches(facts):
            letters.append(Letter(event.kind, event.on, nth(event.on, LIMITS[event.kind], works)))
        else:
            answered = (each for each in letters if ANSWERS[each.kind] is event.kind and each.back is None)
            if letter := next(answered, None):
                letter.back = event.on
    day, counted = start, 0
    while not waiting and counted < limit:
        day += DAY
        facts = {"works": day in works, "waiting": any(letter.waits(day) for letter in letters)}
        counted += rules["counts"].matches(facts)
    return None if waiting else day


def compare_rules(number: int) -> None:
    """The clock against the rule library on the histories of the clock's own benchmark."""
    stock = histories(number)
    works = frozenset(day.date for day in national().walk(date(2021, 1, 1), date(2026, 12, 31)) if day.works)
    rules = library()
    for history in stock:
        assert fold(history).reply_due == by_library(history, works, rules), history
    comparison = compare(
        "rules", lambda: [fold(each) for each in stock], lambda: [by_library(each, works, rules) for each in stock],
        rounds=3,
    )  # fmt: skip
    print(comparison.line(number, "requests"))


def prepare(home: Path, number: int) -> Any:
    """An instance below `home` with that many requests, a third of them open; returns a signed-in client."""
    os.environ["MINGTANG_HOME"], os.environ["DJANGO_SETTINGS_MODULE"] = str(home), "tests.settings"
    os.environ.pop("DATABASE_URL", None)
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    call_command("migrate", verbosity=0)
    from mingtang.foi.tests.conftest import County

    county = County()
    more(county, number)
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(county.clerk, backend="mingtang.bodies.signin.PostBackend")
    return client


def more(county: Any, number: int) -> None:
    """So many requests, written as rows; their days as the clock has them."""
    from mingtang.foi import standing
    from mingtang.foi.models import Applicant, Request, Step

    chance, first = random.Random(number), Request.objects.count()
    applicants = Applicant.objects.bulk_create([Applicant(same="0" * 64) for _ in range(number)])
    rows: list[Request] = []
    for place, applicant in enumerate(applicants, start=first):
        received = TODAY - DAY * chance.randrange(0, 75)
        rows.append(
            Request(
                number=f"jyj-2024-{place:05}", body=county.education, unit=county.education, applicant=applicant,
                applicant_kind="natural", channel="counter", arrived_on=received, received_on=received,
                subject=f"第{place}件", wanted="演示", provision="paper", delivery="post", secret_hash="0" * 64,
                made_at=MOMENT, state="running",
            )
        )  # fmt: skip
    Request.objects.bulk_create(rows)
    steps = [
        Step(request=row, seq=1, kind=Kind.REPLIED.value, on=min(row.arrived_on + DAY * 20, TODAY), made_at=MOMENT)
        for row in rows if chance.random() < 0.67
    ]  # fmt: skip
    Step.objects.bulk_create(steps)
    made = list(standing.with_steps(Request.objects.filter(pk__in=[row.pk for row in rows])).iterator(chunk_size=400))
    for row in made:
        standing.fold_into(row, TODAY)
    Request.objects.bulk_update(made, standing.CACHED, batch_size=500)


def look(client: Any) -> int:
    """The first page of the board; how many queries it takes once the session has been brought up to date."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get("/desk/foi/")
    with CaptureQueriesContext(connection) as seen:
        answer = client.get("/desk/foi/")
    assert answer.status_code == 200, answer.status_code
    return len(seen)


def fold_all() -> list[Any]:
    """What a board without remembered days does for each view: fold every open request, and take the most pressing."""
    from mingtang.foi import standing
    from mingtang.foi.models import OPEN_STATES, Request

    rows = standing.with_steps(Request.objects.filter(state__in=OPEN_STATES))
    folded = [(standing.of(row, TODAY).standing.reply_due or date.max, row) for row in rows]
    return sorted(folded, key=lambda each: each[0])[:30]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=int, default=1000)
    parser.add_argument("--requests", type=int, default=10_000)
    given = parser.parse_args()
    compare_rules(given.folds)
    with tempfile.TemporaryDirectory(prefix="mingtang-foi-") as folder:
        client = prepare(Path(folder), given.requests // 10)
        small = look(client)
        from mingtang.bodies.models import Body

        county = type("Bodies", (), {"education": Body.objects.get(code="jyj")})
        more(county, given.requests - given.requests // 10)
        large = look(client)
        assert small == large, (small, large)
        comparison = compare("board", lambda: client.get("/desk/foi/"), fold_all, rounds=3)
        print(comparison.line(1, f"views of {given.requests:,} requests"), f"{large} queries at both sizes", sep="; ")


if __name__ == "__main__":
    main()
