"""Baking: all pages, of one moment of the database, into a new release that then takes the former one's place."""

import contextlib
import errno
import shutil
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mingtang.portal import assets
from mingtang.portal.addresses import file_of, path_of
from mingtang.portal.bake import lock, release
from mingtang.portal.bake.errors import BakeFailed
from mingtang.portal.bake.manifest import Manifest
from mingtang.portal.bake.placing import Placed, place_bytes, place_stored
from mingtang.portal.bake.snapshot import unmoving
from mingtang.portal.rendering import render
from mingtang.portal.site import current_site
from mingtang.trace import pages
from mingtang.trace.models import Head
from mingtang.trace.pages import Page

#: Writing (comparing, hashing, the disk) goes on in one thread beside the rendering one; this many pages may wait.
WAITING = 64
#: Progress is told after this many pages.
TOLD_EVERY = 100

Progress = Callable[[int], None]


@dataclass(frozen=True)
class Baked:
    """What a bake made: the release's id, how many pages and other files it has, how many of both were those of the
    former release, the last event it knows, and a line for each stored file that could not be found."""

    release: str
    pages: int
    files: int
    reused: int
    events: int
    problems: tuple[str, ...]


def bake(
    out: Path, moment: datetime, *, full: bool = False, wait: bool = False, progress: Progress | None = None
) -> Baked:
    """Render every page of every source into a new release below `out` and swap it in.

    Files whose bytes are those of the former release are linked to them; `full` writes every file anew. `wait` waits
    for another bake of the same folder instead of raising `BakeRunning`. `progress` is told the number of pages now
    and then. Raises `BakeRefused` or `BakeFailed`; the former site is then untouched.
    """
    try:
        release.prepare(out)
        with lock.alone(out, wait=wait):
            release.clear_leftovers(out)
            unfinished = release.begin(out, moment)
            try:
                baked = _fill(unfinished, None if full else release.served(out), moment, progress or (lambda _: None))
                release.swap_in(out, unfinished)
            except BaseException:
                shutil.rmtree(unfinished, ignore_errors=True)
                raise
            # The new site is served; what cannot be removed now is a leftover for the next bake.
            with contextlib.suppress(OSError):
                release.prune(out)
    except OSError as error:
        raise BakeFailed(_line(out, error)) from error
    return baked


class _Filling:
    """A release while it is being filled: pages go through the writing thread, in order, and into the manifest."""

    def __init__(self, folder: Path, former: Path | None, manifest: Manifest, writer: ThreadPoolExecutor) -> None:
        self.folder = folder
        self.former = former
        self.manifest = manifest
        self.writer = writer
        self.waiting: deque[tuple[Future[Placed], frozenset[str]]] = deque()
        self.pages = self.files = self.reused = 0
        self.problems: dict[str, str] = {}

    def add_page(self, path: str, page: Page, body: bytes, tags: frozenset[str]) -> None:
        future = self.writer.submit(place_bytes, self.folder, self.former, file_of(path), body)
        self.waiting.append((future, tags))
        self.pages += 1
        self.settle(WAITING)
        for place, stored in page.files.items():
            try:
                placed = place_stored(self.folder, self.former, file_of(place), stored)
            except FileNotFoundError:
                self.problems[place] = f"/{path}：附件“{file_of(place)}”的文件已丢失，请重新上传或从备份恢复。"
            else:
                self._note_file(placed)

    def settle(self, left: int) -> None:
        """Note what the writing thread has done until at most `left` pages wait."""
        while len(self.waiting) > left:
            future, tags = self.waiting.popleft()
            placed = future.result()
            self.manifest.add(placed, tags)
            self.reused += placed.reused

    def add_assets(self, names: Iterable[str]) -> None:
        for name in sorted(names):
            self._note_file(place_bytes(self.folder, self.former, assets.path_of(name), assets.content(name)))

    def _note_file(self, placed: Placed | None) -> None:
        if placed:
            self.manifest.add(placed)
            self.files += 1
            self.reused += placed.reused


def _fill(folder: Path, former: Path | None, moment: datetime, progress: Progress) -> Baked:
    name = release.id_of(folder)
    with unmoving(), assets.noted() as names, ThreadPoolExecutor(1) as writer:
        events = Head.objects.values_list("seq", flat=True).get(pk=1)
        with Manifest(folder, name, moment, events) as manifest:
            filling = _Filling(folder, former, manifest, writer)
            for path, page, body, tags in _rendered():
                filling.add_page(path, page, body, tags)
                if filling.pages % TOLD_EVERY == 0:
                    progress(filling.pages)
            filling.settle(0)
            filling.add_assets(names)
    progress(filling.pages)
    return Baked(name, filling.pages, filling.files, filling.reused, events, tuple(filling.problems.values()))


def _rendered() -> Iterator[tuple[str, Page, bytes, frozenset[str]]]:
    """Every page with its path, bytes and tags; raises `BakeFailed` naming the page that cannot be made."""
    site = current_site()
    for source in pages.registered():
        path = source.route
        try:
            for arguments, page in source.pages():
                path = path_of(source.route, arguments)
                yield path, page, render(page, path, site), page.tags | site.tags
        except Exception as error:
            raise BakeFailed(f"页面 /{path} 未能生成（{type(error).__name__}：{error}）。网站保持原样。") from error


def _line(out: Path, error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return f"{out} 所在磁盘空间不足，未能生成；网站保持原样。请腾出空间后重试。"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"没有权限写入 {error.filename or out}；网站保持原样。请检查文件夹的属主与权限。"
    if isinstance(error, FileExistsError):
        return f"两个页面有相同的地址：{error.filename}；网站保持原样。请报告此问题。"
    return f"写入 {error.filename or out} 时出错（{error.strerror}）；网站保持原样。"
