"""How far the items of a year's ledgers were fulfilled: what the annual report tells item by item."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Q

from mingtang.ledger.models import Assignment, Ledger
from mingtang.trace import fulfilment
from mingtang.trace.fulfilment import Line
from mingtang.trace.statistics import Bodies


def register() -> None:
    """Tell `trace.fulfilment` the ledger's items."""
    fulfilment.register("ledger", lines)


def lines(year: int, bodies: Bodies, on: date) -> Iterator[Line]:
    """The items of the year's issued ledgers in which the bodies have duties (one query)."""
    rows = Assignment.objects.filter(ledger__year=year, ledger__state=Ledger.State.ISSUED)
    rows = rows.exclude(state=Assignment.State.WITHDRAWN)
    if bodies is not None:
        rows = rows.filter(body__code__in=bodies)
    item = ("ledger__title", "task__item__number", "task__item__printed", "task__item__title", "task__item__order")
    counted = rows.order_by().values("ledger", *item).annotate(
        duties=Count("pk"),
        done=Count("pk", filter=Q(state=Assignment.State.COMPLETED)),
        late=Count("pk", filter=Q(state__in=Assignment.OPEN, due_on__lt=on)),
    )  # fmt: skip
    for row in counted.order_by("ledger", "task__item__order", "task__item__number"):
        number = row["task__item__number"]
        yield Line(
            row["ledger__title"], row["task__item__printed"] or str(number), row["task__item__title"], row["duties"],
            row["done"], row["late"], f"ledger/{year}/{number}/",
        )  # fmt: skip
