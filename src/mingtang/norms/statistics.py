"""What the annual report counts of the library (table 1): made, ended, and in force at the end of the year.

A document of the library counts by its computed periods. Public documents outside the library whose validity is stated
are counted as `records` counts them, so that the row is whole while the stock is still being taken in. Source:
国办公开办函〔2021〕30号, table 1 (`annual-report-format.table-1`).
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from mingtang.law.validity import Standing
from mingtang.norms.models import Norm, NormKind, Period
from mingtang.records import statistics as records
from mingtang.records.models import PUBLIC_STATES
from mingtang.trace import statistics
from mingtang.trace.actions import name_of
from mingtang.trace.statistics import Bodies, Line, Number, Place, Statistic, Thing

MADE, REPEALED, VALID = records.MADE, records.REPEALED, records.VALID
DOCUMENTS, REGULATIONS = "normative_documents", "regulations"


def register() -> None:
    """Tell `trace.statistics` what this room counts."""
    statistics.register(TABLE_1)


def _row(norm: Norm) -> str:
    return REGULATIONS if norm.kind == NormKind.REGULATION else DOCUMENTS


def _cells(year: int, bodies: Bodies) -> Iterator[tuple[Norm, str]]:
    """Each document with each column in which it counts: two queries."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    rows = Norm.objects.filter(state__in=PUBLIC_STATES, made_on__lte=last).order_by("made_on", "pk")
    if bodies is not None:
        rows = rows.filter(body__code__in=bodies)
    norms = {norm.pk: norm for norm in rows.only("pk", "kind", "title", "document_number", "made_on")}
    for norm in norms.values():
        if norm.made_on is not None and norm.made_on >= first:
            yield norm, MADE
    for period in Period.objects.filter(norm__in=rows.order_by().values("pk"), starts_on__lte=last):
        standing = Standing(period.standing)
        if standing.ended and period.starts_on >= first:
            yield norms[period.norm_id], REPEALED
        elif standing.in_force and (period.ends_on is None or period.ends_on >= last):
            yield norms[period.norm_id], VALID


def count(year: int, bodies: Bodies) -> Mapping[Place, Number]:
    """Table 1, the rows of regulations and of normative documents."""
    cells = Counter((_row(norm), column) for norm, column in _cells(year, bodies))
    others = records.in_columns(year, bodies, without=Norm.objects.values("pk"))
    cells.update((DOCUMENTS, column) for _record, columns in others for column in columns)
    return cells


def things(year: int, bodies: Bodies, row: str, column: str) -> list[Thing]:
    """The documents that a cell counts, by number and title."""
    found = [norm for norm, place in _cells(year, bodies) if place == column and _row(norm) == row]
    named = [Thing(f"{norm.document_number} {norm.title}".strip(), name_of(norm)) for norm in found]
    if row != DOCUMENTS:
        return named
    others = records.in_columns(year, bodies, without=Norm.objects.values("pk"))
    return named + [
        Thing(f"{record.document_number} {record.title}".strip(), name_of(record))
        for record, columns in others
        if column in columns
    ]


TABLE_1 = Statistic(
    name="norms.documents",
    label="规章和行政规范性文件",
    unit="件",
    rows=(Line(REGULATIONS, "规章"), Line(DOCUMENTS, "行政规范性文件")),
    columns=(Line(MADE, "本年制发件数"), Line(REPEALED, "本年废止件数"), Line(VALID, "现行有效件数")),
    count=count,
    things=things,
    basis=("annual-report-format.table-1",),
    fills="norms",
    precedence=10,
    verb="records.view",
    link="records:inspect",  # a norm is a record: both have the same key
)
