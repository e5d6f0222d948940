"""The front page: search first, what is new, how far the year's work is, the ways by column and by body."""

import json
from typing import Any

import pytest
from django.test import Client
from lxml import html

from mingtang.portal import pages
from mingtang.records.models import Record
from mingtang.trace import pages as registry
from mingtang.trace.pages import Door, Progress
from tests.portal import town

pytestmark = pytest.mark.django_db


def front(client: Client) -> Any:
    return html.fromstring(client.get("/").content)


def test_the_search_comes_first_and_once(client: Client) -> None:
    town.build(2)
    page = front(client)
    assert len(page.xpath("//form[@role='search']")) == 1
    assert page.xpath("//main//*[self::form or self::ul]")[0].tag == "form"


def test_the_newest_are_the_newest_public_ones_of_all_columns(client: Client) -> None:
    town.build(12)
    public = Record.objects.filter(state__in=("published", "superseded", "archived")).order_by("-published_at", "-pk")
    shown = front(client).xpath("//section[@class='front-new']//li/a/text()")
    assert shown == list(public.values_list("title", flat=True)[: pages.NEWEST])


def test_work_with_an_end_is_shown_with_its_numbers(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    town.build(2)
    done = Progress("2024年工作台账", "ledger/2024/", 98, 5, 83, "项任务")
    door = Door("test", "门", "about/", "说明", lambda: None, lambda: None, progress=lambda: done)
    monkeypatch.setitem(registry._doors, "test", door)
    said = " ".join(front(client).xpath("string(//section[@class='front-year'])").split())
    for words in ("2024年工作台账", "5", "98 项任务已完成", "进行中 83", "尚未开始 10"):
        assert words in said
    data = json.loads(client.get("/index.json").content)
    assert data["progress"][0]["going"] == 83


def test_every_column_and_body_is_one_step_away(client: Client) -> None:
    built = town.build(2)
    links = set(front(client).xpath("//main//a/@href"))
    assert {f"/columns/{column.path}/" for column in built["columns"]} <= links
    assert {f"/bodies/{body.code}/" for body in built["bodies"]} <= links


def test_an_empty_site_still_opens(client: Client, db: None) -> None:
    assert "还没有公开的信息" in client.get("/").content.decode()
