"""The desk of requests: each page for each role, the way of a request through its forms, and what a form refuses."""

import io
import time
from datetime import date, timedelta
from typing import Any

import docx
import icalendar
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from mingtang.bodies.models import Post, Role, User
from mingtang.foi import actions
from mingtang.foi.models import Applicant, CalendarFeed, File, FileKind, Letter, Request
from mingtang.foi.tests.conftest import SOMEBODY, County
from mingtang.trace import limits
from mingtang.trace.models import Event


@pytest.fixture(autouse=True)
def _allowed_again() -> None:
    """Nobody has asked too often yet."""
    limits.forget()


def at(user: User) -> Client:
    """A browser signed in as the user."""
    client = Client()
    client.force_login(user, backend="mingtang.bodies.signin.PostBackend")
    return client


def fresh(county: County, days: int = 2, **fields: Any) -> Request:
    """A request that came a few days ago, by today's clock."""
    return county.receive(moment=timezone.now() - timedelta(days=days), **fields)


def do(client: Client, row: Request, name: str, part: int | None = None, **fields: Any) -> Any:
    """Send a form of the request's page."""
    sent = {"do": name, **fields} | ({"part": part} if part else {})
    return client.post(reverse("foi:request", args=[row.pk]), sent)


def code_of(answer: Any) -> int:
    """The status of an answer; what Wagtail turns into a way home with a message is a refusal."""
    return 403 if answer.status_code == 302 and answer.url == "/desk/" else answer.status_code


def today() -> str:
    return timezone.localdate().isoformat()


# --- who may see what ------------------------------------------------------------------------------------------------


@pytest.fixture
def dossier(county: County) -> dict[str, Any]:
    """A request of the education bureau with one of everything, and the address of each of its pages."""
    upload = actions.Upload("证件.jpg", b"\xff\xd8\xff scan", "image/jpeg")
    row = fresh(county, proofs=[upload], attachments=[actions.Upload("a.txt", b"text", "text/plain")])
    now = {"actor": county.handler, "moment": timezone.now()}
    letter = actions.ask_third_party(row, identity=SOMEBODY, concerning="合同金额", **now)
    proof, attachment = row.files.get(kind=FileKind.IDENTITY), row.files.get(kind=FileKind.ATTACHMENT)
    material = actions.keep_file(
        row, kind="material", upload=actions.Upload("合同.pdf", a_pdf(), "application/pdf"), **now
    )
    return {
        "request": reverse("foi:request", args=[row.pk]),
        "count": reverse("foi:count", args=[row.pk, 0]),
        "letter": reverse("foi:letter", args=[letter.pk]),
        "preview": reverse("foi:preview", args=[letter.pk]),
        "file": reverse("foi:file", args=[attachment.pk]),
        "proof": reverse("foi:file", args=[proof.pk]),
        "redact": reverse("foi:redact", args=[material.pk]),
        "page": reverse("foi:page", args=[material.pk, 0]),
        "similar": reverse("foi:similar", args=[row.pk]),
        "reveal": reverse("foi:reveal", args=[row.pk]),
        "reveal_party": reverse("foi:reveal_party", args=[letter.party_id]),
    }


def a_pdf(text: str = "Phone 13912345678 of Somebody") -> bytes:
    """A page of text."""
    import pikepdf

    made = pikepdf.new()
    page = made.add_blank_page(page_size=(400, 300))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Courier)
    font.FirstChar, font.LastChar, font.Widths = 32, 126, pikepdf.Array([600] * 95)
    page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    page.obj.Contents = made.make_stream(
        f"BT /F 12 Tf 30 200 Td ({text}) Tj 0 -40 Td (Second line stays) Tj ET".encode()
    )
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


