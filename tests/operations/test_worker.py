"""The worker does what is due, costs little while idle, and what a killed worker left is done by the next."""

import os
import signal
import subprocess
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from mingtang.config import liveness, worker
from mingtang.config.worker import ATTEMPTS, Worker, take_back
from mingtang.trace import readers
from mingtang.trace.actions import record
from tests.operations.installation import Installation
from tests.operations.test_serve import until
from tests.servers.mingtang import COMMAND

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)

#: A task as a room writes one: it may be run again from the start. The first time it is still busy when it is killed.
TASK = """
import pathlib, time
from django_tasks import task

@task()
def copy(folder):
    place = pathlib.Path(folder)
    begun = len(list(place.glob("begun-*"))) + 1
    (place / f"begun-{begun}").touch()
    if begun == 1:
        time.sleep(600)
    (place / "result").write_text("whole")
    return begun
"""


def start_worker(installation: Installation) -> subprocess.Popen[bytes]:
    """`mingtang worker` in a group of its own."""
    with (installation.home / "worker.log").open("ab") as log:
        return subprocess.Popen(
            [COMMAND, "worker"], env=installation.environment, stdout=log, stderr=log, start_new_session=True
        )


def test_a_task_whose_worker_is_killed_in_the_middle_is_completed_by_the_next(
    installation: Installation, tmp_path: Path
) -> None:
    (tmp_path / "room_tasks.py").write_text(TASK)
    installation.environment["PYTHONPATH"] = str(tmp_path)
    installation.python(f"import room_tasks; room_tasks.copy.enqueue({str(tmp_path)!r})")
    first = start_worker(installation)
    assert until(lambda: (tmp_path / "begun-1").exists(), 60)
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    assert not (tmp_path / "result").exists()
    second = start_worker(installation)
    try:
        assert until(lambda: (tmp_path / "result").exists(), 60)
        state = "from django_tasks_db.models import DBTaskResult as R; r = R.objects.get(task_path='room_tasks.copy'); "
        read = state + "print(r.status, r.return_value, len(r.worker_ids))"
        assert until(lambda: installation.python(read).split() == ["SUCCESSFUL", "2", "2"])
    finally:
        second.terminate()
        assert second.wait(15) == 0


def test_an_idle_worker_costs_little_once_its_first_round_is_done(installation: Installation) -> None:
    process = start_worker(installation)
    try:
        assert until(lambda: (installation.home / "run" / "worker.beat").exists(), 60)
        assert until(lambda: spent_in(5, process.pid) < 0.4, 60)
    finally:
        process.kill()
        process.wait()


def spent_in(seconds: float, pid: int) -> float:
    """Processor time that a process takes in the next `seconds`."""
    before = processor_seconds(pid)
    time.sleep(seconds)
    return processor_seconds(pid) - before


def processor_seconds(pid: int) -> float:
    """User and system time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.django_db
def test_who_holds_the_lock_is_alive_and_who_let_go_is_not(tmp_path: Path) -> None:
    mine, other = liveness.of_database(tmp_path), liveness.of_database(tmp_path)
    mine.hold("worker-1")
    mine.hold("worker-1")  # renewing changes nothing
    assert other.alive("worker-1")
    assert not other.alive("worker-2")
    mine.release()
    assert not other.alive("worker-1")


def running_task(**fields: Any) -> DBTaskResult:
    """A task that somebody has claimed."""
    given = {"task_path": "room.task", "args_kwargs": {"args": [], "kwargs": {}}, "backend_name": "default"}
    given |= {"run_after": NOW, "status": TaskResultStatus.RUNNING, "started_at": NOW, "worker_ids": ["gone"]}
    return DBTaskResult.objects.create(**given | fields)


@pytest.mark.django_db
def test_only_tasks_of_dead_workers_are_queued_again(tmp_path: Path) -> None:
    here = liveness.of_database(tmp_path)
    here.hold("here")
    theirs, mine = running_task(), running_task(worker_ids=["gone", "here"])
    try:
        assert take_back(here, NOW) == 1
    finally:
        here.release()
    theirs.refresh_from_db()
    mine.refresh_from_db()
    assert (theirs.status, mine.status) == (TaskResultStatus.READY, TaskResultStatus.RUNNING)


@pytest.mark.django_db
def test_a_task_that_ended_its_worker_three_times_is_given_up_with_a_line_that_says_so(tmp_path: Path) -> None:
    task = running_task(worker_ids=["a", "b", "c"])
    assert take_back(liveness.of_database(tmp_path), NOW) == 0
    task.refresh_from_db()
    assert task.status == TaskResultStatus.FAILED
    assert task.traceback == f"执行此任务时后台进程中断了 {ATTEMPTS} 次，已停止重试。"


@pytest.mark.django_db
def test_a_reader_that_fails_holds_up_no_other_and_is_tried_again_after_a_minute(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    failing = {"now": True}

    def fail(events: list[Any]) -> None:
        if failing["now"]:
            raise ValueError("broken")
        seen.extend(event.seq for event in events)

    both = {r.name: r for r in (readers.Reader("fails", fail), readers.Reader("works", lambda _: seen.append(0)))}
    monkeypatch.setattr(readers, "_readers", both)
    record("test.happened", "test:1", actor="system:test", moment=NOW)
    one = Worker("one", liveness.of_database(tmp_path), tmp_path, timezone.now)
    one.read(NOW)
    assert seen == [0]
    failing["now"] = False
    one.read(NOW + timedelta(seconds=30))
    assert seen == [0], "not before the minute is over"
    one.read(NOW + timedelta(seconds=61))
    assert len(seen) == 2


@pytest.mark.django_db
def test_what_has_served_its_time_is_removed_and_the_rest_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Without those that ask for a bake, which would run here and now.
    monkeypatch.setattr(worker, "CHORES", [chore for chore in worker.CHORES if chore.run.__name__.startswith("forget")])
    old, new = NOW - timedelta(days=31), NOW - timedelta(days=1)
    for moment in (old, new):
        running_task(status=TaskResultStatus.SUCCESSFUL, finished_at=moment)
    Worker("one", liveness.of_database(tmp_path), tmp_path, timezone.now).turn(NOW)
    assert [task.finished_at for task in DBTaskResult.objects.all()] == [new]
    assert "one" in (tmp_path / "worker.beat").read_text()
