"""What else can go wrong around a bake: the clock goes back, the key is lost; and side by side all see one moment."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from mingtang.portal.bake import bake, checking, manifest, release
from mingtang.portal.bake.keys import trusted
from mingtang.trace import actions
from mingtang.trace.log import builder
from tests.portal import town
from tests.servers.mingtang import Instance
from tests.servers.templates import Templates, set_up

ROOT = Path(__file__).parents[2]
PAGE = "records/yl-2022-00003/index.html"


def entitle(record: Any, title: str) -> None:
    """Give a public record a new title, as an act does."""
    with transaction.atomic():
        type(record).objects.filter(pk=record.pk).update(title=title)
        actions.record("records.changed", record, actor="system:test", moment=town.START)


@pytest.mark.django_db
def test_a_clock_that_goes_back_neither_stops_the_site_nor_takes_anything_from_it(tmp_path: Path) -> None:
    site, record = tmp_path / "site", town.build(3)["records"][2]
    first = bake(site, town.START + timedelta(days=40))  # the clock was ahead
    for hours in (0, -1, -1):  # set right, set back, and standing still
        entitle(record, f"时钟偏差{hours}小时后的标题")
        made = bake(site, town.START + timedelta(hours=hours), thorough=False)
        assert release.served(site) == site / "releases" / made.release
        assert f"时钟偏差{hours}小时" in (site / "current" / PAGE).read_text(encoding="utf-8")
        assert manifest.read_root(site / "current").release == made.release
    assert first.release not in {each.name for each in (site / "releases").iterdir()}
    assert len(list((site / "releases").iterdir())) == 2


@pytest.mark.django_db
def test_without_its_key_the_site_goes_on_unsigned_and_says_so_until_the_key_is_back(
    tmp_path: Path, settings: Any
) -> None:
    settings.HOME = tmp_path
    site, record = tmp_path / "site", town.build(3)["records"][2]
    assert bake(site, town.START).problems == ()
    secrets = builder.secret_folder()
    known = trusted(None, secrets.parents[1])
    private = next(each for each in secrets.iterdir() if each.stat().st_mode & 0o777 == 0o600 and "key" in each.name)
    kept = private.read_bytes()
    private.unlink()
    try:
        entitle(record, "密钥遗失后的标题")
        made = bake(site, town.START + timedelta(hours=1))
        assert any("没有签名" in line and "密钥" in line for line in made.problems)
        assert "密钥遗失后的标题" in (site / "current" / PAGE).read_text(encoding="utf-8")
        found = checking.check(site, known)
        assert not found.is_whole
        assert {each.path for each in found.differences} == {manifest.ROOT}
    finally:
        private.touch(0o600)
        private.write_bytes(kept)
    assert bake(site, town.START + timedelta(hours=2)).problems == ()
    assert checking.check(site, known).is_whole


#: Bakes whole in two processes, then alone; while the first one runs, a record gets another title.
TWICE = """
import json, sys, threading
from pathlib import Path
import django; django.setup()
from django.db import connections, transaction
from mingtang.portal.bake import bake, manifest
from mingtang.records.models import Record
from mingtang.trace import actions
from tests.portal import town

built, out = town.build(8), Path(sys.argv[1])
record, begun = built["records"][-1], threading.Event()

def change():
    begun.wait(60)
    with transaction.atomic():
        Record.objects.filter(pk=record.pk).update(title="生成期间改的标题")
        actions.record("records.changed", record, actor="system:test", moment=town.START)
    connections.close_all()

writer = threading.Thread(target=change)
writer.start()

def tell(_count):
    if not begun.is_set():
        begun.set()
        writer.join()

files = lambda name: {path: copy.sha256 for path, copy in manifest.read(out / name / "current").items()}
side_by_side = bake(out / "two", town.START, processes=2, progress=tell)
before = files("two")
after_it = bake(out / "two", town.START, thorough=False)
alone = bake(out / "one", town.START, processes=1)
print(json.dumps({
    "changed_meanwhile": "生成期间" in (out / "two/current/records" / record.slug / "index.html").read_text("utf-8"),
    "seen_early": "生成期间" in "".join(
        each.read_text("utf-8") for each in (out / "two/releases" / side_by_side.release).rglob("*.html")),
    "same": files("two") == files("one"), "moved": before != files("two"), "step": not after_it.whole,
    "pages": [after_it.pages, alone.pages],
}))
"""


def test_side_by_side_all_see_one_moment_and_make_what_one_makes(tmp_path: Path, templates: Templates) -> None:
    made = templates.copy("setup", set_up, tmp_path / "home", os.environ.get("DATABASE_URL"), Instance)
    done = subprocess.run(
        [sys.executable, "-c", TWICE, str(tmp_path)],
        env=made.environment | {"DJANGO_SETTINGS_MODULE": "mingtang.config.settings"},
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    said = json.loads(done.stdout)
    assert said["pages"][0] == said["pages"][1] > 50
    assert {name: said[name] for name in ("changed_meanwhile", "seen_early", "same", "moved", "step")} == {
        "changed_meanwhile": True, "seen_early": False, "same": True, "moved": True, "step": True,
    }  # fmt: skip
