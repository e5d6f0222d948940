"""Acts killed at every statement and at every file they touch, or done by two at once, each in a forked child.

Used inside a process of its own that works on a database of its own. A child sends itself SIGKILL at its Nth step; the
parent then looks what is there, and tries again one step further until a child comes through.
"""

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection, connections

Act = Callable[[], object]
#: More steps than any act takes.
MOST = 400
#: What a process does to files that a power cut can cut off: opening to write, renaming, removing.
TOUCHES = ("open", "os.rename", "os.remove")


class _Count:
    """Counts steps, and ends the process at the one that was set."""

    def __init__(self, number: int) -> None:
        self.number, self.seen = number, 0

    def step(self) -> None:
        self.seen += 1
        if self.seen == self.number:
            os.kill(os.getpid(), signal.SIGKILL)


@contextlib.contextmanager
def _killed_at(number: int, folder: str) -> Iterator[None]:
    """Die before the step of that number: a statement, or a touch of a file below `folder` ("" watches no files)."""
    count = _Count(number)

    def execute(run: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        count.step()
        return run(sql, params, many, context)

    def hear(event: str, arguments: tuple[Any, ...]) -> None:
        if event not in TOUCHES or not folder or not str(arguments[0]).startswith(folder):
            return
        if event != "open" or int(arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR):
            count.step()

    sys.addaudithook(hear)
    with connection.execute_wrapper(execute):
        yield


def child(act: Act) -> int:
    """Do an act in a forked child; returns its process id. It ends with 1 when the act raised."""
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            act()
            status = 0
        finally:
            connections.close_all()
            os._exit(status)
    return pid


def killed_everywhere(act: Act, look: Callable[[], Any], folder: str = "") -> dict[str, Any]:
    """Kill an act at each of its steps; `look` says what is there afterwards."""
    seen: list[Any] = []
    for number in range(1, MOST):

        def trial(number: int = number) -> None:
            with _killed_at(number, folder):
                act()

        _, status = os.waitpid(child(trial), 0)
        seen.append(look())
        if not os.WIFSIGNALED(status):
            return {"kills": number - 1, "after_kills": seen[:-1], "at_last": seen[-1], "status": status}
    return {"kills": MOST, "after_kills": seen, "at_last": None, "status": -1}


def together(first: Act, second: Act) -> list[int]:
    """Do two acts at the same time; the exit status of each."""
    pids = [child(act) for act in (first, second)]
    return [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids]
