"""What the annual report counts of requests: table 2, table 3, and the fees (国办公开办函〔2021〕30号).

A request counts where it was received and where it ended, each on one day, so that what came in and what was carried
over is always what ended and what is carried on. One that came twice counts once. A request that asks several things
has one result: partly granted when some was given and some not (the format counts what was severed under this row and
no other), else the first row of the table among the grounds.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch, Q, QuerySet

from mingtang.foi.models import Asked, Fee, Remedy, Request, Step
from mingtang.law.clock import Kind, State
from mingtang.law.requests import Applicant, Row
from mingtang.trace import statistics
from mingtang.trace.actions import name_of
from mingtang.trace.statistics import Bodies, Line, Number, Place, Statistic, Thing

NEW, CARRIED_IN, TOTAL, CARRIED_OUT = "new", "carried_in", "total", "carried_out"
BASIS = "annual-report-format.table-2"
GIVEN = (Row.GRANTED, Row.PARTLY_GRANTED)
ROWS = tuple(Row)


def register() -> None:
    """Tell `trace.statistics` the three tables of this room."""
    for each in (REQUESTS, REMEDIES, FEES):
        statistics.register(each)


# --- table 2 ---------------------------------------------------------------------------------------------------------


def counted(bodies: Bodies) -> QuerySet[Request]:
    """The requests that count at all: received, not the same letter again."""
    rows = Request.objects.filter(received_on__isnull=False, merged_into=None)
    return rows if bodies is None else rows.filter(body__code__in=bodies)


def rows_of(request: Request, year: int) -> list[str]:
    """The rows of table 2 in which a request counts in a year; needs its things (and steps, where it was abandoned)."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    received, closed = request.received_on, request.closed_on
    if received is None or received > last or (closed is not None and closed < first):
        return []
    came = NEW if received >= first else CARRIED_IN
    if closed is None or closed > last:
        return [came, CARRIED_OUT]
    return [came, result(request).value, TOTAL]


def result(request: Request) -> Row:
    """The one row in which an ended request counts."""
    if request.state == State.ABANDONED.value:
        return _abandoned(request)
    found = {asked.row for asked in request.asked.all() if asked.row is not None} or {Row.OTHER}
    if len(found) > 1 and found & set(GIVEN):
        return Row.PARTLY_GRANTED
    return min(found, key=ROWS.index)


def _abandoned(request: Request) -> Row:
    kinds = {step.kind for step in request.steps.all() if step.voided_at is None}
    unpaid = Kind.FEE_NOTIFIED.value in kinds and Kind.FEE_PAID.value not in kinds
    return Row.FEE_NOT_PAID if unpaid else Row.NOT_CORRECTED


def _in_year(year: int, bodies: Bodies) -> Iterable[Request]:
    """The requests that count in a year with what their rows need: three queries."""
    rows = counted(bodies).filter(received_on__lte=date(year, 12, 31))
    rows = rows.filter(Q(closed_on=None) | Q(closed_on__gte=date(year, 1, 1)))
    steps = Step.objects.filter(kind__in=[Kind.FEE_NOTIFIED.value, Kind.FEE_PAID.value])
    needed = ("id", "number", "received_on", "closed_on", "state", "applicant_kind")
    things = Prefetch("asked", queryset=Asked.objects.only("request_id", "ground"))
    return rows.only(*needed).prefetch_related(things, Prefetch("steps", queryset=steps))


def count_requests(year: int, bodies: Bodies) -> Mapping[Place, Number]:
    """Table 2: every row by kind of applicant, and the sum of the six."""
    cells: Counter[Place] = Counter()
    for request in _in_year(year, bodies):
        for row in rows_of(request, year):
            cells[row, request.applicant_kind] += 1
            cells[row, TOTAL] += 1
    return cells


def requests_in(year: int, bodies: Bodies, row: str, column: str) -> list[Thing]:
    """The requests that a cell of table 2 counts."""
    return [
        Thing(request.number, name_of(request))
        for request in _in_year(year, bodies)
        if row in rows_of(request, year) and column in (TOTAL, request.applicant_kind)
    ]


