"""The worker that `serve` keeps beside itself: a process of its own, started again when it dies."""

import logging
import os
import signal
import subprocess
import sys
import threading
import time

log = logging.getLogger(__name__)

#: Waits before the next start after an early death, in seconds; the last one repeats.
PAUSES = (1, 2, 5, 15, 30)
#: A worker that lived this long has started well: the next death begins with the shortest wait.
SETTLED_SECONDS = 60
#: How long a worker may take to finish what it is at; tasks bear being cut, they are queued again.
GRACE_SECONDS = 20


class Companion:
    """Keeps `mingtang worker` running as a child process."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="companion", daemon=True)

    def start(self) -> None:
        """Start the worker and the thread that watches it."""
        self._thread.start()

    def stop(self) -> None:
        """End the worker: first kindly, after `GRACE_SECONDS` at once."""
        self._ending.set()
        process = self._process
        if process is not None and process.poll() is None:
            process.terminate()
            try:
                process.wait(GRACE_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._thread.join(5)

    def _keep(self) -> None:
        deaths = 0
        while not self._ending.is_set():
            began = time.monotonic()
            self._process = subprocess.Popen(  # noqa: S603 - our own command
                [sys.executable, "-m", "mingtang", "worker", "--beside", str(os.getpid())], stdin=subprocess.DEVNULL
            )
            status = self._process.wait()
            if self._ending.is_set():
                return
            deaths = 1 if time.monotonic() - began > SETTLED_SECONDS else deaths + 1
            pause = PAUSES[min(deaths, len(PAUSES)) - 1]
            log.error("后台进程退出（%s），%d 秒后重新启动", _said(status), pause)
            self._ending.wait(pause)


def _said(status: int) -> str:
    return f"信号 {signal.Signals(-status).name}" if status < 0 else f"状态 {status}"
