"""An installation without demo data, set up once by the real command and copied for each test."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.operations.installation import Installation, open_accounts
from tests.servers.templates import Templates

Make = Callable[[Path, str | None], Installation]


@pytest.fixture(scope="session")
def make_installation(templates: Templates) -> Make:
    """Copies of an instance that `mingtang setup` made, with accounts: in a folder, on a server or on SQLite."""

    def make(home: Path, server_url: str | None) -> Installation:
        return templates.copy("accounts", open_accounts, home, server_url, Installation)

    return make


@pytest.fixture
def installation(make_installation: Make, tmp_path: Path) -> Iterator[Installation]:
    """An installation on the run's kind of database, not yet served; whatever is started ends with the test."""
    one = make_installation(tmp_path / "home", os.environ.get("DATABASE_URL"))
    yield one
    one.kill()
