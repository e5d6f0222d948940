"""The information processing fee: by item or by page, band by band, and the items of one applicant in one month.

Both schedules are progressive: each item or page pays the price of its own band. One request is charged by one of
them, never by both. Amounts are exact decimals in yuan. Source: 国办函〔2020〕109号, articles 3–5.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from mingtang.law.errors import ImpossibleFee
from mingtang.law.rules import Rule
from mingtang.law.shelf import rule


@dataclass(frozen=True)
class Band:
    """One band: from which to which item or page (`last` None when it has no end), how many fell in it, their price."""

    first: int
    last: int | None
    count: int
    unit_price: Decimal

    @property
    def amount(self) -> Decimal:
        """What the items or pages of the band cost, in yuan."""
        return self.unit_price * self.count


@dataclass(frozen=True)
class Fee:
    """What is to be paid, band by band; `free` is how many items or pages cost nothing."""

    bands: tuple[Band, ...]
    free: int
    rules: tuple[Rule, ...]

    @property
    def amount(self) -> Decimal:
        """The sum in yuan, with two decimals."""
        return sum((band.amount for band in self.bands), Decimal("0.00"))


@dataclass(frozen=True)
class Asking:
    """One request as the monthly count sees it: who asked which body, on which day, for how many items."""

    applicant: str
    body: str
    on: datetime.date
    items: int


def items_fee(items: int, on: datetime.date, already: int = 0) -> Fee:
    """The fee by item for `items` more, asked by one applicant of one body in the calendar month of `on`.

    `already` counts what was asked before in that month. ImpossibleFee for negative numbers; NotInForce before the
    measure took effect.
    """
    if items < 0 or already < 0:
        raise ImpossibleFee("件数不能是负数：请写申请的件数，如 35")
    source = rule("information-fee.4")
    return _progressive(already, already + items, _item_bands(source, on), source)


def pages_fee(pages: int, on: datetime.date) -> Fee:
    """The fee by page for one request of so many A4 pages; ImpossibleFee for a negative number."""
    if pages < 0:
        raise ImpossibleFee("页数不能是负数：请写 A4 纸的页数，如 240")
    source = rule("information-fee.5")
    return _progressive(0, pages, _page_bands(source, on), source)


def monthly_fees(askings: Iterable[Asking]) -> tuple[tuple[Asking, Fee], ...]:
    """Each request's fee by item, counted on within the same applicant, body and calendar month.

    Requests are taken by day, those of one day in the order given; a new month begins anew.
    """
    so_far: defaultdict[tuple[str, str, int, int], int] = defaultdict(int)
    charged: list[tuple[Asking, Fee]] = []
    for asking in sorted(askings, key=lambda each: each.on):
        account = (asking.applicant, asking.body, asking.on.year, asking.on.month)
        charged.append((asking, items_fee(asking.items, asking.on, so_far[account])))
        so_far[account] += asking.items
    return tuple(charged)


def _progressive(after: int, upto: int, bands: Iterator[tuple[int, int | None, Decimal]], source: Rule) -> Fee:
    """The fee for the numbers after `after` up to and with `upto`; `bands` are first, last and price, in order."""
    charged: list[Band] = []
    free = 0
    for first, last, price in bands:
        if first > upto:
            break
        count = min(upto, last or upto) - max(after, first - 1)
        if count <= 0:
            continue
        if price:
            charged.append(Band(first, last, count, price))
        else:
            free = count
    return Fee(tuple(charged), free, (source, rule("information-fee.3"), rule("disclosure-regulation.42")))


def _item_bands(source: Rule, on: datetime.date) -> Iterator[tuple[int, int | None, Decimal]]:
    """The bands by item without end: free, the first price, then one step dearer each further band."""
    number = {name: source.parameter(name, on).number for name in _ITEM_NUMBERS}
    yield 1, number["free_up_to"], Decimal(0)
    first, last = number["free_up_to"] + 1, number["first_band_up_to"]
    price = _yuan(number["first_price"])
    while True:
        yield first, last, price
        first, last = last + 1, last + number["further_band"]
        price += number["price_step"]


_ITEM_NUMBERS = ("free_up_to", "first_band_up_to", "first_price", "further_band", "price_step")


def _page_bands(source: Rule, on: datetime.date) -> Iterator[tuple[int, int | None, Decimal]]:
    """The four bands by page; the last has no end."""
    number = {name: source.parameter(name, on).number for name in _PAGE_NUMBERS}
    free, first, second = number["free_up_to"], number["first_band_up_to"], number["second_band_up_to"]
    yield 1, free, Decimal(0)
    yield free + 1, first, _yuan(number["first_price"])
    yield first + 1, second, _yuan(number["second_price"])
    yield second + 1, None, _yuan(number["third_price"])


_PAGE_NUMBERS = (
    "free_up_to", "first_band_up_to", "first_price", "second_band_up_to", "second_price", "third_price",
)  # fmt: skip


def _yuan(number: int) -> Decimal:
    """A whole number of yuan with its two decimals."""
    return Decimal(number).quantize(Decimal("0.01"))
