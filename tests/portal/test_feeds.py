"""Feeds as an independent reader understands them: the newest, when they changed, what is gone, and never too long."""

from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest

from mingtang.portal import feeds
from mingtang.portal.rendering import render
from mingtang.records.models import Record, State
from mingtang.trace import pages
from mingtang.trace.pages import Page
from tests.portal import town

pytestmark = pytest.mark.django_db

SOURCES = ("feed", "column-feed", "body-feed", "topic-feed")
DELETED = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"


def parsed(page: Page | None, path: str = "feed.atom") -> Any:
    assert page is not None
    found = feedparser.parse(render(page, path))
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


def test_every_feed_is_read_without_complaint() -> None:
    town.build(30)
    read = 0
    for source in pages.registered():
        if source.name in SOURCES:
            for _, page in source.pages():
                found = parsed(page)
                assert found.feed.id.startswith("http")
                assert found.feed.updated_parsed
                for entry in found.entries:
                    assert entry.id == entry.link
                    assert entry.updated_parsed >= entry.published_parsed
                read += 1
    assert read == 1 + 4 + 3 + 21


def test_the_newest_come_first_and_no_more_than_fifty() -> None:
    town.build(70)
    entries = parsed(feeds.site_feed()).entries
    assert len(entries) == feeds.LENGTH
    published = [entry.published_parsed for entry in entries]
    assert published == sorted(published, reverse=True)


def test_a_column_brings_what_lies_below_it_and_a_body_its_own() -> None:
    built = town.build(9)
    policy, below, _notices, empty = built["columns"]
    titles = {entry.title for entry in parsed(feeds.column_feed("policy")).entries}
    assert titles == {r.title for r in Record.objects.filter(column__in=[policy, below], state__in=PUBLIC)}
    assert parsed(feeds.column_feed(empty.path)).entries == []
    body = built["bodies"][0]
    assert {entry.author for entry in parsed(feeds.body_feed(body.code)).entries} == {body.name}
    assert feeds.body_feed("nobody") is feeds.column_feed("nowhere") is feeds.topic_feed("a") is None


PUBLIC = (State.PUBLISHED, State.SUPERSEDED, State.ARCHIVED)


def test_a_change_is_told_by_its_moment() -> None:
    record = town.build(3)["records"][0]
    entry = next(each for each in parsed(feeds.site_feed()).entries if record.slug in each.id)
    assert entry.updated == "2022-07-03T09:00:00+08:00"


def test_what_was_withdrawn_is_said_with_its_reason() -> None:
    record = town.build(3)["withdrawn"]
    page = feeds.site_feed()
    root = ElementTree.fromstring(render(page, "feed.atom"))
    gone = root.findall(DELETED)
    assert [each.get("ref", "").rsplit("/", 2)[1] for each in gone] == [record.slug]
    assert town.REASON in "".join(gone[0].itertext())
    assert record.title not in render(page, "feed.atom").decode()


@pytest.mark.parametrize("title", ["甲\x0b乙", "<b>甲</b> & 乙", "\ufffe甲", "”甲“ ]]>"])
def test_no_title_breaks_a_feed(title: str) -> None:
    record = town.build(2)["records"][0]
    Record.objects.filter(pk=record.pk).update(title=title)
    assert parsed(feeds.site_feed()).entries


def test_a_feed_depends_on_its_own_column_alone() -> None:
    built = town.build(3)
    notices = built["columns"][2]
    page = feeds.column_feed(notices.path)
    assert page is not None
    assert {tag for tag in page.tags if tag.startswith(("list:", "column:"))} == {
        f"list:{notices.pk}",
        f"column:{notices.pk}",
    }
    assert "records" not in page.tags
