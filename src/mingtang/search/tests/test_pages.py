"""What a reader meets at the search pages."""

import time
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from mingtang.records import actions as records
from mingtang.search import actions, feeding, pages, queries
from mingtang.search.index import Depth, Filters
from mingtang.trace import readers
from mingtang.trace.limits import Scope
from tests.county import MORNING, Place


@pytest.fixture
def searched(place: Place, fresh_index: Any) -> Place:
    """The place with an index over two records."""
    place.published(
        title="中小学校车安全管理办法",
        genre="measures",
        document_number="云教发〔2024〕3号",
        text="<p>校车驾驶人应当具备资格。</p><p>学校<b>每月</b>检查一次&lt;刹车&gt;。</p>",
    )
    place.published(title="关于开展义务教育阶段招生工作的通知", text="<p>随迁子女持居住证就近入学。</p>")
    feeding.rebuild()
    return place


def page(client: Client, address: str, **asked: str) -> str:
    answer = client.get(address, asked)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def test_results_show_title_snippet_number_and_facets(searched: Place, client: Client) -> None:
    shown = page(client, "/search/", q="校车")
    assert "共 1 条" in shown
    assert "中小学<mark>校车</mark>安全管理办法" in shown
    assert "<mark>校车</mark>驾驶人应当具备资格。" in shown
    assert "云教发〔2024〕3号" in shown


def test_every_page_has_one_search_field(searched: Place, client: Client) -> None:
    record = queries.suggest("校车", today=date(2024, 7, 1))[0]
    for address in ("/", "/about/", "/search/", f"/records/{record.slug}/"):
        assert page(client, address).count('role="search"') == 1, address


def test_what_was_typed_and_what_was_found_is_escaped(searched: Place, client: Client) -> None:
    shown = page(client, "/search/", q='刹车 "><script>alert(1)</script>')
    assert "<script>alert" not in shown
    assert "&lt;<mark>刹车</mark>&gt;" in page(client, "/search/", q="刹车")


def test_no_result_offers_the_office(searched: Place, client: Client) -> None:
    searched.office.openness_phone = "0000-1234567"
    searched.office.save()
    shown = page(client, "/search/", q="量子计算机")
    assert "没有找到相符的公开信息" in shown
    assert f'<a href="/foi/apply/?about={quote("量子计算机")}">申请公开这条信息</a>' in shown
    assert 'href="tel:0000-1234567"' in shown
    assert 'href="/about/"' in shown


def test_the_page_without_a_query_explains_itself(searched: Place, client: Client) -> None:
    assert "可输入标题" in page(client, "/search/")


def test_facets_are_links_that_narrow_and_let_go(searched: Place, client: Client) -> None:
    both = page(client, "/search/", q="教育局")
    assert "共 2 条" in both and "genre=measures" in both
    narrowed = page(client, "/search/", q="教育局", genre="measures")
    assert "共 1 条" in narrowed and "校车" in narrowed
    assert 'aria-current="true"' in narrowed and "清除筛选" in narrowed


def test_a_withdrawn_record_is_gone_before_the_index_knows(searched: Place, client: Client) -> None:
    record = searched.published(title="校车补贴名单")
    readers.catch_up(feeding.NAME)
    assert "校车</mark>补贴名单" in page(client, "/search/", q="校车")
    records.withdraw(record, actor=searched.clerk, moment=MORNING + timedelta(days=1), reason="内容有误")
    assert "补贴名单" not in page(client, "/search/", q="校车")
    assert "补贴名单" not in page(client, "/search/suggest", q="校车")


def test_a_withdrawal_is_gone_from_every_answer_within_the_second_that_the_stream_takes(
    searched: Place, client: Client
) -> None:
    """Results and suggestions ask the database, so they lose it with the commit; the index follows the event."""
    record = queries.suggest("校车", today=date(2024, 7, 1))[0]
    began = time.monotonic()
    records.withdraw(record, actor=searched.clerk, moment=MORNING + timedelta(days=1), reason="附件有误，更正后再发")
    committed = time.monotonic()
    assert record.title not in page(client, "/search/", q="校车")
    assert client.get("/search/suggest", {"q": "校车"}).json() == {"suggestions": []}
    assert client.get("/search/suggest", {"q": "云教发"}).json() == {"suggestions": []}
    told = time.monotonic()
    readers.catch_up(feeding.NAME)
    made = queries.read("校车")
    assert not feeding.index().candidates(made, Filters(), Depth.STRICT, 10)
    assert time.monotonic() - told < 1, (began, committed, told)


