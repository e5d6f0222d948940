"""Applying on the public pages: step by step, checked kindly, sent once, and nothing personal left lying about."""

import io
import logging
import re
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from mingtang.foi import drafts, files, tracking
from mingtang.foi.models import Draft, DraftFile, File, Request
from mingtang.foi.pages import application, apply, private
from mingtang.foi.tests.conftest import County
from mingtang.trace.limits import Scope
from mingtang.trace.models import Event

#: A number with a right check digit that no person has: its place does not exist.
NUMBER = "990001199001011235"
WANTED = {"body": "jyj", "subject": "校车服务采购合同", "wanted": "2025年云岭旗校车服务采购合同和验收材料。"}
PERSON = {
    "applicant_kind": "natural", "name": "演示甲某", "id_type": "居民身份证", "id_number": NUMBER,
    "phone": "10000000001", "provision": "electronic", "delivery": "online",
}  # fmt: skip


@pytest.fixture
def visitor(county: County) -> Client:
    """A browser of somebody without an account, whose forms must prove their origin."""
    return Client(enforce_csrf_checks=True)


def send(visitor: Client, path: str, fields: dict[str, Any], *, follow: bool = False) -> Any:
    """Send a form of a page with the mark that the page gave."""
    shown = visitor.get(path, follow=True).content.decode()
    mark = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', shown)
    assert mark, path
    return visitor.post(path, {**fields, "csrfmiddlewaretoken": mark[1]}, follow=follow)


def picture(size: tuple[int, int] = (60, 40), form: str = "PNG") -> bytes:
    kept = io.BytesIO()
    Image.new("1", size, 1).save(kept, form)
    return kept.getvalue()


def fill(visitor: Client, person: dict[str, Any] | None = None, wanted: dict[str, Any] | None = None) -> Any:
    """Steps one and two."""
    assert send(visitor, apply.START, wanted or WANTED).status_code == 303
    return send(visitor, apply.PERSON, person or PERSON)


def sent(visitor: Client) -> tuple[str, str]:
    """The whole way; number and secret from the receipt."""
    assert fill(visitor)["Location"] == apply.CHECK
    shown = send(visitor, apply.CHECK, {"agreed": "1"}, follow=True).content.decode()
    number, secret = re.findall(r"<dd>([^<]+)</dd>", shown)[:2]
    return number, secret


def test_three_steps_make_a_request_that_its_secret_opens(visitor: Client, county: County) -> None:
    number, secret = sent(visitor)
    request = Request.objects.get(number=number)
    assert (request.body, request.subject, request.channel) == (county.education, WANTED["subject"], "online")
    assert request.applicant.identity.id_number == NUMBER
    assert request.state == "unconfirmed"
    assert tracking.find(number, secret) == request
    assert not DraftFile.objects.exists()


def test_sending_twice_is_sending_once_and_shows_the_receipt_again(visitor: Client, county: County) -> None:
    number, _secret = sent(visitor)
    again = visitor.get(apply.CHECK, follow=True)
    assert again.redirect_chain == [(apply.RECEIPT, 303)]
    assert number in again.content.decode()
    assert send(visitor, apply.RECEIPT, {})["Location"] == "/foi/track/"
    assert visitor.get(apply.RECEIPT)["Location"] == apply.START
    assert Request.objects.count() == 1


def test_proofs_and_materials_are_kept_encrypted_as_files_of_the_request(visitor: Client, county: County) -> None:
    proof = SimpleUploadedFile("证件.png", picture(), "image/png")
    note = SimpleUploadedFile("线索.txt", "公告贴在村委会。".encode(), "text/plain")
    fill(visitor, {**PERSON, "identity": proof, "attachment": note})
    assert all(b"IHDR" not in bytes(each.sealed) for each in DraftFile.objects.all())
    send(visitor, apply.CHECK, {"agreed": "1"})
    kept = {file.kind: file for file in File.objects.all()}
    assert set(kept) == {"identity", "attachment"}
    assert files.content(kept["identity"]) == picture()
    assert b"IHDR" not in files.place_of(kept["identity"].pk).read_bytes()


