"""Public pages of columns: the tree of columns, and the list of each in pages of fixed length.

A column's front shows its newest entries; what is older stands in pages numbered from the oldest. A page is made when
it is full, and one more publication leaves it as it is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from mingtang.records import places
from mingtang.records.models import Column, Record, State
from mingtang.trace.pages import Arguments, Entry, Page, PageSource, with_data

PAGE_LENGTH = 20


@dataclass(frozen=True)
class Branch:
    """A column in the tree: its `path` below columns/, the columns above it, those right below, and how many records
    the public sees in it and everything below it (`places` counts the withdrawn too; both 0 where nobody asked)."""

    key: int
    name: str
    description: str
    path: str
    above: tuple["Branch", ...]
    below: tuple[int, ...]
    under: frozenset[int]
    count: int
    places: int

    @property
    def full(self) -> int:
        """How many pages of its list are full."""
        return self.places // PAGE_LENGTH

    @property
    def later(self) -> int:
        """How many pages follow its front, which shows the newest full page and what has come since."""
        return max(0, self.full - 1)

    @property
    def line(self) -> tuple[int, ...]:
        """The column's primary key and those of the columns above it."""
        return (*(each.key for each in self.above), self.key)


@dataclass(frozen=True)
class Tree:
    """All columns, by primary key and by path; `top` are those without a parent. Two queries, whatever the size."""

    by_key: Mapping[int, Branch]
    by_path: Mapping[str, Branch]
    top: tuple[Branch, ...]

    @classmethod
    def load(cls, *, counted: bool = True) -> "Tree":
        """Read the columns and, if they are wanted, the numbers of their records."""
        totals = places.totals() if counted else {}
        below: dict[int | None, list[Any]] = {}
        columns: list[Any] = list(Column.objects.all())
        for column in columns:
            below.setdefault(column.parent_id, []).append(column)
        by_key: dict[int, Branch] = {}
        top = tuple(_grow(column, (), below, totals, by_key) for column in below.get(None, []))
        return cls(by_key, {branch.path: branch for branch in by_key.values()}, top)


def _grow(
    column: Any,
    above: tuple[Branch, ...],
    below: Mapping[int | None, list[Any]],
    totals: Mapping[int, places.Total],
    by_key: dict[int, Branch],
) -> Branch:
    path = f"{above[-1].path}/{column.slug}" if above else column.slug
    shell = Branch(column.pk, column.name, column.description, path, above, (), frozenset(), 0, 0)
    branches = [_grow(child, (*above, shell), below, totals, by_key) for child in below.get(column.pk, [])]
    own = totals.get(column.pk, places.Total())
    by_key[column.pk] = branch = Branch(
        column.pk,
        column.name,
        column.description,
        path,
        above,
        tuple(child.key for child in branches),
        frozenset({column.pk}).union(*(child.under for child in branches)),
        own.public + sum(child.count for child in branches),
        own.places + sum(child.places for child in branches),
    )
    return branch


def sources(verbs: tuple[str, ...]) -> tuple[PageSource, ...]:
    """The page sources of columns; `verbs` are the acts after which they say something else."""
    from mingtang.records import shapes  # which itself reads columns

    tree = PageSource("columns", "columns/", overview, verbs=verbs, found=lambda _tags: (), timeless=True)
    later = PageSource(
        "column-page", "columns/<path:path>/page-<int:number>.html", later_page, _later, every=every_later,
        verbs=verbs, some=_some_later, found=_moved, timeless=True, listed=False,
    )  # fmt: skip
    front = PageSource(
        "column", "columns/<path:path>/", column_page, _first, every=every_first,
        verbs=verbs, some=_some_first, found=_fronts, timeless=True,
    )  # fmt: skip
    return (
        *with_data(tree, shapes.COLUMNS),
        *with_data(later, shapes.COLUMN_PAGE),
        *with_data(front, shapes.COLUMN_PAGE),
    )


def listed() -> Any:
    """What lists show of records."""
    return (
        places.placed()
        .select_related("body")
        .only("title", "slug", "state", "published_at", "body__short_name", "body__code")
    )


def overview() -> Page:
    """The tree of columns with the number of records in each."""
    return Page("records/columns.html", {"tree": Tree.load()}, frozenset({"columns", "records"}))


def column_page(path: str) -> Page | None:
    """A column with its newest entries."""
    return next((page for _arguments, page in _some_first([{"path": path}])), None)


def later_page(path: str, number: int) -> Page | None:
    """Page `number` of a column's list, counted from the oldest; None for those that its front shows."""
    return next((page for _arguments, page in _some_later([{"path": path, "number": number}])), None)


def _first() -> Iterator[Arguments]:
    yield from ({"path": path} for path in Tree.load(counted=False).by_path)


def _later() -> Iterator[Arguments]:
    for path, branch in Tree.load().by_path.items():
        yield from ({"path": path, "number": number} for number in range(1, branch.later + 1))


def every_first() -> Iterator[tuple[Arguments, Page]]:
    """The fronts of all columns."""
    tree = Tree.load()
    for path, branch in tree.by_path.items():
        yield {"path": path}, _front(tree, branch)


def _some_first(wanted: Sequence[Arguments]) -> Iterator[tuple[Arguments, Page]]:
    tree = Tree.load()
    for each in wanted:
        if branch := tree.by_path.get(each["path"]):
            yield each, _front(tree, branch)


