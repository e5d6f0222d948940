"""The whole bake: every page, on all cores, into a release of its own; goes on where a killed one stopped."""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.utils import timezone

from mingtang.portal.addresses import file_of, path_of
from mingtang.portal.bake import closing, crew, placing, release, stamp
from mingtang.portal.bake.baked import Baked
from mingtang.portal.bake.book import Book
from mingtang.portal.bake.errors import BakeFailed
from mingtang.portal.bake.making import Bench, Job, Made, Maker
from mingtang.portal.bake.plan import stale_since
from mingtang.portal.bake.repair import SIGNED
from mingtang.portal.bake.store import Store
from mingtang.portal.site import current_site
from mingtang.trace import pages
from mingtang.trace.models import Head
from mingtang.trace.pages import Arguments, PageSource

#: Pages of one job: as many as one reading of the database is for, few enough that a stop loses little.
CHUNK = 200
ALONE_CHUNK = 20

Progress = Callable[[int], None]


@dataclass(frozen=True)
class Order:
    """What is baked whole: into which folder, when, whether all is written anew, by how many processes."""

    out: Path
    moment: datetime
    full: bool
    processes: int
    progress: Progress


def bake_whole(order: Order, book: Book, former: Path | None) -> Baked:
    """Fill a new release with everything and serve it; `former` is the release that is served now."""
    filling = order.out / release.RELEASES / release.UNFINISHED
    bench = Bench(order.out, filling, None if order.full else former)
    filler = _Filler(order, book, filling)
    try:
        with crew.hired(bench, order.processes) as workers:
            filler.begin()
            maker = Maker(bench)
            try:
                filler.fill(workers, maker)
                filler.finish(maker)
            finally:
                maker.close()
        return _serve(order, book, former, filling, filler)
    except Exception:  # only a bake that was stopped from outside goes on; this one would fail again, or has no room
        shutil.rmtree(filling, ignore_errors=True)
        raise


class _Filler:
    """Fills the release; what it has made is in the book after every job."""

    def __init__(self, order: Order, book: Book, filling: Path) -> None:
        self._order = order
        self._book = book
        self._filling = filling
        self._asked: set[str] = set()
        self.pending: dict[str, Any] = {}
        self.same = self.rendered = 0
        self.problems: dict[str, str] = {}

    def begin(self) -> None:
        """Go on with a stopped whole bake of the same program, or begin anew."""
        now = {
            "kind": "whole",
            "stamp": stamp.of(current_site()),
            "full": self._order.full,
            "events": Head.objects.values_list("seq", flat=True).get(pk=1),
            "day": timezone.localtime(self._order.moment).date().isoformat(),
            "run": 1,
        }
        before = self._book.note("pending") or {}
        alike = all(before.get(name) == now[name] for name in ("kind", "stamp", "full"))
        goes_on = alike and self._filling.is_dir() and self._take_over(before, now)
        with self._book.together():
            if not goes_on:
                self._book.forget()
            self._book.write_note("pending", now)
        if not goes_on:
            shutil.rmtree(self._filling, ignore_errors=True)
            self._filling.mkdir()
        self.pending = now

    def _take_over(self, before: dict[str, Any], now: dict[str, Any]) -> bool:
        """Drop of the stopped bake's pages those that have become stale since; False when all have."""
        stale = stale_since(before["events"], self._book)
        if stale is None:
            return False
        sources = set(stale.sources)
        if before["day"] != now["day"]:
            sources |= {source.name for source in pages.registered() if not source.timeless}
        paths = {row.path for row in self._book.tagged(stale.tags, new=True)}
        paths.update(*(self._book.paths_of(name, new=True) for name in sources))
        # Tags find what was made; what acts speak of and was not is made now anyhow, but for what has a new place.
        for source in pages.registered():
            if source.found is not None and stale.tags:
                paths.update(file_of(path_of(source.route, each)) for each in source.found(frozenset(stale.tags)))
        self._discard(paths)
        now["run"] = before["run"] + 1
        return True

    def _discard(self, paths: Iterable[str]) -> None:
        gone = list(paths)
        for path in gone:
            placing.remove(self._filling, path)
        with self._book.together():
            self._book.drop(gone)

    def fill(self, workers: "crew.Alone | crew.Crew", maker: Maker) -> None:
        """Have all pages made."""
        for made in workers.do(self._jobs()):
            for name in sorted(made.asked - self._asked):
                maker.add_asset(made, name)
            self._asked |= made.asked
            self._note(made)
            self._order.progress(self.rendered)

    def _note(self, made: Made) -> None:
        with self._book.together():
            twice = self._book.write(made.rows, self.pending["run"])
        if twice:
            raise BakeFailed(f"两个页面有相同的地址：{twice[0]}；网站保持原样。请报告此问题。")
        self.same += len(made.same)
        self.rendered += sum(row.source not in ("asset", "stored", "site") for row in made.rows)
        self.problems |= made.problems

    def _jobs(self) -> Iterator[Job]:
        for source in pages.registered():
            if source.some is None and source.every is not None:
                yield Job(source.name)
                continue
            arguments = iter(source.arguments())
            while chunk := tuple(islice(arguments, CHUNK if source.some else ALONE_CHUNK)):
                if self.pending["run"] > 1:
                    chunk = self._left_of(source, chunk)
                if chunk:
                    yield Job(source.name, chunk)

    def _left_of(self, source: PageSource, chunk: tuple[Arguments, ...]) -> tuple[Arguments, ...]:
        """Those of some pages that the stopped bake had not made."""
        paths = [file_of(path_of(source.route, arguments)) for arguments in chunk]
        kept = self._book.keep(paths, self.pending["run"])
        return tuple(arguments for arguments, path in zip(chunk, paths, strict=True) if path not in kept)

    def finish(self, maker: Maker) -> None:
        """What no source has any more becomes tombstones; the list of what is gone; nothing else may lie around."""
        self._discard(self._book.unvisited(self.pending["run"]))
        made = Made()
        closing.add_tombstones(maker, made, list(self._book.vanished()), self._order.moment)
        closing.keep_assets(maker, made, self._book.former_assets(), self._order.moment)
        self._note(made)
        made = Made()
        paths = [row.path for row in self._book.rows("gone", new=True)]
        maker.add_list(made, closing.GONE_MAP, closing.spell_gone(paths))
        self._note(made)
        if self.pending["run"] > 1:
            self._sweep()

    def _sweep(self) -> None:
        """Remove what the stopped bake wrote and did not live to note."""
        for folder, _folders, names in os.walk(self._filling):
            for name in names:
                path = (Path(folder) / name).relative_to(self._filling).as_posix()
                plain = path.removeprefix(".gone/")
                row = next(
                    (row for each in (plain, plain[:-3]) if (row := self._book.row(each, new=True)) and row.content),
                    None,
                )
                listed = dict(row.content.files(row.path, gone=row.gone)) if row and row.content else {}
                if path not in listed:
                    (self._filling / path).unlink()


