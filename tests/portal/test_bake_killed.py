"""A bake that is cut off anywhere, or finds no room, leaves the served site whole, and the next one succeeds."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connections

from mingtang.portal.bake import BakeFailed, bake, lock, manifest
from tests.portal import town
from tests.servers.mingtang import Instance
from tests.servers.templates import Templates, set_up

ROOT = Path(__file__).parents[2]
#: A process that bakes in a child of its own for every line it is given ("folder limit room mode"): the child is
#: killed, as by a power cut, at the Nth opening, renaming, linking, making or removing of something below the folder
#: or transaction of the book, and no file of it may grow beyond `room` bytes. In mode "step" a record is given a new
#: title before, with its event; in mode "humble" too, and the child, also root's, is bound by what files permit.
#: Answers with the child's wait status and what it said.
PROGRAM = """
import ctypes, json, os, resource, signal, sys
from datetime import UTC, datetime
from pathlib import Path

import django

django.setup()
from django.db import connections, transaction
from mingtang.portal.bake import bake, book
from mingtang.records.models import Record
from mingtang.trace import actions

ACTS = {"open", "os.rename", "os.link", "os.symlink", "os.mkdir", "os.remove", "os.rmdir"}
turn = 0
seen = 0
limit = 0


def step():
    global seen
    seen += 1
    if seen == limit:
        os.kill(os.getpid(), signal.SIGKILL)


def obey_permissions():
    # Linux's capabilities 1 and 2, by which root reads and writes what it may not, are laid down (version 3 of capset).
    header, facts = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    libc = ctypes.CDLL(None, use_errno=True)
    assert libc.capget(header, facts) == 0
    facts[0] &= ~0b110
    assert libc.capset(header, facts) == 0


