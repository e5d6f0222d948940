"""Reads of the ledger for desk, export and duties: rows limited to the bodies that a user may see."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max, Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from mingtang.bodies import queries as body_queries
from mingtang.bodies.models import Alias, Body, Group, User
from mingtang.bodies.permissions import bodies_for, may, may_everywhere
from mingtang.ledger.models import Assignment, Chase, Evidence, Ledger, Task

SOON = timedelta(days=7)


@dataclass(frozen=True)
class Filter:
    """How a list of duties is narrowed; empty fields narrow nothing. `deadline`: overdue, soon, later or none."""

    body: str = ""
    item: int | None = None
    state: str = ""
    deadline: str = ""
    words: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Filter":
        """From the query string; what cannot be read narrows nothing."""
        number = given.get("item", "")
        return cls(
            body=given.get("body", "").strip(),
            item=int(number) if number.isdecimal() and len(number) < 6 else None,
            state=given.get("state", ""),
            deadline=given.get("deadline", ""),
            words=given.get("q", "").strip()[:60],
        )


DEADLINES = {"overdue": _("已逾期"), "soon": _("七日内到期"), "later": _("七日以后"), "none": _("未定期限")}


def ledgers(user: User, *, on: date) -> QuerySet[Ledger]:
    """The ledgers that a user may see: issued ones, and drafts for those who may correct them."""
    if not may(user, "ledger.view", on=on):
        return Ledger.objects.none()
    seen = Q(state=Ledger.State.ISSUED)
    if may_everywhere(user, "ledger.correct", on=on):
        seen |= Q(state=Ledger.State.DRAFT)
    return Ledger.objects.filter(seen).select_related("body", "source")


def visible(user: User, *, on: date, verb: str = "ledger.view") -> QuerySet[Assignment]:
    """The duties that a user may see (or do `verb` to), with task, item and body: the filter of each screen."""
    rows = Assignment.objects.filter(ledger__state=Ledger.State.ISSUED).select_related("task__item", "body", "ledger")
    if may_everywhere(user, verb, on=on):
        return rows
    return rows.filter(body__in=bodies_for(user, verb, on=on).values("pk"))


def narrowed(rows: QuerySet[Assignment], wanted: Filter, *, on: date) -> QuerySet[Assignment]:
    """The duties that a filter leaves."""
    if wanted.body:
        rows = rows.filter(body__code=wanted.body)
    if wanted.item is not None:
        rows = rows.filter(task__item__number=wanted.item)
    if wanted.state == "open":
        rows = rows.filter(state__in=Assignment.OPEN)
    elif wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.deadline in DEADLINES:
        rows = rows.filter(due_within(wanted.deadline, on), state__in=Assignment.OPEN)
    for word in wanted.words.split():
        rows = rows.filter(
            Q(task__text__icontains=word) | Q(task__item__title__icontains=word) | Q(body__name__icontains=word)
        )
    return rows


def due_within(name: str, on: date) -> Q:
    """The condition of one of `DEADLINES` on the day `on`."""
    return {
        "overdue": Q(due_on__lt=on),
        "soon": Q(due_on__gte=on, due_on__lte=on + SOON),
        "later": Q(due_on__gt=on + SOON),
        "none": Q(due_on=None),
    }[name]


def with_proof(rows: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """The same duties with quotas and evidence read at once (two more queries)."""
    pieces = Prefetch("evidence", Evidence.objects.order_by("on", "pk"))
    return rows.prefetch_related("task__quotas", pieces)


@dataclass(frozen=True)
class Answer:
    """How far one body has answered a ledger."""

    body: Body
    total: int
    waiting: int
    objected: int
    late: int
    chased: int
    last_chase: date | None


def answers(ledger: Ledger) -> list[Answer]:
    """Each body's answer to a ledger, those who owe most first (three queries)."""
    due = ledger.feedback_due
    late = Q(state=Assignment.State.ASSIGNED) | Q(answered_at__date__gt=due)
    counted = (
        Assignment.objects.filter(ledger=ledger)
        .exclude(state=Assignment.State.WITHDRAWN)
        .values("body")
        .annotate(
            total=Count("pk"),
            waiting=Count("pk", filter=Q(state=Assignment.State.ASSIGNED)),
            objected=Count("pk", filter=Q(state=Assignment.State.OBJECTED)),
            late=Count("pk", filter=late),
        )
    )
    rows = {row["body"]: row for row in counted}
    bodies = Body.objects.in_bulk(rows)
    chased = Chase.objects.filter(ledger=ledger, assignment=None).values("body")
    chases = {row["body"]: row for row in chased.annotate(times=Count("pk"), last=Max("on"))}
    found = [
        Answer(
            body=bodies[key], total=row["total"], waiting=row["waiting"], objected=row["objected"], late=row["late"],
            chased=chases.get(key, {}).get("times", 0), last_chase=chases.get(key, {}).get("last"),
        )
        for key, row in rows.items()
    ]  # fmt: skip
    return sorted(found, key=lambda answer: (-answer.waiting, answer.body.order, answer.body.code))


def earlier(ledger: Ledger) -> Ledger | None:
    """The ledger issued last before this one's year: what look-back looks at."""
    issued = Ledger.objects.filter(state=Ledger.State.ISSUED).exclude(pk=ledger.pk)
    if ledger.year is not None:
        issued = issued.filter(year__lt=ledger.year)
    return issued.order_by("-year").first()


def open_tasks(ledger: Ledger) -> QuerySet[Task]:
    """Tasks of an issued ledger that some body still owes, with how many (`owing`)."""
    owing = Count("assignments", filter=Q(assignments__state__in=Assignment.OPEN))
    tasks = ledger.tasks.annotate(owing=owing).filter(owing__gt=0).select_related("item", "ledger")
    return tasks.order_by("item__order", "order")


def history(assignment: Assignment) -> list[Assignment]:
    """The duty of earlier years that this one carries on, oldest first."""
    found: list[Assignment] = []
    current = assignment.carried_from
    while current is not None and len(found) < 20:
        found.append(current)
        current = current.carried_from
    return found[::-1]


def directory(on: date) -> dict[str, str]:
    """Each way to call a group or body that exists on a day, with the name that stands for it, groups first."""
    labels: dict[str, str] = {}
    for group in Group.objects.all():
        labels |= dict.fromkeys((group.name, *group.aliases), group.name)
    names = {}
    for body in body_queries.directory(on):
        names[body.pk] = body.name
        labels |= {body.name: body.name, body.short_name: body.name}
    aliases = Alias.objects.filter(body__in=names).values_list("name", "body")
    return labels | {alias: names[key] for alias, key in aliases}


def bodies_of(rows: QuerySet[Assignment]) -> Iterable[Body]:
    """The bodies that appear in a list, for its filter."""
    return Body.objects.filter(pk__in=rows.order_by().values("body")).order_by("order", "code")
