"""What the annual report counts of documents: table 1's normative documents made, repealed and valid at year's end.

A normative document is a public record whose validity is stated. It ends on the day it lapses, on the day a public
document that repeals or replaces it takes effect, or, where nothing else says when, on the day of the act by which it
was marked repealed. Source: 国办公开办函〔2021〕30号, table 1; Order 711, article 20, item 1.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from mingtang.bodies.permissions import day_of
from mingtang.records.models import PUBLIC_STATES, Record, Relation, RelationKind, Validity
from mingtang.trace import statistics
from mingtang.trace.actions import name_of
from mingtang.trace.models import Event
from mingtang.trace.statistics import Bodies, Line, Number, Place, Statistic, Thing

ROW = "normative_documents"
MADE, REPEALED, VALID = "made", "repealed", "valid"
ENDED = (Validity.REPEALED, Validity.LAPSED)
ENDING = (RelationKind.REPEALS, RelationKind.REPLACES)


def register() -> None:
    """Tell `trace.statistics` what this room counts."""
    statistics.register(DOCUMENTS)


def _documents(year: int, bodies: Bodies, without: Any = None) -> list[Record]:
    """Normative documents made before the year's end that the public may read; `without` keys that others count."""
    rows = Record.objects.filter(state__in=PUBLIC_STATES, made_on__lte=date(year, 12, 31))
    rows = rows.exclude(validity=Validity.NOT_APPLICABLE).order_by("made_on", "pk")
    if bodies is not None:
        rows = rows.filter(body__code__in=bodies)
    if without is not None:
        rows = rows.exclude(pk__in=without)
    return list(rows.only("pk", "title", "document_number", "made_on", "expires_on", "validity"))


def _ends(records: Collection[Record]) -> Mapping[int, date]:
    """The day on which each document that has ended stopped being valid, by its key (two queries)."""
    found: dict[int, list[date]] = defaultdict(list)
    keys = [record.pk for record in records]
    ending = Relation.objects.filter(to__in=keys, kind__in=ENDING, record__state__in=PUBLIC_STATES)
    for each in ending.select_related("record"):
        day = each.record.effective_on or each.record.made_on
        if day is not None:
            found[each.to_id].append(day)
    for record in records:
        if record.expires_on is not None:
            found[record.pk].append(record.expires_on + timedelta(days=1))
    undated = {name_of(r): r.pk for r in records if r.validity in ENDED and r.pk not in found}
    marked = Q(verb__in=["records.changed", "records.superseded"])
    for thing, moment in Event.objects.filter(marked, thing__in=undated).values_list("thing", "moment").order_by("seq"):
        found[undated[thing]] = [day_of(moment)]
    return {key: min(days) for key, days in found.items()}


def _columns(record: Record, ended: date | None, year: int) -> list[str]:
    """The columns of table 1 in which a document counts."""
    columns = [MADE] if record.made_on is not None and record.made_on.year == year else []
    if ended is not None and ended.year == year:
        columns.append(REPEALED)
    unknown_end = ended is None and record.validity in ENDED
    if not unknown_end and (ended is None or ended > date(year, 12, 31)):
        columns.append(VALID)
    return columns


def in_columns(year: int, bodies: Bodies, *, without: Any = None) -> list[tuple[Record, list[str]]]:
    """Each document with the columns in which it counts in a year; `without` (keys) those that another room counts."""
    records = _documents(year, bodies, without)
    ends = _ends(records)
    return [(record, _columns(record, ends.get(record.pk), year)) for record in records]


def count_documents(year: int, bodies: Bodies) -> Mapping[Place, Number]:
    """Table 1, the row of normative documents."""
    return Counter((ROW, column) for _record, columns in in_columns(year, bodies) for column in columns)


def documents_in(year: int, bodies: Bodies, row: str, column: str) -> list[Thing]:
    """The documents that a cell counts, by number and title."""
    return [
        Thing(f"{record.document_number} {record.title}".strip(), name_of(record))
        for record, columns in in_columns(year, bodies)
        if row == ROW and column in columns
    ]


DOCUMENTS = Statistic(
    name="records.documents",
    label="行政规范性文件",
    unit="件",
    # A county makes no regulations (规章): their row is counted, and always empty.
    rows=(Line("regulations", "规章"), Line(ROW, "行政规范性文件")),
    columns=(Line(MADE, "本年制发件数"), Line(REPEALED, "本年废止件数"), Line(VALID, "现行有效件数")),
    count=count_documents,
    things=documents_in,
    basis=("annual-report-format.table-1",),
    fills="norms",
    verb="records.view",
    link="records:inspect",
)