def child(out, room, mode, said):
    def watch(event, arguments):
        places = [str(each) for each in arguments if isinstance(each, (str, os.PathLike))]
        if event in ACTS and any(place.startswith(out) for place in places):
            step()

    begin, end = book.Transaction.__enter__, book.Transaction.__exit__
    book.Transaction.__enter__ = lambda self: (step(), begin(self))[1]
    book.Transaction.__exit__ = lambda self, *said: (step(), end(self, *said), step())[1]
    sys.addaudithook(watch)
    if mode == "humble":
        obey_permissions()
    if room:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    try:
        moment = datetime(2022, 7, 1, 0, turn // 60, turn % 60, tzinfo=UTC)
        bake(Path(out), moment, full=mode == "full", thorough=False, processes=1)
        os.write(said, str(seen).encode())
        os._exit(0)
    except BaseException as error:
        os.write(said, f"{type(error).__name__} {error}".encode())
        os._exit(1)


def publish():
    record = Record.objects.get(slug="yl-2022-00003")
    with transaction.atomic():
        Record.objects.filter(pk=record.pk).update(title=f"第{turn}次的标题")
        actions.record("records.changed", record, actor="system:test", moment=datetime(2022, 7, 1, tzinfo=UTC))
    connections.close_all()


for line in sys.stdin:
    out, at, room, mode = line.split()
    turn += 1
    limit = int(at)
    if mode in ("step", "humble"):
        publish()
    hear, said = os.pipe()
    pid = os.fork()
    if pid == 0:
        child(out, int(room), mode, said)
    os.close(said)
    words = os.read(hear, 10_000).decode()
    os.close(hear)
    print(json.dumps([os.waitpid(pid, 0)[1], words, turn]), flush=True)
"""
BUILD = """
import django; django.setup()
from tests.portal import town
built = town.build(4)
town.attach(built["records"][1], "统计数据.csv", b"1,2,3\\n" * 20_000)
"""

Oven = Callable[..., tuple[int, str, int]]
PAGE = "records/yl-2022-00003/index.html"


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory, templates: Templates) -> dict[str, str]:
    """The environment of a small SQLite instance of its own."""
    home = templates.copy("setup", set_up, tmp_path_factory.mktemp("killed") / "home", None, Instance).home
    environment = os.environ | {"MINGTANG_HOME": str(home), "DJANGO_SETTINGS_MODULE": "mingtang.config.settings"}
    environment.pop("DATABASE_URL", None)
    subprocess.run([sys.executable, "-c", BUILD], env=environment, check=True, cwd=ROOT)
    return environment


@pytest.fixture(scope="module")
def oven(environment: dict[str, str]) -> Iterator[Oven]:
    """`oven(out, limit=0, room=0, mode="again")` bakes; gives exit code (or -signal), last words, and the turn."""
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stdin
    assert process.stdout

    def run(out: Path, limit: int = 0, room: int = 0, mode: str = "again") -> tuple[int, str, int]:
        print(out, limit, room, mode, file=process.stdin, flush=True)
        status, words, turn = json.loads(process.stdout.readline())
        return os.waitstatus_to_exitcode(status), words, turn

    yield run
    process.stdin.close()
    process.wait(20)


def spread(steps: int, points: int = 16) -> list[int]:
    """The first step, the last, and as many between as make `points`, evenly apart."""
    return [1 + round(number * (steps - 1) / (points - 1)) for number in range(points)]


def assert_whole(out: Path) -> dict[str, str]:
    """The served release is exactly what its manifest says; returns path → digest."""
    release = (out / "current").resolve(strict=True)
    listed = {path: copy.sha256 for path, copy in manifest.read(release).items()}
    present = {
        path: hashlib.sha256(each.read_bytes()).hexdigest()
        for each in release.rglob("*")
        if each.is_file() and not (path := str(each.relative_to(release))).startswith(manifest.FOLDER)
    }
    assert present == listed
    return listed


def title(out: Path) -> str:
    """The title of the record that is changed."""
    return (out / "current" / PAGE).read_text(encoding="utf-8").partition("<title>")[2].partition("</title>")[0]


def test_killed_at_any_point_of_a_whole_bake_the_site_is_whole_and_the_next_bake_succeeds(
    oven: Oven, tmp_path: Path
) -> None:
    out = tmp_path / "site"
    assert oven(out)[0] == 0
    good = assert_whole(out)
    code, steps, _turn = oven(out, mode="full")
    assert code == 0, steps
    assert int(steps) > 200
    for point in spread(int(steps), 6):
        code, words, _turn = oven(out, point, mode="full")
        assert code == -signal.SIGKILL, words
        assert assert_whole(out) == good, point
        code, words, _turn = oven(out, mode="full")  # goes on with what the killed one has made
        assert code == 0, words
        assert assert_whole(out) == good, point
    assert [each.name for each in (out / "releases").iterdir() if each.name.startswith(".")] == [".spare"]
    assert sorted(each.name for each in out.iterdir()) == [".lock", "book.sqlite3", "current", "releases", "store"]


def test_killed_at_any_point_of_a_step_the_site_is_whole_and_the_next_steps_show_the_newest(
    oven: Oven, tmp_path: Path
) -> None:
    out = tmp_path / "site"
    assert oven(out)[0] == 0
    code, steps, _turn = oven(out, mode="step")
    assert code == 0, steps
    assert int(steps) > 60
    for point in spread(int(steps) - 10, 10):
        before = title(out)
        code, words, turn = oven(out, point, mode="step")
        assert code == -signal.SIGKILL, words
        assert_whole(out)
        assert title(out) == before or f"第{turn}次" in title(out), point
        for _release in range(2):  # both releases are made out of what the killed bake left
            code, words, turn = oven(out, mode="step")
            assert code == 0, words
            assert_whole(out)
            assert f"第{turn}次" in title(out), point
    assert len(list((out / "releases").iterdir())) == 2


def test_killed_in_the_very_first_bake_there_is_no_site_and_the_next_one_goes_on(oven: Oven, tmp_path: Path) -> None:
    out = tmp_path / "site"
    whole = int(oven(tmp_path / "other")[1])
    assert oven(out, whole // 2)[0] == -signal.SIGKILL
    assert not (out / "current").exists()
    code, steps, _turn = oven(out)
    assert code == 0
    assert int(steps) < whole * 0.8
    assert assert_whole(out) == assert_whole(tmp_path / "other")


def test_a_full_disk_leaves_the_former_site_and_says_so(oven: Oven, tmp_path: Path) -> None:
    out = tmp_path / "site"
    assert oven(out)[0] == 0
    good, served = assert_whole(out), (out / "current").readlink()
    code, words, _turn = oven(out, room=50_000, mode="full")  # the large file must be written anew
    assert code == 1
    assert words.startswith("BakeFailed")
    assert "磁盘空间不足" in words
    assert (out / "current").readlink() == served
    assert assert_whole(out) == good
    assert not (out / "releases/.unfinished").exists()
    assert oven(out, mode="full")[0] == 0
    assert assert_whole(out) == good


def test_a_step_that_finds_no_room_or_may_not_write_leaves_the_former_site_and_the_next_one_shows_both(
    oven: Oven, tmp_path: Path
) -> None:
    out = tmp_path / "site"
    assert oven(out)[0] == 0
    good, served = assert_whole(out), (out / "current").readlink()
    code, words, _turn = oven(out, room=4_000, mode="step")  # not even one page fits
    assert (code, words.partition(" ")[0]) == (1, "BakeFailed")
    assert "磁盘空间不足" in words
    folders = [each for each in (out / "store", *(out / "store").iterdir()) if each.is_dir()]
    for each in folders:
        each.chmod(0o555)
    code, words, _turn = oven(out, mode="humble")
    for each in folders:
        each.chmod(0o755)
    assert (code, words.partition(" ")[0]) == (1, "BakeFailed")
    assert "没有权限写入" in words
    assert "store" in words
    assert (out / "current").readlink() == served
    assert assert_whole(out) == good
    code, words, turn = oven(out, mode="step")
    assert code == 0, words
    assert_whole(out)
    assert f"第{turn}次" in title(out)


def test_a_damaged_or_lost_book_is_written_anew(oven: Oven, tmp_path: Path) -> None:
    out = tmp_path / "site"
    assert oven(out)[0] == 0
    good = assert_whole(out)
    (out / "book.sqlite3").write_bytes(b"no book at all" * 1000)
    assert oven(out)[0] == 0
    assert assert_whole(out) == good
    (out / "book.sqlite3").unlink()
    assert oven(out)[0] == 0
    assert assert_whole(out) == good


@pytest.mark.django_db
def test_a_waiting_bake_begins_when_the_other_ends(tmp_path: Path) -> None:
    town.build(2)
    out = tmp_path / "site"
    bake(out, town.START)
    held, release = threading.Event(), threading.Event()

    def hold() -> None:
        with lock.alone(out, wait=False):
            held.set()
            release.wait(20)
        connections.close_all()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(20)
    threading.Timer(0.3, release.set).start()
    assert bake(out, town.START, wait=True).pages > 0
    assert release.is_set()
    holder.join()


def test_the_lock_of_a_killed_bake_is_gone_with_it(oven: Oven, tmp_path: Path) -> None:
    out = tmp_path / "site"
    assert oven(out, 30)[0] == -signal.SIGKILL
    assert (out / ".lock").exists()
    with lock.alone(out, wait=False):
        pass


def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(BakeFailed, match="网站保持原样"):
        bake(blocked / "site", town.START)


#: Reads, lets another thread write, reads again: inside the view nothing moves and nobody waits.
READ_WHILE_WRITING = """
import threading, time
import django; django.setup()
from django.db import connection
from mingtang.bodies.models import Body
from mingtang.portal.bake.snapshot import unmoving

def write():
    Body.objects.create(code="new", name="新设机构", short_name="新设", kind="department", level="county")
    connection.close()

with unmoving():
    before = Body.objects.count()
    began = time.monotonic()
    writer = threading.Thread(target=write)
    writer.start()
    writer.join()
    waited = time.monotonic() - began
    print(Body.objects.count() - before, waited < 5)
print(Body.objects.count() - before)
"""


def test_while_a_bake_reads_others_write_and_it_does_not_see_it(environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", READ_WHILE_WRITING], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["0", "True", "1"]
