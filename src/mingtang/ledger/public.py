"""What the public may read of a ledger: plain values without internal remarks, persons or measures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Count, Prefetch, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.ledger import quotas
from mingtang.ledger.models import Assignment, Evidence, Item, Ledger, Task

State = Assignment.State


@dataclass(frozen=True)
class Proof:
    """Confirmed evidence that the public may open; `href` is empty for what has no public page."""

    title: str
    body: str
    on: date
    href: str
    form: str


@dataclass(frozen=True)
class Standing:
    """How many duties stand where; withdrawn ones are not counted."""

    total: int
    done: int
    going: int
    waiting: int
    carried: int
    overdue: int

    @property
    def kind(self) -> str:
        """The state's shape on a page: done, overdue, going or waiting."""
        if self.total and self.done + self.carried == self.total:
            return "done" if self.done else "waiting"
        if self.overdue:
            return "overdue"
        return "going" if self.going or self.done else "waiting"

    @property
    def words(self) -> str:
        """The state in plain words."""
        if not self.total:
            return _("已撤销")
        if self.carried and self.done + self.carried == self.total:
            return _("未完成部分已转入下年")
        return {"done": _("已完成"), "overdue": _("有逾期"), "going": _("进行中"), "waiting": _("尚未开始")}[self.kind]


@dataclass(frozen=True)
class Line:
    """One task as the public reads it, with each body's state and the quotas of all bodies together."""

    text: str
    deadline: str
    due_on: date | None
    bodies: tuple[tuple[str, str, str], ...]  # (name, kind of state, state in words)
    quotas: tuple[tuple[str, int, int, str], ...]  # (form, counted, wanted, unit)
    standing: Standing
    carried_from: tuple[int, int] | None  # (year, item number) of the ledger before
    carried_into: tuple[int, int] | None
    proofs: tuple[Proof, ...]


@dataclass(frozen=True)
class Entry:
    """One item with its lines."""

    number: int
    printed: str
    title: str
    chapter: str
    text: str
    standing: Standing
    lines: tuple[Line, ...]

    @property
    def proofs(self) -> tuple[Proof, ...]:
        """Evidence of all its tasks, each page once, newest first."""
        seen = {(proof.href, proof.title): proof for line in self.lines for proof in line.proofs}
        return tuple(sorted(seen.values(), key=lambda proof: proof.on, reverse=True))


@dataclass(frozen=True)
class Public:
    """A ledger as the public reads it on a day."""

    ledger: Ledger
    on: date
    entries: tuple[Entry, ...]
    standing: Standing

    @property
    def chapters(self) -> list[tuple[str, list[Entry]]]:
        """Items under the chapter in which they stand, in order; without a title where they stand in none."""
        return [(title, list(entries)) for title, entries in groupby(self.entries, key=lambda entry: entry.chapter)]

    def entry(self, number: int) -> Entry | None:
        """The item of that number."""
        return next((entry for entry in self.entries if entry.number == number), None)


#: What a body's duty is called in public.
WORDS: Mapping[str, tuple[str, str]] = {
    State.ASSIGNED: ("waiting", gettext_lazy("尚未开始")),
    State.OBJECTED: ("waiting", gettext_lazy("分工核定中")),
    State.ACCEPTED: ("going", gettext_lazy("进行中")),
    State.COMPLETED: ("done", gettext_lazy("已完成")),
    State.CARRIED: ("soon", gettext_lazy("转入下年")),
}


def read(ledger: Ledger, *, on: date) -> Public:
    """Read an issued ledger for the public: a handful of queries, whatever its size."""
    duties = Assignment.objects.exclude(state=State.WITHDRAWN).select_related("body")
    proofs = Evidence.objects.filter(state=Evidence.State.CONFIRMED).select_related("quota").order_by("on", "pk")
    tasks = Task.objects.filter(removed_at=None).select_related("carried_from__ledger", "carried_from__item")
    into = Task.objects.filter(ledger__state=Ledger.State.ISSUED, removed_at=None).select_related("ledger", "item")
    tasks = tasks.prefetch_related(
        "quotas", Prefetch("assignments", duties.prefetch_related(Prefetch("evidence", proofs))),
        Prefetch("carried_into", into),
    )  # fmt: skip
    items = ledger.items.select_related("chapter").prefetch_related(Prefetch("tasks", tasks))
    entries = tuple(_entry(item, on) for item in items if item.tasks.all())
    return Public(ledger, on, entries, _sum(entry.standing for entry in entries))