def every_later() -> Iterator[tuple[Arguments, Page]]:
    """Older pages of all columns: each column is read once from end to end, never all of it in memory."""
    tree = Tree.load()
    for path, branch in tree.by_path.items():
        rows = places.oldest_first(listed(), branch.under) if branch.later else iter(())
        for number in range(1, branch.later + 1):
            page = [next(rows) for _place in range(PAGE_LENGTH)]
            yield {"path": path, "number": number}, _older(tree, branch, number, page[::-1])


def _some_later(wanted: Sequence[Arguments]) -> Iterator[tuple[Arguments, Page]]:
    """Older pages; those that follow one another are read together."""
    tree = Tree.load()
    for path, each in groupby(sorted(wanted, key=lambda page: (page["path"], page["number"])), itemgetter("path")):
        branch = tree.by_path.get(path)
        numbers = [page["number"] for page in each if branch and 1 <= page["number"] <= branch.later]
        for _run, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
            if branch:
                yield from _run_of_pages(tree, branch, [number for _place, number in run])


def _run_of_pages(tree: Tree, branch: Branch, numbers: Sequence[int]) -> Iterator[tuple[Arguments, Page]]:
    first, last = (numbers[0] - 1) * PAGE_LENGTH + 1, numbers[-1] * PAGE_LENGTH
    rows = places.between(listed(), first, last, branch.places, branch.under)[::-1]
    for place, number in enumerate(numbers):
        page = rows[place * PAGE_LENGTH : (place + 1) * PAGE_LENGTH]
        yield {"path": branch.path, "number": number}, _older(tree, branch, number, page[::-1])


def _fronts(tags: frozenset[str]) -> Iterator[Arguments]:
    """Fronts of columns that are new or have another path."""
    if "columns" in tags:
        yield from _first()


def _moved(tags: frozenset[str]) -> Iterator[Arguments]:
    """Pages that were filled, or whose entries moved on, when records took their places (tags `placed:<record>`)."""
    if "columns" in tags:
        yield from _later()
        return
    keys = [int(tag.partition(":")[2]) for tag in tags if tag.startswith("placed:")]
    if not keys:
        return
    tree, begin = Tree.load(), dict[int, int]()
    for record in places.placed().filter(pk__in=keys).only("published_at", "column_id"):
        for key in tree.by_key[record.column_id].line:
            branch = tree.by_key[key]
            place = places.place_of(record, branch.places, branch.under)
            begin[key] = min(place, begin.get(key, place))
    for key, place in begin.items():
        branch = tree.by_key[key]
        # The newest older page there was before: where another was made, its way to what is newer has changed.
        first = (place - 1) // PAGE_LENGTH - 1
        if branch.later > first:
            yield from ({"path": branch.path, "number": each} for each in range(max(1, first), branch.later + 1))


def _front(tree: Tree, branch: Branch) -> Page:
    rows = places.between(listed(), branch.later * PAGE_LENGTH + 1, branch.places, branch.places, branch.under)
    context = {**_shared(tree, branch, rows), "number": None, "newer": "", "older": _address(branch, branch.later)}
    return Page("records/column.html", context, frozenset({f"list:{branch.key}", *_tags(branch, rows)}))


def _older(tree: Tree, branch: Branch, number: int, rows: Sequence[Record]) -> Page:
    newer = number + 1 if number < branch.later else 0
    context = {
        **_shared(tree, branch, rows),
        "number": number,
        "newer": _address(branch, newer) or f"/columns/{branch.path}/",
        "older": _address(branch, number - 1),
    }
    return Page("records/column.html", context, frozenset({f"shift:{branch.key}", *_tags(branch, rows)}))


def _address(branch: Branch, number: int) -> str:
    return f"/columns/{branch.path}/page-{number}.html" if number else ""


def _shared(tree: Tree, branch: Branch, rows: Iterable[Record]) -> dict[str, Any]:
    return {
        "tree": tree,
        "branch": branch,
        "trail": [(_("信息公开"), "/columns/"), *((each.name, f"/columns/{each.path}/") for each in branch.above)],
        "rows": [_row(record) for record in rows if record.state != State.WITHDRAWN],
    }


def _tags(branch: Branch, rows: Iterable[Record]) -> Iterator[str]:
    yield "columns"
    for record in rows:
        yield f"record:{record.pk}"
        yield f"body:{record.body.code}"


def _row(record: Record) -> Mapping[str, Any]:
    marks = {State.SUPERSEDED: ("refused", _("已被替代")), State.ARCHIVED: ("waiting", _("已归档"))}
    return {"entry": entry(record), "body": record.body.short_name, "mark": marks.get(State(record.state))}


def newest(length: int) -> list[Mapping[str, Any]]:
    """The rows of the newest records of all columns."""
    rows = places.public().select_related("body").only("title", "slug", "state", "published_at", "body__short_name")
    return [_row(record) for record in rows.order_by("-published_at", "-pk")[:length]]


def entry(record: Record) -> Entry:
    """The line that leads to a record."""
    on = timezone.localtime(record.published_at).date() if record.published_at else None
    return Entry(record.title, f"records/{record.slug}/", on)
