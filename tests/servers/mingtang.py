"""Instances of Mingtang as an office runs them: a folder of their own, filled and served by the real command."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).with_name("mingtang")
START_SECONDS = 60
DEMO_SECONDS = 600


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Instance:
    """One installation: `home` (its folder), `url` while served, `accounts` (role → username and password)."""

    def __init__(self, home: Path, database_url: str | None) -> None:
        self.home = home
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = os.environ | {"MINGTANG_HOME": str(home), "MINGTANG_URL": self.url}
        # The run's own settings must not leak into the product's processes.
        self.environment.pop("DJANGO_SETTINGS_MODULE", None)
        self.environment.pop("DATABASE_URL", None)
        if database_url:
            self.environment["DATABASE_URL"] = database_url
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def accounts(self) -> dict[str, dict[str, str]]:
        """What `mingtang demo` wrote for signing in: role → {"username", "password"}."""
        return json.loads((self.home / "demo-accounts.json").read_text(encoding="utf-8"))

    def run(self, *arguments: str, timeout: float = DEMO_SECONDS) -> subprocess.CompletedProcess[str]:
        """Run `mingtang …` on this instance; output captured, the exit status left to the caller."""
        return subprocess.run(
            [COMMAND, *arguments], env=self.environment, capture_output=True, text=True, timeout=timeout,
            stdin=subprocess.DEVNULL, check=False,
        )  # fmt: skip

    def start(self, *arguments: str) -> None:
        """Serve, with further arguments of `mingtang serve`, and wait until the front page answers."""
        with (self.home / "serve.log").open("ab") as log:
            self.process = subprocess.Popen(
                [COMMAND, "serve", "--port", str(self.port), *arguments], env=self.environment, stdout=log, stderr=log,
                stdin=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
        give_up = time.monotonic() + START_SECONDS
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > give_up:
                self.kill()
                pytest.fail(f"mingtang serve 未能启动：\n{(self.home / 'serve.log').read_text(errors='replace')}")
            time.sleep(0.1)

    def answers(self) -> bool:
        """Whether the front page comes, with any status that the product itself sets."""
        try:
            urllib.request.urlopen(self.url + "/", timeout=5).close()
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False
        return True

    def kill(self) -> None:
        """End server and worker at once, as a power cut would."""
        if self.process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None
