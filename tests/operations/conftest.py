"""An installation without demo data, set up once by the real command and copied for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.operations.installation import ACCOUNTS, Installation


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an instance that `mingtang setup` made and to which two accounts were added."""
    home = tmp_path_factory.mktemp("prepared") / "home"
    made = Installation(home)
    done = made.run("setup")
    assert done.returncode == 0, done.stderr
    made.python(ACCOUNTS)
    return home


@pytest.fixture
def installation(prepared: Path, tmp_path: Path) -> Iterator[Installation]:
    """A copy of the prepared instance on SQLite, not yet served; whatever is started ends with the test."""
    home = tmp_path / "home"
    shutil.copytree(prepared, home, symlinks=True)
    one = Installation(home)
    yield one
    one.kill()
