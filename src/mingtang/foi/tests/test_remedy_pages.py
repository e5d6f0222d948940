"""The guide to remedies: every case has its clauses, and the last days are counted."""

import re

import pytest
from django.test import Client

from mingtang.foi.pages.remedy_cases import CASES
from tests.county import Place

pytestmark = pytest.mark.django_db


def plain(html: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", html))


def test_the_guide_leads_to_every_case(client: Client, place: Place) -> None:
    shown = client.get("/foi/remedies/").content.decode()
    for slug in CASES:
        assert f'href="/foi/remedies/{slug}/"' in shown


@pytest.mark.parametrize("slug", list(CASES))
def test_a_case_names_what_to_look_at_whom_to_ask_and_its_clauses(client: Client, place: Place, slug: str) -> None:
    shown = plain(client.get(f"/foi/remedies/{slug}/").content.decode())
    for said in ("先看清楚", "向政务公开主管部门提出", "申请行政复议", "到法院起诉", "《中华人民共和国行政复议法》"):
        assert said in shown
    assert ("这种情形要先复议，再起诉。" in shown) == bool(CASES[slug].first)


def test_a_case_that_does_not_exist_is_not_found(client: Client, place: Place) -> None:
    assert client.get("/foi/remedies/nothing/").status_code == 404


def test_the_last_days_of_a_refusal_name_reconsideration_alone(client: Client, place: Place) -> None:
    shown = plain(client.get("/foi/remedies/last-days?case=refused&on=2026-03-02").content.decode())
    assert "申请行政复议：最晚2026年5月6日" in shown
    assert "那天放假，依法顺延到2026年5月6日" in shown
    assert "直接提起行政诉讼" not in shown


def test_after_reconsideration_the_court_is_open_for_fifteen_days(client: Client, place: Place) -> None:
    answer = client.get("/foi/remedies/last-days?case=refused&on=2026-03-02&after=2026-06-01")
    assert "对复议决定不服，提起行政诉讼：最晚2026年6月16日" in plain(answer.content.decode())


def test_other_replies_may_go_to_court_directly(client: Client, place: Place) -> None:
    shown = plain(client.get("/foi/remedies/last-days?case=not-exist&on=2026-01-13").content.decode())
    assert "直接提起行政诉讼：最晚2026年7月13日" in shown


@pytest.mark.parametrize("on", ["2026-02-30", "x", "2019-01-01", "9999-12-31"])
def test_a_day_that_cannot_be_used_is_answered_in_words(client: Client, place: Place, on: str) -> None:
    answer = client.get("/foi/remedies/last-days", {"on": on})
    assert answer.status_code == 200
    assert "请写成" in answer.content.decode() or "算不出来" in answer.content.decode()
