"""A page served by nginx as we configure it, against a bare static file of the same size and the page made live.

One worker process each, one client (wrk, in C, which uses less of a core than the server does: printed), rounds in
turn. What is compared is what the client receives: the compressed page, and a file of just as many bytes.
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.servers.mingtang import Instance, free_port
from tests.servers.nginx import Nginx
from tests.servers.programs import program

CONNECTIONS = 16
BARE = """
daemon off;
worker_processes 1;
pid "{folder}/bare.pid";
error_log "{folder}/bare.log";
{user}
events {{ worker_connections 1024; }}
http {{
    access_log off;
    sendfile on;
    server {{ listen 127.0.0.1:{port}; root "{folder}/bare"; }}
}}
"""


@dataclass(frozen=True, slots=True)
class Round:
    """What one run of the client saw: answers a second, the 99th percentile in seconds, its own share of a core."""

    rate: float
    p99: float
    client: float


def load(url: str, seconds: int, connections: int = CONNECTIONS) -> Round:
    """Ask for one address as fast as it comes; any answer but 200 ends the benchmark."""
    before = os.times()
    command = [program("wrk", "wrk"), "-t1", f"-c{connections}", f"-d{seconds}s", "--latency",
               "-H", "Accept-Encoding: gzip", url]  # fmt: skip
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    after = os.times()
    if "Non-2xx" in said or "Socket errors" in said:
        raise SystemExit(f"{url}：\n{said}")
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    p99 = re.search(r"99%\s+([\d.]+)(us|ms|s)", said)
    assert rate and p99, said
    client = (after.children_user + after.children_system - before.children_user - before.children_system) / seconds
    return Round(float(rate[1]), float(p99[1]) * {"us": 1e-6, "ms": 1e-3, "s": 1.0}[p99[2]], client)


@contextmanager
def bare(folder: Path, size: int):
    """A minimal nginx that serves one file of `size` bytes; gives its address."""
    (folder / "bare").mkdir(parents=True)
    (folder / "bare/file").write_bytes(os.urandom(size))
    port = free_port()
    user = "user root;" if os.geteuid() == 0 else ""
    configuration = folder / "bare.conf"
    configuration.write_text(BARE.format(folder=folder, port=port, user=user), encoding="utf-8")
    nginx = program("nginx", "nginx-light")
    process = subprocess.Popen([nginx, "-p", folder, "-c", configuration], stderr=subprocess.DEVNULL)
    try:
        subprocess.run(["sleep", "0.5"], check=True)
        yield f"http://127.0.0.1:{port}/file"
    finally:
        process.terminate()
        process.wait()


def in_turn(rounds: int, *works: Callable[[], Round]) -> list[list[Round]]:
    """Run all works once unmeasured, then `rounds` times, each round in the other order."""
    for work in works:
        work()
    seen: list[list[Round]] = [[] for _ in works]
    for number in range(rounds):
        order = range(len(works)) if number % 2 == 0 else reversed(range(len(works)))
        for place in order:
            seen[place].append(works[place]())
    return seen


def line(name: str, ours: list[Round], peer: list[Round]) -> str:
    """Rates and percentiles of both, and the medians of the ratios of each round."""
    rate, peer_rate = (statistics.median(each.rate for each in side) for side in (ours, peer))
    p99, peer_p99 = (statistics.median(each.p99 for each in side) for side in (ours, peer))
    rates = sorted(a.rate / b.rate for a, b in zip(ours, peer, strict=True))
    return (
        f"{name}: ours {rate:,.0f}/s, p99 {p99 * 1e3:.2f} ms; peer {peer_rate:,.0f}/s, p99 {peer_p99 * 1e3:.2f} ms; "
        f"rate ratio {statistics.median(rates):.2f} (rounds {rates[0]:.2f}–{rates[-1]:.2f}), "
        f"p99 ratio {p99 / peer_p99:.2f}; client used {max(each.client for each in ours):.0%} of a core"
    )


def measure(folder: Path, seconds: int, rounds: int) -> list[str]:
    """A line for each peer."""
    instance = Instance(folder / "home", None)
    for command in (("demo", "--records", "30"), ("bake", str(instance.home / "site"))):
        if (done := instance.run(*command)).returncode:
            raise SystemExit(done.stderr)
    site = (instance.home / "site/current").resolve()
    page = max((site / "records").glob("*/index.html"), key=lambda each: each.stat().st_size)
    packed = page.with_name("index.html.gz")
    path = f"/records/{page.parent.name}/"
    server = Nginx(folder / "nginx", instance)
    server.configure()
    server.start()
    live = Instance(folder / "live", None)
    shutil.copytree(instance.home, live.home, symlinks=True)
    shutil.rmtree(live.home / "site")
    try:
        with bare(folder, packed.stat().st_size) as address:
            ours, peer = in_turn(rounds, lambda: load(server.url + path, seconds), lambda: load(address, seconds))
        lines = [f"page of {page.stat().st_size:,} bytes, {packed.stat().st_size:,} compressed"]
        lines.append(line("nginx with our configuration against a bare file", ours, peer))
        live.start("--no-worker")
        ours, peer = in_turn(rounds, lambda: load(server.url + path, seconds), lambda: load(live.url + path, seconds))
        return [*lines, line("nginx with our configuration against the page made live", ours, peer)]
    finally:
        server.stop()
        live.kill()


def main() -> None:
    """Print the comparison, a line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="mingtang-bench-"))
    try:
        print("\n".join(measure(folder, chosen.seconds, chosen.rounds)))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
