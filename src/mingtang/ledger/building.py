"""From a draft that the text room read to the rows of a draft ledger."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from mingtang import text
from mingtang.bodies.models import Body
from mingtang.ledger import wants
from mingtang.ledger.models import Chapter, Import, Item, Ledger, Quota, Task
from mingtang.text.numerals import to_chinese


@dataclass(frozen=True)
class Heading:
    """An item to be: what it is called and the tasks that stand in it, each with the part it belongs to."""

    chapter: int | None
    number: int
    printed: str
    title: str
    words: str
    start: int | None
    end: int | None
    tasks: tuple[tuple[str, text.Task], ...]


def build(draft: text.Draft, source: str, *, body: Body, notice: Import | None, moment: datetime) -> Ledger:
    """Write a draft ledger with chapters, items, tasks and quotas; call it inside a transaction."""
    ledger = Ledger.objects.create(
        body=body, source=notice, title=draft.title[:200], issuer=(draft.issuer or "")[:120],
        document_number=(draft.document_number or "")[:60], made_on=draft.made_on, year=draft.year,
        addressees=list(draft.addressees), cites=list(draft.cites),
        problems=[problem.as_json() for problem in draft.problems], text=source, created_at=moment,
    )  # fmt: skip
    chapters = Chapter.objects.bulk_create(
        Chapter(ledger=ledger, order=order, number=chapter.number, title=chapter.title[:300])
        for order, chapter in enumerate(draft.chapters)
    )
    headings = list(headings_of(draft))
    items = Item.objects.bulk_create(
        Item(
            ledger=ledger, chapter=None if heading.chapter is None else chapters[heading.chapter],
            number=heading.number, printed=heading.printed, order=order, title=heading.title[:300],
            text=heading.words, start=heading.start, end=heading.end,
        )
        for order, heading in enumerate(headings, start=1)
    )  # fmt: skip
    _write_tasks(ledger, list(zip(items, headings, strict=True)), wants.Notice.of(headings))
    return ledger


def headings_of(draft: text.Draft) -> Iterator[Heading]:
    """The items of a draft in reading order, with a running number where the notice starts anew in each chapter.

    Tasks that stand before the first item of a chapter, or before the first chapter, get an item of their own, which
    is numbered after the last.
    """
    printed = [item.number for item in draft.items]
    runs_through = len(set(printed)) == len(printed) and all(number >= 1 for number in printed)
    last = max(printed, default=0) if runs_through else len(printed)
    running = 0
    if draft.opening:
        last += 1
        yield _loose(None, last, _("总体要求"), "", draft.opening)
    for place, chapter in enumerate(draft.chapters):
        if chapter.tasks:
            last += 1
            yield _loose(place, last, chapter.title, chapter.text, chapter.tasks)
        for item in chapter.items:
            running += 1
            yield Heading(
                chapter=place, number=item.number if runs_through else running,
                printed=_printed(chapter.number, item.number, runs_through), title=item.title, words=item.text,
                start=item.start, end=item.end, tasks=tuple(_with_parts(item)),
            )  # fmt: skip


def _loose(chapter: int | None, number: int, title: str, words: str, tasks: tuple[text.Task, ...]) -> Heading:
    start, end = min(task.start for task in tasks), max(task.end for task in tasks)
    return Heading(chapter, number, "", title or _("总体要求"), words, start, end, tuple(("", task) for task in tasks))


def _printed(chapter: int, item: int, runs_through: bool) -> str:
    if not 1 <= item <= 999:
        return ""
    inner = f"（{to_chinese(item)}）"
    return inner if runs_through or not 1 <= chapter <= 999 else f"{to_chinese(chapter)}{inner}"


def _with_parts(item: text.Item) -> Iterator[tuple[str, text.Task]]:
    yield from (("", task) for task in item.tasks)
    for part in item.parts:
        yield from ((f"{part.number}. {part.title}"[:200], task) for task in part.tasks)


def _write_tasks(ledger: Ledger, items: Iterable[tuple[Item, Heading]], notice: "wants.Notice") -> None:
    read: list[text.Task] = []
    rows: list[Task] = []
    for item, heading in items:
        for order, (part, task) in enumerate(heading.tasks, start=1):
            read.append(task)
            rows.append(_row(ledger, item, order, part, task, notice.wants_of(heading.title, task)))
    for row, task in zip(Task.objects.bulk_create(rows), read, strict=True):
        Quota.objects.bulk_create(_quotas(row, task))


def _row(ledger: Ledger, item: Item, order: int, part: str, task: text.Task, found: "wants.Wants") -> Task:
    deadline = task.deadline
    return Task(
        ledger=ledger, item=item, order=order * 10, part=part, text=task.text, start=task.start, end=task.end,
        bodies=list(task.bodies), lead=list(task.lead), supporting=list(task.supporting), inferred=task.inferred,
        deadline_kind=deadline.kind if deadline else "", deadline_text=(deadline.text if deadline else "")[:120],
        due_on=deadline.on if deadline else None, wants=found.as_json(), extracted=task.as_json(),
        evidence_form="、".join(dict.fromkeys(quota.form for quota in task.quotas))[:120],
    )  # fmt: skip


def _quotas(row: Task, task: text.Task) -> list[Quota]:
    made: dict[tuple[str, str], Quota] = {}
    for order, quota in enumerate(task.quotas):
        period = quota.period if quota.period in Quota.Period.values else Quota.Period.YEAR
        made.setdefault(
            (quota.form[:60], period),
            Quota(
                task=row, order=order, form=quota.form[:60], at_least=max(1, quota.at_least), unit=quota.unit[:8],
                period=period, wants=wants.of_quota(quota.form, task.text).as_json(),
            ),
        )  # fmt: skip
    return list(made.values())