def test_a_file_of_the_draft_can_be_taken_back(visitor: Client, county: County) -> None:
    fill(visitor, {**PERSON, "identity": SimpleUploadedFile("证件.png", picture(), "image/png")})
    shown = visitor.get(apply.PERSON).content.decode()
    token = re.search(r'name="drop" value="([^"]+)"', shown)
    assert token
    send(visitor, apply.PERSON, {**PERSON, "drop": token[1]})
    assert not DraftFile.objects.exists()
    assert "证件.png" not in visitor.get(apply.PERSON).content.decode()


# --- what is missing -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"body": ""}, "请选择向哪个机关申请"),
        ({"body": "nobody"}, "请选择向哪个机关申请"),
        ({"subject": ""}, "请用一句话写明要的是什么"),
        ({"wanted": "合同"}, "请再写具体一点"),
        ({"wanted": "＿＿年的合同和验收材料"}, "还有空没有填"),
        ({"subject": "长" * 101}, "最多100个字"),
    ],
)
def test_what_is_missing_of_the_wish_is_said_beside_its_field(
    visitor: Client, county: County, wrong: dict[str, str], said: str
) -> None:
    answer = send(visitor, apply.START, WANTED | wrong)
    assert answer.status_code == 400
    shown = answer.content.decode()
    assert said in shown
    assert f'href="#f-{next(iter(wrong))}"' in shown


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"applicant_kind": "horse"}, "请选择是个人"),
        ({"name": ""}, "请填写姓名"),
        ({"id_number": "990001199001011234"}, "身份证号不对"),
        ({"id_number": "990001199013011235"}, "身份证号不对"),
        ({"phone": "123"}, "能打通的电话"),
        ({"delivery": "email"}, "请填写邮箱"),
        ({"delivery": "post"}, "请填写能收到信的地址"),
        ({"delivery": "fax"}, "请选择怎样拿到答复"),
        ({"email": "x@@y"}, "不像一个邮箱地址"),
        ({"applicant_kind": "commercial", "organisation": "演示公司", "organisation_code": "1"}, "信用代码不对"),
        ({"applicant_kind": "welfare", "organisation": ""}, "请填写单位的全称"),
    ],
)
def test_what_is_missing_of_the_person_is_said(
    visitor: Client, county: County, wrong: dict[str, str], said: str
) -> None:
    answer = fill(visitor, PERSON | wrong)
    assert answer.status_code == 400
    assert said in answer.content.decode()


def test_nothing_is_sent_before_every_step_is_complete(visitor: Client, county: County) -> None:
    assert visitor.get(apply.CHECK)["Location"] == apply.START
    send(visitor, apply.START, WANTED)
    assert visitor.get(apply.CHECK)["Location"] == apply.PERSON
    fill(visitor)
    assert send(visitor, apply.CHECK, {}).status_code == 400  # not agreed
    assert not Request.objects.exists()


def test_a_wording_is_taken_over_to_be_filled_in(visitor: Client, county: County) -> None:
    answer = send(visitor, apply.START, {"body": "jyj", "subject": "", "wanted": "", "like": "land"}, follow=True)
    shown = answer.content.decode()
    assert "＿＿苏木（镇）" in shown
    assert 'id="problems"' not in shown


def test_an_address_may_bring_the_body_and_the_words(visitor: Client, county: County) -> None:
    shown = visitor.get(apply.START, {"body": "jyj", "about": '校车"><script>'}).content.decode()
    assert '<option value="jyj" selected>' in shown
    assert "校车&#34;&gt;&lt;script&gt;" in shown


# --- drafts ----------------------------------------------------------------------------------------------------------


