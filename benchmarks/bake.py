"""Pages per second of the baker, against rendering each page through Django's test client.

The baker writes files, digests and a manifest and syncs the disk; the peer only renders in memory. Both see the same
pages of the same SQLite instance, in one process, turn by turn. `python -m benchmarks.bake --records 2000`.
"""

import argparse
import json
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

MOMENT = datetime(2022, 7, 1, tzinfo=UTC)


def prepare(home: Path, records: int) -> None:
    """A new instance below `home` with that many public records; must be called before Django is loaded."""
    os.environ["MINGTANG_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "mingtang.config.settings"
    os.environ.pop("DATABASE_URL", None)
    import django

    django.setup()
    from django.core.management import call_command

    from tests.portal import town

    call_command("migrate", verbosity=0)
    town.build(2)
    town.more(records)


def baking(home: Path) -> int:
    """Bake everything into an empty folder; returns the number of pages."""
    from mingtang.portal.bake import bake

    return bake(Path(tempfile.mkdtemp(dir=home)), MOMENT).pages


def baking_unchanged(home: Path) -> int:
    """Bake over a release in which nothing has changed."""
    from mingtang.portal.bake import bake

    return bake(home / "baked", MOMENT).pages


def asking(_home: Path) -> int:
    """Ask Django's test client for every page; returns the number of pages."""
    from django.test import Client

    from mingtang.portal.addresses import path_of
    from mingtang.trace import pages

    client, count = Client(headers={"host": "127.0.0.1"}), 0
    for source in pages.registered():
        for arguments in source.arguments():
            response = client.get("/" + path_of(source.route, arguments))
            assert response.status_code == 200, response
            count += 1
    return count


def rate(work: Callable[[Path], int], home: Path) -> tuple[float, int]:
    """Pages per second of one turn, and the pages."""
    began = time.perf_counter()
    pages = work(home)
    return pages / (time.perf_counter() - began), pages


def measure(records: int, turns: int = 3) -> dict[str, float]:
    """Medians over alternating turns: pages per second of each, and how many times as fast the baker is."""
    home = Path(tempfile.mkdtemp(prefix="mingtang-bench-"))
    try:
        prepare(home, records)
        rates: dict[str, list[float]] = {"bake": [], "bake_unchanged": [], "test_client": []}
        pages = 0
        for _ in range(turns):
            for name, work in (("bake", baking), ("bake_unchanged", baking_unchanged), ("test_client", asking)):
                speed, pages = rate(work, home)
                rates[name].append(speed)
        medians = {name: round(statistics.median(each), 1) for name, each in rates.items()}
        return medians | {"pages": pages, "ratio": round(medians["bake"] / medians["test_client"], 2)}
    finally:
        shutil.rmtree(home, ignore_errors=True)


def main() -> None:
    """Print the measurement as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1000)
    parser.add_argument("--turns", type=int, default=3)
    chosen = parser.parse_args()
    print(json.dumps(measure(chosen.records, chosen.turns)))


if __name__ == "__main__":
    main()
