"""Demo instances for the tests: built once a run by the real command, copied for each caller, served on request."""

import os
from collections.abc import Callable, Iterator

import pytest

from tests.servers.mingtang import Instance
from tests.servers.templates import Templates

MakeInstance = Callable[..., Instance]


@pytest.fixture(scope="session")
def instance(tmp_path_factory: pytest.TempPathFactory, templates: Templates) -> Iterator[MakeInstance]:
    """`instance(records=30, seed=1, served=True)`: a demo instance of its own.

    Where the run has a `DATABASE_URL`, each instance gets a database of its own on that server, else a SQLite file in
    its folder.
    """
    made: list[Instance] = []

    def make(records: int = 30, seed: int = 1, served: bool = True) -> Instance:
        def fill(demo: Instance) -> None:
            done = demo.run("demo", "--records", str(records), "--seed", str(seed))
            if done.returncode:
                pytest.fail(f"mingtang demo 以 {done.returncode} 结束：\n{done.stdout}\n{done.stderr}")

        name, home = f"demo_{records}_{seed}", tmp_path_factory.mktemp("demo") / "home"
        made.append(templates.copy(name, fill, home, os.environ.get("DATABASE_URL"), Instance))
        if served:
            made[-1].start()
        return made[-1]

    yield make
    for each in made:
        each.kill()
