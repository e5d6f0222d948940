"""Debian's nginx with the configuration that the product generates, in a folder and on a port of its own."""

import os
import pwd
import signal
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.servers.mingtang import Instance, free_port
from tests.servers.programs import program

START_SECONDS = 20
MODULES = Path("/usr/lib/nginx/modules")
OUTER = """
daemon off;
master_process on;
worker_processes 1;
pid "{folder}/nginx.pid";
error_log "{folder}/error.log" warn;
{load}
{user}
events {{ worker_connections 1024; }}
http {{
    client_body_temp_path "{folder}/body";
    proxy_temp_path "{folder}/proxy";
    fastcgi_temp_path "{folder}/fastcgi";
    uwsgi_temp_path "{folder}/uwsgi";
    scgi_temp_path "{folder}/scgi";
    include "{folder}/site.conf";
}}
"""


def executable() -> str:
    """Path of nginx."""
    return program("nginx", "nginx-light", "libnginx-mod-http-brotli-static")


class Nginx:
    """nginx in front of an instance: `url` is where readers come; the instance answers behind it."""

    def __init__(self, folder: Path, instance: Instance, *arguments: str) -> None:
        self.folder, self.instance = folder, instance
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.arguments = arguments
        self.process: subprocess.Popen[bytes] | None = None

    def configure(self, *arguments: str) -> None:
        """Let the product write the configuration, and nginx test it; both must be content."""
        (self.folder).mkdir(parents=True, exist_ok=True)
        done = self.instance.run(
            "nginx", "--listen", f"127.0.0.1:{self.port}", "--app", f"127.0.0.1:{self.instance.port}",
            "--logs", str(self.folder), "--output", str(self.folder / "site.conf"), *self.arguments, *arguments,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        brotli = MODULES / "ngx_http_brotli_static_module.so"
        wanted = "brotli_static" in (self.folder / "site.conf").read_text(encoding="utf-8")
        # As root nginx lends its workers another account, which may not look into the folders of a test.
        me = pwd.getpwuid(os.geteuid()).pw_name
        user = f"user {me};" if os.geteuid() == 0 else ""
        load = f"load_module {brotli};" if wanted else ""
        outer = OUTER.format(folder=self.folder, load=load, user=user)
        (self.folder / "nginx.conf").write_text(outer, encoding="utf-8")
        tested = self._command("-t")
        assert tested.returncode == 0, tested.stderr
        assert "[warn]" not in tested.stderr, tested.stderr

    def start(self) -> "Nginx":
        """Run it and wait until it answers."""
        with (self.folder / "out").open("ab") as log:
            self.process = subprocess.Popen(
                [executable(), "-p", self.folder, "-c", self.folder / "nginx.conf", "-e", self.folder / "error.log"],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
        give_up = time.monotonic() + START_SECONDS
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > give_up:
                self.stop()
                pytest.fail(f"nginx 未能启动：\n{(self.folder / 'error.log').read_text(errors='replace')}")
            time.sleep(0.05)
        return self

    def reload(self) -> None:
        """Take over the configuration anew, as `nginx -s reload` does."""
        assert self.process is not None
        self.process.send_signal(signal.SIGHUP)

    def stop(self) -> None:
        """End it with its workers."""
        if self.process:
            if self.process.poll() is None:
                self.process.send_signal(signal.SIGTERM)
                try:
                    self.process.wait(10)
                except subprocess.TimeoutExpired:
                    self.process.kill()
                    self.process.wait()
            self.process = None

    def _command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [executable(), *arguments, "-p", self.folder, "-c", self.folder / "nginx.conf"]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def _answers(self) -> bool:
        try:
            urllib.request.urlopen(self.url + "/", timeout=5).close()
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False
        return True
