"""Every altered byte of a baked site is found and named, mended from the store, and nothing false is ever put back."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingtang.portal.bake import checking, manifest
from mingtang.portal.bake.errors import BakeRefused
from mingtang.portal.bake.keys import trusted
from mingtang.trace.log.notes import Signer
from tests.servers.mingtang import Instance
from tests.servers.templates import Templates, set_up

ROOT = Path(__file__).parents[2]
BUILD = """
import sys
from pathlib import Path
import django; django.setup()
from mingtang.portal.bake import bake
from mingtang.records.models import Record
from mingtang.trace import actions
from django.db import transaction
from tests.portal import town
built = town.build(4)
town.attach(built["records"][1], "统计数据.csv", b"1,2,3\\n" * 20_000)
out = Path(sys.argv[1])
bake(out, town.START)
record = built["records"][2]
with transaction.atomic():
    Record.objects.filter(pk=record.pk).update(title="第二版的标题")
    actions.record("records.changed", record, actor="system:test", moment=town.START)
bake(out, town.START)
"""
PAGE = "records/yl-2022-00001/index.html"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, templates: Templates) -> Path:
    """An instance whose site has been baked whole, and then by a step."""
    home = templates.copy("setup", set_up, tmp_path_factory.mktemp("verified") / "home", None, Instance).home
    environment = os.environ | {"MINGTANG_HOME": str(home), "DJANGO_SETTINGS_MODULE": "mingtang.config.settings"}
    environment.pop("DATABASE_URL", None)
    out = str(home / "site")
    subprocess.run([sys.executable, "-c", BUILD, out], env=environment, check=True, cwd=ROOT)
    return home


@pytest.fixture
def site(home: Path, tmp_path: Path) -> Path:
    """A copy of the site that a test may damage."""
    return Path(shutil.copytree(home / "site", tmp_path / "site", symlinks=True))


Look = Callable[..., checking.Checked]


@pytest.fixture
def look(home: Path) -> Look:
    """Checks a site with the keys of its instance."""
    return lambda site, repair=False: checking.check(site, trusted(None, home), repair=repair)


def named(checked: checking.Checked) -> set[tuple[str, str]]:
    return {(str(each.kind), each.path) for each in checked.differences}


def test_a_site_as_it_was_baked_is_whole(site: Path, look: Look) -> None:
    checked = look(site)
    assert checked.is_whole
    assert checked.files == manifest.read_root(site / "current").files > 100


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_byte_changed_anywhere_is_found_and_named(home: Path, data: st.DataObject) -> None:
    release = (home / "site/current").resolve()
    paths = sorted(str(each.relative_to(release)) for each in release.rglob("*") if each.is_file())
    path = data.draw(st.sampled_from(paths))
    place = release / path
    good = place.read_bytes()
    at = data.draw(st.integers(0, len(good) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != good[at]))
    copy = place.with_name(".kept")
    place.rename(copy)  # the altered file is one of its own: other names of the same bytes stay as they are
    try:
        place.write_bytes(good[:at] + bytes([other]) + good[at + 1 :])
        checked = checking.check(release, trusted(None, home))
    finally:
        copy.replace(place)
    said = {each.path for each in checked.differences} - {f"{copy.relative_to(release)}"}
    assert path in said, (path, at, other)
    assert not checked.is_whole


def test_truncated_swapped_added_and_removed_files_are_named_and_mended(site: Path, look: Look) -> None:
    release = (site / "current").resolve()
    good = {path: (release / path).read_bytes() for path in manifest.read(release)}
    a, b, c = PAGE, "about/index.html", "accessibility/index.html"
    page = (release / a).read_bytes()
    with (release / a).open("r+b") as file:  # in place: the other release shares these bytes
        file.truncate(len(page) // 2)
    (release / b).rename(release / "kept")
    (release / c).rename(release / b)
    (release / "kept").rename(release / c)
    (release / "404.html").unlink()
    (release / "index.html.br").unlink()
    (release / "index.html.br").symlink_to("/etc/hostname")
    shutil.rmtree(release / "bodies")
    (release / "bodies").write_text("a file where a folder was")
    (release / "hidden").mkdir()
    (release / "hidden/page.html").write_text("赌博网站")
    checked = look(site)
    expected = {("altered", each) for each in (a, b, c, "index.html.br")}
    expected |= {("missing", each) for each in ("404.html", "bodies/index.html")}
    assert expected | {("added", "bodies"), ("added", "hidden/page.html")} <= named(checked)
    mended = look(site, repair=True)
    assert mended.is_whole
    assert mended.mended.failed == []
    assert {path: (release / path).read_bytes() for path in manifest.read(release)} == good
    assert mended.mended.folder is not None
    assert (mended.mended.folder / "hidden/page.html").read_text() == "赌博网站"
    assert look(site).is_whole
    other = next(each for each in (site / "releases").iterdir() if each != release)
    assert (other / a).read_bytes() == page


def test_an_altered_manifest_or_signature_is_named_and_mended(site: Path, look: Look) -> None:
    release = (site / "current").resolve()
    part = next(release.glob(".site/manifest/??/[0-7][0-7]"))
    part.write_bytes(part.read_bytes().replace(b" ", b"  ", 1))
    group = next(each for each in release.glob(".site/manifest/??/index") if each.parent != part.parent)
    group.unlink()
    root = release / manifest.ROOT
    root.write_text(root.read_text().replace("events ", "events 1", 1))
    checked = look(site)
    assert ("manifest", manifest.ROOT) in named(checked)
    assert look(site, repair=True).is_whole
    assert look(site).is_whole


def test_a_manifest_signed_by_a_stranger_is_not_believed(site: Path, home: Path, look: Look) -> None:
    release = (site / "current").resolve()
    from mingtang.trace.log.notes import Note

    note = Note.parse((release / manifest.ROOT).read_bytes())
    stranger = Signer.generate("example.gov.cn/log")
    (release / manifest.ROOT).write_text(str(Note(note.text).signed(stranger)))
    assert ("manifest", manifest.ROOT) in named(look(site))
    (release / manifest.ROOT).write_text(str(note.signed(stranger)))
    assert ("manifest", manifest.ROOT) in named(look(site))


def test_a_corrupt_or_missing_copy_in_the_store_is_refused(site: Path, look: Look) -> None:
    release = (site / "current").resolve()
    for path, harm in ((PAGE, b"garbage"), ("about/index.html", None)):
        digest = manifest.read(release)[path].sha256
        copy = site / "store" / digest[:2] / f"{digest[2:]}.br"
        copy.unlink()
        if harm is not None:
            copy.write_bytes(harm)
        (release / path).unlink()
        (release / path).write_text("changed by somebody")
    mended = look(site, repair=True)
    assert not mended.is_whole
    assert len(mended.mended.failed) == 2
    assert all("--full" in line for line in mended.mended.failed)
    assert (release / PAGE).read_text() == "changed by somebody"  # nothing false was put in its place


def test_the_command_names_differences_and_ends_with_their_status(site: Path, home: Path) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "mingtang", "verify", *arguments]
        return subprocess.run(
            command, env=os.environ | {"MINGTANG_HOME": str(home)}, capture_output=True, text=True, check=False
        )

    (site / "current" / PAGE).write_text("changed")
    done = run("--site", str(site))
    assert done.returncode == 1
    assert f"{PAGE}：内容被改动" in done.stdout
    done = run("--site", str(site), "--repair", "--format", "json")
    assert done.returncode == 0
    assert PAGE in json.loads(done.stdout)["site"]["restored"]
    assert run("--site", str(site)).returncode == 0
    for wrong in ((), ("--site", str(site / "no")), ("--repair",), ("--site", str(site), "--key", "no key")):
        done = run(*wrong)
        assert done.returncode == 2, wrong
        assert done.stderr.strip()


def test_a_folder_without_a_site_is_refused(tmp_path: Path, look: Look) -> None:
    with pytest.raises(BakeRefused, match="没有生成好的网站"):
        look(tmp_path)
