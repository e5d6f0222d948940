"""Reading records: what the public sees, what a person at the desk may see, what waits for its time."""

from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from mingtang.bodies.permissions import bodies_for
from mingtang.records.access import open_to
from mingtang.records.models import PUBLIC_STATES, Column, Record, State


def public() -> QuerySet[Record]:
    """Every record whose text the public sees, newest first."""
    return (
        Record.objects.filter(state__in=PUBLIC_STATES).select_related("body", "column").order_by("-published_at", "-pk")
    )


def in_column(column: Column) -> QuerySet[Record]:
    """What the public sees in a column and all columns below it."""
    return public().filter(column__in=below(column))


def below(column: Column) -> list[int]:
    """Ids of a column and of all columns below it: one query a level."""
    found, layer = [column.pk], [column.pk]
    while layer := list(Column.objects.filter(parent_id__in=layer).values_list("pk", flat=True)):
        found += [pk for pk in layer if pk not in found]
    return found


def column_at(path: str) -> Column | None:
    """The column at an address such as `zwgk/tzgg`, or None."""
    column: Column | None = None
    for slug in path.strip("/").split("/"):
        column = Column.objects.select_related("parent__parent").filter(parent=column, slug=slug).first()
        if column is None:
            return None
    return column


def visible_to(user: Any, on: date) -> QuerySet[Record]:
    """Records that the user may see at the desk on the day `on`."""
    return Record.objects.filter(open_to(user, on), body__in=bodies_for(user, "records.view", on=on))


def matching(words: str) -> Q:
    """Rows whose title, document number or index number holds the words."""
    return Q(title__icontains=words) | Q(document_number__icontains=words) | Q(index_number__icontains=words)


def due_for_publication(moment: datetime) -> QuerySet[Record]:
    """Scheduled records whose time has come."""
    waiting = Q(state=State.SCHEDULED) | Q(amendment=State.SCHEDULED)
    return Record.objects.filter(waiting, go_live_at__lte=moment)
