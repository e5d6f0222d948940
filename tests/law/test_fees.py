"""The information processing fee: band by band as the measure says, and the items of one applicant in one month."""

import datetime
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtang.law.errors import ImpossibleFee, NotInForce
from mingtang.law.fees import Asking, Band, Fee, items_fee, monthly_fees, pages_fee

CASES = tomllib.loads((Path(__file__).parent / "fees.toml").read_text(encoding="utf-8"))["case"]
ON = datetime.date(2022, 6, 30)
NUMBERS = st.integers(0, 400)


def fee_of(case: dict) -> Fee:
    return pages_fee(case["pages"], ON) if "pages" in case else items_fee(case["items"], ON, case.get("already", 0))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_the_amount(case: dict) -> None:
    fee = fee_of(case)
    assert str(fee.amount) == case["amount"]
    assert [rule.article for rule in fee.rules] == [case["clause"], "第三条", "第四十二条"]


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 40
    assert len({case["why"] for case in CASES}) == len(CASES)


def test_the_bands_are_shown_with_their_bounds_and_prices() -> None:
    fee = items_fee(45, ON)
    assert fee.free == 10
    assert fee.bands == (
        Band(11, 30, 20, Decimal("100.00")),
        Band(31, 40, 10, Decimal("200.00")),
        Band(41, 50, 5, Decimal("300.00")),
    )
    assert [str(band.amount) for band in fee.bands] == ["2000.00", "2000.00", "1500.00"]
    assert [str(band.unit_price) for band in fee.bands] == ["100.00", "200.00", "300.00"]


def test_the_last_band_of_pages_has_no_end() -> None:
    fee = pages_fee(240, ON)
    assert [(band.first, band.last, band.count) for band in fee.bands] == [
        (31, 100, 70),
        (101, 200, 100),
        (201, None, 40),
    ]
    assert fee.free == 30
    assert pages_fee(7, ON).free == 7


def test_what_was_asked_before_in_the_month_fills_the_bands_first() -> None:
    fee = items_fee(4, ON, already=28)
    assert [(band.first, band.last, band.count) for band in fee.bands] == [(11, 30, 2), (31, 40, 2)]
    assert fee.free == 0
    assert items_fee(5, ON, already=8).free == 2
    assert [(band.first, band.count) for band in items_fee(1, ON, already=30).bands] == [(31, 1)]


def slow_items(number: int) -> Decimal:
    """Each item at its own price, one after the other."""
    total = Decimal(0)
    for item in range(1, number + 1):
        if item > 30:
            total += 100 * ((item - 31) // 10 + 2)
        elif item > 10:
            total += 100
    return total


def slow_pages(number: int) -> Decimal:
    prices = (
        Decimal(0 if page <= 30 else 10 if page <= 100 else 20 if page <= 200 else 40) for page in range(1, number + 1)
    )
    return sum(prices, Decimal(0))


@given(NUMBERS, NUMBERS)
def test_one_by_one_costs_the_same(already: int, items: int) -> None:
    assert items_fee(items, ON, already).amount == slow_items(already + items) - slow_items(already)
    assert pages_fee(items, ON).amount == slow_pages(items)


@given(NUMBERS, NUMBERS, NUMBERS)
def test_asking_in_parts_costs_as_much_as_asking_at_once(already: int, first: int, second: int) -> None:
    parts = items_fee(first, ON, already).amount + items_fee(second, ON, already + first).amount
    assert parts == items_fee(first + second, ON, already).amount


@given(NUMBERS, NUMBERS)
def test_every_item_lies_in_one_band(already: int, items: int) -> None:
    fee = items_fee(items, ON, already)
    assert fee.free + sum(band.count for band in fee.bands) == items
    assert sum(band.amount for band in fee.bands) == fee.amount


def test_a_month_is_counted_for_each_applicant_and_body() -> None:
    def asking(applicant: str, body: str, on: str, items: int) -> Asking:
        return Asking(applicant, body, datetime.date.fromisoformat(on), items)

    askings = [
        asking("张", "教育局", "2022-06-20", 5),
        asking("张", "教育局", "2022-06-01", 8),
        asking("张", "民政局", "2022-06-02", 8),
        asking("李", "教育局", "2022-06-03", 12),
        asking("张", "教育局", "2022-07-01", 8),
        asking("张", "教育局", "2023-06-20", 5),
    ]
    charged = {(a.applicant, a.body, a.on.isoformat()): fee.amount for a, fee in monthly_fees(askings)}
    assert charged == {
        ("张", "教育局", "2022-06-01"): 0,
        ("张", "教育局", "2022-06-20"): 300,
        ("张", "民政局", "2022-06-02"): 0,
        ("李", "教育局", "2022-06-03"): 200,
        ("张", "教育局", "2022-07-01"): 0,
        ("张", "教育局", "2023-06-20"): 0,
    }
    assert [a.on for a, _ in monthly_fees(askings)] == sorted(a.on for a in askings)


@pytest.mark.parametrize(("items", "already"), [(-1, 0), (1, -1)])
def test_negative_numbers_are_refused(items: int, already: int) -> None:
    with pytest.raises(ImpossibleFee, match="件数不能是负数"):
        items_fee(items, ON, already)
    with pytest.raises(ImpossibleFee, match="页数不能是负数"):
        pages_fee(-1, ON)


def test_before_the_measure_took_effect_nothing_is_charged_by_it() -> None:
    assert items_fee(11, datetime.date(2021, 1, 1)).amount == 100
    with pytest.raises(NotInForce):
        items_fee(11, datetime.date(2020, 12, 31))
    with pytest.raises(NotInForce):
        pages_fee(11, datetime.date(2020, 12, 31))
