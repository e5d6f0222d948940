"""Checking, and mending, the baked site in a folder; needs neither Django nor a database."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from mingtang.portal.bake import inspection, lock, manifest
from mingtang.portal.bake.book import FILE, Book
from mingtang.portal.bake.errors import BakeFailed, BakeRefused
from mingtang.portal.bake.inspection import Difference
from mingtang.portal.bake.repair import Mended, Mender
from mingtang.trace.log.notes import Verifier

CURRENT = "current"
RELEASES = "releases"
#: A site that goes on being baked while it is looked at is looked at again, the last time while nobody bakes.
TURNS = 2


@dataclass(frozen=True)
class Checked:
    """The release that was looked at, how many files were compared, what differed before anything was mended, what
    was mended, and whether all is now as it was signed."""

    release: str
    files: int
    differences: tuple[Difference, ...]
    is_whole: bool
    mended: Mended = field(default_factory=Mended)


def check(site: Path, keys: Iterable[Verifier], *, repair: bool = False) -> Checked:
    """Compare the site in `site` (a baked folder, or one release) with its manifest; with `repair`, mend it.

    Raises `BakeRefused` when there is no such site, `BakeFailed` when it cannot be mended at all.
    """
    known = list(keys)
    baked = (site / CURRENT).is_symlink()
    if not baked and not (site / manifest.ROOT).is_file():
        raise BakeRefused(f"{site}：没有生成好的网站。请指明 mingtang bake 的输出文件夹。")
    if repair:
        if not baked:
            raise BakeRefused(f"{site}：恢复须有存档，请指明 mingtang bake 的输出文件夹，而不是其中一版。")
        return _mend(site, known)
    for _turn in range(TURNS):
        release = _served(site) if baked else site
        report = inspection.inspect(release, known)
        if not report.differences or not baked or _served(site) == release:
            return Checked(release.name, report.files, tuple(report.differences), not report.differences)
    with lock.alone(site, wait=True):
        release = _served(site)
        report = inspection.inspect(release, known)
    return Checked(release.name, report.files, tuple(report.differences), not report.differences)


def _served(site: Path) -> Path:
    target = (site / CURRENT).readlink()
    if len(target.parts) != 2 or target.parts[0] != RELEASES or not (site / target).is_dir():
        raise BakeRefused(f"{site / CURRENT} 没有指向任何一版网站（{target}）。请重新执行 mingtang bake。")
    return site / target


def _mend(site: Path, keys: list[Verifier]) -> Checked:
    try:
        with lock.alone(site, wait=True):
            release = _served(site)
            found = inspection.inspect(release, keys)
            mender = Mender(site, keys)
            after = mender.mend(found) if found.differences else found
            _mend_other(site, release, keys, mender)
    except OSError as error:
        raise BakeFailed(
            f"{error.filename or site}：{error.strerror}，未能恢复。请检查磁盘空间与权限后重试。"
        ) from error
    return Checked(release.name, after.files, tuple(found.differences), not after.differences, mender.mended)


def _mend_other(site: Path, served: Path, keys: list[Verifier], mender: Mender) -> None:
    """Mend the release out of which the next one will be made; its files may be those that were altered.

    One that a stopped bake left half way is mended by the next bake.
    """
    try:
        book = Book(site / FILE, manifest.shard_of, read_only=True)
    except sqlite3.Error:
        return
    try:
        if book.note("pending"):
            return
    finally:
        book.close()
    for other in sorted((site / RELEASES).iterdir()):
        if other != served and (other / manifest.ROOT).is_file():
            report = inspection.inspect(other, keys)
            if report.root is not None and report.differences:
                mender.mend_files(report)
