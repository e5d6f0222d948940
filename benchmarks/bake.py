"""Pages per second of the baker, against rendering each page through Django's test client.

The baker writes files, digests and a manifest and syncs the disk; the peer only renders in memory. Both see the same
pages of the same SQLite instance, in one process, turn by turn. `python -m benchmarks.bake --records 2000`.
"""

import argparse
import os
import shutil
import tempfile
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from benchmarks.harness import compare

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


def asking() -> int:
    """Ask Django's test client for every page; returns the number of pages."""
    from django.test import Client

    from mingtang.portal.addresses import path_of
    from mingtang.trace import pages

    client, count = Client(headers={"host": "127.0.0.1"}), 0
    for source in pages.registered():
        for arguments in source.arguments():
            response = client.get("/" + path_of(source.route, arguments))
            assert response.status_code in (200, 410), response  # what was withdrawn has its page too
            count += 1
    return count


def measure(records: int, rounds: int = 5) -> list[str]:
    """A line each for baking all against the test client, and for baking over an unchanged release against it."""
    home = Path(tempfile.mkdtemp(prefix="mingtang-bench-"))
    try:
        prepare(home, records)
        pages = baking_unchanged(home)
        lines: list[str] = []
        for name, ours in (("bake", baking), ("bake, nothing changed", baking_unchanged)):
            compared = compare(name, partial(ours, home), asking, rounds)
            lines.append(compared.line(pages, "pages"))
        return lines
    finally:
        shutil.rmtree(home, ignore_errors=True)


def main() -> None:
    """Print the comparison, a line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    print("\n".join(measure(chosen.records, chosen.rounds)))


if __name__ == "__main__":
    main()
