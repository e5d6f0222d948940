"""Mending a release out of the store: altered and missing files are restored, added ones put aside, lists rewritten."""

import secrets
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mingtang.portal.bake import inspection, manifest, placing
from mingtang.portal.bake.book import FILE, Book, Row
from mingtang.portal.bake.content import BR, GZ, Content, Copy
from mingtang.portal.bake.errors import BadManifest, BadObject
from mingtang.portal.bake.inspection import Kind, Report
from mingtang.portal.bake.store import Store
from mingtang.trace.log.notes import Verifier

STORE = "store"
QUARANTINE = "quarantine"
#: The book's note of the root as it was signed.
SIGNED = "signed root"


@dataclass
class Mended:
    """What was done: paths restored, paths put aside (and where), and a line for each thing that could not be."""

    restored: list[str] = field(default_factory=list[str])
    aside: list[str] = field(default_factory=list[str])
    folder: Path | None = None
    failed: list[str] = field(default_factory=list[str])


def listed(rows: Iterable[Row]) -> Iterator[tuple[str, Copy]]:
    """Every served file of some rows of the book."""
    for row in rows:
        if row.content is not None:
            yield from row.content.files(row.path, gone=row.gone)


class Mender:
    """Mends the served release of a baked folder; hold the folder's lock."""

    def __init__(self, out: Path, keys: Iterable[Verifier]) -> None:
        self._out = out
        self._keys = list(keys)
        self._store = Store(out / STORE)
        self.mended = Mended()

    def mend(self, report: Report) -> Report:
        """Mend what a report names; returns what a second look finds."""
        if any(each.kind is Kind.MANIFEST for each in report.differences):
            self._restore_lists(report.release)
            report = inspection.inspect(report.release, self._keys)
        self._put_aside(report)
        self._restore_files(report)
        return inspection.inspect(report.release, self._keys)

    def mend_files(self, report: Report) -> None:
        """Mend the files of another release whose lists are whole; what cannot be is met when it is next baked over."""
        aside = Mender(self._out, self._keys)
        aside._put_aside(report)
        aside._restore_files(report)

    def _restore_files(self, report: Report) -> None:
        damaged = [each.path for each in report.differences if each.kind in (Kind.ALTERED, Kind.MISSING)]
        for base, paths in inspection.by_base(damaged, report.listed).items():
            plain = report.listed.get(base)
            if plain is None:
                self.mended.failed += [f"{path}：清单里没有它的原文件，无法恢复。" for path in paths]
                continue
            content = Content(plain, report.listed.get(base + GZ), report.listed.get(base + BR))
            for path in paths:
                try:
                    self._restore(report.release, path, content, report.listed[path])
                except BadObject as problem:
                    self.mended.failed.append(
                        f"{path}：{problem}请执行 mingtang bake {self._out} --full 由数据库重做。"
                    )
                else:
                    self.mended.restored.append(path)

    def _restore(self, release: Path, path: str, content: Content, wanted: Copy) -> None:
        target, draft = release / path, release / f".mending-{secrets.token_hex(8)}"
        ending = next((each for each in (GZ, BR) if wanted == getattr(content, each[1:]) and path.endswith(each)), "")
        try:
            if content.plain.size > placing.SMALL and not content.br:
                self._store.check(content)
                shutil.copyfile(self._store.place(content), draft)
            else:
                draft.write_bytes(self._store.file(content, ending))
            if placing.digest(draft) != wanted:
                raise BadObject(content.plain.sha256, "内容与清单不符")
            if target.is_symlink() or target.is_file():
                target.unlink()
            elif target.is_dir():
                self._aside(release, path)
            self._make_way(release, target.parent)
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)

    def _make_way(self, release: Path, folder: Path) -> None:
        """Make a folder, putting aside whatever lies in its place."""
        for place in [*reversed(folder.relative_to(release).parents), folder.relative_to(release)]:
            here = release / place
            if here != release and (here.is_symlink() or here.is_file()):
                self._aside(release, place.as_posix())
            here.mkdir(exist_ok=True)

    def _put_aside(self, report: Report) -> None:
        for each in report.differences:
            place = report.release / each.path
            if each.kind is Kind.ADDED and (place.is_symlink() or place.exists()):
                self._aside(report.release, each.path)
                placing.remove_empty(report.release, place.parent)

    def _aside(self, release: Path, path: str) -> None:
        if self.mended.folder is None:
            self.mended.folder = self._out / QUARANTINE / f"{release.name}-{secrets.token_hex(4)}"
        target = self.mended.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        (release / path).rename(target)
        self.mended.aside.append(path)

    def _restore_lists(self, release: Path) -> None:
        """Write the lists anew from the book, as far as they are those that were signed."""
        try:
            book = Book(self._out / FILE, manifest.shard_of, read_only=True)
        except sqlite3.Error as problem:
            self.mended.failed.append(f"{FILE}：烘焙台账不可用（{problem}），清单无法恢复。")
            return
        try:
            self._restore_root(release, book)
            root = manifest.read_root(release, self._keys)
            shards = book.shards(whole=False)
            for group, body in manifest.spell_groups(shards).items():
                self._rewrite(release, manifest.group_path(group), body, root.groups.get(group))
                for shard, digest in manifest.read_group(release, group, root.groups.get(group, "")).items():
                    body, _facts = manifest.spell_part(listed(book.rows("shard = ?", shard)))
                    self._rewrite(release, manifest.part_path(shard), body, digest)
        except (BadManifest, sqlite3.Error) as problem:
            self.mended.failed.append(f"{problem}；请执行 mingtang bake {self._out} --full 重新生成并签名。")
        finally:
            book.close()

    def _restore_root(self, release: Path, book: Book) -> None:
        signed = book.note(SIGNED)
        if signed and (release / manifest.ROOT).read_bytes() != signed.encode():
            placing.write(release, manifest.ROOT, signed.encode())
            self.mended.restored.append(manifest.ROOT)

    def _rewrite(self, release: Path, path: str, body: bytes, digest: str | None) -> None:
        place = release / path
        if Copy.of(body).sha256 == digest and not (place.is_file() and place.read_bytes() == body):
            placing.write(release, path, body)
            self.mended.restored.append(path)
