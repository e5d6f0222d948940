"""What one publication costs at 1,000, 10,000 and 100,000 records: the largest against the smallest.

Each size is an instance of its own, baked whole once. Then a new record is published, event by event, and each time the
site is brought up to date as the worker does it, to the switch of the release, with all files on the disk. The sizes
take turns, so that what slows the machine slows all. `python -m benchmarks.flat --sizes 1000 10000 100000`.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

#: Builds an instance, bakes it, and then bakes one publication for each line that it is given.
PROGRAM = """
import json, sys, time
from datetime import timedelta
from pathlib import Path
import django; django.setup()
from django.core.management import call_command
from django.db import transaction
from mingtang.bodies.models import Body
from mingtang.portal.bake import bake
from mingtang.portal.tasks import log_first
from mingtang.records.models import Column, Record, State
from mingtang.trace import actions
from tests.portal import town

records, out = int(sys.argv[1]), Path(sys.argv[2])
call_command("migrate", verbosity=0)
town.build(2)
town.many(records)
began = time.perf_counter()
whole = bake(out, town.START)
print(json.dumps({"pages": whole.pages, "files": whole.files, "seconds": time.perf_counter() - began}), flush=True)
bodies, columns = list(Body.objects.order_by("order")), list(Column.objects.order_by("pk"))
moment = town.START + timedelta(days=4000)
for number, _line in enumerate(sys.stdin):
    moment += timedelta(seconds=1)
    with transaction.atomic():
        record = town._record(500_000 + number, bodies, columns, State.PUBLISHED, published_at=moment)
        actions.record("records.published", record, actor="system:bench", moment=moment)
    began = time.perf_counter()
    log_first(moment)
    made = bake(out, town.START, thorough=False)
    seconds = time.perf_counter() - began
    assert not made.whole
    print(json.dumps({"seconds": seconds, "rendered": made.rendered}), flush=True)
"""


class Site:
    """An instance of a size in a process of its own."""

    def __init__(self, folder: Path, records: int) -> None:
        self.records = records
        environment = os.environ | {
            "MINGTANG_HOME": str(folder / str(records)),
            "DJANGO_SETTINGS_MODULE": "mingtang.config.settings",
        }
        environment.pop("DATABASE_URL", None)
        self._process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(records), str(folder / f"{records}-site")],
            env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.whole = self._answer()
        self.seconds: list[float] = []

    def _answer(self) -> dict[str, float]:
        assert self._process.stdout
        return json.loads(self._process.stdout.readline())

    def publish(self) -> dict[str, float]:
        """Publish one record and bake it."""
        assert self._process.stdin
        print(file=self._process.stdin, flush=True)
        return self._answer()

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()


def measure(sizes: list[int], rounds: int) -> list[str]:
    """A line for each size, and one for the ratio."""
    folder = Path(tempfile.mkdtemp(prefix="mingtang-flat-"))
    lines: list[str] = []
    try:
        sites = [Site(folder, size) for size in sizes]
        for number in range(rounds + 2):
            for site in sites if number % 2 == 0 else sites[::-1]:
                made = site.publish()
                if number >= 2:
                    site.seconds.append(made["seconds"])
                    site.whole["rendered"] = made["rendered"]
        for site in sites:
            site.close()
            whole, each = site.whole, statistics.median(site.seconds)
            speed = whole["pages"] / whole["seconds"]
            lines.append(
                f"{site.records:,} records: one publication {each * 1000:,.0f} ms "
                f"({whole['rendered']:.0f} pages rendered, n={len(site.seconds)}); "
                f"whole site {whole['pages']:,.0f} pages at {speed:,.0f}/s"
            )
        medians = [statistics.median(site.seconds) for site in sites]
        lines.append(f"largest to smallest: {max(medians) / min(medians):.2f}")
        return lines
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    """Print what one publication costs at each size, and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--rounds", type=int, default=9)
    chosen = parser.parse_args()
    print("\n".join(measure(chosen.sizes, chosen.rounds)))


if __name__ == "__main__":
    main()
