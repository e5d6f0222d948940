"""A request on its way: correction, third party, extension, fee, decision, reply — each by the law, whole or not."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from mingtang.bodies.errors import NotPermitted
from mingtang.foi import actions, standing
from mingtang.foi.actions import Upload
from mingtang.foi.errors import Impossible, Invalid, NotSealable, Stale, WrongState
from mingtang.foi.identity import Identity
from mingtang.foi.models import Letter, Request
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


# --- things, decisions, replies --------------------------------------------------------------------------------------


def test_each_thing_is_decided_and_all_are_answered(county: County) -> None:
    request = county.receive()
    parts = actions.split(request.asked.get(), texts=["合同", "验收单", "付款凭证"], **acting(county))
    assert [(asked.order, asked.text) for asked in parts] == [(1, "合同"), (2, "验收单"), (3, "付款凭证")]
    merged = actions.merge(parts[1:], **acting(county))
    assert (merged.order, merged.text) == (2, "验收单；付款凭证")
    actions.give_opinion(request, kind="secrecy", verdict="agrees", text="不涉密。", **acting(county, 1))
    actions.decide(parts[0], ground="provided", where="随信附送", **acting(county, 1))
    with pytest.raises(WrongState, match="没有决定"):
        actions.draft_reply(request, **acting(county, 1))
    first = county.sealed(actions.draft_reply(request, things=[parts[0]], **acting(county, 1)), later(1))
    assert fresh(request).state == "running"  # one thing is still open
    actions.search(
        request, asked=merged, where="档案室", words="验收", found=False, result="没有。", **acting(county, 2)
    )
    actions.decide(merged, ground="does_not_exist", explanation="未组织验收。", **acting(county, 2))
    second = county.sent(actions.draft_reply(request, **acting(county, 2)), later(2))
    assert (fresh(request).state, second.kind) == ("replied", "reply")
    assert steps_of(request) == [("replied", TODAY + timedelta(days=2))]
    actions.deliver(first, means="online", **acting(county, 3))
    assert steps_of(request)[-1] == ("delivered", TODAY + timedelta(days=3))


@pytest.mark.parametrize(
    ("ground", "more", "problem"),
    [
        ("does_not_exist", {"explanation": "没有。"}, "须有检索记录"),
        ("trade_secret", {}, "没有说明理由"),
        ("privacy", {"explanation": "涉及个人。"}, "征求第三方意见"),
        ("already_public", {}, "获取的方式"),
        ("repeated", {"explanation": "已答复。"}, "哪一件申请重复"),
        ("still_unclear", {"explanation": "不明。"}, "没有告知过补正"),
        ("excessive", {"explanation": "太多。"}, "说明理由"),
        ("provided", {"where": "附送"}, "保密审查意见"),
        ("partly_provided", {"where": "附送"}, "列明不予公开的部分"),
    ],
)
def test_a_reply_without_what_it_must_rest_on_is_not_sealed(
    county: County, ground: str, more: dict[str, str], problem: str
) -> None:
    request = county.receive()
    actions.decide(request.asked.get(), ground=ground, **more, **acting(county))
    letter = actions.draft_reply(request, **acting(county))
    with pytest.raises(NotSealable, match=problem):
        county.sealed(letter, later(1))
    assert Letter.objects.get().state == "draft" and not Letter.objects.get().files.exists()


def test_what_a_person_cannot_decide_is_refused(county: County) -> None:
    asked = county.receive().asked.get()
    for ground in ("withdrawn", "not_corrected", "fee_not_paid", "nonsense"):
        with pytest.raises(Invalid, match="没有这种决定"):
            actions.decide(asked, ground=ground, **acting(county))
    with pytest.raises(Invalid, match="第十四条"):
        actions.decide(asked, ground="partly_provided", withheld=[("单价", "petition")], **acting(county))
    with pytest.raises(Invalid, match="已经答复的另一件"):
        actions.decide(asked, ground="repeated", repeats=county.receive(), **acting(county))


@pytest.mark.parametrize(
    ("grounds", "kind"),
    [
        (["provided"], "reply"),
        (["provided", "provided"], "reply"),
        (["partly_provided"], "partial"),
        (["provided", "privacy"], "partial"),
        (["privacy", "does_not_exist"], "reply"),
        (["petition", "periodicals"], "not_processed"),
        (["petition", "provided"], "reply"),
        (["not_this_body", "not_this_body"], "transfer"),
        (["not_this_body", "provided"], "reply"),
    ],
)
def test_the_kind_of_the_reply_follows_from_the_grounds(county: County, grounds: list[str], kind: str) -> None:
    request = county.receive(things=[f"事项{n}" for n, _ in enumerate(grounds)])
    for asked, ground in zip(request.asked.all(), grounds, strict=True):
        actions.decide(asked, ground=ground, explanation="理由。", **acting(county))
    assert actions.draft_reply(request, **acting(county)).kind == kind


def test_the_right_body_is_named(county: County) -> None:
    request = county.receive(things=["甲", "乙"])
    letter = actions.transfer(
        request, right_body="白桦苏木人民政府", right_contact="0000-7654321", explanation="由该机关制作。",
        **acting(county),
    )  # fmt: skip
    county.sent(letter, MOMENT)
    row = fresh(request)
    assert (row.state, row.replied_on) == ("transferred", TODAY)
    assert {asked.right_body for asked in row.asked.all()} == {"白桦苏木人民政府"}


def test_a_reply_is_complete_and_handed_over(county: County) -> None:
    request = county.receive()
    letter = county.provide(request, later(3))
    row = fresh(request)
    assert (row.state, row.replied_on, row.closed_on) == ("replied",) + (TODAY + timedelta(days=3),) * 2
    assert letter.number == "教育局公开告〔2024〕1号"
    assert steps_of(request) == [(kind, TODAY + timedelta(days=3)) for kind in ("replied", "delivered")]
    assert {file.kind for file in letter.files.all()} == {"letter_pdf", "letter_docx"}
    with pytest.raises(WrongState, match="不能再办"):
        actions.ask_reasons(request, why="？", **acting(county, 4))


# --- sealing ---------------------------------------------------------------------------------------------------------


def test_who_drafts_does_not_seal(county: County) -> None:
    request = county.receive()
    letter = actions.draft_receipt(request, actor=county.clerk, moment=MOMENT)
    with pytest.raises(NotSealable, match="起草人不能签发"):
        actions.seal(letter, version=1, actor=county.clerk, moment=MOMENT)
    with pytest.raises(NotPermitted):
        actions.seal(letter, version=1, actor=county.handler, moment=MOMENT)


def test_of_two_who_change_a_draft_the_second_is_told(county: County) -> None:
    letter = actions.draft_receipt(county.receive(), **acting(county))
    content = letter.content
    saved = actions.save_letter(letter, version=1, content=content | {"title": "改"}, **acting(county))
    with pytest.raises(Stale):
        actions.save_letter(letter, version=1, content=content, **acting(county))
    with pytest.raises(Stale):
        actions.seal(letter, version=1, actor=county.head, moment=MOMENT)
    actions.seal(saved, version=2, actor=county.head, moment=MOMENT)
    with pytest.raises(Stale):
        actions.seal(saved, version=2, actor=county.head, moment=MOMENT)


def test_blanks_keep_a_letter_from_being_sealed(county: County) -> None:
    letter = actions.draft_receipt(county.receive(), **acting(county))
    blank = letter.content | {"paragraphs": ["请于〔待填：日期〕前来。"]}
    saved = actions.save_letter(letter, version=1, content=blank, **acting(county))
    with pytest.raises(NotSealable, match="空白"):
        county.sealed(saved, MOMENT)


def test_what_is_sealed_does_not_change(county: County) -> None:
    letter = county.provide(county.receive(), MOMENT)
    with pytest.raises(Stale):
        actions.save_letter(letter, version=letter.version, content=letter.content, **acting(county))
    with pytest.raises(Stale):
        actions.discard_letter(letter, **acting(county))
    with pytest.raises(WrongState, match="已经送达"):
        actions.deliver(letter, means="post", **acting(county))
    with pytest.raises(WrongState, match="已经签发"):
        upload = Upload("a.pdf", b"%PDF-")
        actions.keep_file(letter.request, kind="reply_attachment", upload=upload, letter=letter, **acting(county))


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
