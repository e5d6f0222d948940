"""Decisions and the letters that tell them: what each rests on, who seals, and what is sealed for good."""

from datetime import timedelta
from typing import Any

import pytest

from mingtang.bodies.errors import NotPermitted
from mingtang.foi import actions, story
from mingtang.foi.actions import Upload
from mingtang.foi.errors import Invalid, NotSealable, Stale, WrongState
from mingtang.foi.identity import Identity
from mingtang.foi.models import Letter, Request
from mingtang.foi.tests.conftest import MOMENT, TODAY, County, later, steps_of

OTHER = Identity(name="演示客运有限公司", phone="10000000009", organisation_code="91990001MA0000000X")


def fresh(request: Request) -> Request:
    return Request.objects.get(pk=request.pk)


def acting(county: County, days: int = 0) -> dict[str, Any]:
    return {"actor": county.handler, "moment": later(days)}


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


# --- a slip found after sealing --------------------------------------------------------------------------------------


def test_a_slip_in_a_sealed_letter_is_put_right_by_another_and_the_old_stays(county: County) -> None:
    request = county.receive()
    reply = county.provide(request, later(1))
    before, when = fresh(request), acting(county, 3)
    with pytest.raises(WrongState, match="不能再加附件"):
        actions.keep_file(request, kind="reply_attachment", upload=Upload("漏附.pdf", b"%PDF-"), letter=reply, **when)
    actions.archive(request, **acting(county, 2))
    letter = actions.draft_amendment(reply, **when)
    assert letter.facts == {"letter": reply.pk}  # what was wrong is written in the letter itself, encrypted
    missing = actions.Upload("漏附.pdf", b"%PDF- missing", "application/pdf")
    actions.keep_file(request, kind="reply_attachment", upload=missing, letter=letter, **when)
    county.sent(letter, later(3))
    kept = Letter.objects.get(pk=reply.pk)
    assert (kept.digest, kept.content, kept.number) == (reply.digest, reply.content, reply.number)
    after = fresh(request)
    assert (after.state, after.replied_on, after.due_on) == (before.state, before.replied_on, before.due_on)
    (told,) = [entry for entry in story.public(request) if entry.letter == letter]
    assert told.title == "更正告知书" and "漏附.pdf" in {file.name for file in told.files}
    actions.archive(request, **acting(county, 4))  # the bag is made anew with it, once
    with pytest.raises(WrongState, match="已经归档"):
        actions.archive(request, **acting(county, 5))


def test_a_draft_is_changed_and_a_letter_to_others_asked_anew(county: County) -> None:
    request = county.receive()
    draft = actions.draft_receipt(request, **acting(county))
    asked = actions.ask_third_party(request, identity=OTHER, concerning="单价", **acting(county))
    for letter in (draft, county.sealed(asked, MOMENT)):
        with pytest.raises(WrongState, match="才能更正"):
            actions.draft_amendment(letter, **acting(county))
