"""The processes that make pages side by side, all with one view of the database.

Each is a fresh interpreter, so that nothing of the caller's connections and threads is shared. They are told to open
their views at one moment, then given jobs; who dies is noticed, and when the caller dies they end too.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from multiprocessing import connection as wires
from typing import Any

from django.conf import settings

from mingtang.portal.bake.errors import BakeError, BakeFailed
from mingtang.portal.bake.making import Bench, Job, Made, Maker
from mingtang.portal.bake.snapshot import share, unmoving, writers_wait

#: Jobs that wait at each process, so that none is idle while the caller notes what another has made.
AHEAD = 2


class Alone:
    """Does the jobs in this process, inside the caller's view of the database."""

    def __init__(self, bench: Bench) -> None:
        self._maker = Maker(bench)

    def do(self, jobs: Iterable[Job]) -> Iterator[Made]:
        """What each job made, in order."""
        return (self._maker.do(job) for job in jobs)

    def close(self) -> None:
        """Let go of what is held."""
        self._maker.close()


class Crew:
    """Several processes; use `hired`."""

    def __init__(self, bench: Bench, size: int) -> None:
        self._wires: list[Any] = []
        self._processes: list[subprocess.Popen[bytes]] = []
        for _number in range(size):
            ours, theirs = wires.Pipe()
            self._processes.append(_started(theirs.fileno()))
            theirs.close()
            ours.send_bytes(pickle.dumps(bench))
            self._wires.append(ours)

    def wait(self) -> None:
        """Until all have started."""
        for wire in self._wires:
            self._hear(wire)

    def open(self, shared: str) -> None:
        """Have all open their views of the database."""
        for wire in self._wires:
            wire.send(shared)
        for wire in self._wires:
            self._hear(wire)

    def do(self, jobs: Iterable[Job]) -> Iterator[Made]:
        """What each job made, as it comes; `BakeFailed` or `OSError` when one could not be done."""
        ahead = iter(jobs)
        busy = dict.fromkeys(self._wires, 0)
        for _turn in range(AHEAD):
            for wire in self._wires:
                busy[wire] += self._give(wire, ahead)
        while waiting := [wire for wire, count in busy.items() if count]:
            for wire in wires.wait(waiting):
                made = self._hear(wire)
                busy[wire] += self._give(wire, ahead) - 1
                yield made

    def _give(self, wire: Any, jobs: Iterator[Job]) -> int:
        job = next(jobs, None)
        if job is None:
            return 0
        wire.send(job)
        return 1

    def _hear(self, wire: Any) -> Any:
        try:
            said = pickle.loads(wire.recv_bytes())  # noqa: S301 - from our own child
        except (EOFError, ConnectionError) as error:
            raise BakeFailed("生成页面的子进程中断（可能内存不足）；网站保持原样。请重试。") from error
        if isinstance(said, BaseException):
            raise said
        return said

    def close(self) -> None:
        """End all."""
        for wire in self._wires:
            wire.close()
        for process in self._processes:
            process.terminate()
            process.wait()


def _started(descriptor: int) -> "subprocess.Popen[bytes]":
    """A fresh interpreter that works at the other end of a wire, with this one's settings."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE,
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
    program = f"import django; django.setup(); from mingtang.portal.bake.crew import work; work({descriptor})"
    return subprocess.Popen([sys.executable, "-c", program], env=environment, pass_fds=[descriptor])  # noqa: S603


def work(descriptor: int) -> None:
    """The life of one process: start, open the view when told to, do jobs until the wire is closed."""
    wire: Any = wires.Connection(descriptor)
    try:
        bench = pickle.loads(wire.recv_bytes())  # noqa: S301 - from the process that started this one
        wire.send_bytes(pickle.dumps(None))
        shared = wire.recv()
        with unmoving(shared):
            maker = Maker(bench)  # reads the site, and with that opens the view
            wire.send_bytes(pickle.dumps(None))
            while True:
                wire.send_bytes(_answer(maker, wire.recv()))
    except (EOFError, ConnectionError):
        return


def _answer(maker: Maker, job: Job) -> bytes:
    try:
        return pickle.dumps(maker.do(job))
    except OSError as error:
        return pickle.dumps(error)
    except BakeError as error:
        return pickle.dumps(BakeFailed(str(error)))
    except Exception as error:
        return pickle.dumps(BakeFailed(f"生成页面时出错（{type(error).__name__}：{error}）。网站保持原样。"))


def size_of_machine() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0))


@contextmanager
def hired(bench: Bench, size: int) -> Iterator[Alone | Crew]:
    """Who does the jobs of a bake: `size` processes, or with 1 this one. Inside, this process has the same view."""
    if size == 1:
        with unmoving():
            alone = Alone(bench)
            try:
                yield alone
            finally:
                alone.close()
        return
    crew = Crew(bench, size)
    try:
        crew.wait()
        with _one_moment(crew):
            yield crew
    finally:
        crew.close()


@contextmanager
def _one_moment(crew: Crew) -> Iterator[None]:
    """This process's view and those of the crew, opened while nobody writes."""
    from mingtang.trace.models import Head

    with ExitStack() as waiting:
        waiting.enter_context(writers_wait())
        with unmoving():
            Head.objects.exists()  # the first query opens the view
            crew.open(share())
            waiting.close()
            yield