def test_a_draft_is_kept_and_opened_elsewhere_with_its_code(visitor: Client, county: County) -> None:
    answer = send(visitor, apply.START, {**WANTED, "later": "1"}, follow=True)
    code = re.search(r"<dd>((?:[0-9A-Z]{4}-){4}[0-9A-Z]{4})</dd>", answer.content.decode())
    assert code
    elsewhere = Client(enforce_csrf_checks=True)
    assert WANTED["subject"] not in elsewhere.get(apply.START).content.decode()
    again = send(elsewhere, apply.RESUME, {"code": code[1].replace("-", " ").lower()}, follow=True)
    assert WANTED["subject"] in again.content.decode()
    wrong = send(elsewhere, apply.RESUME, {"code": "AAAA-BBBB-CCCC-DDDD-EEEE"})
    assert wrong.status_code == 400


def test_a_draft_is_forgotten_after_seven_days_or_at_once(visitor: Client, county: County) -> None:
    send(visitor, apply.START, {**WANTED, "later": "1"})
    draft = Draft.objects.get()
    drafts.purge(draft.changed_at + drafts.KEPT - timedelta(seconds=1))
    assert Draft.objects.exists()
    send(visitor, apply.RESUME, {"forget": "1"})
    assert not Draft.objects.exists()
    send(visitor, apply.START, {**WANTED, "later": "1"})
    drafts.purge(Draft.objects.get().changed_at + drafts.KEPT)
    assert not Draft.objects.exists()


def test_neither_database_nor_key_opens_a_draft_without_its_secret(visitor: Client, county: County) -> None:
    fill(visitor)
    draft = Draft.objects.get()
    assert "演示甲某".encode() not in bytes(draft.sealed)
    with pytest.raises(drafts.Damaged):
        drafts._unseal(bytes(draft.sealed), drafts.new_secret(), str(draft.token))


def test_drafts_cannot_fill_the_disk(visitor: Client, county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "MOST_DRAFTS", 1)
    assert send(visitor, apply.START, WANTED).status_code == 303
    other = send(Client(enforce_csrf_checks=True), apply.START, WANTED)
    assert (other.status_code, "现在填写申请的人太多" in other.content.decode()) == (503, True)
    monkeypatch.setattr(drafts, "MOST_BYTES", 10)
    file = SimpleUploadedFile("证件.png", picture(), "image/png")
    assert "现在收不下文件" in send(visitor, apply.PERSON, {**PERSON, "identity": file}).content.decode()


# --- misuse ----------------------------------------------------------------------------------------------------------


