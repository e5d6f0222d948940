"""The folder of a local index: generations side by side, one link that says which is served, one lock for writers."""

import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from uuid import uuid4

from django.utils.translation import gettext as _

from mingtang.search.errors import IndexBusy, IndexMissing
from mingtang.search.index import Place, State

CURRENT, STATE = "current", "state.json"
#: Seconds that a writer waits for another one.
PATIENCE = 120.0


class Folder:
    """`root` is made when something is first written to it.

    Locks are those of the operating system: they end with the process that holds them, however it ends, so that a
    lock file left behind keeps nobody out.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def served(self) -> Path:
        """The generation that is served. Raises `IndexMissing`."""
        try:
            return self.root / (self.root / CURRENT).readlink()
        except OSError:
            raise IndexMissing(_("检索索引尚未建立：请执行 mingtang search rebuild。")) from None

    def state(self, generation: Path) -> State:
        """What is noted of a generation. Raises `IndexMissing` when the note is absent or cannot be read."""
        try:
            noted = json.loads((generation / STATE).read_text(encoding="utf-8"))
            place = Place(**noted.pop("place"))
            return State(**noted | {"place": place, "lexicon": tuple(noted["lexicon"])})
        except (OSError, ValueError, TypeError, KeyError):
            raise IndexMissing(_("检索索引已损坏：请执行 mingtang search rebuild。")) from None

    def note(self, generation: Path, state: State) -> None:
        """Keep the state of a generation, whole or not at all."""
        fresh = generation / f"{STATE}.new"
        with fresh.open("w", encoding="utf-8") as file:
            json.dump(asdict(state), file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(generation / STATE)

    def begin(self) -> Path:
        """An empty folder for a new generation; what earlier attempts left is removed. Call it as the builder."""
        self.sweep()
        generation = self.root / uuid4().hex[:12]
        generation.mkdir(mode=0o750)
        return generation

    def switch(self, generation: Path) -> None:
        """Let a generation be served from now on."""
        fresh = self.root / f"{CURRENT}.new"
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(generation.name)
        fresh.replace(self.root / CURRENT)

    def sweep(self) -> None:
        """Remove every generation but the one that is served; who still reads an open file of it may go on."""
        try:
            kept = self.served().name
        except IndexMissing:
            kept = ""
        for path in self.root.iterdir():
            if path.is_dir() and not path.is_symlink() and path.name != kept:
                shutil.rmtree(path, ignore_errors=True)

    @contextmanager
    def alone(self, name: str, patience: float = PATIENCE) -> Iterator[None]:
        """Hold the lock `name` (`write` or `build`). Raises `IndexBusy` after `patience` seconds."""
        self.root.mkdir(mode=0o750, parents=True, exist_ok=True)
        with (self.root / f"{name}.lock").open("a") as file:
            give_up = time.monotonic() + patience
            while True:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() > give_up:
                        raise IndexBusy(_("另一个进程正在写检索索引，请稍后再试。")) from None
                    time.sleep(0.02)
            yield
