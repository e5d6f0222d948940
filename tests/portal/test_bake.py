"""What the baker makes: the same bytes as live, whole releases, what is unchanged used again, few queries."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.template import engines
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mingtang.portal import assets
from mingtang.portal.addresses import PARAMETER, file_of, path_of
from mingtang.portal.bake import BakeFailed, BakeRefused, BakeRunning, bake, lock, manifest, stamp
from mingtang.portal.bake.book import FILE, Book
from mingtang.portal.bake.content import Copy
from mingtang.trace import actions, pages
from mingtang.trace.log import builder
from mingtang.trace.pages import Page, PageSource
from tests.portal import town

pytestmark = pytest.mark.django_db


def files(release: Path) -> dict[str, bytes]:
    """Path → bytes of what a release shows: without manifest, list of what is gone, and compressed companions."""
    found = (each for each in release.rglob("*") if each.is_file() and each.suffix not in (".gz", ".br"))
    paths = {str(each.relative_to(release)): each for each in found}
    return {path: each.read_bytes() for path, each in paths.items() if not path.startswith((".site/", ".gone/"))}


def change(record: Any, **fields: Any) -> None:
    """Change a public record as an act does, with its event."""
    with transaction.atomic():
        type(record).objects.filter(pk=record.pk).update(**fields)
        actions.record("records.changed", record, actor="system:test", moment=town.START)


def test_every_page_is_baked_as_it_is_rendered_live(tmp_path: Path, client: Client, settings: Any) -> None:
    settings.SITE_ROOT = tmp_path / "nothing baked here"
    builder.set_up()  # as both shells that bake do first: the page on checking shows the log's key
    town.build(45)
    bake(tmp_path / "site", town.START)
    baked = files((tmp_path / "site/current").resolve())
    checked = 0
    for source in pages.registered():
        for arguments in source.arguments():
            path = path_of(source.route, arguments)
            assert client.get("/" + path).content == baked.pop(file_of(path)), path
            checked += 1
    assert checked > 50
    assert client.get("/records/yl-2022-09001/").status_code == 410
    assert {path.split("/")[0] for path in baked} == {"assets", "files"}


def test_a_source_gives_the_same_pages_one_by_one_and_all_at_once(tmp_path: Path) -> None:
    town.build(45)
    for source in pages.registered():
        alone = {path_of(source.route, each): source.page(**each) for each in source.arguments()}
        together = {path_of(source.route, each): page for each, page in source.pages()}
        assert alone.keys() == together.keys()
        assert {path: page.tags for path, page in alone.items()} == {path: page.tags for path, page in together.items()}


def test_every_link_of_the_site_leads_to_a_file_of_it(tmp_path: Path) -> None:
    from lxml import html

    town.build(45)
    bake(tmp_path / "site", town.START)
    release = (tmp_path / "site/current").resolve()
    linked: set[tuple[str, str]] = set()
    for path, body in files(release).items():
        if path.endswith(".html"):
            for _, _, link, _ in html.fromstring(body).iterlinks():
                address, _, place = link.partition("#")
                address = address.partition("?")[0]
                if link.startswith(("/", "#")):
                    linked.add((file_of(address[1:]) if address else path, place))
    assert len(linked) > 50
    live = re.compile("|".join(PARAMETER.sub("[^/]+", file_of(page.route)) for page in pages.live()))
    beside = {path for path, _ in linked if live.fullmatch(path) or path.startswith(("log/", "api/v1/"))}
    assert [path for path, _ in sorted(linked) if path not in beside and not (release / path).is_file()] == []
    places = [(path, place) for path, place in linked if place and not live.fullmatch(path)]
    assert [each for each in places if f'id="{each[1]}"' not in (release / each[0]).read_text(encoding="utf-8")] == []


def test_the_manifest_names_every_file_with_digest_and_size(tmp_path: Path) -> None:
    town.build(3)
    baked = bake(tmp_path / "site", town.START)
    release = (tmp_path / "site/current").resolve()
    present = {str(each.relative_to(release)): each for each in release.rglob("*") if each.is_file()}
    listed = manifest.read(release)
    assert {path for path in present if not path.startswith(manifest.FOLDER)} == set(listed)
    for path, copy in listed.items():
        assert copy == Copy.of(present[path].read_bytes()), path
    root = manifest.read_root(release)
    assert (root.release, root.events, root.files) == (baked.release, 5, len(listed))


def test_the_book_knows_the_tags_of_every_page(tmp_path: Path) -> None:
    built = town.build(3)
    bake(tmp_path / "site", town.START)
    record = built["records"][0]
    book = Book(tmp_path / "site" / FILE, manifest.shard_of, read_only=True)
    tags = book.tags_of(f"records/{record.slug}/index.html")
    assert {f"record:{record.pk}", f"column:{record.column_id}", f"body:{record.body.code}"} <= tags
    book.close()


def test_drafts_leave_no_trace_and_a_withdrawn_text_is_gone(tmp_path: Path) -> None:
    town.build(3)
    bake(tmp_path / "site", town.START)
    everything = b"\n".join(files((tmp_path / "site/current").resolve()).values()).decode(errors="replace")
    assert "第9004批" not in everything
    assert "第9001批" not in everything
    assert town.REASON in everything


def test_unchanged_files_are_the_former_releases_own_and_full_writes_all_anew(tmp_path: Path) -> None:
    built = town.build(3)
    site = tmp_path / "site"
    first = bake(site, town.START)
    record = built["records"][2]
    change(record, source="测试来源")
    second = bake(site, town.START + timedelta(hours=1))
    one, two = (site / "releases" / each.release for each in (first, second))
    changed = {path for path in files(one) if not (one / path).samefile(two / path)}
    assert f"records/{record.slug}/index.html" in changed
    assert all(path.startswith(f"records/{record.slug}/") for path in changed), changed
    new = files(two).keys() - files(one).keys()  # the former text, for who asks what was said on a past day
    assert second.reused == second.pages + second.files - len(changed) - len(new)
    third = bake(site, town.START + timedelta(hours=2), full=True)
    assert third.reused == 0
    assert files(two) == files(site / "releases" / third.release)


def test_a_damaged_file_of_the_former_release_is_not_used_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.build(2)
    site = tmp_path / "site"
    bake(site, town.START)
    page = (site / "current/about/index.html").resolve()
    good = page.read_bytes()
    page.write_bytes(good.replace("指南".encode(), "南指".encode()))
    monkeypatch.setattr(stamp, "program", lambda: "a new program")
    assert bake(site, town.START).whole
    assert (site / "current/about/index.html").read_bytes() == good


def test_assets_of_the_former_program_are_kept_for_a_month_for_pages_that_still_ask_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, client: Client, settings: Any
) -> None:
    town.build(2)
    site, served = tmp_path / "site", tmp_path / "site/current/assets/portal"
    settings.SITE_ROOT = site
    bake(site, town.START)
    (old,) = served.glob("portal.*.css")
    upgraded = {"portal/portal.css": b"/* the next program's */ " + old.read_bytes()}
    known = assets.content
    monkeypatch.setattr(assets, "content", lambda name: upgraded.get(name) or known(name))
    monkeypatch.setattr(stamp, "program", lambda: "the next program")
    assets.path_of.cache_clear()
    new = assets.path_of("portal/portal.css")
    try:
        # Before the site is made anew, forms of the new program already ask for its style.
        assert client.get(f"/{new}").content == upgraded["portal/portal.css"]
        assert client.get("/assets/../settings.css").status_code == 404
        for days, kept in ((1, True), (20, True), (32, False)):
            made = bake(site, town.START + timedelta(days=days), full=days == 20)
            assert (old.name in {each.name for each in served.iterdir()}) == kept, days
            assert (site / "current" / new).read_bytes() == upgraded["portal/portal.css"]
            assert client.get(f"/assets/portal/{old.name}").status_code == (200 if kept else 404)
            listed = manifest.read((site / "current").resolve())
            assert (f"assets/portal/{old.name}" in listed) == kept and len(listed) > made.pages
            monkeypatch.setattr(stamp, "program", lambda days=days: f"a program of day {days}")
    finally:
        assets.path_of.cache_clear()


def test_two_releases_are_kept(tmp_path: Path) -> None:
    town.build(2)
    site = tmp_path / "site"
    names = [bake(site, town.START + timedelta(hours=hour)).release for hour in range(4)]
    assert sorted(each.name for each in (site / "releases").iterdir()) == names[-2:]
    assert (site / "current").resolve().name == names[-1]


def test_two_bakes_of_one_moment_do_not_meet(tmp_path: Path) -> None:
    town.build(2)
    names = [bake(tmp_path / "site", town.START).release for _ in range(3)]
    assert len(set(names)) == 3


def test_a_second_bake_of_the_same_folder_is_refused_while_one_runs(tmp_path: Path) -> None:
    town.build(2)
    bake(tmp_path / "site", town.START)
    with lock.alone(tmp_path / "site", wait=False), pytest.raises(BakeRunning, match="正在生成"):
        bake(tmp_path / "site", town.START)


def test_a_folder_with_something_elses_current_is_refused(tmp_path: Path) -> None:
    (tmp_path / "current").mkdir()
    with pytest.raises(BakeRefused, match="请换一个空文件夹"):
        bake(tmp_path, town.START)
    (tmp_path / "file").write_text("")
    with pytest.raises(BakeRefused, match="不是文件夹"):
        bake(tmp_path / "file", town.START)


def test_a_page_that_cannot_be_made_is_named_and_the_former_site_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.build(2)
    site = tmp_path / "site"
    former = bake(site, town.START).release
    broken = PageSource("broken", "broken/", lambda: Page("portal/not_found.html", {"site": None}, frozenset()))
    monkeypatch.setitem(pages._sources, "broken", broken)
    with pytest.raises(BakeFailed, match="页面 /broken/ 未能生成"):
        bake(site, town.START + timedelta(hours=1))
    assert (site / "current").resolve().name == former


def test_two_pages_of_one_address_are_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    town.build(2)
    twin = PageSource("twin", "about/", lambda: Page("portal/not_found.html", {}, frozenset()))
    monkeypatch.setitem(pages._sources, "twin", twin)
    with pytest.raises(BakeFailed, match="相同的地址"):
        bake(tmp_path / "site", town.START)


def test_a_lost_attachment_is_reported_and_holds_nothing_up(tmp_path: Path) -> None:
    built = town.build(2)
    Path(built["records"][0].attachments.get().file.file.path).unlink()
    baked = bake(tmp_path / "site", town.START)
    assert len(baked.problems) == 1
    assert "办理流程" in baked.problems[0]
    assert (tmp_path / "site/current/index.html").is_file()


def test_more_records_cost_hardly_more_queries(tmp_path: Path) -> None:
    town.build(30)
    with CaptureQueriesContext(connection) as few:
        bake(tmp_path / "few", town.START)
    town.more(150)
    with CaptureQueriesContext(connection) as many:
        bake(tmp_path / "many", town.START)
    assert len(many) <= len(few) + 16
    assert len(few) < 400


def test_templates_treat_unknown_names_as_errors() -> None:
    from jinja2 import UndefinedError

    template = engines["portal"].env.from_string("{{ nobody_gave_this }}")
    with pytest.raises(UndefinedError):
        template.render({})