REQUESTS = Statistic(
    name="foi.requests",
    label="收到和处理政府信息公开申请情况",
    unit="件",
    rows=(
        Line(NEW, "本年新收政府信息公开申请数量"),
        Line(CARRIED_IN, "上年结转政府信息公开申请数量"),
        *(Line(row.value, f"{row.section.label}：{row.label}", depth=1) for row in ROWS),
        Line(TOTAL, "总计", depth=1),
        Line(CARRIED_OUT, "结转下年度继续办理"),
    ),
    columns=(*(Line(kind.value, kind.label) for kind in Applicant), Line(TOTAL, "总计")),
    count=count_requests,
    things=requests_in,
    basis=(BASIS,),
    fills="requests",
    verb="foi.view",
    link="foi:request",
    codes={"carried_over": CARRIED_IN, "carried_forward": CARRIED_OUT},
)


# --- table 3 ---------------------------------------------------------------------------------------------------------


def _remedies(year: int, bodies: Bodies) -> Iterable[tuple[Remedy, str]]:
    """Remedies that were before somebody in a year, with the outcome that they had at its end."""
    last = date(year, 12, 31)
    rows = Remedy.objects.filter(filed_on__lte=last).select_related("request")
    rows = rows.filter(Q(concluded_on=None) | Q(concluded_on__gte=date(year, 1, 1)))
    if bodies is not None:
        rows = rows.filter(request__body__code__in=bodies)
    for remedy in rows:
        pending = remedy.concluded_on is None or remedy.concluded_on > last
        yield remedy, Remedy.Outcome.PENDING.value if pending else remedy.outcome


def count_remedies(year: int, bodies: Bodies) -> Mapping[Place, Number]:
    """Table 3: kind by outcome, and the total of each kind: fifteen numbers."""
    cells: Counter[Place] = Counter()
    for remedy, outcome in _remedies(year, bodies):
        cells[remedy.kind, outcome] += 1
        cells[remedy.kind, TOTAL] += 1
    return cells


def remedies_in(year: int, bodies: Bodies, row: str, column: str) -> list[Thing]:
    """The remedies that a cell of table 3 counts, by the number of their request."""
    return [
        Thing(f"{remedy.request.number} {remedy}", name_of(remedy.request))
        for remedy, outcome in _remedies(year, bodies)
        if remedy.kind == row and column in (TOTAL, outcome)
    ]


#: In the order of the table: upheld, corrected, other, pending.
OUTCOMES = (Remedy.Outcome.UPHELD, Remedy.Outcome.CORRECTED, Remedy.Outcome.OTHER, Remedy.Outcome.PENDING)
REMEDIES = Statistic(
    name="foi.remedies",
    label="政府信息公开行政复议、行政诉讼情况",
    unit="件",
    rows=tuple(Line(kind.value, str(kind.label)) for kind in Remedy.Kind),
    columns=(*(Line(outcome.value, str(outcome.label)) for outcome in OUTCOMES), Line(TOTAL, "总计")),
    count=count_remedies,
    things=remedies_in,
    basis=("annual-report-format.table-3",),
    fills="disputes",
    verb="foi.view",
    link="foi:request",
    codes={"review": Remedy.Kind.RECONSIDERATION.value, "direct_litigation": Remedy.Kind.LITIGATION.value},
)


# --- fees ------------------------------------------------------------------------------------------------------------


def _fees(year: int, bodies: Bodies) -> QuerySet[Fee]:
    rows = Fee.objects.filter(paid_on__year=year).select_related("request")
    return rows if bodies is None else rows.filter(request__body__code__in=bodies)


def count_fees(year: int, bodies: Bodies) -> Mapping[Place, Number]:
    """The fees that were paid in a year: how many notices, how much (article: 其他需要报告的事项)."""
    cells: dict[Place, Number] = defaultdict(int)
    for fee in _fees(year, bodies):
        for row in (fee.schedule, TOTAL):
            cells[row, "notices"] += 1
            cells[row, "amount"] += fee.paid or Decimal(0)
    return cells


def fees_in(year: int, bodies: Bodies, row: str, _column: str) -> list[Thing]:
    """The requests whose fee a cell counts."""
    return [
        Thing(fee.request.number, name_of(fee.request)) for fee in _fees(year, bodies) if row in (TOTAL, fee.schedule)
    ]


FEES = Statistic(
    name="foi.fees",
    label="收取信息处理费情况",
    unit="件、元",
    rows=(*(Line(one.value, str(one.label)) for one in Fee.Schedule), Line(TOTAL, "总计")),
    columns=(Line("notices", "件数"), Line("amount", "金额（元）")),
    count=count_fees,
    things=fees_in,
    basis=("information-fee.3",),
    fills="fees",
    verb="foi.view",
    link="foi:request",
)