#: Handler and head of the body, the office, the auditor; a handler elsewhere, another role of the body, a stranger.
PEOPLE = ("handler", "head", "clerk", "auditor", "outsider", "publisher", "nobody")
#: What each of them is answered at each page of a request of the education bureau.
EXPECTED: dict[str, tuple[int, ...]] = {
    "request": (200, 200, 200, 200, 404, 404, 302),
    "count": (200, 200, 200, 200, 404, 404, 302),
    "letter": (200, 200, 200, 200, 404, 404, 302),
    "preview": (200, 200, 200, 403, 404, 404, 302),
    "file": (200, 200, 200, 403, 404, 404, 302),
    "proof": (200, 200, 200, 403, 404, 404, 302),
    "redact": (200, 403, 200, 403, 404, 404, 302),
    "page": (200, 403, 200, 403, 404, 404, 302),
    "similar": (200, 200, 200, 200, 404, 404, 302),
    "reveal": (200, 200, 200, 403, 404, 404, 302),
    "reveal_party": (200, 200, 200, 403, 404, 404, 302),
}


def test_each_page_of_a_request_opens_only_for_its_people(county: County, dossier: dict[str, Any]) -> None:
    clients = [Client() if who == "nobody" else at(getattr(county, who)) for who in PEOPLE]
    found = {
        page: tuple(code_of((c.post if page.startswith("reveal") else c.get)(dossier[page])) for c in clients)
        for page in EXPECTED
    }
    assert found == EXPECTED


#: Pages that belong to no request, for handler, head, office, auditor and another role.
GENERAL: dict[str, tuple[int, ...]] = {
    "board": (200, 200, 200, 200, 403),
    "export": (200, 200, 200, 200, 403),
    "new": (200, 403, 200, 403, 403),
    "feed": (200, 403, 200, 403, 403),
    "remedies": (200, 200, 200, 200, 403),
    "proposals": (200, 200, 200, 200, 403),
}


def test_the_general_pages_open_by_role(county: County) -> None:
    clients = [at(getattr(county, who)) for who in ("handler", "head", "clerk", "auditor", "publisher")]
    found = {page: tuple(code_of(client.get(reverse(f"foi:{page}"))) for client in clients) for page in GENERAL}
    assert found == GENERAL


@pytest.mark.parametrize("who", ["auditor", "head", "outsider", "publisher"])
def test_nobody_else_does_the_handlers_work_by_address(county: County, who: str) -> None:
    row = fresh(county)
    user = getattr(county, who)
    for name in ("ask_correction", "search", "withdraw", "register", "void_step", "keep_file", "archive"):
        answer = do(at(user), row, name, items="x", until="2030-01-01", where="x", words="x")
        assert code_of(answer) in (403, 404), name
    assert not row.steps.exists() and not row.letters.exists()


def test_lists_and_menu_show_only_what_is_ones_own(county: County) -> None:
    mine, other = fresh(county), fresh(county, body=county.health, actor=county.clerk, subject="医院采购清单")
    board = at(county.outsider).get(reverse("foi:board"))
    assertContains(board, other.number)
    assertNotContains(board, mine.number)
    exported = at(county.outsider).get(reverse("foi:export") + "?state=all").content
    cells = [str(cell.value) for line in openpyxl.load_workbook(io.BytesIO(exported)).active for cell in line]
    assert other.number in cells and mine.number not in cells


# --- what is personal ------------------------------------------------------------------------------------------------


def test_the_applicant_is_masked_until_revealed_and_the_revealing_is_told(county: County) -> None:
    row = fresh(county)
    client = at(county.handler)
    page = client.get(reverse("foi:request", args=[row.pk]))
    assertContains(page, SOMEBODY.masked().name)
    secrets = [value for value in SOMEBODY.secrets() if value != SOMEBODY.postcode]
    assert not [value for value in secrets if value.encode() in page.content]
    assert "no-store" in page["Cache-Control"]
    shown = client.post(reverse("foi:reveal", args=[row.pk]))
    assertContains(shown, SOMEBODY.phone)
    event = Event.objects.get(verb="foi.identity_shown")
    assert event.actor.endswith(str(county.handler.pk)) or str(county.handler.pk) in event.actor
    assert not [value for value in SOMEBODY.secrets() if value in f"{event.data}{event.thing}"]
    assertNotContains(client.get(reverse("foi:request", args=[row.pk])), SOMEBODY.phone)


