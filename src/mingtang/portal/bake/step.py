"""The step: one release is made out of the one before the served, by what acts made stale; the rest stays untouched.

Two releases lie side by side. The one that is not served is brought to the next state: first the few paths in which it
lags behind the served one, then what is new. A switch makes it the served one. What is done is bounded by what changed,
whatever the size of the site.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone

from mingtang.portal.bake import closing, crew, manifest, placing, release, stamp
from mingtang.portal.bake.baked import Baked
from mingtang.portal.bake.book import Book, Row
from mingtang.portal.bake.making import STORED, Bench, Job, Made, Maker
from mingtang.portal.bake.plan import Plan, stale_since
from mingtang.portal.bake.store import Store
from mingtang.portal.bake.whole import Progress, keep_spare, settle
from mingtang.portal.site import current_site
from mingtang.trace.models import Head

#: A plan of more pages than this, and more than this part of the site, is baked whole: side by side, and resumable.
MOST, PART = 1000, 0.3
NO_PAGES = frozenset({"asset", "stored", "site"})


@dataclass(frozen=True)
class _Change:
    """What a step is about to do: the rows that differ from the served ones, and the facts of the coming release."""

    rows: list[Row]
    facts: dict[str, Any]
    rendered: int
    problems: tuple[str, ...]
    stored: list[Path]


def bake_step(
    out: Path, book: Book, served: Path, moment: datetime, *, thorough: bool, progress: Progress
) -> Baked | None:
    """Serve what acts have changed since the served release; None when that asks for a whole bake.

    `thorough` also looks for pages that came and went without an act.
    """
    with crew.hired(Bench(out, None, served), 1):
        change = _change(out, book, served, moment, thorough=thorough, progress=progress)
    return None if change is None else _serve(out, book, served, moment, change)


def _change(
    out: Path, book: Book, served: Path, moment: datetime, *, thorough: bool, progress: Progress
) -> _Change | None:
    day = timezone.localtime(moment).date().isoformat()
    facts = {
        "kind": "step",
        "stamp": stamp.of(current_site()),
        "events": Head.objects.values_list("seq", flat=True).get(pk=1),
        "day": day,
        "spare": served.name,
    }
    if facts["stamp"] != book.note("stamp"):
        return None
    plan = Plan(book)
    stale = stale_since(book.note("events"), book)
    if stale is None:
        return None
    plan.add(stale)
    if day != book.note("day"):
        plan.add_dated()
    if thorough:
        plan.add_new_and_gone()
    if len(plan) > max(MOST, PART * book.note("pages")):
        return None
    maker = Maker(Bench(out, None, served))
    try:
        return _made(book, maker, plan, facts, moment, progress)
    finally:
        maker.close()


def _made(book: Book, maker: Maker, plan: Plan, facts: dict[str, Any], moment: datetime, progress: Progress) -> _Change:
    all_ = Made()
    for source, wanted in plan.wanted.items():
        if wanted:
            made = maker.do(Job(source, tuple(wanted.values())))
            all_.rows += made.rows
            all_.asked |= made.asked
            all_.problems |= made.problems
            all_.stored += made.stored
            progress(len(all_.rows))
    rendered = sum(row.source not in NO_PAGES for row in all_.rows)
    gone = list(plan.gone({row.path for row in all_.rows}))
    closing.add_tombstones(maker, all_, gone, moment)
    for name in sorted(all_.asked):
        maker.add_asset(all_, name)
    rows = {row.path: row for row in all_.rows}
    for row in gone:
        rows.setdefault(row.path, Row(row.path, row.source, {}, None))
    for row in _left_behind(book, rows):
        rows[row.path] = row
    changed = {path: row for path, row in rows.items() if _differs(book, row)}
    _add_gone(book, maker, changed, all_)
    pages, files = _count(book, changed.values())
    return _Change(
        list(changed.values()), {**facts, "pages": pages, "files": files}, rendered,
        tuple(all_.problems.values()), all_.stored,
    )  # fmt: skip


def _left_behind(book: Book, rows: dict[str, Row]) -> list[Row]:
    """Stored files to which no page links any more."""
    dropped = {path for row in rows.values() for path in book.carried_by(row.path) - row.carried}
    now = {path for row in rows.values() for path in row.carried}
    return [
        Row(path, STORED, {}, None)
        for path in dropped - now
        if all(page in rows for page in book.carriers(path))
    ]  # fmt: skip


def _differs(book: Book, row: Row) -> bool:
    """Whether the book has to be told of a row."""
    known = book.row(row.path)
    if known is None:
        return row.content is not None
    if (known.content, known.gone, known.source, known.arguments) != (row.content, row.gone, row.source, row.arguments):
        return True
    return book.tags_of(row.path) != row.tags or book.carried_by(row.path) != row.carried


def _add_gone(book: Book, maker: Maker, changed: dict[str, Row], made: Made) -> None:
    """The list of what is gone is written anew when it has changed."""
    before = {row.path for row in (book.row(path) for path in changed) if row and row.gone}
    after = {row.path for row in changed.values() if row.gone}
    if before == after:
        return
    paths = {row.path for row in book.rows("gone")} - before | after
    maker.add_list(made, closing.GONE_MAP, closing.spell_gone(paths))
    changed[closing.GONE_MAP] = made.rows[-1]


def _count(book: Book, changed: Iterable[Row]) -> tuple[int, int]:
    pages, files = book.note("pages"), book.note("files")
    for row in changed:
        was = book.row(row.path)
        pages += _is_page(row) - (was is not None and _is_page(was))
        files += _is_file(row) - (was is not None and _is_file(was))
    return pages, files


def _is_page(row: Row) -> bool:
    return row.content is not None and row.source not in NO_PAGES


def _is_file(row: Row) -> bool:
    return row.content is not None and row.source in NO_PAGES


def _serve(out: Path, book: Book, served: Path, moment: datetime, change: _Change) -> Baked:
    spare = keep_spare(book, out)
    name = release.new_name(out, moment)
    paths = [row.path for row in change.rows if _shows(book.row(row.path), row)]
    former = book.lagging()
    with book.together():
        book.forget()
        book.write(change.rows, run=1)
        book.note_lag(paths)
        book.write_note("pending", {**change.facts, "name": name})
    touched = sorted({*former, *paths})
    files = change.stored + _bring_up(out, book, served, spare, touched, {row.path: row for row in change.rows})
    shards = {manifest.shard_of(path) for path in touched}
    writer = closing.ManifestWriter(spare, book)
    writer.write_parts(shards)
    problem = writer.write_root(
        name, moment, change.facts["events"], whole=False, groups={shard // manifest.WIDTH for shard in shards}
    )
    closing.settle([*files, *writer.files])
    release.swap_in(out, spare, name)
    settle(book, out)
    release.prune(out, {served.name})
    closing.drop_unused(book, out, {digest for digest in former.values() if digest})
    pages, files_ = change.facts["pages"], change.facts["files"]
    problems = (*change.problems, problem) if problem else change.problems
    return Baked(
        name, pages, files_, pages + files_ - len(paths), change.facts["events"], problems, change.rendered, whole=False
    )


def _shows(was: Row | None, row: Row) -> bool:
    """Whether the released files of a path change."""
    return was is None or (was.content, was.gone) != (row.content, row.gone)


def _bring_up(
    out: Path, book: Book, served: Path, spare: Path, paths: Iterable[str], new: dict[str, Row]
) -> list[Path]:
    """Bring paths of the spare to their next state; returns the files written."""
    store = Store(out / release.STORE)
    written: list[Path] = []
    for path in paths:
        was = book.row(path)
        row = new.get(path, was)
        placing.remove(spare, path)
        if row is None or row.content is None:
            continue
        same = was is not None and (was.content, was.gone) == (row.content, row.gone)
        if same and placing.link_blindly(served, spare, path, row.content, gone=row.gone):
            continue
        placing.from_store(store, spare, path, row.content, gone=row.gone)
        written += [spare / name for name, _copy in row.content.files(path, gone=row.gone)]
    return written
