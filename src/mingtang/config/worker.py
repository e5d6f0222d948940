"""The worker: background tasks, readers of the event stream and chores, one after the other, for as long as it runs."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from django.db import close_old_connections
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as TaskRunner

from mingtang.config import queue
from mingtang.config.chores import CHORES, Chore
from mingtang.config.liveness import Liveness
from mingtang.trace import readers
from mingtang.trace.models import Head

log = logging.getLogger(__name__)

POLL_SECONDS = 1.0
LOOK_FOR_DEAD_EVERY = timedelta(seconds=30)
BEAT_EVERY = timedelta(seconds=10)
#: A reader that failed is left alone for this long, so that one bad event does not fill the log.
READER_PAUSE = timedelta(minutes=1)
#: A task whose worker died this often in the middle of it is taken for the cause, and given up.
ATTEMPTS = 3


class Worker:
    """One worker; `name` from `liveness.new_name`, `folder` for its heartbeat, `clock` gives aware moments."""

    def __init__(self, name: str, liveness: Liveness, folder: Path, clock: Callable[[], datetime]) -> None:
        self.name = name
        self.liveness = liveness
        self.folder = folder
        self.clock = clock
        self._due: dict[str, datetime] = {}
        self._read_to = -1
        self._paused: dict[str, datetime] = {}

    def run(self, stopping: Callable[[], bool]) -> None:
        """Work until `stopping()`; a task that has begun is ended first."""
        self.liveness.hold(self.name)
        try:
            while not stopping():
                close_old_connections()
                try:
                    busy = self.turn(self.clock())
                except Exception:
                    log.exception("后台进程一轮未能完成，稍后重试")
                    busy = False
                if not busy:
                    time.sleep(POLL_SECONDS)
        finally:
            self.liveness.release()

    def turn(self, moment: datetime) -> bool:
        """Do what is due now; True when a task was run, so that the next may follow at once."""
        if self._is_due("beat", BEAT_EVERY, moment):
            self.beat(moment)
        if self._is_due("dead", LOOK_FOR_DEAD_EVERY, moment):
            self.liveness.hold(self.name)
            take_back(self.liveness, moment)
        self.read(moment)
        for chore in CHORES:
            self._do(chore, moment)
        return self._run_one_task()

    def beat(self, moment: datetime) -> None:
        """Note that the loop goes round; `mingtang doctor` looks at the note's age."""
        self.folder.mkdir(mode=0o750, exist_ok=True)
        (self.folder / "worker.beat").write_text(f"{moment.isoformat()} {self.name}\n", encoding="utf-8")

    def read(self, moment: datetime) -> None:
        """Let each registered reader of the event stream catch up; one that fails does not hold the others."""
        end = Head.objects.values_list("seq", flat=True).get(pk=1)
        if end == self._read_to and not self._paused:
            return
        for reader in readers.registered():
            if self._paused.get(reader.name, moment) > moment:
                continue
            self._paused.pop(reader.name, None)
            try:
                readers.catch_up(reader.name)
            except Exception:
                log.exception("读取事件流出错：%s（一分钟后重试）", reader.name)
                self._paused[reader.name] = moment + READER_PAUSE
        self._read_to = end

    def _run_one_task(self) -> bool:
        if not queue.tasks().ready().exists():  # a plain read: an idle worker locks nothing
            return False
        TaskRunner(
            queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False, max_tasks=1,
            worker_id=self.name, excluded_queue_names=[],
        ).run()  # fmt: skip
        return True

    def _do(self, chore: Chore, moment: datetime) -> None:
        if not self._is_due(chore.name, chore.every, moment):
            return
        try:
            chore.run(moment)
        except Exception:
            log.exception("定时事务出错：%s", chore.name)

    def _is_due(self, name: str, every: timedelta, moment: datetime) -> bool:
        if self._due.get(name, moment) > moment:
            return False
        self._due[name] = moment + every
        return True


def take_back(liveness: Liveness, moment: datetime) -> int:
    """Put tasks whose worker died back into the queue and return how many; tasks must bear being run again.

    A task that lost its worker `ATTEMPTS` times is marked failed instead, with a line that says so.
    """
    count = 0
    for result in queue.tasks().running():
        if result.worker_ids and liveness.alive(result.worker_ids[-1]):
            continue
        # Only as long as nobody else has taken it: a new claim has another start.
        same = queue.tasks().filter(pk=result.pk, status=TaskResultStatus.RUNNING, started_at=result.started_at)
        if len(result.worker_ids) >= ATTEMPTS:
            same.update(
                status=TaskResultStatus.FAILED,
                finished_at=moment,
                exception_class_path="builtins.InterruptedError",
                traceback=f"执行此任务时后台进程中断了 {ATTEMPTS} 次，已停止重试。",
            )
            log.error("任务 %s 中断 %d 次，已停止重试", result.task_path, ATTEMPTS)
        else:
            count += same.update(status=TaskResultStatus.READY, started_at=None)
            log.warning("任务 %s 的后台进程已不在，重新排队", result.task_path)
    return count
