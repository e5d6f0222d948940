"""Making pages: a job names pages of one source; doing it renders them, keeps them in the store, and puts them into
the release that is being filled."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mingtang.portal import assets
from mingtang.portal.addresses import file_of, path_of
from mingtang.portal.bake import manifest, placing, release
from mingtang.portal.bake.book import FILE, Book, Row
from mingtang.portal.bake.content import Copy, pack
from mingtang.portal.bake.errors import BakeFailed
from mingtang.portal.bake.store import Store
from mingtang.portal.rendering import render
from mingtang.portal.site import Site, current_site
from mingtang.trace import pages
from mingtang.trace.pages import Arguments, Page, PageSource

#: Sources of rows that are no pages.
ASSET, STORED, SITE, TOMBSTONE = "asset", "stored", "site", ""


@dataclass(frozen=True)
class Job:
    """Some pages of a source; without `arguments`, all that it has."""

    source: str
    arguments: tuple[Arguments, ...] | None = None


@dataclass
class Made:
    """What a job made: rows for the book, the paths of those pages that are as they were, names of assets that were
    asked for, a line for each stored file that is lost, and the files written to the store."""

    rows: list[Row] = field(default_factory=list[Row])
    same: list[str] = field(default_factory=list[str])
    asked: set[str] = field(default_factory=set[str])
    problems: dict[str, str] = field(default_factory=dict[str, str])
    stored: list[Path] = field(default_factory=list[Path])


@dataclass(frozen=True)
class Bench:
    """Where jobs are done. `out` is the baked folder; `filling` the release that is filled on the way, None where it
    is filled later; `former` the release whose files serve again, None where all is written anew."""

    out: Path
    filling: Path | None
    former: Path | None


class Maker:
    """Does jobs, one after the other, in one process with one view of the database."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._store = Store(bench.out / release.STORE)
        self._book = Book(bench.out / FILE, manifest.shard_of, read_only=True)
        self._site: Site = current_site()
        self._sources = {source.name: source for source in pages.registered()}

    def close(self) -> None:
        """Let go of the book."""
        self._book.close()

    def do(self, job: Job) -> Made:
        """Make the pages of a job; raises `BakeFailed` naming the page that cannot be made, and `OSError`."""
        made = Made()
        with assets.noted() as asked:
            for path, source, arguments, page in self._pages(self._sources[job.source], job.arguments):
                self._add_page(made, path, source, arguments, page)
        made.asked |= asked
        return made

    def _pages(
        self, source: PageSource, wanted: Sequence[Arguments] | None
    ) -> Iterator[tuple[str, str, Arguments, Page]]:
        path = source.route
        try:
            for arguments, page in source.pages() if wanted is None else source.pages_of(wanted):
                path = path_of(source.route, arguments)
                yield path, source.name, arguments, page
        except OSError:
            raise
        except Exception as error:
            raise _failed(path, error) from error

    def _add_page(self, made: Made, path: str, source: str, arguments: Arguments, page: Page) -> None:
        try:
            body = render(page, path, self._site)
        except Exception as error:
            raise _failed(path, error) from error
        carried = frozenset(self._add_stored(made, path, place, stored) for place, stored in page.files.items())
        row = Row(file_of(path), source, arguments, None, page.gone, page.tags, carried - {""})
        self._add(made, row, body)

    def add_asset(self, made: Made, name: str) -> None:
        """A style sheet, script or picture by its hashed name."""
        row = Row(assets.path_of(name), ASSET, {"name": name}, None)
        self._add(made, row, assets.content(name), thorough=True)

    def keep_asset(self, made: Made, former: Row, until: str) -> None:
        """An asset that no page asks for any more, for readers who still have a page that does, until a day."""
        content = former.content
        if content is None:
            return
        row = Row(former.path, ASSET, {**former.arguments, "until": until}, content)
        if not self._is_again(former, row) and self._bench.filling:
            placing.from_store(self._store, self._bench.filling, former.path, content, gone=False)
        made.rows.append(row)

    def add_tombstone(self, made: Made, path: str, facts: Mapping[str, Any], page: Page) -> None:
        """What stands where a page was that is no more."""
        body = render(page, path, self._site)
        self._add(made, Row(file_of(path), TOMBSTONE, facts, None, gone=True), body)

    def add_list(self, made: Made, path: str, body: bytes) -> None:
        """A file about the site itself."""
        self._add(made, Row(path, SITE, {}, None), body)

    def _add(self, made: Made, row: Row, body: bytes, *, thorough: bool = False) -> None:
        """Keep and place the bytes of a row; what is as it was is not compressed again."""
        known = self._book.row(row.path)
        if known and known.content and known.content.plain == Copy.of(body) and self._is_again(known, row):
            made.same.append(row.path)
            made.rows.append(_with(row, known))
            return
        packed = pack(row.path, body, thorough=thorough)
        kept = self._store.put(packed) if self._bench.former else self._store.renew(packed)
        if kept is not None:
            made.stored.append(kept)
        if self._bench.filling:
            placing.write_content(self._bench.filling, row.path, packed, gone=row.gone)
        made.rows.append(Row(row.path, row.source, row.arguments, packed.content, row.gone, row.tags, row.carried))

    def _is_again(self, known: Row, row: Row) -> bool:
        """Whether the former release's files serve for these bytes; they are then in the release being filled."""
        content = known.content
        if content is None or self._bench.former is None or known.gone != row.gone:
            return False
        if not self._store.place(content).exists():
            return False
        if self._bench.filling is None:
            return True
        return placing.linked(self._bench.former, self._bench.filling, row.path, content, gone=row.gone)

    def _add_stored(self, made: Made, page: str, place: str, stored: Any) -> str:
        """A stored file that a page links to, once; returns its path, or "" when it is lost."""
        path = file_of(place)
        if any(row.path == path for row in made.rows):
            return path
        known = self._book.row(path)
        row = Row(path, STORED, {}, None)
        if known is not None and self._is_again(known, row):
            made.same.append(path)
            made.rows.append(_with(row, known))
            return path
        try:
            content = self._store.take(stored)
        except FileNotFoundError:
            made.problems[place] = f"/{page}：附件“{path}”的文件已丢失，请重新上传或从备份恢复。"
            return ""
        made.stored.append(self._store.place(content))
        if self._bench.filling:
            placing.from_store(self._store, self._bench.filling, path, content, gone=False)
        made.rows.append(Row(path, STORED, {}, content))
        return path


def _with(row: Row, known: Row) -> Row:
    return Row(row.path, row.source, row.arguments, known.content, row.gone, row.tags, row.carried)


def _failed(path: str, error: Exception) -> BakeFailed:
    return BakeFailed(f"页面 /{path} 未能生成（{type(error).__name__}：{error}）。网站保持原样。")
