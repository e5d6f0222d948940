"""Places of records in public lists: numbered from the oldest publication, so that one publication moves no other.

A record has a place from its first publication on and keeps it: a withdrawn one leaves its line empty. Lists are cut
into blocks by place; all blocks but the newest stay as they are, and so do the files that are baked from them.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from heapq import merge
from itertools import islice

from django.db.models import Count, Q, QuerySet

from mingtang.records.models import Record, State
from mingtang.trace import still


def placed() -> QuerySet[Record]:
    """Every record that has ever been published: the public ones and the withdrawn (the database keeps them all)."""
    return Record.objects.filter(published_at__isnull=False)


def public() -> QuerySet[Record]:
    """Every record whose text the public sees, put so that the indexes by time serve."""
    return placed().exclude(state=State.WITHDRAWN)


@dataclass(frozen=True)
class Total:
    """How many places a column has, and how many of them the public sees filled."""

    places: int = 0
    public: int = 0


@still.once
def totals() -> Mapping[int, Total]:
    """Places and public records of each column by its primary key (one query over an index, once in a bake)."""
    counted = placed().order_by().values("column").annotate(
        places=Count("pk"), public=Count("pk", filter=~Q(state=State.WITHDRAWN))
    )  # fmt: skip
    return {each["column"]: Total(each["places"], each["public"]) for each in counted}


NEWEST = ("-published_at", "-pk")
#: So near the newest, the list of many columns is merged from the newest of each; further back, the database sorts.
NEAR = 400


def between(
    rows: QuerySet[Record], first: int, last: int, total: int, columns: Collection[int] | None = None
) -> list[Record]:
    """The rows at places `first` to `last` of `total`, newest first; of the list of `columns`, or of all."""
    last = min(last, total)
    begin, end = total - last, total - first + 1
    if columns is None:
        return list(rows.order_by(*NEWEST)[begin:end])
    if end > NEAR:
        return list(rows.filter(column__in=columns).order_by(*NEWEST)[begin:end])
    return newest_of(rows, end, columns)[begin:]


def newest_of(rows: QuerySet[Record], number: int, columns: Collection[int] | None = None) -> list[Record]:
    """The newest `number` of rows; of `columns`, or of all. One short walk along the index of each column, merged: a
    sort would read the whole list."""
    if columns is None:
        return list(rows.order_by(*NEWEST)[:number])
    walks = [rows.filter(column=key).order_by(*NEWEST)[:number] for key in sorted(columns)]
    return list(islice(merge(*walks, key=lambda record: (record.published_at, record.pk), reverse=True), number))


def oldest_first(rows: QuerySet[Record], columns: Collection[int]) -> Iterator[Record]:
    """All rows of `columns` from the oldest on, never all of them in memory."""
    return rows.filter(column__in=columns).order_by("published_at", "pk").iterator(chunk_size=500)


def place_of(record: Record, total: int, columns: Collection[int] | None = None) -> int:
    """The place of a record in the list of `columns` (or of all), counted back from the newest of `total`."""
    rows = placed() if columns is None else placed().filter(column__in=columns)
    later = rows.filter(published_at__gt=record.published_at).count()
    same = rows.filter(published_at=record.published_at, pk__gt=record.pk).count()
    return total - later - same
