"""`mingtang serve` answers, stays small, keeps its worker, refuses clearly and ends when told."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.operations.installation import Installation
from tests.servers.mingtang import COMMAND


def resident_megabytes(pid: int) -> float:
    """VmRSS of a process."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) / 1024


def children(pid: int) -> list[int]:
    """Processes that a process started."""
    return [int(child) for task in Path(f"/proc/{pid}/task").glob("*/children") for child in task.read_text().split()]


def alive(pid: int) -> bool:
    """Whether a process runs (a zombie does not)."""
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False


def until(condition, seconds: float = 20) -> bool:
    """Wait for a condition."""
    give_up = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > give_up:
            return False
        time.sleep(0.1)
    return True


def fetch(url: str) -> tuple[int, str]:
    """Status and text of a page."""
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_it_answers_with_the_sign_in_page_and_its_styles_and_stays_under_300_mb(installation: Installation) -> None:
    installation.start()
    status, page = fetch(installation.url + "/desk/login/")
    assert status == 200
    styles = re.search(r'href="(/static/signin/signin\.[0-9a-f]+\.css)"', page)
    assert styles, "the style sheet carries a hash of its content in its name"
    with urllib.request.urlopen(installation.url + styles[1]) as answer:
        assert "immutable" in answer.headers["Cache-Control"]
    for _ in range(30):
        fetch(installation.url + "/desk/login/")
    assert resident_megabytes(installation.process.pid) < 300
    assert [resident_megabytes(pid) < 300 for pid in children(installation.process.pid)] == [True]


def test_sigterm_ends_server_and_worker_in_good_order(installation: Installation) -> None:
    installation.start()
    server = installation.process
    (worker,) = children(server.pid)
    assert until(lambda: list((installation.home / "run").glob("*.lock")))
    server.terminate()
    assert server.wait(15) == 0
    assert until(lambda: not alive(worker))
    assert list((installation.home / "run").glob("*.lock")) == []


def test_a_worker_that_dies_is_started_again(installation: Installation) -> None:
    installation.start()
    (worker,) = children(installation.process.pid)
    os.kill(worker, signal.SIGKILL)
    assert until(lambda: (found := children(installation.process.pid)) and found != [worker])


def test_a_worker_does_not_outlive_a_killed_server(installation: Installation) -> None:
    installation.start()
    (worker,) = children(installation.process.pid)
    assert until(lambda: list((installation.home / "run").glob("*.lock")))
    installation.process.kill()  # the server alone, not its group
    installation.process.wait()
    assert until(lambda: not alive(worker))


def test_a_port_in_use_is_refused_in_one_line(installation: Installation) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = installation.run("serve", "--port", str(port), timeout=30)
    assert done.returncode == 2
    assert done.stderr.strip() == f"127.0.0.1:{port} 已被占用：请停止占用它的程序，或用 --port 换一个端口。"


def test_an_instance_that_was_never_set_up_is_refused_in_one_line(tmp_path: Path) -> None:
    done = Installation(tmp_path / "nowhere").run("serve", timeout=30)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "mingtang setup" in done.stderr


def test_a_database_that_is_away_is_named_in_one_line(tmp_path: Path) -> None:
    away = Installation(tmp_path / "home", "postgresql://nobody:geheim@127.0.0.1:1/nothing")
    done = away.run("serve", timeout=60)
    assert done.returncode == 2
    assert "连不上数据库" in done.stderr
    assert done.stderr.count("\n") == 1
    assert "geheim" not in done.stderr


def test_set_up_twice_changes_nothing(installation: Installation) -> None:
    before = {place: place.stat().st_mtime_ns for place in (installation.home / "static").rglob("*")}
    done = installation.run("setup")
    assert done.returncode == 0
    assert "数据库结构已是最新，界面文件未变" in done.stdout
    assert {place: place.stat().st_mtime_ns for place in (installation.home / "static").rglob("*")} == before


def test_what_an_instance_keeps_is_closed_to_other_accounts(installation: Installation) -> None:
    installation.start()
    loose = [place for place in (installation.home, *installation.home.iterdir()) if place.stat().st_mode & 0o007]
    assert [place.name for place in loose if place.name != "serve.log"] == []


def test_a_slow_client_does_not_hold_up_others(installation: Installation) -> None:
    installation.start()
    with contextlib.ExitStack() as stack:
        for _ in range(20):  # more than there are threads
            slow = stack.enter_context(socket.create_connection(("127.0.0.1", installation.port)))
            slow.sendall(b"POST /desk/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nhalf")
        began = time.monotonic()
        status, _ = fetch(installation.url + "/desk/login/")
        assert status == 200
        assert time.monotonic() - began < 5


def test_the_version_of_the_server_is_not_told(installation: Installation) -> None:
    installation.start()
    with urllib.request.urlopen(installation.url + "/desk/login/") as answer:
        assert answer.headers["Server"] is None


def test_json_for_programs(installation: Installation) -> None:
    with subprocess.Popen(
        [COMMAND, "serve", "--format", "json", "--no-worker", "--port", str(installation.port)],
        env=installation.environment, stdout=subprocess.PIPE, text=True,
    ) as server:  # fmt: skip
        assert server.stdout.readline() == "{\n"
        assert f"http://127.0.0.1:{installation.port}/desk/" in server.stdout.readline() + server.stdout.readline()
        server.send_signal(signal.SIGINT)
        assert server.wait(15) == 0
