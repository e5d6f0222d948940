"""While readers come one after another, nginx takes over a configuration and the site changes: nobody notices."""

import gzip
import http.client
import itertools
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.servers.mingtang import Instance
from tests.servers.nginx import Nginx

READERS = 4


class Load:
    """Readers that ask for pages until told to stop; `faults` is what any of them met that was not right."""

    def __init__(
        self, port: int, paths: list[str], check: Callable[[str, int, dict[str, str], bytes], str], pause: float = 0
    ) -> None:
        self.port, self.paths, self.check, self.pause = port, paths, check, pause
        self.count, self.faults = 0, list[str]()
        self._stop = threading.Event()
        self._lock = threading.Lock()

    def read(self, number: int) -> None:
        """One reader; every other one keeps its connection, and asks again when it was closed while idle."""
        link, fresh = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20), True
        for path in itertools.cycle(self.paths):
            if self._stop.wait(self.pause):
                break
            try:
                link.request("GET", path, headers={"Accept-Encoding": "gzip" if number % 2 else "identity"})
                answer = link.getresponse()
                headers = {name.lower(): value for name, value in answer.getheaders()}
                fault = self.check(path, answer.status, headers, answer.read())
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError) as error:
                fault, again = f"{path}: {error!r}", not fresh
                link.close()
                if again:  # what every browser does with a kept connection
                    fresh = True
                    continue
            except OSError as error:
                fault = f"{path}: {error!r}"
                link.close()
            fresh = number < READERS / 2
            if fresh:
                link.close()
            with self._lock:
                self.count += 1
                if fault:
                    self.faults.append(fault)
        link.close()

    @contextmanager
    def running(self) -> Iterator[None]:
        """Let the readers read meanwhile."""
        threads = [threading.Thread(target=self.read, args=(number,)) for number in range(READERS)]
        for each in threads:
            each.start()
        try:
            yield
        finally:
            self._stop.set()
            for each in threads:
                each.join()


def test_a_reload_loses_no_request(demo: Instance, nginx: Nginx) -> None:
    pages = {path: (demo.home / "site/current" / file).read_bytes() for path, file in
             (("/", "index.html"), ("/about/", "about/index.html"), ("/columns/", "columns/index.html"))}  # fmt: skip

    def whole(path: str, status: int, headers: dict[str, str], body: bytes) -> str:
        plain = gzip.decompress(body) if headers.get("content-encoding") == "gzip" else body
        return "" if (status, plain) == (200, pages[path]) else f"{path}: {status}, {len(body)} bytes"

    load = Load(nginx.port, list(pages), whole)
    with load.running():
        for _ in range(4):
            time.sleep(0.4)
            nginx.reload()
        time.sleep(0.4)
    assert load.faults == []
    assert load.count > 200


@pytest.fixture
def two_releases(tmp_path: Path) -> Path:
    """A site of two releases, in which every byte of every page says of which release it is."""
    for name in "ab":
        for number in range(5):
            folder = tmp_path / "site/releases" / name / f"page-{number}"
            folder.mkdir(parents=True)
            page = name.encode() * (60_000 if name == "a" else 50_000)
            (folder / "index.html").write_bytes(page)
            (folder / "index.html.gz").write_bytes(gzip.compress(page))
    (tmp_path / "site/current").symlink_to("releases/a")
    return tmp_path / "site"


def test_a_change_of_release_shows_each_page_whole(demo: Instance, two_releases: Path, tmp_path: Path) -> None:
    def of_one_release(path: str, status: int, headers: dict[str, str], body: bytes) -> str:
        if status != 200:
            return f"{path}: {status}"
        if headers.get("content-encoding") == "gzip":
            body = gzip.decompress(body)
        seen.add(len(body))
        return "" if body in (b"a" * 60_000, b"b" * 50_000) else f"{path}: mixed"

    seen: set[int] = set()
    server = Nginx(tmp_path / "nginx", demo, "--site", str(two_releases))
    server.configure()
    server.start()
    try:
        load = Load(server.port, [f"/page-{number}/" for number in range(5)], of_one_release)
        with load.running():
            until = time.monotonic() + 2
            for number in itertools.count():
                link = two_releases / ".next"
                link.symlink_to(f"releases/{'ba'[number % 2]}")
                link.replace(two_releases / "current")
                time.sleep(0.002)
                if time.monotonic() > until:
                    break
    finally:
        server.stop()
    assert load.faults == []
    assert number > 100 and load.count > 100
    assert len(seen) == 2, "readers saw both releases"


def test_a_bake_is_not_noticed_by_readers(demo: Instance, nginx: Nginx) -> None:
    site = (demo.home / "site/current").resolve()
    gone = {each.parent.name for each in site.glob(".gone/records/*/index.html")}
    slugs = [each.parent.name for each in sorted(site.glob("records/*/index.html")) if each.parent.name not in gone]
    paths = ["/", *(f"/records/{slug}/" for slug in slugs[:20])]

    def is_a_page(path: str, status: int, headers: dict[str, str], body: bytes) -> str:
        plain = gzip.decompress(body) if headers.get("content-encoding") == "gzip" else body
        whole = plain.startswith(b"<!DOCTYPE html>") and plain.rstrip().endswith(b"</html>")
        return "" if status == 200 and whole else f"{path}: {status}, {len(body)} bytes"

    load = Load(nginx.port, paths, is_a_page, pause=0.02)  # the baker needs the machine too
    with load.running():
        done = demo.run("bake", str(demo.home / "site"), "--full")
    assert done.returncode == 0, done.stderr
    assert load.faults == []
