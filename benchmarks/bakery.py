"""Pages per second of our whole bake against wagtail-bakery, and against writing the same bytes to the disk.

Both bake the same number of records with the same text into an empty folder, in processes of their own, turn by turn.
The peer's template is the very page of ours (taken from our bake) with the record's own facts put in by Django's
template language; it writes one file a page. Ours reads columns, relations, files and history for each, and writes
data, compressed companions, proofs, copies in the store and a signed manifest too, with everything synced to the disk.
`python -m benchmarks.bakery --records 1000`.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

OURS = """
import json, sys, tempfile, time
from pathlib import Path
import django; django.setup()
from django.core.management import call_command
from mingtang.portal.bake import bake
from tests.portal import town

records, home = int(sys.argv[1]), Path(sys.argv[2])
call_command("migrate", verbosity=0)
town.build(2)
town.many(records)
print(json.dumps({"text": town.TEXT}), flush=True)
for _line in sys.stdin:
    out = Path(tempfile.mkdtemp(dir=home))
    began = time.perf_counter()
    made = bake(out, town.START)
    print(json.dumps({"seconds": time.perf_counter() - began, "pages": made.pages, "out": str(out)}), flush=True)
"""
PEER = """
import json, sys, time
import django; django.setup()
from django.conf import settings
from django.core.management import call_command
from wagtail.models import Page, Site
from benchmarks.peer_bakery.models import RecordPage
from wagtailbakery.views import AllPublishedPagesView

call_command("migrate", verbosity=0)
root = Page.objects.get(depth=1).get_children().first() or Page.objects.get(depth=1)
for number in range(int(sys.argv[1])):
    root.add_child(instance=RecordPage(
        title=f"关于做好第{number}批公开事项有关工作的通知", slug=f"yl-{number}", index_number=f"yl/2022-{number:05d}",
        document_number=f"云政办发〔2022〕{number}号", body_name="云岭旗教育局（演示）", made_on="2022年6月28日",
        text=sys.argv[3]))
print(json.dumps({}), flush=True)
for _line in sys.stdin:
    began = time.perf_counter()
    view = AllPublishedPagesView()
    view.build_method()
    print(json.dumps({"seconds": time.perf_counter() - began, "pages": view.get_queryset().count()}), flush=True)
"""
#: What of our page changes from record to record, and how the peer's template says it.
CHANGING = (
    ("关于做好第10001批公开事项有关工作的通知", "{{ page.title }}"),
    ("yl/2022-10001", "{{ page.index_number }}"),
    ("云政办发〔2022〕10001号", "{{ page.document_number }}"),
    ("云岭旗教育局（演示）", "{{ page.body_name }}"),
    ("2022年6月28日", "{{ page.made_on }}"),
)
TEXT_BEGINS = '<div class="document-text">'


class Baker:
    """A process that builds its site once and bakes it for each line it is given."""

    def __init__(self, program: str, settings: str, home: Path, records: int, text: str = "") -> None:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": settings, "MINGTANG_HOME": str(home / "ours"), "PEER_HOME": str(home)
        }  # fmt: skip
        environment.pop("DATABASE_URL", None)
        self._process = subprocess.Popen(
            [sys.executable, "-c", program, str(records), str(home), text],
            env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.text = str(self._answer().get("text", ""))
        self.speeds: list[float] = []

    def _answer(self) -> dict[str, object]:
        assert self._process.stdout
        return json.loads(self._process.stdout.readline())

    def bake(self) -> dict[str, object]:
        """Bake once and note pages per second."""
        assert self._process.stdin
        print(file=self._process.stdin, flush=True)
        made = self._answer()
        self.speeds.append(float(str(made["pages"])) / float(str(made["seconds"])))
        return made

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()


def write_template(out: Path, home: Path) -> None:
    """The peer's template out of a page that we have baked, where the peer's settings look for it."""
    page = (out / "current/records/yl-2022-10001/index.html").read_text(encoding="utf-8")
    for said, spelled in CHANGING:
        page = page.replace(said, spelled)
    begin = page.index(TEXT_BEGINS) + len(TEXT_BEGINS)
    end = page.index("</div>", begin)
    template = home / "templates/peer_bakery/record.html"
    template.parent.mkdir(parents=True)
    template.write_text(page[:begin] + "{{ page.text|safe }}" + page[end:], encoding="utf-8")


def copying(out: Path, home: Path) -> float:
    """Pages per second of writing the same files, as bytes that lie in memory, and syncing the disk."""
    release = (out / "current").resolve()
    bodies = {each.relative_to(release): each.read_bytes() for each in release.rglob("*") if each.is_file()}
    pages = sum(path.suffix == ".html" for path in bodies)
    into = Path(tempfile.mkdtemp(dir=home))
    began = time.perf_counter()
    for path, body in bodies.items():
        (into / path).parent.mkdir(parents=True, exist_ok=True)
        (into / path).write_bytes(body)
    os.sync()
    seconds = time.perf_counter() - began
    shutil.rmtree(into)
    return pages / seconds


def measure(records: int, rounds: int) -> list[str]:
    """A line each for ours against the peer, and ours against the disk."""
    home = Path(tempfile.mkdtemp(prefix="mingtang-bakery-"))
    try:
        ours = Baker(OURS, "mingtang.config.settings", home, records)
        out = Path(str(ours.bake()["out"]))
        write_template(out, home)
        peer = Baker(PEER, "benchmarks.peer_bakery.settings", home, records, ours.text)
        disk: list[float] = []
        peer.bake()
        ours.speeds.clear()
        peer.speeds.clear()
        for _round in range(rounds):
            ours.bake()
            peer.bake()
            disk.append(copying(out, home))
        ours.close()
        peer.close()
        mine, theirs, limit = map(statistics.median, (ours.speeds, peer.speeds, disk))
        return [
            f"whole bake: ours {mine:,.0f} pages/s, wagtail-bakery {theirs:,.0f} pages/s: {mine / theirs:.1f} times",
            f"whole bake: ours {mine:,.0f} pages/s, writing the same bytes {limit:,.0f} pages/s: {mine / limit:.2f}",
        ]
    finally:
        shutil.rmtree(home, ignore_errors=True)


def main() -> None:
    """Print the comparison, a line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    print("\n".join(measure(chosen.records, chosen.rounds)))


if __name__ == "__main__":
    main()