def test_a_draft_is_never_found(searched: Place, client: Client) -> None:
    searched.draft(title="校车采购的内部草稿")
    readers.catch_up(feeding.NAME)
    feeding.rebuild()
    assert "内部草稿" not in page(client, "/search/", q="校车")


def test_a_long_query_is_refused_with_the_limit(searched: Place, client: Client) -> None:
    answer = client.get("/search/", {"q": "车" * (pages.LONGEST + 1)})
    assert answer.status_code == 400
    assert "最多 100 字" in answer.content.decode()


@pytest.mark.parametrize(
    "q", ["\0", "'", "\\", "((", '"', "*:*", "AND", "%", "_", "“”", "🏫", "㍿", "a" * 100, "〔〕号", "'':*"]
)
def test_no_query_breaks_the_page(searched: Place, client: Client, q: str) -> None:
    assert client.get("/search/", {"q": q}).status_code == 200
    assert client.get("/search/suggest", {"q": q}).status_code == 200


@pytest.mark.parametrize("given", ["0", "-1", "x", "99999999", "²", "2"])
def test_no_page_number_breaks_the_page(searched: Place, client: Client, given: str) -> None:
    assert client.get("/search/", {"q": "校车", "page": given}).status_code == 200


def test_only_get_is_taken(searched: Place, client: Client) -> None:
    assert client.post("/search/", {"q": "校车"}).status_code == 405


def test_who_searches_too_often_is_asked_to_wait(
    searched: Place, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "SEARCHES", Scope("search", 2, timedelta(seconds=10)))
    assert [client.get("/search/", {"q": "校车"}).status_code for _ in range(3)] == [200, 200, 429]
    answer = client.get("/search/", {"q": "校车"})
    assert answer.status_code == 429 and 1 <= int(answer["Retry-After"]) <= 10
    assert client.get("/search/", {"q": "校车"}, REMOTE_ADDR="192.0.2.7").status_code == 200


def test_suggestions_come_for_characters_pinyin_and_initials(searched: Place, client: Client) -> None:
    for typed in ("校车", "中小学校车安", "xiaoch", "xcaq"):
        found = client.get("/search/suggest", {"q": typed}).json()["suggestions"]
        assert [one["title"] for one in found] == ["中小学校车安全管理办法"], typed
    assert client.get("/search/suggest", {"q": ""}).json() == {"suggestions": []}


@pytest.mark.parametrize("typed", ["云教发", "云教发[2024", "云教发（2024）3", "云教发〔2024〕3号", "2024〕3号"])
def test_the_beginning_of_a_document_number_is_suggested_in_any_writing(
    searched: Place, client: Client, typed: str
) -> None:
    told = client.get("/search/suggest", {"q": typed}).json()["suggestions"]
    assert [each["title"] for each in told] == ["中小学校车安全管理办法"]


def test_synonyms_of_the_office_count_from_the_next_search_on(searched: Place, client: Client) -> None:
    assert "没有找到" in page(client, "/search/", q="通学车辆")
    actions.keep_synonyms(["通学车辆", "校车"], actor=searched.clerk, moment=MORNING)
    assert "<mark>校车</mark>安全管理办法" in page(client, "/search/", q="通学车辆")


def test_without_an_index_titles_are_looked_at(searched: Place, client: Client) -> None:
    feeding.index().drop()
    shown = page(client, "/search/", q="校车")
    assert "检索索引正在整理" in shown and "安全管理办法" in shown


def test_the_fallback_lists_titles_and_numbers_in_blocks(searched: Place, client: Client) -> None:
    assert 'data-blocks="1"' in page(client, "/search/static/")
    rows = client.get("/search/static/1.json").json()
    assert rows[1][:2] == ["中小学校车安全管理办法", "云教发〔2024〕3号"]
    assert rows[1][3] == str(date(2024, 6, 3))
    assert client.get("/search/static/2.json").status_code == 404


def test_a_page_of_results_asks_the_database_a_fixed_number_of_times(
    searched: Place, client: Client, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(24):
        page(client, "/search/", q="教育局")
