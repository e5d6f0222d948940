"""What is counted: each request in one row, the sums of the report hold whatever happened, each cell opens."""

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtang.foi import actions, statistics
from mingtang.foi.models import Request
from mingtang.foi.tests.conftest import MOMENT, SOMEBODY, TODAY, County, at, later
from mingtang.law.requests import Applicant, Ground, Row
from mingtang.trace.statistics import registered

START = date(2021, 1, 1)


class Things:
    """Related rows as a request has them."""

    def __init__(self, rows: list[Any]) -> None:
        self.rows = rows

    def all(self) -> list[Any]:
        return self.rows


def made(received: int, took: int | None, grounds: list[Ground], kind: Applicant) -> Any:
    """A request as the count sees it, received so many days after the start, ended so many later."""
    received_on = START + timedelta(days=received)
    return SimpleNamespace(
        received_on=received_on, closed_on=None if took is None else received_on + timedelta(days=took),
        state="replied", applicant_kind=kind.value, asked=Things([SimpleNamespace(row=each.row) for each in grounds]),
        steps=Things([]),
    )  # fmt: skip


REQUESTS = st.lists(
    st.builds(
        made,
        st.integers(0, 1400),
        st.none() | st.integers(0, 500),
        st.lists(st.sampled_from(list(Ground)), min_size=1, max_size=3),
        st.sampled_from(list(Applicant)),
    ),
    max_size=25,
)


@given(REQUESTS)
def test_what_came_in_is_what_ended_and_what_is_carried_on(requests: list[Any]) -> None:
    carried = 0
    for year in range(2021, 2026):
        rows = [row for request in requests for row in statistics.rows_of(request, year)]
        results = [row for row in rows if row in {each.value for each in Row}]
        assert rows.count("new") + rows.count("carried_in") == rows.count("total") + rows.count("carried_out")
        assert len(results) == rows.count("total")
        assert rows.count("carried_in") == carried  # what was carried on last year
        carried = rows.count("carried_out")


@pytest.mark.parametrize(
    ("grounds", "row"),
    [
        ([Ground.PROVIDED], Row.GRANTED),
        ([Ground.PROVIDED, Ground.ALREADY_PUBLIC], Row.GRANTED),
        ([Ground.PROVIDED, Ground.TRADE_SECRET], Row.PARTLY_GRANTED),
        ([Ground.PARTLY_PROVIDED, Ground.PROVIDED], Row.PARTLY_GRANTED),
        ([Ground.DOES_NOT_EXIST, Ground.PRIVACY], Row.THIRD_PARTY),
        ([Ground.WITHDRAWN], Row.OTHER),
    ],
)
def test_a_request_has_one_result(grounds: list[Ground], row: Row) -> None:
    assert statistics.result(made(0, 1, grounds, Applicant.NATURAL)) is row


def test_the_tables_count_what_happened(county: County) -> None:
    county.provide(county.receive(), later(1))
    county.receive(applicant_kind="legal_service", moment=at(date(2023, 12, 20)))
    withdrawn = county.receive(applicant_kind="commercial")
    actions.withdraw(withdrawn, actor=county.handler, moment=later(1))
    twice = county.receive(moment=later(2), channel="post")
    first = county.receive(moment=later(1))
    actions.merge_into(twice, into=first, actor=county.handler, moment=later(2))
    county.receive(channel="online", actor=actions.APPLICANT)  # not confirmed: not received
    cells = statistics.count_requests(2024, None)
    assert dict(cells) == {
        ("new", "natural"): 2, ("new", "commercial"): 1, ("new", "total"): 3,
        ("carried_in", "legal_service"): 1, ("carried_in", "total"): 1,
        ("granted", "natural"): 1, ("granted", "total"): 1, ("other", "commercial"): 1, ("other", "total"): 1,
        ("total", "natural"): 1, ("total", "commercial"): 1, ("total", "total"): 2,
        ("carried_out", "natural"): 1, ("carried_out", "legal_service"): 1, ("carried_out", "total"): 2,
    }  # fmt: skip
    assert [thing.label for thing in statistics.requests_in(2024, ["jyj"], "other", "total")] == [withdrawn.number]
    assert statistics.count_requests(2024, ["wjw"]) == {}
    assert statistics.count_requests(2023, None)["carried_out", "total"] == 1


def test_abandoned_requests_count_by_what_was_not_done(county: County) -> None:
    until = TODAY + timedelta(days=10)
    unclear, unpaid = county.receive(), county.receive()
    acting: dict[str, Any] = {"actor": county.handler, "moment": MOMENT}
    county.sent(actions.ask_correction(unclear, items="年度", until=until, **acting), MOMENT)
    county.sent(actions.notify_fee(unpaid, schedule="pages", count=240, **acting), MOMENT)
    for request in (unclear, unpaid):
        actions.close_abandoned(request, actor=county.handler, moment=later(60))
    cells = statistics.count_requests(2024, None)
    assert (cells["not_corrected", "total"], cells["fee_not_paid", "total"]) == (1, 1)


def test_remedies_are_fifteen_numbers(county: County) -> None:
    request = county.provide(county.receive(), later(1)).request
    acting: dict[str, Any] = {"actor": county.handler, "moment": later(90)}
    first = actions.open_remedy(
        request, kind="reconsideration", filed_on=TODAY + timedelta(days=30), authority="云岭旗人民政府", **acting
    )
    actions.conclude_remedy(first, outcome="upheld", on=TODAY + timedelta(days=80), **acting)
    actions.open_remedy(
        request, kind="litigation_after_review", filed_on=TODAY + timedelta(days=85), authority="演示法院", **acting
    )
    cells = statistics.count_remedies(2024, None)
    assert cells == {
        ("reconsideration", "upheld"): 1, ("reconsideration", "total"): 1,
        ("litigation_after_review", "pending"): 1, ("litigation_after_review", "total"): 1,
    }  # fmt: skip
    table = statistics.REMEDIES
    assert len(table.rows) * len(table.columns) == 15
    (thing,) = statistics.remedies_in(2024, None, "reconsideration", "upheld")
    assert thing.ref == f"foi.request:{request.pk}"


def test_fees_are_what_was_paid_in_the_year(county: County) -> None:
    request = county.receive()
    acting: dict[str, Any] = {"actor": county.handler, "moment": MOMENT}
    county.sent(actions.notify_fee(request, schedule="pages", count=240, **acting), MOMENT)
    assert statistics.count_fees(2024, None) == {}
    actions.pay(request, amount=Decimal(4300), receipt_number="甲1", actor=county.handler, moment=later(2))
    assert statistics.count_fees(2024, None)["total", "amount"] == Decimal("4300.00")
    assert [thing.label for thing in statistics.fees_in(2024, None, "pages", "amount")] == [request.number]


def test_the_tables_are_registered_and_cost_few_queries(county: County, django_assert_num_queries: Any) -> None:
    assert {"foi.requests", "foi.remedies", "foi.fees"} <= {each.name for each in registered()}
    for size in (2, 9):
        for _ in range(size):
            county.receive(identity=SOMEBODY)
        with django_assert_num_queries(3):
            statistics.count_requests(2024, None)
    assert Request.objects.count() == 11