def test_who_may_not_see_the_applicant_sees_no_letter_or_name_of_a_file(county: County) -> None:
    row = fresh(county, attachments=[actions.Upload("演示甲某的申请书.txt", b"text", "text/plain")])
    letter = actions.draft_receipt(row, actor=county.handler, moment=timezone.now())
    auditor = at(county.auditor)
    for page in (reverse("foi:request", args=[row.pk]), reverse("foi:letter", args=[letter.pk])):
        assertNotContains(auditor.get(page), SOMEBODY.name)
        assert code_of(auditor.get(page)) == 200


def test_the_export_holds_nothing_personal(county: County) -> None:
    fresh(county)
    data = at(county.handler).get(reverse("foi:export") + "?state=all").content
    book = openpyxl.load_workbook(io.BytesIO(data))
    told = " ".join(str(cell.value) for line in book.active for cell in line)
    assert "校车服务采购合同" in told
    assert not [value for value in SOMEBODY.secrets() if value in told]


# --- the way of a request --------------------------------------------------------------------------------------------


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
    assertContains(client.post(board, {"act": "extend", "row": ticked[:1]}), "请填写延期的理由")


# --- uploads ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("合同.pdf", b"MZ\x90\x00" + b"\x00" * 90, "不是文件材料"),
        ("../x.pdf.exe", b"MZ\x90\x00" + b"\x00" * 90, "文件名"),
        ("合同.docx", b"PK\x03\x04 nothing", "打不开"),
    ],
    ids=["a program", "a path", "half a document"],
)
def test_a_disguised_file_is_refused_with_the_reason(county: County, name: str, content: bytes, reason: str) -> None:
    row = fresh(county)
    sent = SimpleUploadedFile("x", content)
    sent._name = name  # what a script sends, past what a browser allows
    answer = do(at(county.handler), row, "keep_file", kind="material", uploads=sent)
    assert answer.status_code == 422
    assert not row.files.exists()
    if reason != "文件名":
        assertContains(answer, reason, status_code=422)


def test_a_sound_file_is_kept_encrypted(county: County) -> None:
    row = fresh(county)
    made, out = docx.Document(), io.BytesIO()
    made.add_paragraph("办理材料")
    made.save(out)
    sent = SimpleUploadedFile("材料.docx", out.getvalue())
    assert do(at(county.handler), row, "keep_file", kind="material", uploads=sent).status_code == 302
    file = row.files.get()
    assert (file.kind, file.name) == ("material", "材料.docx")
    got = at(county.handler).get(reverse("foi:file", args=[file.pk]))
    assert got.content == out.getvalue() and got["X-Content-Type-Options"] == "nosniff"


# --- redaction -------------------------------------------------------------------------------------------------------


def test_words_are_picked_looked_at_and_taken_out(county: County) -> None:
    row = fresh(county)
    now = {"actor": county.handler, "moment": timezone.now()}
    file = actions.keep_file(row, kind="material", upload=actions.Upload("合同.pdf", a_pdf(), "application/pdf"), **now)
    client, page = at(county.handler), reverse("foi:redact", args=[file.pk])
    assertContains(client.get(page), "选中可能的个人信息（1 种）")
    picked = client.post(page, {"do": "words", "words": "13912345678\nSomebody", "number": "0", "kept": ""})
    boxes = [word.value for line in picked.context["rows"] for word in line.words if word.picked]
    assertContains(picked, "已选 2 处")
    preview = client.post(page, {"do": "preview", "number": "0", "kept": "", "span": boxes})
    assert preview["Content-Type"] == "application/pdf"
    assert client.post(page, {"do": "keep", "number": "0", "kept": "", "span": boxes}).status_code == 302
    kept = File.objects.get(kind="redacted")
    content = client.get(reverse("foi:file", args=[kept.pk])).content
    assert _text(content) == "Phone of Second line stays"
    assert kept.name == "合同（已遮盖）.pdf"