def package(entries: dict[str, bytes]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return kept.getvalue()


def bomb() -> bytes:
    """A small package that unpacks to a thousand times its size, dressed as a docx."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as out:
        for _ in range(220):
            out.write(b"\0" * 1024 * 1024)
    return kept.getvalue()


CONTENT_TYPES = (
    b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Override PartName="/word/document.xml" ContentType='
    b'"application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
)
ATTEMPTS = {
    "a disguised program": ("identity", "证件.jpg", b"MZ\x90\x00" + b"\0" * 200),
    "a script called a picture": ("identity", "证件.png", b"#!/bin/sh\nrm -rf /\n"),
    "a page called a scan": ("identity", "证件.pdf", b"<html><script>alert(1)</script></html>"),
    "a macro document": (
        "attachment", "材料.docx",
        package({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": b"<x/>", "word/vbaProject.bin": b"\xd0"}),
    ),
    "a picture bomb": ("identity", "证件.png", b""),
    "a zip bomb": ("attachment", "材料.docx", b""),
    "an empty file": ("identity", "证件.png", b"\0"),
}  # fmt: skip


@pytest.mark.parametrize("attempt", list(ATTEMPTS))
def test_a_file_that_is_not_what_it_says_is_refused_and_nothing_of_it_is_kept(
    visitor: Client, county: County, attempt: str
) -> None:
    field, name, content = ATTEMPTS[attempt]
    if attempt == "a zip bomb":
        content = bomb()
    if attempt == "a picture bomb":
        content = picture((12_000, 12_000))
    assert len(content) < private.PROOFS.max_bytes
    answer = fill(visitor, {**PERSON, field: SimpleUploadedFile(name, content)})
    assert answer.status_code == 400
    shown = answer.content.decode()
    assert "不能上传" in shown
    assert f'id="problem-{field}"' in shown
    assert not DraftFile.objects.exists()
    assert "演示甲某" in shown  # what was typed is not lost


def test_a_file_too_large_or_too_many_are_refused_by_name(visitor: Client, county: County) -> None:
    big = SimpleUploadedFile("大.png", picture() + b"\0" * private.PROOFS.max_bytes)
    assert "“大.png”超过 4 MB" in fill(visitor, {**PERSON, "identity": big}).content.decode()
    many = [SimpleUploadedFile(f"{n}.png", picture()) for n in range(private.MOST_FILES + 1)]
    assert "一次最多选 3 个文件" in send(visitor, apply.PERSON, {**PERSON, "identity": many}).content.decode()


def test_only_the_page_that_takes_files_takes_a_large_body(visitor: Client, county: County) -> None:
    body = b"x" * 300 * 1024
    assert visitor.generic("POST", apply.START, body, "text/plain").status_code == 413
    assert visitor.generic("POST", apply.PERSON, body, "text/plain").status_code == 403  # taken, but of no origin
    assert visitor.generic("POST", apply.PERSON, b"x" * (private.TAKES_BYTES + 1), "text/plain").status_code == 413


def test_a_form_from_elsewhere_is_refused(visitor: Client, county: County) -> None:
    assert visitor.post(apply.START, WANTED).status_code == 403
    assert not Draft.objects.exists()


def test_what_a_program_fills_in_is_refused(visitor: Client, county: County) -> None:
    assert send(visitor, apply.START, {**WANTED, private.TRAP: "http://x.invalid"}).status_code == 400
    assert not Draft.objects.exists()


def test_many_applications_from_one_network_have_to_wait(
    visitor: Client, county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apply, "SENDING", Scope("foi-send", at_once=1, every=timedelta(minutes=10)))
    sent(visitor)
    other = Client(enforce_csrf_checks=True)
    fill(other)
    answer = send(other, apply.CHECK, {"agreed": "1"})
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert "同一网络提交的申请太多" in answer.content.decode()
    assert Request.objects.count() == 1


# --- privacy ---------------------------------------------------------------------------------------------------------


def test_pages_with_something_personal_are_kept_by_nobody_and_tell_nobody(visitor: Client, county: County) -> None:
    sent(visitor)
    for path in (apply.START, apply.RECEIPT, apply.RESUME, "/foi/track/"):
        answer = visitor.get(path)
        assert answer["Cache-Control"] == "no-store"
        assert answer["Referrer-Policy"] == "same-origin"
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
    cookie = visitor.cookies[apply.COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["max-age"]) == (True, "Lax", "/foi/", "")


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with caplog.at_level(logging.DEBUG):
        yield caplog


def test_nothing_personal_stands_in_events_logs_or_addresses(
    visitor: Client, county: County, lines: pytest.LogCaptureFixture
) -> None:
    _number, secret = sent(visitor)
    told = " ".join(str(vars(event)) for event in Event.objects.all()) + lines.text.replace(WANTED["subject"], "")
    for word in ("演示甲某", NUMBER, PERSON["phone"], secret):
        assert word not in told.replace(repr(PERSON), "")


def test_the_citizens_number_is_checked_by_its_last_digit() -> None:
    assert application.citizen_number_is_valid(NUMBER)
    assert not application.citizen_number_is_valid(NUMBER[:-1] + "X")
    assert not application.citizen_number_is_valid("99000119900101123")