def _serve(order: Order, book: Book, former: Path | None, filling: Path, filler: _Filler) -> Baked:
    out, pending = order.out, filler.pending
    name = release.new_name(out, order.moment)
    writer = closing.ManifestWriter(filling, book)
    writer.write_all()
    if problem := writer.write_root(name, order.moment, pending["events"], whole=True):
        filler.problems[""] = problem
    pending["name"] = name
    pending["spare"] = former.name if former and not order.full and book.note("served") == former.name else None
    with book.together():
        book.write_note("pending", pending)
    os.sync()
    release.swap_in(out, filling, name)
    settle(book, out)
    keep_spare(book, out)
    release.prune(out, {former.name if former else "", book.note("spare")})
    closing.drop_unused(book, out, Store(out / release.STORE).digests())
    pages_, files = book.note("pages"), book.note("files")
    return Baked(
        name,
        pages_,
        files,
        filler.same,
        pending["events"],
        tuple(filler.problems.values()),
        filler.rendered,
        whole=True,
    )


def settle(book: Book, out: Path) -> None:
    """Bring the book to what is served, whatever was about to happen when the last bake ended."""
    now = release.served(out)
    pending = book.note("pending")
    if pending is None:
        return
    with book.together():
        if now is not None and pending.get("name") == now.name:
            _finish(book, pending)
        elif pending["kind"] == "step":
            book.forget()
            spare = out / release.RELEASES / pending["name"]
            if spare.is_dir():  # it had got its name already
                book.write_note("spare", spare.name)
            book.write_note("pending", None)


def _finish(book: Book, pending: dict[str, Any]) -> None:
    if pending["kind"] == "step":
        book.finish_step()
        book.write_note("pages", pending["pages"])
        book.write_note("files", pending["files"])
    else:
        book.finish_whole()
        for name, count in zip(("pages", "files"), book.counted(), strict=True):
            book.write_note(name, count)
        if pending["spare"] is None:
            book.forget_lag()
    book.write_note("served", pending["name"])
    book.write_note(SIGNED, book.note(closing.NEW_SIGNED))
    for name in ("events", "stamp", "day", "spare"):
        book.write_note(name, pending[name])
    book.write_note("pending", None)


def keep_spare(book: Book, out: Path) -> Path:
    """The release out of which the next one is made; where there is none, a copy of the served one made of links."""
    spare = out / release.RELEASES / (book.note("spare") or release.SPARE)
    if book.note("spare") and spare.is_dir():
        return spare
    release.link_all(release.served(out), out / release.RELEASES / release.SPARE)
    with book.together():
        book.forget_lag()
        book.write_note("spare", release.SPARE)
    return out / release.RELEASES / release.SPARE
