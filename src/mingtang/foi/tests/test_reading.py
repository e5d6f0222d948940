"""Reading requests: what one may see, which acts are offered and why others are not, what happened in plain words."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import QuerySet

from mingtang.foi import access, actions, allowed, queries, standing, story
from mingtang.foi.identity import Identity
from mingtang.foi.models import Request
from mingtang.foi.tests.conftest import MOMENT, SOMEBODY, TODAY, County, later

OTHER = Identity(name="演示客运有限公司", phone="10000000009")


def seen_by(user: Any) -> QuerySet[Request]:
    """The requests that somebody may see."""
    return access.limited(Request.objects.all(), user, "foi.view", on=TODAY)


def offered(request: Request, user: Any, days: int = 0) -> dict[str, str]:
    """Name of every act offered → why it is closed ("" when open)."""
    return {act.name: act.why_closed for act in allowed.steps(request, user, later(days))}


# --- who sees what ---------------------------------------------------------------------------------------------------


def test_other_bodies_see_nothing_and_the_office_everything(county: County) -> None:
    mine = county.receive()
    theirs = county.receive(body=county.health, actor=county.clerk)
    seen = {user: set(seen_by(user)) for user in (county.handler, county.outsider, county.clerk)}
    assert seen == {county.handler: {mine}, county.outsider: {theirs}, county.clerk: {mine, theirs}}
    assert not seen_by(county.publisher).exists()
    actions.assign(mine, unit=county.health, actor=county.clerk, moment=MOMENT)
    assert set(seen_by(county.outsider)) == {mine, theirs}


def test_the_unit_works_and_the_body_signs(county: County) -> None:
    request = county.receive(body=county.health, actor=county.clerk)
    row = actions.assign(request, unit=county.education, actor=county.clerk, moment=MOMENT)
    assert access.may(county.handler, "foi.handle", row, on=TODAY)
    assert not access.may(county.head, "foi.seal", row, on=TODAY)
    assert not access.may(county.head, "foi.consent", row, on=TODAY)


# --- what may follow -------------------------------------------------------------------------------------------------


def test_the_next_lawful_steps_are_offered_and_the_others_say_why_not(county: County) -> None:
    request = county.receive()
    acts = offered(request, county.handler)
    assert [acts[name] for name in ("register", "ask_correction", "ask_extension", "ask_body", "notify_fee")] == [
        ""
    ] * 5
    assert acts["pay"] == "没有等待缴纳的费用。"
    assert acts["archive"] == "办结以后才能归档。"
    assert acts["draft_reply"] == "还有申请事项没有决定。"
    assert acts["postpone"].startswith("须先要求申请人说明理由")
    assert "assign" in acts and "dispatch" not in acts
    assert offered(request, county.outsider) == {}


def test_what_is_offered_follows_the_clock(county: County) -> None:
    request = county.receive(channel="online", actor=actions.APPLICANT)
    assert offered(request, county.handler)["ask_correction"].startswith("还没有与申请人确认")
    assert offered(request, county.handler)["confirm"] == ""
    actions.confirm(request, actor=county.handler, moment=MOMENT)
    until = TODAY + timedelta(days=10)
    letter = actions.ask_correction(request, items="年度", until=until, actor=county.handler, moment=MOMENT)
    assert offered(request, county.handler)["ask_correction"] == "已有草稿，请先签发或者作废。"
    county.sent(letter, MOMENT)
    acts = offered(request, county.handler)
    assert (acts["receive_correction"], acts["ask_extension"]) == ("", "正等待申请人补正。")
    assert "只能一次性告知" in acts["ask_correction"]
    assert offered(request, county.handler, 12)["close_abandoned"] == ""
    overdue = county.receive()
    assert "届满" in offered(overdue, county.handler, 40)["ask_extension"]


def test_open_acts_come_first_with_their_last_day(county: County) -> None:
    acts = allowed.steps(county.receive(), county.handler, MOMENT)
    flags = [act.open for act in acts]
    assert flags == sorted(flags, reverse=True)
    due = {act.name: act.due for act in acts}
    assert (due["ask_correction"], due["ask_extension"]) == (date(2024, 6, 13), date(2024, 7, 2))


# --- the story -------------------------------------------------------------------------------------------------------


@pytest.fixture
def told(county: County) -> Request:
    request = county.receive()
    acting: dict[str, Any] = {"actor": county.handler, "moment": later(1)}
    letter = actions.ask_third_party(request, identity=OTHER, concerning="明细", **acting)
    county.sent(letter, later(1))
    actions.answer(letter.party, answer="agrees", text="同意。", actor=county.handler, moment=later(3))
    found = {"where": "档案室", "words": "校车", "found": True, "result": "一份。"}
    actions.search(request, **found, actor=county.handler, moment=later(3))
    county.provide(request, later(4))
    return request


def test_the_applicant_reads_what_happened_and_nothing_about_others(told: Request) -> None:
    entries = story.public(told)
    assert [entry.code for entry in entries] == [
        "received",
        "third_party_asked",
        "third_party_answered",
        "replied",
        "delivered",
    ]
    words = " ".join(entry.title + entry.words for entry in entries)
    assert "第三方" not in words and OTHER.name not in words and "同意" not in words
    assert entries[1].words == "征求意见的时间不计入答复期限。"
    assert {file.kind for file in entries[3].files} == {"letter_pdf", "letter_docx"}
    assert entries[1].files == ()


def test_the_desk_reads_everything_with_the_clause(told: Request) -> None:
    entries = story.internal(told)
    codes = [entry.code for entry in entries]
    assert {"received", "searched", "opinion", "sealed", "third_party_answered", "delivered"} <= set(codes)
    assert all(entry.rules for entry in entries if entry.step)
    assert not any(SOMEBODY.name in entry.words for entry in entries)


def test_a_letter_not_yet_handed_over_is_not_the_applicants(county: County) -> None:
    request = county.receive()
    acting: dict[str, Any] = {"actor": county.handler, "moment": MOMENT}
    actions.give_opinion(request, kind="secrecy", verdict="agrees", text="可以。", **acting)
    actions.decide(request.asked.get(), ground="provided", where="附送", **acting)
    letter = county.sealed(actions.draft_reply(request, **acting), MOMENT)
    assert story.public(request)[-1].files == ()
    actions.deliver(letter, means="online", **acting)
    assert len(story.public(request)[-1].files) == 2


# --- how many queries ------------------------------------------------------------------------------------------------


def test_folding_a_list_costs_the_same_whatever_its_size(county: County, django_assert_num_queries: Any) -> None:
    for size in (3, 12):
        for _ in range(size):
            county.receive()
        seen = seen_by(county.clerk)
        with django_assert_num_queries(2):
            rows = list(standing.with_steps(queries.open_ones(seen)))
            left = {standing.of(row, TODAY).standing.remaining for row in rows}
        assert left == {20}
    assert len(rows) == 15
