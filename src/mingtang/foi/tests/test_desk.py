"""The desk of requests: the way of a request through its forms, and what a form refuses."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from mingtang.foi import actions
from mingtang.foi.models import Letter, Request
from mingtang.foi.tests.conftest import County
from mingtang.foi.tests.signed_in import at, code_of, do, fresh, today


def test_what_came_on_paper_is_entered_and_the_secret_is_shown_once(county: County) -> None:
    client = at(county.handler)
    given = {
        "body": county.education.pk, "channel": "fax", "arrived_on": today(), "applicant_kind": "natural",
        "name": "演示丙某", "phone": "10000000009", "subject": "校舍安全鉴定报告", "wanted": "两所学校的鉴定报告",
        "things": "第一小学的鉴定报告\n第二小学的鉴定报告", "provision": "paper", "delivery": "post",
    }  # fmt: skip
    answer = client.post(reverse("foi:new"), given)
    row = Request.objects.get()
    assertContains(answer, answer.context["received"].secret)
    assertContains(answer, "待与申请人确认")
    assert (row.state, row.asked.count()) == ("unconfirmed", 2)
    assertNotContains(client.get(reverse("foi:request", args=[row.pk])), answer.context["received"].secret)
    wrong = client.post(reverse("foi:new"), given | {"confirmed_on": "2020-01-01"})
    assert wrong.status_code == 422
    assertContains(wrong, "早于申请到达", status_code=422)


def test_the_whole_way_goes_through_the_forms(county: County) -> None:
    row = fresh(county)
    handler, head = at(county.handler), at(county.head)
    asked = do(handler, row, "ask_correction", items="请写明年份", until=str(timezone.localdate() + timedelta(days=9)))
    letter = Letter.objects.get(kind="correction")
    assert asked.url == reverse("foi:letter", args=[letter.pk])
    _seal_and_deliver(handler, head, letter)
    row.refresh_from_db()
    assert row.state == "correcting"
    assert do(handler, row, "receive_correction", text="2023年的合同", on=today()).status_code == 302
    do(handler, row, "ask_third_party", party_name="演示承运公司", phone="0000-1", concerning="合同单价")
    party_letter = Letter.objects.get(kind="third_party")
    _seal_and_deliver(handler, head, party_letter)
    party = row.parties.get()
    do(handler, row, "answer", party.pk, answer="partly", text="单价不同意公开", on=today())
    do(handler, row, "ask_extension", working_days="10", reason="需要汇总材料")
    extension = row.extensions.get()
    assertNotContains(handler.get(reverse("foi:request", args=[row.pk])), "批复延期")
    do(head, row, "decide_extension", extension.pk, granted="yes")
    _seal_and_deliver(handler, head, Letter.objects.get(kind="extension"))
    do(head, row, "give_opinion", kind="secrecy", verdict="agrees", text="不涉密")
    thing = row.asked.get()
    do(
        handler, row, "decide", thing.pk, ground="partly_provided", where="随附", explanation="单价属于商业秘密",
        what_0="合同单价", part_0="trade_secret",
    )  # fmt: skip
    do(handler, row, "draft_reply")
    reply = Letter.objects.get(kind="partial")
    _seal_and_deliver(handler, head, reply)
    row.refresh_from_db()
    assert row.state == "replied"
    assert do(handler, row, "archive").status_code == 302
    page = handler.get(reverse("foi:request", args=[row.pk]))
    assertContains(page, "下载归档包")
    bag = handler.get(reverse("foi:file", args=[row.archive.file_id]))
    assert bag.content.startswith(b"PK")
    assert code_of(at(county.auditor).get(reverse("foi:file", args=[row.archive.file_id]))) == 403


def _seal_and_deliver(handler: Client, head: Client, letter: Letter) -> None:
    page = reverse("foi:letter", args=[letter.pk])
    assert handler.post(page, {"do": "seal", "version": letter.version}).status_code in (302, 403)
    letter.refresh_from_db()
    assert letter.state == "draft", "who drafted must not seal"
    head.post(page, {"do": "seal", "version": letter.version})
    letter.refresh_from_db()
    assert letter.state == "sealed", [str(message) for message in head.get(page).context["messages"]]
    sent = handler.post(page, {"do": "deliver", "means": "pickup", "on": today(), "received_on": today()})
    assert sent.status_code == 302, sent.context["offered"]["deliver"].errors
    assert letter.deliveries.exists()


def test_what_may_not_be_done_is_shown_with_its_reason(county: County) -> None:
    row = fresh(county)
    page = at(county.handler).get(reverse("foi:request", args=[row.pk]))
    assertContains(page, "还有申请事项没有决定")
    assertContains(page, "没有等待补正")
    assertContains(page, 'id="act-ask_correction"')
    assertNotContains(page, 'id="act-draft_reply"')


def test_a_form_that_is_refused_keeps_what_was_typed(county: County) -> None:
    row = fresh(county)
    answer = do(at(county.handler), row, "ask_correction", items="请写明年份", until="2020-01-01")
    assertContains(answer, "请写明年份", status_code=422)
    assertContains(answer, "补正的最后一天应在今天之后", status_code=422)


def test_one_letter_is_taken_apart_and_put_together(county: County) -> None:
    row = fresh(county)
    client = at(county.handler)
    do(client, row, "split", row.asked.get().pk, texts="采购合同\n验收材料")
    assert [asked.text for asked in row.asked.all()] == ["采购合同", "验收材料"]
    assertContains(client.get(reverse("foi:request", args=[row.pk])), 'id="act-merge"')
    do(client, row, "merge", things=[asked.pk for asked in row.asked.all()])
    assert row.asked.count() == 1
    assertNotContains(client.get(reverse("foi:request", args=[row.pk])), 'id="act-merge"')


def test_an_edited_letter_is_kept_and_a_stale_one_refused(county: County) -> None:
    row = fresh(county)
    letter = actions.draft_receipt(row, actor=county.handler, moment=timezone.now())
    client, page = at(county.handler), reverse("foi:letter", args=[letter.pk])
    words = {
        "do": "save",
        "version": "1",
        "title": "登记回执",
        "paragraphs": "第一段。\n\n第二段。",
        "schedule": "甲｜乙",
    }
    assert client.post(page, words).status_code == 302
    letter.refresh_from_db()
    assert letter.content["paragraphs"] == ["第一段。", "第二段。"] and letter.content["schedule"] == [["甲", "乙"]]
    again = client.post(page, words | {"title": "另一个标题"})
    assertContains(again, "刚被别人改过", status_code=422)
    assertContains(again, "另一个标题", status_code=422)
    assert client.get(reverse("foi:preview", args=[letter.pk]))["Content-Type"] == "application/pdf"


def test_many_requests_are_acted_on_at_once(county: County) -> None:
    rows = [fresh(county) for _ in range(3)]
    ended = rows[2]
    actions.withdraw(ended, actor=county.handler, moment=timezone.now())
    client, board = at(county.handler), reverse("foi:board")
    ticked = [row.pk for row in rows]
    answer = client.post(board, {"act": "assign", "row": ticked, "handler": county.colleague.pk}, follow=True)
    assertContains(answer, "已办 2 件")
    assertContains(answer, f"{ended.number}：")
    client.post(board, {"act": "group", "row": ticked[:2], "name": "校车"})
    client.post(board, {"act": "reply", "row": ticked[:2], "ground": "already_public", "where": "门户网站"})
    assert Letter.objects.filter(kind="reply", state="draft").count() == 2
    client.post(board, {"act": "extend", "row": ticked[:2], "working_days": "5", "reason": "数量较多"})
    assert [row.extensions.count() for row in rows] == [1, 1, 0]
    assertContains(client.get(board + "?view=campaign"), "校车")
    assertContains(client.post(board, {"act": "ungroup", "row": ticked[:1]}, follow=True), "已移出同类申请：1 件")
    assertContains(client.post(board, {"act": "extend", "row": ticked[:1]}), "请填写延期的理由")
