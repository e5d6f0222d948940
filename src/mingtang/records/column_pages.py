"""Public pages of columns: the tree of columns, and the list of each in pages of fixed length."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from math import ceil
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from mingtang.records.models import PUBLIC_STATES, Column, Record, State
from mingtang.trace.pages import Entry, Page, PageSource, with_data

PAGE_LENGTH = 20


@dataclass(frozen=True)
class Branch:
    """A column in the tree: its `path` below columns/, the columns above it, those right below, and how many records
    the public sees in it and everything below it."""

    key: int
    name: str
    description: str
    path: str
    above: tuple["Branch", ...]
    below: tuple[int, ...]
    under: frozenset[int]
    count: int


@dataclass(frozen=True)
class Tree:
    """All columns, by primary key and by path; `top` are those without a parent. Two queries, whatever the size."""

    by_key: Mapping[int, Branch]
    by_path: Mapping[str, Branch]
    top: tuple[Branch, ...]

    @classmethod
    def load(cls) -> "Tree":
        """Read the columns and their counts."""
        public = Q(records__state__in=PUBLIC_STATES)
        columns: list[Any] = list(Column.objects.annotate(count=Count("records", filter=public)))
        below: dict[int | None, list[Any]] = {}
        for column in columns:
            below.setdefault(column.parent_id, []).append(column)
        by_key: dict[int, Branch] = {}
        top = tuple(cls._grow(column, (), below, by_key) for column in below.get(None, []))
        return cls(by_key, {branch.path: branch for branch in by_key.values()}, top)

    @classmethod
    def _grow(
        cls, column: Any, above: tuple[Branch, ...], below: Mapping[int | None, list[Any]], by_key: dict[int, Branch]
    ) -> Branch:
        path = f"{above[-1].path}/{column.slug}" if above else column.slug
        shell = Branch(column.pk, column.name, column.description, path, above, (), frozenset(), 0)
        branches = [cls._grow(child, (*above, shell), below, by_key) for child in below.get(column.pk, [])]
        by_key[column.pk] = branch = Branch(
            column.pk,
            column.name,
            column.description,
            path,
            above,
            tuple(child.key for child in branches),
            frozenset({column.pk}).union(*(child.under for child in branches)),
            column.count + sum(child.count for child in branches),
        )
        return branch


def sources(verbs: tuple[str, ...]) -> tuple[PageSource, ...]:
    """The page sources of columns; `verbs` are the acts after which they say something else."""
    from mingtang.records import shapes  # which itself reads columns

    later = PageSource(
        "column-page",
        "columns/<path:path>/page-<int:number>.html",
        later_page,
        _later,
        every=every_later,
        verbs=verbs,
        listed=False,
    )
    first = PageSource("column", "columns/<path:path>/", column_page, _first, every=every_first, verbs=verbs)
    return (
        *with_data(PageSource("columns", "columns/", overview, verbs=verbs), shapes.COLUMNS),
        *with_data(later, shapes.COLUMN_PAGE),
        *with_data(first, shapes.COLUMN_PAGE),
    )


def listed(branch: Branch) -> QuerySet[Record]:
    """What a column lists: every public record in it and below it, newest first."""
    return (
        Record.objects.filter(column__in=branch.under, state__in=PUBLIC_STATES)
        .select_related("body")
        .only("title", "slug", "state", "published_at", "body__short_name")
        .order_by("-published_at", "-pk")
    )


def overview() -> Page:
    """The tree of columns with the number of records in each."""
    tree = Tree.load()
    return Page("records/columns.html", {"tree": tree}, frozenset({"columns", "records"}))


def column_page(path: str) -> Page | None:
    """The first page of a column's list."""
    return _listing(path, 1)


def later_page(path: str, number: int) -> Page | None:
    """Page `number` of a column's list, from 2 on."""
    return _listing(path, number) if number > 1 else None


def _listing(path: str, number: int) -> Page | None:
    tree = Tree.load()
    branch = tree.by_path.get(path)
    if branch is None or number > last_page(branch):
        return None
    start = (number - 1) * PAGE_LENGTH
    return _page(tree, branch, number, list(listed(branch)[start : start + PAGE_LENGTH]))


def last_page(branch: Branch) -> int:
    """How many pages a column's list has; an empty column has one too."""
    return max(1, ceil(branch.count / PAGE_LENGTH))


def _first() -> Iterator[Mapping[str, Any]]:
    yield from ({"path": path} for path in Tree.load().by_path)


def _later() -> Iterator[Mapping[str, Any]]:
    for path, branch in Tree.load().by_path.items():
        yield from ({"path": path, "number": number} for number in range(2, last_page(branch) + 1))


def every_first() -> Iterator[tuple[Mapping[str, Any], Page]]:
    """First pages of all columns: one query a column."""
    tree = Tree.load()
    for path, branch in tree.by_path.items():
        yield {"path": path}, _page(tree, branch, 1, list(listed(branch)[:PAGE_LENGTH]))


def every_later() -> Iterator[tuple[Mapping[str, Any], Page]]:
    """Later pages of all columns: each column is read once from end to end, never all of it in memory."""
    tree = Tree.load()
    for path, branch in tree.by_path.items():
        if last_page(branch) == 1:
            continue
        rows = listed(branch)[PAGE_LENGTH:].iterator(chunk_size=500)
        for number in range(2, last_page(branch) + 1):
            yield {"path": path, "number": number}, _page(tree, branch, number, list(islice(rows, PAGE_LENGTH)))


def _page(tree: Tree, branch: Branch, number: int, records: list[Record]) -> Page:
    context = {
        "tree": tree,
        "branch": branch,
        "trail": [(_("信息公开"), "/columns/"), *((each.name, f"/columns/{each.path}/") for each in branch.above)],
        "number": number,
        "addresses": [
            f"/columns/{branch.path}/" + (f"page-{each}.html" if each > 1 else "")
            for each in range(1, last_page(branch) + 1)
        ],
        "rows": [_row(record) for record in records],
    }
    tags = {"columns", *(f"column:{key}" for key in branch.under), *(f"record:{record.pk}" for record in records)}
    return Page("records/column.html", context, frozenset(tags))


def _row(record: Record) -> Mapping[str, Any]:
    marks = {State.SUPERSEDED: ("refused", _("已被替代")), State.ARCHIVED: ("waiting", _("已归档"))}
    return {"entry": entry(record), "body": record.body.short_name, "mark": marks.get(State(record.state))}


def entry(record: Record) -> Entry:
    """The line that leads to a record."""
    on = timezone.localtime(record.published_at).date() if record.published_at else None
    return Entry(record.title, f"records/{record.slug}/", on)


def latest(columns: int, length: int) -> list[tuple[str, str, list[Entry]]]:
    """Name, path and newest entries of the `columns` columns in which something was published last."""
    tree = Tree.load()
    public = Record.objects.filter(state__in=PUBLIC_STATES)
    lively = public.values("column").annotate(last=Max("published_at")).order_by("-last", "column")[:columns]
    found: list[tuple[str, str, list[Entry]]] = []
    for branch in (tree.by_key[each["column"]] for each in lively):
        rows = public.filter(column=branch.key).order_by("-published_at", "-pk")[:length]
        found.append((branch.name, f"columns/{branch.path}/", [entry(record) for record in rows]))
    return found
