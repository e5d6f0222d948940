"""What the API answers: the same as the pages, all of it page by page, every change once, nothing not public."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mingtang.api import views
from mingtang.records.models import Record
from mingtang.trace import actions as trace
from mingtang.trace.limits import Scope
from tests.portal import town

pytestmark = pytest.mark.django_db
BASE = "/api/v1/"


def asked(client: Client, path: str) -> dict[str, Any]:
    response = client.get(BASE + path)
    assert response.status_code == 200, response.content.decode()
    return json.loads(response.content)


def walked(client: Client, path: str) -> Iterator[dict[str, Any]]:
    """Every item of a list, following `next`."""
    value = asked(client, path)
    yield from value["items"]
    while value["next"]:
        value = asked(client, value["next"].partition(BASE)[2])
        yield from value["items"]


def test_the_list_has_every_public_record_once_newest_first(client: Client) -> None:
    town.build(45)
    items = list(walked(client, "records?limit=7"))
    public = Record.objects.filter(state__in=("published", "superseded", "archived"))
    assert sorted(item["slug"] for item in items) == sorted(public.values_list("slug", flat=True))
    moments = [item["published_at"] for item in items]
    assert moments == sorted(moments, reverse=True)
    assert not [item for item in items if item["state"] == "withdrawn"]


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ("body=yl-education", 9),
        ("column=policy", 18),
        ("column=policy/interpretation", 9),
        ("topic=A", 27),
        ("topic=B", 0),
        ("genre=notice", 27),
        ("genre=letter", 0),
        ("year=2022", 27),
        ("year=2021", 0),
        ("validity=repealed", 1),
        ("column=notices&body=yl-education", 9),
    ],
)
def test_filters_choose(client: Client, filters: str, count: int) -> None:
    town.build(25)
    assert len(list(walked(client, f"records?limit=10&{filters}"))) == count


def test_a_record_is_what_its_page_says(client: Client) -> None:
    record = town.build(2)["records"][0]
    page = json.loads(client.get(f"/records/{record.slug}/index.json").content)
    assert asked(client, f"records/{record.slug}") == page


def test_every_change_comes_once_in_its_order_with_what_was_withdrawn(client: Client) -> None:
    built = town.build(12)
    since = quote((town.START + timedelta(hours=6)).isoformat())
    items = list(walked(client, f"records?limit=3&changed_since={since}"))
    slugs = [item["slug"] for item in items]
    assert len(slugs) == len(set(slugs))
    changed, withdrawn = built["records"][0].slug, built["withdrawn"].slug
    assert slugs[-2:] == [changed, withdrawn]
    assert items[-1]["title"] is None
    assert items[-1]["withdrawal_reason"] == town.REASON
    moments = [item["changed_at"] for item in items]
    assert moments == sorted(moments)
    again = list(walked(client, f"records?changed_since={quote(moments[-1])}"))
    assert [item["slug"] for item in again] == [withdrawn]


def test_who_keeps_in_step_misses_nothing_and_sees_nothing_twice_but_the_last(client: Client) -> None:
    built = town.build(4)
    seen = list(walked(client, "records?changed_since=2000-01-01T00:00:00Z"))
    later = town.START + timedelta(days=20)
    with transaction.atomic():
        trace.record("records.changed", built["records"][2], actor="system:test", moment=later)
    since = quote(seen[-1]["changed_at"])
    assert [item["slug"] for item in walked(client, f"records?changed_since={since}")] == [
        seen[-1]["slug"],
        built["records"][2].slug,
    ]


def test_a_withdrawn_record_is_gone_with_its_reason_and_a_draft_was_never_there(client: Client) -> None:
    built = town.build(2)
    response = client.get(f"{BASE}records/{built['withdrawn'].slug}")
    value = json.loads(response.content)
    assert (response.status_code, response["Content-Type"]) == (410, "application/problem+json")
    assert (value["reason"], value["status"]) == (town.REASON, 410)
    assert built["withdrawn"].title not in response.content.decode()
    assert client.get(f"{BASE}records/{built['draft'].slug}").status_code == 404


def test_columns_and_bodies_are_as_the_site_has_them(client: Client) -> None:
    built = town.build(9)
    columns = {each["path"]: each for each in asked(client, "columns")["items"]}
    assert columns["policy/interpretation"]["parent"] == "policy"
    assert columns["policy"] == asked(client, "columns/policy")
    codes = [each["code"] for each in walked(client, "bodies?limit=1")]
    assert codes == sorted(body.code for body in built["bodies"])
    assert asked(client, "bodies/yl-education")["name"] == "云岭旗教育局（演示）"
    assert [each["code"] for each in asked(client, "bodies?kind=department")["items"]] == ["yl-education"]


@pytest.mark.parametrize(
    ("path", "status", "word"),
    [
        ("records?limit=101", 400, "1 到 100"),
        ("records?limit=x", 400, "整数"),
        ("records?limit=1&limit=2", 400, "只能写一次"),
        ("records?pages=2", 400, "没有参数“pages”"),
        ("records?changed_since=yesterday", 400, "时刻"),
        ("records?changed_since=2022-02-30T00:00:00Z", 400, "时刻"),
        ("records?validity=good", 400, "valid、amended"),
        ("records?column=%00", 400, "写法不对"),
        ("records?body=nobody", 404, "没有代号为“nobody”的机构"),
        ("records?column=nowhere", 404, "没有代号为“nowhere”的栏目"),
        ("records?cursor=bm90IGpzb24=", 404, "游标"),
        ("records?cursor=WzEsMl0=", 404, "游标"),
        ("records?" + "x" * 3000, 400, "参数总长"),
        ("records/nothing", 404, "没有代号为“nothing”"),
        ("columns/a/b", 404, "栏目"),
        ("bodies/nobody", 404, "机构"),
        ("ledgers/1999", 404, "1999"),
        ("ledgers/2024/items/99999", 404, "2024"),
        ("nothing/here", 404, "没有这个接口"),
    ],
)
def test_what_is_wrong_is_said_in_chinese_with_the_mend(client: Client, path: str, status: int, word: str) -> None:
    town.build(2)
    response = client.get(BASE + path)
    value = json.loads(response.content)
    assert (response.status_code, value["status"]) == (status, status)
    assert response["Content-Type"] == "application/problem+json"
    assert word in value["detail"]
    assert value["type"].endswith(f"/api/#problem-{status}")


def test_what_a_client_has_is_not_sent_again(client: Client) -> None:
    record = town.build(2)["records"][0]
    path = f"{BASE}records/{record.slug}"
    first = client.get(path)
    assert client.get(path, headers={"if-none-match": first["ETag"]}).status_code == 304
    assert client.get(path, headers={"if-modified-since": first["Last-Modified"]}).status_code == 304
    with transaction.atomic():
        trace.record(
            "records.changed", record, actor="system:test", moment=town.START + timedelta(days=9),
            data={"change_note": "改了。"},
        )  # fmt: skip
    again = client.get(path, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again["ETag"] != first["ETag"]) == (200, True)


def test_any_page_may_read_it_and_nobody_may_write(client: Client) -> None:
    town.build(2)
    response = client.get(f"{BASE}records")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Set-Cookie" not in response
    assert "Cookie" not in response.get("Vary", "")
    for method in ("post", "put", "patch", "delete"):
        refused = getattr(client, method)(f"{BASE}records")
        assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert client.options(f"{BASE}records").status_code == 204
    assert client.head(f"{BASE}records").status_code == 200


def test_who_asks_too_often_is_told_when_to_come_again(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "RATE", Scope("api-test", 2, timedelta(minutes=1)))
    assert [client.get(f"{BASE}columns").status_code for _ in range(3)] == [200, 200, 429]
    response = client.get(f"{BASE}columns")
    assert int(response["Retry-After"]) >= 1
    assert "再试" in json.loads(response.content)["detail"]


@pytest.mark.parametrize("path", ["records?limit=100", "records?limit=100&changed_since=2000-01-01T00:00:00Z"])
def test_a_long_page_costs_as_many_queries_as_a_short_one(client: Client, path: str) -> None:
    town.build(60)
    with CaptureQueriesContext(connection) as queries:
        client.get(BASE + path)
    assert len(queries) <= 9


def test_the_api_needs_no_baked_site_and_the_manual_is_a_page(client: Client) -> None:
    town.build(2)
    manual = client.get("/api/").content.decode()
    assert "GET /api/v1/records/{slug}" in manual
    assert "changed_since" in manual
