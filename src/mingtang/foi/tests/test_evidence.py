"""What a year of requests proves: one claim a body and year, told anew when a number has changed, and only then."""

from datetime import date, timedelta
from typing import Any

from mingtang.foi import actions, chores, evidence
from mingtang.foi.tests.conftest import MOMENT, TODAY, County, later
from mingtang.trace import evidence as registry
from mingtang.trace.evidence import Claim
from mingtang.trace.models import Event


def claims() -> list[Claim]:
    """Every claim told so far, through the registry that the ledger asks."""
    return [claim for event in Event.objects.filter(verb=evidence.COUNTED) for claim in registry.claims(event)]


def test_a_year_is_one_claim_that_follows_its_numbers(county: County) -> None:
    answered, late, taken_back = (county.receive() for _ in range(3))
    county.receive()
    county.receive(body=county.health, actor=county.clerk)
    county.provide(answered, later(3))
    acting: dict[str, Any] = {"actor": county.handler, "moment": later(4)}
    actions.withdraw(taken_back, **acting)
    assert chores.count_years(later(4)) == 2
    assert chores.count_years(later(5)) == 0  # nothing has changed
    county.provide(late, later(40))
    assert chores.count_years(later(40)) == 1
    first, other, second = claims()
    assert (first.body, other.body) == ("jyj", "wjw")
    assert first.thing == second.thing != other.thing
    assert first.running
    assert first.title == "2024年依申请公开办理情况：收到4件，答复1件，其中按期1件，在办2件，撤回、放弃等1件"
    assert (
        second.title == "2024年依申请公开办理情况：收到4件，答复2件，其中按期1件，逾期答复1件，在办1件，撤回、放弃等1件"
    )
    assert second.on == TODAY + timedelta(days=40)
    assert not [claim for claim in claims() if "演示" in claim.title + claim.words]


def test_what_is_answered_next_year_still_counts_for_the_year_it_came(county: County) -> None:
    request = county.receive()
    next_year = MOMENT.replace(year=2025, month=1, day=10)
    county.provide(request, next_year)
    assert chores.count_years(next_year) == 1
    (claim,) = claims()
    assert claim.on == date(2024, 12, 31)
    assert claim.title.startswith("2024年")


def test_who_was_asked_nothing_claims_nothing(county: County) -> None:
    assert chores.count_years(MOMENT) == 0
