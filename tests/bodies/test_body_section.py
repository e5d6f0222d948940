"""A body's public page lists its newest records, for many bodies at once."""

import pytest

from mingtang.bodies import pages
from mingtang.bodies.models import Body
from mingtang.portal.rendering import render
from mingtang.records.body_section import NEWEST, newest
from tests.county import Place


@pytest.mark.django_db
def test_the_page_lists_what_the_body_published_and_nothing_of_others_or_unpublished(place: Place) -> None:
    record = place.published(title="校车通知（演示）")
    place.draft(title="还没有发布（演示）")
    page = pages.profile(place.education.code)
    assert page is not None
    shown = render(page, "bodies/jyj/").decode()
    assert "校车通知（演示）" in shown
    assert f"record:{record.pk}" in page.tags
    assert "还没有发布" not in shown
    other = pages.profile(place.health.code)
    assert other is not None
    assert "校车通知" not in render(other, "bodies/wjw/").decode()


@pytest.mark.django_db
def test_the_newest_of_all_bodies_take_two_queries(place: Place, django_assert_num_queries) -> None:
    titles = [place.published(title=f"通知{n}（演示）").title for n in range(NEWEST + 2)]
    bodies = list(Body.objects.all())
    with django_assert_num_queries(2):
        shown = newest(bodies)[place.education.pk]
    assert [entry.title for entry in shown.entries] == titles[:1:-1]
    assert f"共公开 {NEWEST + 2} 条" in shown.note
