"""Which tags acts on records and columns make stale, so that the baker renders those pages and no others.

`record:<pk>` pages that show it · `records` what counts all or shows the newest of all · `list:<column>` a column's
front · `shift:<column>` the older pages of its list · `placed:<pk>` it took its place in the lists · `column:<pk>`
pages that name the column · `columns` the tree · `sections:<body>` what a body's page shows of its records.
"""

from collections.abc import Iterator, Sequence

from mingtang.records.column_pages import Tree
from mingtang.records.models import Record, Relation
from mingtang.trace import pages
from mingtang.trace.log import builder
from mingtang.trace.models import Event
from mingtang.trace.pages import Mark

#: Acts on records that the public can see.
ON_RECORDS = (
    "records.published",
    "records.changed",
    "records.withdrawn",
    "records.superseded",
    "records.archived",
)
ON_COLUMNS = ("records.column*",)


def register() -> None:
    """Tell the baker."""
    pages.mark(
        Mark(ON_RECORDS, of_records),
        Mark(ON_COLUMNS, of_columns),
        Mark((builder.SIGNED,), of_signed),
        Mark((builder.ROTATED,), lambda _events: ["log.keys"]),
    )


def of_records(events: Sequence[Event]) -> Iterator[str]:
    """What acts on records make stale: the record, what is related to it, the fronts of its columns, the counts."""
    yield "records"
    keys = {key_of(event) for event in events}
    acts = {(key_of(event), event.moment) for event in events if event.verb == "records.published"}
    columns = Tree.load(counted=False).by_key
    for record in Record.objects.filter(pk__in=keys).select_related("body"):
        yield from (f"record:{record.pk}", f"sections:{record.body.code}")
        yield from (f"list:{key}" for key in columns[record.column_id].line)
        if (record.pk, record.published_at) in acts:  # not when it comes back to the place that it had
            yield f"placed:{record.pk}"
    for event in events:
        former = columns.get(event.data.get("former_column", 0))
        if former is not None:
            yield f"placed:{key_of(event)}"
            yield from (f"{kind}:{key}" for key in former.line for kind in ("list", "shift"))
    related = Relation.objects.filter(record__in=keys).values_list("to", flat=True)
    yield from (f"record:{key}" for key in related)


def of_columns(events: Sequence[Event]) -> Iterator[str]:
    """What changes of columns make stale: the tree, all lists, and the pages that name the column."""
    yield from ("columns", "records")
    yield from (f"column:{key_of(event)}" for event in events)


def of_signed(events: Sequence[Event]) -> Iterator[str]:
    """What a newly signed head of the log makes stale: the records whose leaves it is the first to cover."""
    for event in events:
        if event.data["from"] == 0:
            yield "log.keys"
        things = builder.things_between(event.data["from"], event.data["size"])
        yield from (f"record:{thing.rpartition(':')[2]}" for thing in things)


def key_of(event: Event) -> int:
    """The primary key of the thing that an event speaks of."""
    return int(event.thing.rpartition(":")[2])
