"""The public calculator: a plain form becomes an address, the address a count that names its clauses."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from mingtang.foi import days
from mingtang.foi.pages import story
from mingtang.foi.pages.steps import Step, cleaned
from mingtang.law.clock import Event, History, Kind, fold

pytestmark = pytest.mark.django_db
PATH = "/foi/clock/"
WALK = (
    "?received=2026-09-14&e=correction_asked.2026-09-17.until:2026-09-30&e=correction_received.2026-09-23"
    "&e=third_party_asked.2026-10-12&e=third_party_answered.2026-10-20&e=extended.2026-10-28.working_days:10.consent:1"
)


def page(client: Client, query: str) -> str:
    answer = client.get(PATH + query)
    assert answer.status_code == 200
    return answer.content.decode()


def plain(html: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", html))


def test_the_empty_page_says_how_it_is_used(client: Client) -> None:
    assert "怎样用" in page(client, "")


def test_a_day_of_receipt_is_counted_to_the_last_day_with_holidays_and_clauses(client: Client) -> None:
    shown = plain(page(client, "?received=2026-09-14&on=2026-09-14"))
    assert "应当在2026年10月16日以前答复（含当天）" in shown
    assert "还有20个工作日" in shown
    assert "国庆节放假，不计" in shown
    assert "国庆节调休上班，照常计入" in shown
    assert "《中华人民共和国政府信息公开条例》（国务院令第711号）第三十三条第二款" in shown


def test_every_step_says_what_it_did_to_the_day(client: Client) -> None:
    shown = plain(page(client, WALK))
    for said in (
        "答复期限停下来，等收到补正再从头数。",
        "应当答复的最后一天变为2026年10月28日。",
        "最晚到2026年11月18日答复；对方早一天办完，就早一天。",
        "应当答复的最后一天变为2026年11月5日。",
        "应当答复的最后一天变为2026年11月19日。",
        "征求第三方意见，不计",
    ):
        assert said in shown


def test_the_page_and_the_law_agree_on_the_day(client: Client) -> None:
    told = story.read(QueryDict(WALK[1:]))
    due = fold(told.history()).reply_due
    assert due is not None
    assert f"应当在{due.year}年{due.month}月{due.day}日以前答复" in plain(page(client, WALK))


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("?received=2026-11-02&e=correction_asked.2026-11-05&e=correction_asked.2026-11-09", "补正只能一次性告知"),
        ("?received=2026-11-02&e=replied.2026-10-30", "早于收到申请之日"),
        ("?received=2026-11-02&e=extended.2026-12-10", "答复期限已于2026-11-30届满"),
        ("?received=2026-11-02&e=postponed.2026-11-10.until:2026-11-12", "请核对“最晚的日子”"),
        ("?received=2026-11-02&channel=online&confirmed=2026-10-30", "早于申请到达的日子"),
        ("?received=2031-03-03", "国务院还没有公布那一年的放假安排"),
    ],
)
def test_what_cannot_have_happened_gets_the_reason(client: Client, query: str, reason: str) -> None:
    shown = plain(page(client, query))
    assert "这样的经过算不出来" in shown
    assert reason in shown
    assert "until" not in shown


def test_steps_that_may_not_come_next_say_why(client: Client) -> None:
    shown = plain(page(client, "?received=2026-11-02&on=2026-11-03"))
    assert "没有告知过补正" in shown  # a correction cannot be received
    assert "还没有答复，不能送达" in shown


def test_an_internet_request_waits_for_confirmation(client: Client) -> None:
    assert "期限还没有开始" in plain(page(client, "?received=2026-11-02&channel=online"))
    assert "应当在2026年12月1日以前答复" in plain(
        page(client, "?received=2026-11-02&channel=online&confirmed=2026-11-03")
    )


def test_a_year_to_come_is_counted_by_weekdays_and_it_is_said(client: Client) -> None:
    last = days.calendar().years[-1]
    shown = plain(page(client, f"?received={last}-12-28"))
    assert f"{last + 1}年的放假安排还没有公布，那一年先按周一到周五上班数" in shown
    assert f"应当在{last + 1}年1月" in shown


def test_the_form_becomes_an_address_that_holds_what_was_filled_in_in_order_of_days(client: Client) -> None:
    sent = {
        "form": "1", "received": "2026-11-02", "channel": "", "on": "", "add": "extended",
        "1.kind": "third_party_answered", "1.on": "2026-11-12", "1.party": "乙",
        "2.kind": "third_party_asked", "2.on": "2026-11-05", "2.party": "乙", "2.received_on": "",
    }  # fmt: skip
    answer = client.get(PATH, sent)
    assert answer.status_code == 302
    target = urlsplit(answer["Location"])
    assert target.fragment == "step-3"
    assert parse_qs(target.query)["e"] == [
        "third_party_asked.2026-11-05.party:乙",
        "third_party_answered.2026-11-12.party:乙",
        "extended.",
    ]
    shown = plain(client.get(answer["Location"]).content.decode())
    assert "第3步：延长答复期限" in shown
    assert "应当在" in shown  # what stands before the unfinished step is counted already


def test_a_step_is_dropped_by_its_button(client: Client) -> None:
    sent = {"form": "1", "received": "2026-11-02", "1.kind": "replied", "1.on": "2026-11-05", "drop": "1"}
    assert client.get(PATH, sent)["Location"] == "/foi/clock/?received=2026-11-02#result"


def test_what_is_no_date_is_named_beside_its_field(client: Client) -> None:
    shown = page(client, "?received=2026-02-30&e=replied.tomorrow")
    assert 'id="problem-received"' in shown
    assert 'id="problem-1.on"' in shown
    assert "这不是一个日期" in shown


@pytest.mark.parametrize(
    "query",
    [
        "?received=" + "9" * 500,
        "?received=%00&channel=%22%3E%3Cscript%3E",
        "?received=2026-11-02&" + "&".join(["e=replied.2026-11-03.x:y"] * 300),
        "?received=2026-11-02&e=......:::.:&e=&e=nonsense.2026-11-03&e=extended.2026-11-03.working_days:-5",
        "?received=0001-01-01",
        "?received=9999-12-31&e=delivered.9999-12-31",
        "?received=2026-11-02&e=delivered.2026-11-03.means:horse",
    ],
)
def test_whatever_a_stranger_writes_the_page_stands(client: Client, query: str) -> None:
    assert "<script>" not in page(client, query)


def test_an_address_carries_no_name_of_a_party_nor_a_reason() -> None:
    events = (
        Event(Kind.THIRD_PARTY_ASKED, day(5), party="张某（演示）"),
        Event(Kind.THIRD_PARTY_ASKED, day(6), party="李某（演示）"),
        Event(Kind.THIRD_PARTY_ANSWERED, day(9), party="张某（演示）"),
        Event(Kind.EXTENDED, day(10), working_days=5, consent="王某（演示）"),
    )
    told = story.of_history(History(day(2), events))
    assert "某" not in str(parse_qs(urlsplit(told.address()).query))
    assert fold(told.history()).reply_due == fold(History(day(2), events)).reply_due


def day(number: int) -> Any:
    import datetime

    return datetime.date(2026, 11, number)


STEPS = st.builds(
    cleaned,
    st.sampled_from(list(Kind)),
    st.dictionaries(
        st.sampled_from(["on", "until", "received_on", "party", "joint", "reason", "consent", "working_days", "means"]),
        st.sampled_from(["2026-11-05", "2026-11-20", "甲", "1", "20", "post", "", "x.y:z", "&e=replied"]),
    ),
)


@given(st.lists(STEPS, max_size=6))
@settings(max_examples=60)
def test_an_address_reads_as_it_was_written(steps: list[Step]) -> None:
    told = story.Story(received="2026-11-02", steps=tuple(sorted(steps, key=lambda step: step.on)))
    again = story.read(QueryDict(urlsplit(told.address()).query))
    assert again.address() == told.address()
    assert [step.kind for step in again.steps] == [step.kind for step in told.steps]
