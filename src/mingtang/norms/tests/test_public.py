"""What the public sees of the library: banners, lists and anchors follow the acts, and one act bakes few pages."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import jsonschema_rs
from django.test import Client
from markupsafe import Markup

from mingtang.norms import actions
from mingtang.norms.public.articles import with_anchors
from mingtang.norms.tests.conftest import Library
from mingtang.portal.bake import bake
from mingtang.trace import pages
from tests.county import MORNING


def html(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


def test_each_article_has_an_address_and_references_have_none() -> None:
    text = Markup(
        "<h2>第一章 总则</h2><p>第一条 甲，乙。</p><p>第一条之一 丙。</p>"
        "<p>第二条第一款所称事项。</p><p>第三条　丁。</p>"
    )
    marked, places = with_anchors(text, {3})
    assert [place.anchor for place in places] == ["z1", "t1", "t1-1", "t3"]
    assert [place.touched for place in places] == [False, False, False, True]
    assert '<p id="t3">' in marked
    assert [place.anchor for place in with_anchors(Markup("<p>一、要求</p><p>二、期限</p>"))[1]] == ["y1", "y2"]


def test_the_page_says_what_it_is_worth_and_by_which_act(library: Library, client: Client) -> None:
    norm, by = library.published(), library.published("云岭旗校车管理若干规定（演示）")
    actions.refer(by, "cited", [actions.Named(number=norm.document_number)], actor=library.place.clerk, moment=MORNING)
    page = html(client, f"/norms/{norm.slug}/")
    assert "现行有效" in page
    assert 'id="t3"' in page
    assert 'href="#t3"' in page
    assert "被这些文件引用" in page
    assert "依据与引用" in html(client, f"/norms/{by.slug}/")
    library.acted(norm, "repealed", date(2024, 7, 1), by=by)
    page = html(client, f"/norms/{norm.slug}/")
    assert "已废止" in page
    assert f'<a href="/norms/{by.slug}/">《云岭旗校车管理若干规定（演示）》</a>废止' in page
    assert f"/norms/{norm.slug}/" in html(client, f"/records/{norm.slug}/")


def test_lists_show_what_holds_and_mark_the_rest(library: Library, client: Client) -> None:
    norm, other = library.published(), library.published()
    library.acted(norm, "repealed", date(2024, 7, 1), reason="实施完毕")
    for path in ("/norms/", "/norms/bodies/jyj/", "/norms/topics/J/", "/norms/years/2024/", "/norms/kinds/department/"):
        page = html(client, path)
        assert page.index(other.slug) < page.index("<details") < page.index(norm.slug), path
    ended = html(client, "/norms/standings/repealed/")
    assert norm.slug in ended
    assert other.slug not in ended
    html(client, "/norms/bodies/nobody/", 404)
    html(client, "/norms/years/²/", 404)


def test_a_repeal_bakes_the_few_pages_that_say_so(library: Library, tmp_path: Path, settings: Any) -> None:
    settings.SITE_ROOT = tmp_path / "site"
    norms = [library.published() for _number in range(4)]
    now = MORNING + timedelta(days=60)
    bake(tmp_path / "site", now)
    place = tmp_path / "site/current/norms"
    before = {path.parent.name: path.stat().st_ino for path in place.rglob("index.html")}
    library.acted(norms[0], "repealed", date(2024, 7, 1), days_later=60, reason="实施完毕")
    bake(tmp_path / "site", now + timedelta(minutes=5))
    after = {path.parent.name: path.stat().st_ino for path in place.rglob("index.html")}
    assert "已废止" in (place / norms[0].slug / "index.html").read_text(encoding="utf-8")
    assert "standings/repealed" in (place / "index.html").read_text(encoding="utf-8")
    assert "repealed" in after, "a list that was not there before"
    assert all(after[norm.slug] == before[norm.slug] for norm in norms[1:]), "other documents' pages stay as they are"


def test_any_day_can_be_asked_for(library: Library, client: Client) -> None:
    norm = library.published()
    library.acted(norm, "repealed", date(2024, 7, 1), reason="实施完毕")
    ask = "/norms/on-a-day/?on="
    assert norm.slug in html(client, f"{ask}2024-06-30")
    assert norm.slug not in html(client, f"{ask}2024-07-01")
    assert norm.slug in html(client, f"{ask}2024-07-01&standing=repealed")
    assert "2024-06-03" in html(client, f"{ask}2024-13-01", 400)
    assert "写短一些" in html(client, f"{ask}2024-06-30&q={'长' * 61}", 400)
    html(client, "/norms/on-a-day/")


def test_the_data_is_what_its_schema_says(library: Library) -> None:
    norm = library.published()
    library.acted(norm, "amended", date(2024, 7, 1), by=library.published(), clauses=["第二条"])
    checked = 0
    for source in pages.registered():
        if source.name.startswith("norm") and source.shape:
            shape = source.shape
            parts = {each.name: each.schema for each in shape.definitions()}
            valid = jsonschema_rs.validator_for({**shape.schema, "components": {"schemas": parts}})
            for _arguments, page in source.pages():
                valid.validate(json.loads(json.dumps(page.context["value"])))
                checked += 1
    assert checked > 6
