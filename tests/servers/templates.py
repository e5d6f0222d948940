"""Instances prepared once a run, by whichever worker asks first, and copied for each use: setting one up is slow."""

import fcntl
import os
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import pytest

from tests.servers.mingtang import Instance
from tests.servers.postgres import create_database

Fill = Callable[[Instance], None]
Kind = TypeVar("Kind", bound=Instance)


def set_up(instance: Instance) -> None:
    """What `mingtang setup` makes: the template below all others."""
    done = instance.run("setup")
    if done.returncode:
        pytest.fail(f"mingtang setup 以 {done.returncode} 结束：\n{done.stdout}\n{done.stderr}")


class Templates:
    """The templates of one run, in a folder that its workers share; databases of templates lie beside their copies."""

    def __init__(self, folder: Path, run: str, worker: str) -> None:
        self.folder, self.run, self.worker = folder, run, worker
        self.copies = 0

    def copy(self, name: str, fill: Fill, home: Path, server_url: str | None, kind: type[Kind]) -> Kind:
        """A copy in `home` of the template `name`, which is what `fill` makes of an instance that was set up.

        `server_url` names the server that keeps its database; None keeps it on SQLite in the folder.
        """
        template = self._prepared(name, fill, server_url)
        self.copies += 1
        return self._copied(template, home, server_url, f"{template}_{self.worker}_{self.copies}", kind)

    def _prepared(self, name: str, fill: Fill, server_url: str | None) -> str:
        """The full name of the template, made now if nobody made it: one of the workers does, the others wait."""
        server = sha256(server_url.encode()).hexdigest()[:6] if server_url else "sqlite"
        template = f"mt_{self.run}_{server}_{name}"
        if fill is not set_up:
            self._prepared("setup", set_up, server_url)
        with (self.folder / f"{template}.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (self.folder / f"{template}.ready").exists():
                self._make(template, f"mt_{self.run}_{server}_setup", fill, server_url)
                (self.folder / f"{template}.ready").touch()
        return template

    def _make(self, template: str, base: str, fill: Fill, server_url: str | None) -> None:
        home = self.folder / template
        if fill is set_up:
            first = Instance(home, create_database(server_url, template) if server_url else None)
        else:
            first = self._copied(base, home, server_url, template, Instance)
        fill(first)

    def _copied(self, template: str, home: Path, server_url: str | None, database: str, kind: type[Kind]) -> Kind:
        shutil.copytree(self.folder / template, home, symlinks=True)
        return kind(home, create_database(server_url, database, template) if server_url else None)


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    """The run's templates."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    base = tmp_path_factory.getbasetemp()
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))[:12]
    return Templates(base.parent if worker else base, run, worker or "gw")