def standing_of(ledger: Ledger, *, on: date) -> Standing:
    """How many duties of a ledger stand where (one query): the sum that `read` also comes to."""
    late = Q(state__in=Assignment.OPEN, due_on__lt=on)
    waiting = Q(state__in=(State.ASSIGNED, State.OBJECTED))
    counts = ledger.assignments.exclude(state=State.WITHDRAWN).aggregate(
        total=Count("pk"), done=Count("pk", filter=Q(state=State.COMPLETED)),
        going=Count("pk", filter=Q(state=State.ACCEPTED)), waiting=Count("pk", filter=waiting),
        carried=Count("pk", filter=Q(state=State.CARRIED)), overdue=Count("pk", filter=late),
    )  # fmt: skip
    return Standing(**counts)


def _entry(item: Item, on: date) -> Entry:
    lines = tuple(_line(task, on) for task in item.tasks.all())
    chapter = item.chapter.title if item.chapter else ""
    return Entry(
        item.number, item.printed, item.title, chapter, item.text, _sum(line.standing for line in lines), lines
    )


def _line(task: Task, on: date) -> Line:
    duties = list(task.assignments.all())
    return Line(
        text=task.text, deadline=task.deadline_text, due_on=task.due_on,
        bodies=tuple((duty.body.short_name, *_word(duty, on)) for duty in duties),
        quotas=tuple(_quotas(task, duties, on)), standing=_standing(duties, on),
        carried_from=_place(task.carried_from), carried_into=_place(next(iter(task.carried_into.all()), None)),
        proofs=tuple(_proof(duty, piece) for duty in duties for piece in duty.evidence.all() if piece.public),
    )  # fmt: skip


def _place(task: Task | None) -> tuple[int, int] | None:
    return (task.ledger.year, task.item.number) if task and task.ledger.year else None


def _word(duty: Assignment, on: date) -> tuple[str, str]:
    if _overdue(duty, on):
        return "overdue", _("已逾期")
    kind, words = WORDS[duty.state]
    return kind, str(words)


def _overdue(duty: Assignment, on: date) -> bool:
    return duty.state in Assignment.OPEN and duty.due_on is not None and duty.due_on < on


def _quotas(task: Task, duties: list[Assignment], on: date) -> Iterable[tuple[str, int, int, str]]:
    """Each form's count over all bodies: what is more than enough in one body does not help another."""
    tallies = [quotas.counted(task.quotas.all(), duty.evidence.all(), on=on) for duty in duties]
    for place, quota in enumerate(task.quotas.all()):
        counted = sum(tally.counts[place].counted for tally in tallies)
        yield quota.form, counted, quota.at_least * len(duties), quota.unit


def _standing(duties: list[Assignment], on: date) -> Standing:
    states = [duty.state for duty in duties]
    return Standing(
        total=len(duties), done=states.count(State.COMPLETED), going=states.count(State.ACCEPTED),
        waiting=states.count(State.ASSIGNED) + states.count(State.OBJECTED), carried=states.count(State.CARRIED),
        overdue=sum(_overdue(duty, on) for duty in duties),
    )  # fmt: skip


def _sum(standings: Iterable[Standing]) -> Standing:
    all_of = list(standings)
    names = ("total", "done", "going", "waiting", "carried", "overdue")
    return Standing(**{name: sum(getattr(one, name) for one in all_of) for name in names})


def _proof(duty: Assignment, piece: Evidence) -> Proof:
    href = f"/{piece.path}" if piece.path else piece.link
    return Proof(piece.title, duty.body.short_name, piece.on, href, piece.quota.form if piece.quota else "")
