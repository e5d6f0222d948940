"""A request on its way: correction, third party, extension, fee, decision, reply — each by the law, whole or not."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from mingtang.bodies.errors import NotPermitted
from mingtang.foi import actions, standing
from mingtang.foi.errors import Impossible, Invalid, NotSealable, WrongState
from mingtang.foi.identity import Identity
from mingtang.foi.models import Request
from mingtang.foi.tests.conftest import MOMENT, TODAY, County, later, steps_of
from mingtang.trace.models import Event

OTHER = Identity(name="演示客运有限公司", phone="10000000009", organisation_code="91990001MA0000000X")


def fresh(request: Request) -> Request:
    return Request.objects.get(pk=request.pk)


def acting(county: County, days: int = 0) -> dict[str, Any]:
    return {"actor": county.handler, "moment": later(days)}


# --- correction ------------------------------------------------------------------------------------------------------


def test_a_correction_starts_the_period_anew(county: County) -> None:
    request = county.receive()
    until = TODAY + timedelta(days=14)
    letter = actions.ask_correction(request, items="请写明合同的年度。", until=until, **acting(county, 1))
    assert fresh(request).state == "running"  # a draft moves nothing
    county.sent(letter, later(2))
    row = fresh(request)
    assert (row.state, row.due_on, row.next_what, row.next_due) == ("correcting", None, "补正申请", until)
    actions.receive_correction(request, text="2023年度。", actor=actions.APPLICANT, moment=later(7))
    row = fresh(request)
    assert (row.state, row.due_on) == ("running", date(2024, 7, 8))  # 20 working days after Monday 10 June
    assert row.corrected == "2023年度。"


def test_a_correction_is_asked_once(county: County) -> None:
    request = county.receive()
    until = TODAY + timedelta(days=14)
    county.sent(actions.ask_correction(request, items="年度", until=until, **acting(county)), MOMENT)
    actions.receive_correction(request, text="2023", **acting(county, 1))
    with pytest.raises(Impossible, match="只能一次性告知"):
        actions.ask_correction(request, items="还有", until=until, **acting(county, 2))


def test_who_does_not_correct_in_time_has_given_up_unless_there_is_a_good_reason(county: County) -> None:
    request = county.receive()
    until = TODAY + timedelta(days=10)
    county.sent(actions.ask_correction(request, items="年度", until=until, **acting(county)), MOMENT)
    with pytest.raises(WrongState, match="不是逾期"):
        actions.close_abandoned(request, **acting(county, 10))
    letter = actions.close_abandoned(request, **acting(county, 11))
    row = fresh(request)
    assert (row.state, row.closed_on) == ("abandoned", until + timedelta(days=1))
    assert [asked.ground for asked in row.asked.all()] == ["not_corrected"]
    with pytest.raises(WrongState, match="正当理由"):
        actions.receive_correction(request, text="2023", **acting(county, 12))
    assert fresh(request).corrected == ""
    actions.discard_letter(letter, **acting(county, 12))
    actions.receive_correction(request, text="2023", reason="住院，附证明。", **acting(county, 12))
    assert fresh(request).state == "running"


def test_the_letter_that_says_it_is_over_can_be_sealed_and_sent(county: County) -> None:
    request = county.receive()
    until = TODAY + timedelta(days=10)
    county.sent(actions.ask_correction(request, items="年度", until=until, **acting(county)), MOMENT)
    county.sent(actions.close_abandoned(request, **acting(county, 11)), later(11))
    row = fresh(request)
    assert (row.state, row.replied_on) == ("abandoned", TODAY + timedelta(days=11))
    with pytest.raises(WrongState):
        actions.receive_correction(request, text="2023", reason="住院。", **acting(county, 12))


# --- third parties and other bodies ----------------------------------------------------------------------------------


def test_asking_a_third_party_stops_the_clock_until_it_answers(county: County) -> None:
    request = county.receive()
    before = fresh(request).due_on
    letter = actions.ask_third_party(request, identity=OTHER, concerning="合同价格明细", **acting(county, 1))
    county.sent(letter, later(1), means="post", received_on=None)
    row = fresh(request)
    assert (row.state, row.provisional) == ("paused", True)
    actions.answer(letter.party, answer="partly", text="单价不同意公开。", **acting(county, 8))
    row = fresh(request)
    assert row.state == "running" and before and row.due_on and row.due_on > before
    assert row.parties.get().answer_words == "单价不同意公开。"
    with pytest.raises(WrongState, match="已经答复过"):
        actions.answer(letter.party, answer="agrees", text="好。", **acting(county, 9))


def test_the_days_count_from_the_day_the_letter_arrived(county: County) -> None:
    request = county.receive()
    letter = actions.ask_third_party(request, identity=OTHER, concerning="明细", **acting(county))
    county.sent(letter, MOMENT, means="post")
    before = fresh(request).next_due
    actions.confirm_delivery(letter.deliveries.get(), received_on=TODAY + timedelta(days=3), **acting(county, 4))
    after = fresh(request).next_due
    assert before and after and after > before
    with pytest.raises(WrongState, match="已经登记"):
        actions.confirm_delivery(letter.deliveries.get(), received_on=TODAY + timedelta(days=3), **acting(county, 4))


def test_silence_is_noted_when_the_time_has_passed(county: County) -> None:
    request = county.receive()
    letter = actions.ask_body(request, other=county.health, concerning="会签意见", joint=True, **acting(county))
    county.sent(letter, MOMENT)
    with pytest.raises(WrongState, match="还没有过"):
        actions.note_silence(letter.party, **acting(county, 5))
    party = actions.note_silence(letter.party, **acting(county, 30))
    assert (party.answer, party.answered_on) == ("silent", date(2024, 6, 25))
    again = actions.ask_body(request, other=county.health, concerning="补充意见", **acting(county, 30))
    assert again.party.label == "云岭旗卫生健康委员会（2）"


def test_a_body_does_not_ask_itself(county: County) -> None:
    with pytest.raises(Invalid, match="本机关"):
        actions.ask_body(county.receive(), other=county.education, concerning="？", **acting(county))


def test_no_reply_while_somebody_may_still_answer(county: County) -> None:
    request = county.receive()
    letter = actions.ask_third_party(request, identity=OTHER, concerning="明细", **acting(county))
    county.sent(letter, MOMENT)
    actions.decide(request.asked.get(), ground="trade_secret", explanation="涉及报价。", **acting(county, 2))
    reply = actions.draft_reply(request, **acting(county, 2))
    with pytest.raises(NotSealable, match="第三方1还没有答复"):
        county.sealed(reply, later(2))
    actions.answer(letter.party, answer="refuses", text="不同意。", **acting(county, 3))
    assert county.sealed(reply, later(3)).state == "sealed"


# --- extension -------------------------------------------------------------------------------------------------------


def test_an_extension_needs_the_head_and_the_word_to_the_applicant(county: County) -> None:
    request = county.receive()
    first = fresh(request).due_on
    extension = actions.ask_extension(request, working_days=10, reason="材料较多。", **acting(county, 5))
    with pytest.raises(NotPermitted):
        actions.decide_extension(extension, granted=True, actor=county.colleague, moment=later(6))
    actions.decide_extension(extension, granted=True, actor=county.head, moment=later(6))
    assert fresh(request).due_on == first
    letter = request.letters.get(kind="extension")
    assert letter.made_by == county.handler
    county.sent(letter, later(7))
    row = fresh(request)
    assert row.due_on == date(2024, 7, 16)
    assert row.steps.get(kind="extended").consent == county.head
    with pytest.raises(WrongState, match="只能延长一次"):
        actions.ask_extension(request, working_days=5, reason="还不够。", **acting(county, 8))


def test_an_extension_told_after_the_last_day_does_not_hold(county: County) -> None:
    request = county.receive()
    extension = actions.ask_extension(request, working_days=20, reason="材料较多。", **acting(county, 5))
    actions.decide_extension(extension, granted=True, actor=county.head, moment=later(6))
    letter = county.sealed(request.letters.get(kind="extension"), later(7))
    with pytest.raises(Impossible, match="届满"):
        actions.deliver(letter, means="online", **acting(county, 40))
    assert steps_of(request) == []
    with pytest.raises(Impossible, match="最多20个"):
        actions.ask_extension(county.receive(), working_days=21, reason="材料较多。", **acting(county, 0))


def test_a_refused_extension_may_be_asked_again(county: County) -> None:
    request = county.receive()
    for days in (20, 10):
        extension = actions.ask_extension(request, working_days=days, reason="材料较多。", **acting(county, 1))
        actions.decide_extension(extension, granted=False, actor=county.head, moment=later(1))
    assert not request.letters.exists()


# --- number and frequency, fee ---------------------------------------------------------------------------------------


def test_a_later_date_needs_reasons_first(county: County) -> None:
    request = county.receive()
    until = TODAY + timedelta(days=90)
    with pytest.raises(WrongState, match="第三十五条"):
        actions.postpone(request, until=until, why="数量大。", **acting(county, 1))
    county.sent(actions.ask_reasons(request, why="一月内第40件。", **acting(county, 1)), later(1))
    actions.give_reasons(request, text="研究需要。", **acting(county, 3))
    county.sent(actions.postpone(request, until=until, why="须逐件查找。", **acting(county, 4)), later(4))
    assert fresh(request).due_on == until


def test_the_fee_counts_what_was_asked_before_in_the_month(county: County) -> None:
    county.receive(things=[f"第{n}件" for n in range(1, 9)])
    request = county.receive(things=[f"第{n}件" for n in range(1, 8)], moment=later(3))
    letter = actions.notify_fee(request, schedule="items", count=7, **acting(county, 4))
    fee = request.fee
    assert (fee.already, fee.amount) == (8, Decimal("500.00"))  # items 11 to 15 of the month
    county.sent(letter, later(4))
    assert fresh(request).state == "paused"
    with pytest.raises(Invalid, match=r"应缴 500\.00 元"):
        actions.pay(request, amount=Decimal(5), receipt_number="甲1", **acting(county, 6))
    actions.pay(request, amount=Decimal(500), receipt_number="甲1", **acting(county, 6))
    assert fresh(request).state == "running"


def test_no_fee_within_what_is_free_and_none_twice(county: County) -> None:
    request = county.receive()
    with pytest.raises(Invalid, match="免费"):
        actions.notify_fee(request, schedule="pages", count=30, **acting(county))
    letter = actions.notify_fee(request, schedule="pages", count=240, **acting(county))
    assert request.fee.amount == Decimal("4300.00")
    with pytest.raises(WrongState, match="已有收费通知"):
        actions.notify_fee(request, schedule="items", count=40, **acting(county))
    actions.discard_letter(letter, **acting(county))
    actions.notify_fee(fresh(request), schedule="items", count=40, **acting(county))


def test_an_unpaid_fee_ends_the_request(county: County) -> None:
    request = county.receive()
    county.sent(actions.notify_fee(request, schedule="pages", count=240, **acting(county)), MOMENT)
    letter = actions.close_abandoned(request, **acting(county, 40))
    assert (letter.kind, fresh(request).asked.get().ground) == ("closure", "fee_not_paid")
    with pytest.raises(WrongState):
        actions.pay(request, amount=Decimal(4300), receipt_number="甲1", **acting(county, 41))


# --- endings ---------------------------------------------------------------------------------------------------------


def test_a_request_may_be_withdrawn(county: County) -> None:
    request = county.receive()
    actions.draft_receipt(request, **acting(county))
    actions.withdraw(request, reason="已在网站查到。", actor=actions.APPLICANT, moment=later(2))
    row = fresh(request)
    assert (row.state, row.closed_on, row.asked.get().ground) == ("withdrawn", TODAY + timedelta(days=2), "withdrawn")
    assert row.letters.get().state == "discarded"


def test_the_same_letter_twice_is_answered_once(county: County) -> None:
    first, second = county.receive(), county.receive(moment=later(1), channel="post")
    stranger = county.receive(identity=OTHER)
    with pytest.raises(WrongState, match="先收到"):
        actions.merge_into(first, into=second, **acting(county, 1))
    with pytest.raises(WrongState, match="同一申请人"):
        actions.merge_into(stranger, into=first, **acting(county, 1))
    row = actions.merge_into(second, into=first, **acting(county, 1))
    assert (row.state, row.merged_into, row.due_on, row.is_open) == ("merged", first, None, False)


def test_a_mistaken_step_is_voided_and_stays_on_record(county: County) -> None:
    request = county.receive()
    letter = actions.ask_third_party(request, identity=OTHER, concerning="明细", **acting(county))
    county.sent(letter, MOMENT)
    actions.answer(letter.party, answer="agrees", text="同意。", **acting(county, 1))
    step = request.steps.get(kind="third_party_answered")
    with pytest.raises(NotPermitted):
        actions.void_step(step, reason="记错了。", **acting(county, 2))
    actions.void_step(step, reason="记到了另一件上。", actor=county.clerk, moment=later(2))
    row = fresh(request)
    assert (row.state, row.parties.get().answer) == ("paused", "")
    with pytest.raises(Impossible):  # what remains must still be able to have happened
        actions.answer(letter.party, answer="agrees", text="同意。", **acting(county, 2))
        actions.void_step(request.steps.get(kind="third_party_asked"), reason="？", actor=county.clerk, moment=later(2))
    replied = county.provide(county.receive(), MOMENT).request.steps.get(kind="replied")
    with pytest.raises(WrongState, match="不能作废"):
        actions.void_step(replied, reason="？", actor=county.clerk, moment=later(2))


def test_a_step_entered_late_takes_its_place_by_its_day(county: County) -> None:
    request = county.receive()
    letter = actions.ask_third_party(request, identity=OTHER, concerning="明细", **acting(county))
    county.sent(letter, MOMENT)
    extension = actions.ask_extension(request, working_days=5, reason="多。", **acting(county, 3))
    actions.decide_extension(extension, granted=True, actor=county.head, moment=later(3))
    county.sent(request.letters.get(kind="extension"), later(4))
    actions.answer(letter.party, answer="agrees", text="同意。", on=TODAY + timedelta(days=2), **acting(county, 7))
    assert [event.kind.value for event in standing.history.of(fresh(request)).events] == [
        "third_party_asked",
        "third_party_answered",
        "extended",
    ]


def test_every_act_is_an_event_that_names_its_clause(county: County) -> None:
    request = county.receive()
    county.provide(request, later(1))
    events = {event.verb: event for event in Event.objects.filter(thing=f"foi.request:{request.pk}")}
    assert {"foi.received", "foi.opinion_given", "foi.decided", "foi.letter_sealed", "foi.replied"} <= set(events)
    assert events["foi.received"].basis == ["disclosure-regulation.31-hand", "request-time.counter"]
    assert events["foi.decided"].basis == ["disclosure-regulation.36-2"]
    assert events["foi.replied"].basis == ["disclosure-regulation.33-reply"]
