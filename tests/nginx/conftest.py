"""A baked demo instance with its application and nginx in front, and a client that shows answers as they come."""

import http.client
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.servers.demo import MakeInstance
from tests.servers.mingtang import Instance
from tests.servers.nginx import Nginx


@dataclass(frozen=True)
class Answer:
    """Status, headers (names in lower case) and body of one answer, nothing followed and nothing decoded."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as the text it is."""
        return self.body.decode()


def ask(url: str, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
    """One request on a connection of its own; `_` in the names of headers stands for `-`."""
    host, _, port = url.removeprefix("http://").partition(":")
    link = http.client.HTTPConnection(host, int(port), timeout=60)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        link.request(method, path, body=body, headers=named)
        found = link.getresponse()
        return Answer(found.status, {name.lower(): value for name, value in found.getheaders()}, found.read())
    finally:
        link.close()


@pytest.fixture(scope="package")
def demo(instance: MakeInstance) -> Instance:
    """A demo instance, baked and served; its own worker has nothing to bake meanwhile."""
    made = instance(served=False)
    done = made.run("bake", str(made.home / "site"))
    assert done.returncode == 0, done.stderr
    made.start()
    return made


@pytest.fixture(scope="package")
def nginx(demo: Instance, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    """nginx in front of it, with brotli where Debian's module is installed."""
    server = Nginx(tmp_path_factory.mktemp("nginx"), demo)
    server.configure()
    yield server.start()
    server.stop()
