"""An installation without demo data, set up once by the real command and copied for each test."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.operations.installation import ACCOUNTS, Installation
from tests.servers.postgres import create_database

Make = Callable[[Path, str | None], Installation]


@pytest.fixture(scope="session")
def make_installation(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Copies of an instance that `mingtang setup` made, with accounts: in a folder, on a server or on SQLite."""
    prepared: dict[str | None, tuple[Path, str]] = {}

    def make(home: Path, server_url: str | None) -> Installation:
        if server_url not in prepared:
            template = f"installation_{os.getpid()}_{len(prepared)}"
            folder = tmp_path_factory.mktemp("prepared") / "home"
            first = Installation(folder, create_database(server_url, template) if server_url else None)
            done = first.run("setup")
            assert done.returncode == 0, done.stderr
            first.python(ACCOUNTS)
            prepared[server_url] = (folder, template)
        folder, template = prepared[server_url]
        shutil.copytree(folder, home, symlinks=True)
        name = f"{template}_{home.parent.name[:40]}"
        return Installation(home, create_database(server_url, name, template) if server_url else None)

    return make


@pytest.fixture
def installation(make_installation: Make, tmp_path: Path) -> Iterator[Installation]:
    """An installation on the run's kind of database, not yet served; whatever is started ends with the test."""
    one = make_installation(tmp_path / "home", os.environ.get("DATABASE_URL"))
    yield one
    one.kill()
