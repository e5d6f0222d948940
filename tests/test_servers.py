"""The servers that tests rely on are really there: a missing one fails the run, it does not thin it."""

import os
import pwd
import subprocess
import sys
from pathlib import Path

import psycopg

from tests.servers.chromium import OpenPage
from tests.servers.postgres import PostgresServer


def test_postgresql_of_the_run_answers_on_a_short_socket(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        (directories,) = connection.execute("SHOW unix_socket_directories").fetchone()
        (addresses,) = connection.execute("SHOW listen_addresses").fetchone()
    assert addresses == "", "it must not listen on the network"
    assert len(f"{directories}/.s.PGSQL.5432") < 107


def test_postgresql_never_runs_as_root(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        (folder,) = connection.execute("SHOW data_directory").fetchone()
    owner = Path(folder).stat().st_uid
    assert owner != 0
    assert owner == (pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else os.geteuid())


def test_a_failing_command_beside_postgresql_fails_and_leaves_no_server_behind(tmp_path: Path) -> None:
    note = tmp_path / "url"
    script = (
        f"import os, pathlib; pathlib.Path({str(note)!r}).write_text(os.environ['DATABASE_URL']); raise SystemExit(7)"
    )
    done = subprocess.run([sys.executable, "-m", "tests.servers.postgres", sys.executable, "-c", script], check=False)
    assert done.returncode == 7
    folder = note.read_text().partition("@")[2].partition("/")[0].replace("%2F", "/")
    assert folder.startswith("/tmp/mt-pg-")
    assert not Path(folder).exists()


def test_a_stopped_server_is_gone() -> None:
    server = PostgresServer()
    server.start()
    process = server.process
    server.stop()
    assert process is not None
    assert process.poll() is not None
    assert not server.folder.exists()


def test_chromium_draws_chinese_in_a_real_font(open_page: OpenPage) -> None:
    page = open_page(width=390)
    page.set_content("<p lang=zh><span id=a>政务公开</span></p><p lang=zh><span id=b>\U000f0000\U000f0000</span></p>")
    chinese = page.locator("#a").bounding_box()
    assert chinese is not None
    assert chinese["width"] > 3.5 * 16, "four full-width characters at 16 px"
    assert page.evaluate("document.fonts.check('16px \"Noto Sans CJK SC\"')")
