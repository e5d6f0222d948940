"""Giving index numbers: one counter a body and year, locked while it moves, so no number is lost or given twice."""

from datetime import date

from mingtang.bodies.models import Body
from mingtang.records.models import IndexCounter


def take(body: Body, on: date) -> tuple[str, str]:
    """The next index number of a body in the year of `on`, and the address made of it.

    The body's unified social credit code, "/", year, "-", five digits (rule `index-number.form`); the body's own code
    stands in while the credit code is not known. Must run inside the transaction that creates the record: when that
    fails, the counter goes back with it.
    """
    return take_many(body, on, 1)[0]


def take_many(body: Body, on: date, count: int) -> list[tuple[str, str]]:
    """The next so many index numbers with their addresses, in order; see `take`."""
    IndexCounter.objects.get_or_create(body=body, year=on.year)
    counter = IndexCounter.objects.select_for_update().get(body=body, year=on.year)
    first, counter.last = counter.last + 1, counter.last + count
    counter.save(update_fields=["last"])
    sequences = [f"{on.year}-{number:05d}" for number in range(first, counter.last + 1)]
    return [(f"{body.credit_code or body.code}/{each}", f"{body.code}-{each}") for each in sequences]
