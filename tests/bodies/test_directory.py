"""The public directory: whom to ask, what each does; a bake asks few questions."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from django.utils.html import escape

from mingtang.bodies import pages, sections
from mingtang.bodies.models import Alias, Body
from mingtang.bodies.sections import Section, Shown
from mingtang.bodies.tests.conftest import County
from mingtang.portal.rendering import render
from mingtang.trace.pages import Entry, Page


def html(page: Page | None, path: str) -> str:
    assert page is not None
    return render(page, path).decode()


def test_the_directory_shows_duties_hours_and_openness_contact(county: County) -> None:
    Body.objects.filter(pk=county.education.pk).update(
        duties="管理教育。", office_hours="工作日 8:30–17:30", openness_phone="0000-0000001"
    )
    shown = html(pages.directory(), "bodies/")
    for fact in ("云岭旗教育局", "管理教育。", "工作日 8:30–17:30", 'href="tel:0000-0000001"', 'href="/bodies/jyj/"'):
        assert fact in shown


def test_a_body_that_has_ended_leaves_the_directory_and_keeps_its_page(county: County) -> None:
    Body.objects.filter(pk=county.health.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
    assert "卫生健康委员会" not in html(pages.directory(), "bodies/")
    assert "撤销" in html(pages.profile("wjw"), "bodies/wjw/")


def test_villages_stand_on_the_page_of_their_township(county: County) -> None:
    assert "北嘎查" not in html(pages.directory(), "bodies/")
    shown = html(pages.profile("sm"), "bodies/sm/")
    assert 'href="/bodies/gc/"' in shown


def test_a_body_is_shown_with_its_other_names(county: County) -> None:
    Alias.objects.create(body=county.education, name="教体局")
    assert "教体局" in html(pages.profile("jyj"), "bodies/jyj/")


def test_what_somebody_typed_is_never_markup(county: County) -> None:
    Body.objects.filter(pk=county.education.pk).update(duties="<script>1</script>")
    assert "<script>1" not in html(pages.profile("jyj"), "bodies/jyj/")
    assert escape("<script>1</script>") in html(pages.profile("jyj"), "bodies/jyj/")


def test_no_page_for_an_unknown_code(county: County) -> None:
    assert pages.profile("keine") is None


def test_other_rooms_add_sections_with_their_tags(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sections, "_sections", {})
    entry = Entry("招生通知（演示）", "records/jyj-1/", date(2024, 6, 3))
    shown = Shown((entry,), more=Entry("全部", "columns/"), tags=frozenset({"record:1"}))
    sections.register(Section("latest", "最新公开", lambda bodies: {county.education.pk: shown}))
    page = pages.profile("jyj")
    text = html(page, "bodies/jyj/")
    assert "最新公开" in text
    assert 'href="/records/jyj-1/"' in text
    assert {"record:1", "body:jyj"} <= page.tags
    other = html(pages.profile("wjw"), "bodies/wjw/")
    assert "最新公开" not in other[other.index("<main") : other.index("</main>")]


def test_the_directory_takes_two_queries_and_all_pages_three(
    county: County, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries
) -> None:
    monkeypatch.setattr(sections, "_sections", {})
    with django_assert_num_queries(2):
        pages.directory()
    with django_assert_num_queries(3):
        made = list(pages._every())
    assert [arguments["code"] for arguments, _ in made] == [row["code"] for row in pages._arguments()]
