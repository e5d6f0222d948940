"""Baking: bring the baked site to what the database says, by a step where that is possible, else whole."""

import errno
import sqlite3
from collections.abc import Callable
from datetime import datetime
from itertools import chain, islice
from pathlib import Path

from django.db import connection

from mingtang.portal.bake import closing, crew, lock, manifest, release
from mingtang.portal.bake.baked import Baked
from mingtang.portal.bake.book import FILE, Book
from mingtang.portal.bake.errors import BadObject, BakeFailed
from mingtang.portal.bake.step import bake_step
from mingtang.portal.bake.whole import Order, bake_whole, settle
from mingtang.trace import pages

#: From so many pages on, several processes are worth their start.
MANY = 1500

Progress = Callable[[int], None]


def bake(
    out: Path,
    moment: datetime,
    *,
    full: bool = False,
    wait: bool = False,
    thorough: bool = True,
    processes: int | None = None,
    progress: Progress | None = None,
) -> Baked:
    """Bring the site below `out` to what the database says and switch to it.

    `full` writes every file anew. `wait` waits for another bake of the same folder instead of raising `BakeRunning`.
    `thorough` also finds pages that came and went without an act in the event stream. `processes` make pages side by
    side (default: one for each processor, where the site is large). `progress` is told the number of pages now and
    then. Raises `BakeRefused` or `BakeFailed`; the former site is then untouched.
    """
    tell = progress or (lambda _count: None)
    try:
        release.prepare(out)
        with lock.alone(out, wait=wait):
            release.clear_leftovers(out)
            return _bake(out, moment, full=full, thorough=thorough, processes=processes, tell=tell)
    except OSError as error:
        raise BakeFailed(_line(out, error)) from error
    except BadObject as error:
        raise BakeFailed(f"{error}网站保持原样；请执行 mingtang bake {out} --full 全部重新写出。") from error
    except sqlite3.Error as error:
        raise BakeFailed(_line_of_book(out, error)) from error


def _bake(out: Path, moment: datetime, *, full: bool, thorough: bool, processes: int | None, tell: Progress) -> Baked:
    closing.signer()  # makes the first key where there is none yet, so that the pages that show it find it
    book = _open(out)
    try:
        settle(book, out)
        served = release.served(out)
        if served is not None and not full and book.note("served") == served.name:
            baked = bake_step(out, book, served, moment, thorough=thorough, progress=tell)
            if baked is not None:
                return baked
        return bake_whole(Order(out, moment, full, processes or _processes(), tell), book, served)
    finally:
        book.close()


def _open(out: Path) -> Book:
    """The book; one that cannot be read is put aside, and a whole bake writes it anew."""
    place = out / FILE
    try:
        return Book(place, manifest.shard_of)
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorname", "") not in ("SQLITE_NOTADB", "SQLITE_CORRUPT", "SQLITE_ERROR"):
            raise
    for name in (FILE, f"{FILE}-wal", f"{FILE}-shm"):
        (out / name).unlink(missing_ok=True)
    return Book(place, manifest.shard_of)


def _processes() -> int:
    """One for each processor; this one alone for a small site, or inside a transaction that others do not see."""
    if connection.in_atomic_block:
        return 1
    many = islice(chain.from_iterable(source.arguments() for source in pages.registered()), MANY)
    return crew.size_of_machine() if sum(1 for _page in many) == MANY else 1


def _line(out: Path, error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return f"{out} 所在磁盘空间不足，未能生成；网站保持原样。请腾出空间后重试。"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"没有权限写入 {error.filename or out}；网站保持原样。请检查文件夹的属主与权限。"
    return f"写入 {error.filename or out} 时出错（{error.strerror}）；网站保持原样。"


def _line_of_book(out: Path, error: sqlite3.Error) -> str:
    name = getattr(error, "sqlite_errorname", "")
    if name == "SQLITE_FULL" or name.startswith("SQLITE_IOERR"):
        return f"{out} 所在磁盘空间不足或不可写，未能生成；网站保持原样。请腾出空间后重试。"
    if name.startswith("SQLITE_READONLY"):
        return f"没有权限写入 {out / FILE}；网站保持原样。请检查文件夹的属主与权限。"
    return f"烘焙台账 {out / FILE} 不可用（{error}）；网站保持原样。可删除该文件后重新生成。"
