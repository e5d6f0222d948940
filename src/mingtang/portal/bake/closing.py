"""The last part of every bake: tombstones, the list of what is gone, the manifest, and what the store need not keep."""

import os
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import Path

from django.utils import timezone

from mingtang.portal.bake import manifest, placing, release
from mingtang.portal.bake.book import Book, Row
from mingtang.portal.bake.making import TOMBSTONE, Made, Maker
from mingtang.portal.bake.repair import SIGNED, listed
from mingtang.portal.bake.store import Store
from mingtang.trace.log import builder, keys
from mingtang.trace.log.errors import LogError
from mingtang.trace.log.notes import Note
from mingtang.trace.pages import Page

GONE_MAP = ".site/gone.map"
INDEX = "index.html"
#: The root as it was signed, for whoever mends the manifest; it counts once the release is served.
NEW_SIGNED = f"new {SIGNED}"
#: Browsers, archives and caches between may hold a page that long.
ASSETS_KEPT = timedelta(days=30)
#: So many files are put on the disk one by one; for more, the system is asked to write all it holds.
ONE_BY_ONE = 100


def add_tombstones(maker: Maker, made: Made, rows: Iterable[Row], moment: datetime) -> None:
    """Make a tombstone where each page was; what a tombstone says of its day stays."""
    today = timezone.localtime(moment).date().isoformat()
    for row in rows:
        if row.path.endswith(".html"):
            on = row.arguments["on"] if row.source == TOMBSTONE else today
            page = Page("portal/gone.html", {"on": date.fromisoformat(on)}, frozenset())
            maker.add_tombstone(made, row.path.removesuffix(INDEX), {"on": on}, page)


def keep_assets(maker: Maker, made: Made, rows: Iterable[Row], moment: datetime) -> None:
    """Keep assets that the coming whole release has none of: pages made before an upgrade still ask for them.

    `rows` are those served; each is kept for some time after it was last asked for by a page.
    """
    today = timezone.localtime(moment).date()
    for row in rows:
        until = row.arguments.get("until") or (today + ASSETS_KEPT).isoformat()
        if until >= today.isoformat():
            maker.keep_asset(made, row, until)


def spell_gone(paths: Iterable[str]) -> bytes:
    """The addresses that answer 410, a line each for an nginx `map`."""
    lines: list[str] = []
    for path in sorted(paths):
        address = path.removesuffix(INDEX).replace("\\", "\\\\").replace('"', '\\"')
        lines.append(f'"/{address}" 410;\n')
    return "".join(lines).encode()


def signer() -> tuple[manifest.Sign, str]:
    """What signs the manifest, by the log's key (made where there is none yet); or a line that says why it cannot.

    Readers are served in any case: without its key the site goes on, and `mingtang verify` says what is missing.
    """
    try:
        builder.set_up()
        key = keys.signer(builder.secret_folder())
    except (LogError, OSError) as error:
        return (lambda text: text + "\n"), f"网站清单没有签名：{error}请恢复密钥后重新生成。"
    return (lambda text: str(Note(text).signed(key))), ""


class ManifestWriter:
    """Writes the manifest into a release that is being filled."""

    def __init__(self, filling: Path, book: Book) -> None:
        self._filling = filling
        self._book = book
        self.files: list[Path] = []

    def write_all(self) -> None:
        """Every part, from the rows of a whole bake."""
        facts: list[tuple[int, str, int, int]] = []
        for shard, rows in groupby(self._book.rows(new=True), key=lambda row: manifest.shard_of(row.path)):
            body, said = manifest.spell_part(listed(rows))
            self._write(manifest.part_path(shard), body)
            facts.append((shard, *said))
        with self._book.together():
            self._book.write_shards(facts)

    def write_parts(self, shards: Iterable[int]) -> None:
        """The parts in which the filled release differs from what it was made of."""
        facts: list[tuple[int, str, int, int]] = []
        for shard in sorted(set(shards)):
            body, said = manifest.spell_part(listed(self._book.coming(shard)))
            self._write(manifest.part_path(shard), body)
            facts.append((shard, *said))
        with self._book.together():
            self._book.write_shards(facts)

    def write_root(
        self, name: str, moment: datetime, events: int, *, whole: bool, groups: Iterable[int] | None = None
    ) -> str:
        """The lists of `groups` (of all), and the signed root; returns a line where it could not be signed."""
        root, spelled = manifest.root_of(self._book.shards(whole=whole), name, moment, events)
        for group in sorted(set(spelled if groups is None else groups)):
            self._write(manifest.group_path(group), spelled.get(group, b""))
        sign, problem = signer()
        signed = sign(root.text)
        self._write(manifest.ROOT, signed.encode())
        with self._book.together():
            self._book.write_note(NEW_SIGNED, signed)
        return problem

    def _write(self, path: str, body: bytes) -> None:
        if body:
            placing.write(self._filling, path, body)
            self.files.append(self._filling / path)
        else:
            placing.remove(self._filling, path)


def settle(files: Iterable[Path]) -> None:
    """Have files, and the names of the folders they lie in, on the disk before the release is served."""
    places = list(files)
    if len(places) > ONE_BY_ONE:
        os.sync()
    else:
        release.settle(sorted({*places, *(place.parent for place in places)}))


def drop_unused(book: Book, out: Path, digests: Iterable[str]) -> None:
    """Remove from the store what no release holds any more."""
    store = Store(out / release.STORE)
    for digest in digests:
        if not book.is_kept(digest):
            store.remove(digest)
