"""Giving numbers: one counter a body, series and year, locked while it moves; none is lost or given twice."""

from datetime import date

from mingtang.bodies.models import Body
from mingtang.foi.models import Counter


def request_number(body: Body, on: date) -> str:
    """The next request's number: the body's code, the year of arrival, five digits."""
    return f"{body.code}-{on.year}-{_take(body, Counter.Series.REQUEST, on):05d}"


def letter_number(body: Body, on: date) -> str:
    """The next letter's number, written as GB/T 9704 asks: 〔year〕, no padding."""
    return f"{body.short_name}公开告〔{on.year}〕{_take(body, Counter.Series.LETTER, on)}号"


def _take(body: Body, series: str, on: date) -> int:
    """Must run inside the transaction that stores the number: when that fails, the counter goes back with it."""
    Counter.objects.get_or_create(body=body, series=series, year=on.year)
    counter = Counter.objects.select_for_update().get(body=body, series=series, year=on.year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last
