"""Documents a second taken into the library in bulk, against one by one through the publish path of the editor.

Both leave for each document: two rows, revision, index number, event, edition; the leaf of the log and the entry of the
index follow from the event in either case. The catalogue of all of them is asked for a page and as of a past day, with
its number of queries. `python -m benchmarks.norms --documents 5000`.
"""

import argparse
import hashlib
import os
import resource
import shutil
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.harness import compare

MOMENT = datetime(2024, 6, 3, 2, tzinfo=UTC)
ARTICLE = "各苏木乡镇应当按照职责分工核实补助对象、面积和标准，在村务公开栏公示不少于七日，接受群众监督。"
TEXT = "".join(f"<p>第{number}条 {ARTICLE * 2}</p>" for number in "一二三四五六七八九十")
TOGETHER = 100


class County:
    """A body, a column, and documents that never repeat."""

    def __init__(self) -> None:
        from mingtang.bodies.models import Body, Kind, Level
        from mingtang.records.models import Column

        self.body = Body.objects.create(
            code="bench", name="云岭旗测速局", short_name="测速局", kind=Kind.DEPARTMENT, level=Level.COUNTY
        )
        self.column = Column.objects.create(name="规范性文件", slug="gfxwj")
        self.last = 0

    def facts(self) -> dict[str, Any]:
        """The next document."""
        self.last += 1
        return {
            "title": f"云岭旗草原保护补助办法之{self.last}（演示）", "topic": "J02",
            "body": self.body, "column": self.column,
            "made_on": date(2015, 1, 1) + timedelta(days=self.last % 3000),
            "effective_on": date(2015, 2, 1) + timedelta(days=self.last % 3000), "text": TEXT,
            "document_number": f"云测规〔{2015 + self.last % 8}〕{self.last}号",
            "expires_on": date(2026, 1, 1) if self.last % 3 == 0 else None,
        }  # fmt: skip

    def batch(self, count: int) -> Iterator[Any]:
        """So many documents for the bulk path."""
        from mingtang.norms.actions import Intake

        for _ in range(count):
            facts = self.facts()
            digest = hashlib.sha256(facts["title"].encode()).hexdigest()
            yield Intake(source="旗政府原网站（演示）", source_digest=digest, **facts)

    def together(self, count: int = TOGETHER) -> None:
        """Take in so many at once."""
        from mingtang.norms import actions

        taken = actions.take_in(self.batch(count), actor="system:bench", moment=MOMENT)
        assert len(taken.added) == count, taken.refused

    def one_by_one(self, count: int = TOGETHER) -> None:
        """Draft, approve and publish each."""
        from mingtang.norms import actions
        from mingtang.records import actions as records

        for _ in range(count):
            norm = actions.draft(
                actor="system:bench", moment=MOMENT, stock_source="旗政府原网站（演示）", **self.facts()
            )
            records.approve(norm, actor="system:bench", moment=MOMENT)
            records.publish(norm, actor="system:bench", moment=MOMENT)


def prepare(home: Path) -> County:
    """A new instance below `home`; must be called before Django is loaded."""
    os.environ["MINGTANG_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "mingtang.config.settings"
    os.environ.pop("DATABASE_URL", None)
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    return County()


def asking(day: date) -> tuple[float, int]:
    """Seconds and queries for a page of the catalogue as of a day with its counts."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from mingtang.norms import queries

    with CaptureQueriesContext(connection) as asked:
        start = time.perf_counter()
        queries.counts(day)
        list(queries.catalogue(day)[:30])
        seconds = time.perf_counter() - start
    return seconds, len(asked)


def measure(documents: int, rounds: int = 5) -> list[str]:
    """Lines: bulk against one by one; the whole stock with its memory; the catalogue of today and of a past day."""
    home = Path(tempfile.mkdtemp(prefix="mingtang-bench-"))
    try:
        county = prepare(home)
        lines = [compare("taking in", county.together, county.one_by_one, rounds).line(TOGETHER, "documents")]
        county.together(1000)
        before, start = _peak(), time.perf_counter()
        county.together(documents)
        seconds = time.perf_counter() - start
        lines.append(
            f"taking in {documents}: {documents / seconds:,.0f} documents/s, memory +{_peak() - before:.0f} MB"
        )
        for day in (date(2024, 6, 3), date(2019, 6, 3)):
            seconds, asked = asking(day)
            lines.append(f"catalogue of {county.last} as of {day}: {seconds * 1000:.0f} ms, {asked} queries")
        return lines
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _peak() -> float:
    """The most memory that the process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    for line in measure(given.documents, given.rounds):
        print(line)


if __name__ == "__main__":
    main()