def test_what_was_picked_on_other_pages_travels_along(county: County) -> None:
    from mingtang.foi.desk.redacting import Selection, areas_written
    from mingtang.press.redaction import read_pages

    kept = Selection.read("p3;0.5.9;1.2.4;nonsense;9.9;p1.2;99999999999.1.2")
    assert (kept.pages, kept.spans) == ({3}, {(0, 5, 9), (1, 2, 4)})
    assert kept.kept(without=1) == "p3;0.5.9"
    texts = read_pages(a_pdf())
    (area,) = areas_written("1: 10, 20, 30, 5", texts)
    assert [round(number) for number in area.box] == [40, 225, 160, 240]
    with pytest.raises(ValueError, match="看不懂"):
        areas_written("3: 1,1,1,1", texts)


def _text(data: bytes) -> str:
    from pdfminer.high_level import extract_text

    return " ".join(extract_text(io.BytesIO(data)).split())


# --- the calendar ----------------------------------------------------------------------------------------------------


def test_a_handler_subscribes_to_the_days_and_revokes(county: County) -> None:
    row = fresh(county)
    actions.assign(row, handler=county.handler, actor=county.handler, moment=timezone.now())
    client, page = at(county.handler), reverse("foi:feed")
    address = client.post(page, {"do": "open"}).context["address"]
    path = "/" + address.split("/", 3)[3]
    got = Client().get(path)
    assert got["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = icalendar.Calendar.from_ical(got.content)
    (event,) = calendar.walk("VEVENT")
    row.refresh_from_db()
    assert event.start == row.next_due
    assert row.number in event["SUMMARY"] and row.subject not in got.content.decode()
    assert not [value for value in SOMEBODY.secrets() if value.encode() in got.content]
    assert all(len(line) <= 75 for line in got.content.split(b"\r\n"))
    again = client.post(page, {"do": "open"}).context["address"]
    assert again != address and Client().get(path).status_code == 404
    client.post(page, {"do": "close"})
    assert Client().get("/" + again.split("/", 3)[3]).status_code == 404
    assert CalendarFeed.objects.filter(revoked_at=None).count() == 0


def test_a_guessed_calendar_is_not_found_and_soon_held_back(county: County) -> None:
    codes = [Client().get(f"/calendar/{number:032x}.ics").status_code for number in range(62)]
    assert codes[:60] == [404] * 60 and codes[-1] == 429


def test_who_no_longer_handles_has_no_calendar(county: County) -> None:
    address = at(county.handler).post(reverse("foi:feed"), {"do": "open"}).context["address"]
    county.handler.person.posts.filter(role=Role.REQUEST_HANDLER).update(
        ends_on=timezone.localdate() - timedelta(days=1)
    )
    assert Client().get("/" + address.split("/", 3)[3]).status_code == 404


def test_a_lost_secret_is_replaced_and_shown_once(county: County) -> None:
    received = county.received(moment=timezone.now() - timedelta(days=1))
    client = at(county.handler)
    answer = client.post(reverse("foi:request", args=[received.request.pk]), {"do": "new_secret"}, follow=True)
    (message,) = [str(one) for one in answer.context["messages"]]
    assert "新的查询码：" in message and received.secret not in message
    assertNotContains(client.get(reverse("foi:request", args=[received.request.pk])), "新的查询码")


# --- after the reply -------------------------------------------------------------------------------------------------


def test_a_remedy_is_registered_advanced_and_concluded(county: County) -> None:
    row = fresh(county)
    client = at(county.handler)
    do(
        client,
        row,
        "open_remedy",
        kind="reconsideration",
        filed_on=today(),
        authority="云岭旗人民政府",
        case_number="1号",
    )
    remedy = row.remedies.get()
    do(client, row, "advance_remedy", remedy.pk, stage="answered", note="已提交")
    assertContains(client.get(reverse("foi:remedies")), "已提交答复和证据")
    do(client, row, "conclude_remedy", remedy.pk, outcome="upheld", on=today())
    page = client.get(reverse("foi:remedies"))
    assert page.context["table"][0]["cells"] == [1, 0, 0, 0]


def test_similar_requests_become_a_draft_of_a_public_record(county: County) -> None:
    from mingtang.records.models import Column, Record

    rows = [fresh(county) for _ in range(2)]
    client = at(county.handler)
    numbers = "\n".join(row.number for row in rows)
    sent = {"numbers": numbers, "title": "校车服务采购合同", "text": "两名申请人申请，内容可以公开。"}
    assert client.post(reverse("foi:proposals"), sent).status_code == 302
    column = Column.objects.create(name="公告", slug="gg")
    page = client.get(reverse("foi:proposals"))
    assertContains(page, "2 件申请")
    proposal = page.context["page"][0]
    wanted = {"column": column.pk, "topic": "J02", "genre": "notice"}
    assert client.post(reverse("foi:open_record", args=[proposal.pk]), wanted).status_code == 302
    assert not Record.objects.exists()  # the handler holds no post that drafts records
    Post.objects.create(
        person=county.handler.person, body=county.education, role=Role.PUBLISHER, starts_on=date(2020, 1, 1)
    )
    both = at(User.objects.get(pk=county.handler.pk))
    opened = both.post(reverse("foi:open_record", args=[proposal.pk]), wanted)
    record = Record.objects.get(title="校车服务采购合同")
    assert opened.url == reverse("records:edit", args=[record.pk])
    again = {"numbers": numbers, "title": "另一项", "text": "内容"}
    client.post(reverse("foi:proposals"), again)
    second = client.get(reverse("foi:proposals")).context["page"][0]
    client.post(reverse("foi:decline", args=[second.pk]), {"reason": "已在年报中公开"})
    assertContains(client.get(reverse("foi:proposals")), "已在年报中公开")
    assertContains(client.get(reverse("foi:similar", args=[rows[0].pk])), rows[1].number)


# --- size ------------------------------------------------------------------------------------------------------------


def many(county: County, number: int) -> None:
    """Requests straight into the tables: what folding would have cached for them is made up."""
    start = Request.objects.count()
    applicants = Applicant.objects.bulk_create(Applicant(same=f"{n % 700}") for n in range(number))
    on = timezone.localdate()
    bodies = [county.education, county.health]
    Request.objects.bulk_create(
        Request(
            number=f"x-2026-{start + n:05d}", body=bodies[n % 2], unit=bodies[n % 2], applicant=applicant,
            applicant_kind="natural", channel="counter", arrived_on=on, received_on=on, subject=f"信息{n % 50}",
            wanted="信息", provision="paper", delivery="post", made_at=timezone.now(), state="running",
            due_on=on + timedelta(days=n % 40 - 5), next_due=on + timedelta(days=n % 40 - 5), next_what="答复申请人",
            handler=county.handler if n % 3 else None,
        )
        for n, applicant in enumerate(applicants)
    )  # fmt: skip


LISTS = (
    "foi:board", "foi:board?view=body", "foi:board?view=handler", "foi:board?view=kind", "foi:board?view=campaign",
    "foi:board?level=5&q=x-2026", "foi:remedies", "foi:proposals", "wagtailadmin_home",
)  # fmt: skip


def test_ten_thousand_requests_take_no_more_queries_than_thirty(county: County) -> None:
    many(county, 40)
    client = at(county.clerk)
    few = {name: _queries(client, name) for name in LISTS}
    many(county, 9_960)
    assert Request.objects.count() == 10_000
    started = time.process_time()
    assert {name: _queries(client, name) for name in LISTS} == few
    assert time.process_time() - started < 20
    assert max(few.values()) < 60


def _queries(client: Client, name: str) -> int:
    """How many queries a page takes once its caches are warm."""
    view, mark, query = name.partition("?")
    address = reverse(view) + mark + query
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)
