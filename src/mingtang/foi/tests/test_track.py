"""Following a request on the public pages: by its secret alone, told in plain words, acted upon, and by nobody else."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mingtang.foi import actions, tracking
from mingtang.foi.models import Delivery, File, Request
from mingtang.foi.pages import track
from mingtang.foi.tests.conftest import County
from mingtang.foi.tests.test_apply import picture, send
from mingtang.foi.tests.test_way import OTHER
from mingtang.trace.limits import Scope
from mingtang.trace.models import Event


@pytest.fixture
def visitor(county: County) -> Client:
    return Client(enforce_csrf_checks=True)


def now_received(county: County, **fields: Any) -> actions.Received:
    """A request handed in today."""
    return county.received(moment=timezone.now(), **fields)


def enter(visitor: Client, number: str, secret: str) -> Any:
    return send(visitor, track.ENTER, {"number": number, "secret": secret})


def inside(visitor: Client, county: County, received: actions.Received) -> str:
    assert enter(visitor, received.request.number, received.secret)["Location"] == track.STATUS
    return visitor.get(track.STATUS).content.decode()


def plain(html: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", html))


# --- the door --------------------------------------------------------------------------------------------------------


def test_number_and_secret_open_the_request_however_they_are_typed(visitor: Client, county: County) -> None:
    received = now_received(county)
    typed = received.secret.replace("-", " ").lower()
    assert enter(visitor, received.request.number.upper(), typed)["Location"] == track.STATUS
    shown = plain(visitor.get(track.STATUS).content.decode())
    assert received.request.subject in shown
    assert "正在办理，最晚" in shown


def test_a_wrong_secret_and_an_unknown_number_are_answered_alike_after_the_same_work(
    visitor: Client, county: County
) -> None:
    received = now_received(county)
    answers: list[tuple[int, str, int]] = []
    for number in (received.request.number, "jyj-2099-99999"):
        with CaptureQueriesContext(connection) as queries:
            answer = enter(visitor, number, tracking.new())
        body = re.sub(r'value="\w{64}"', "", answer.content.decode())
        answers.append((answer.status_code, body, len(queries)))
    assert answers[0] == answers[1]
    assert answers[0][0] == 400
    assert received.request.number not in answers[0][1]


def test_secrets_cannot_be_tried_quickly(visitor: Client, county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(track, "TRYING", Scope("foi-track", at_once=3, every=timedelta(minutes=1)))
    received = now_received(county)
    codes = [enter(visitor, received.request.number, tracking.new()).status_code for _ in range(4)]
    assert codes == [400, 400, 400, 429]
    right = enter(visitor, received.request.number, received.secret)
    assert right.status_code == 429
    assert int(right["Retry-After"]) > 0


@pytest.mark.parametrize("number", ["", "\0", "x" * 5000, "' OR 1=1 --", "../../etc"])
def test_whatever_is_typed_is_answered_alike(visitor: Client, county: County, number: str) -> None:
    assert enter(visitor, number, "AAAA-BBBB-CCCC").status_code == 400


def test_without_the_cookie_the_pages_behind_lead_back_to_the_door(visitor: Client, county: County) -> None:
    for cookie in ("", "x", "A" * 400, "zz" * 400):
        visitor.cookies[track.COOKIE] = cookie
        assert visitor.get(track.STATUS)["Location"] == track.ENTER


def test_the_door_shuts_after_half_an_hour_and_when_the_secret_is_renewed(visitor: Client, county: County) -> None:
    received = now_received(county)
    inside(visitor, county, received)
    late = track._closed(received.request.number, received.secret, timezone.now() - track.OPEN_FOR)
    kept = visitor.cookies[track.COOKIE].value
    visitor.cookies[track.COOKIE] = late
    assert visitor.get(track.STATUS)["Location"] == track.ENTER
    visitor.cookies[track.COOKIE] = kept
    assert visitor.get(track.STATUS).status_code == 200
    actions.new_secret(received.request, actor=county.handler, moment=timezone.now())
    assert visitor.get(track.STATUS)["Location"] == track.ENTER


def test_nobody_keeps_the_page_and_leaving_forgets(visitor: Client, county: County) -> None:
    received = now_received(county)
    inside(visitor, county, received)
    answer = visitor.get(track.STATUS)
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store", "same-origin")
    assert received.secret not in answer.content.decode()
    send(visitor, track.STATUS, {"leave": "1"})
    assert visitor.get(track.STATUS)["Location"] == track.ENTER


# --- what it tells ---------------------------------------------------------------------------------------------------


def test_every_day_of_the_timeline_opens_into_its_count(visitor: Client, county: County) -> None:
    received = now_received(county)
    moment = timezone.now()
    letter = actions.ask_third_party(
        received.request, identity=OTHER, concerning="合同价格明细", actor=county.handler, moment=moment
    )
    county.sent(letter, moment)
    shown = inside(visitor, county, received)
    today = timezone.localdate().isoformat()
    counts = re.findall(r'href="(/foi/clock/[^"#]+)#result"', shown)
    assert f"/foi/clock/?received={today}&amp;e=third_party_asked.{today}.party:甲" in [
        each.replace("%E7%94%B2", "甲") for each in counts
    ]
    for count in counts:
        assert visitor.get(count.replace("&amp;", "&")).status_code == 200
    assert "正在征求有关方面的意见" in plain(shown)
    assert "合同价格明细" not in shown
    assert OTHER.name not in shown


def test_an_unconfirmed_request_says_what_will_happen(visitor: Client, county: County) -> None:
    shown = inside(visitor, county, now_received(county, channel="online"))
    assert "机关会打电话跟您确认，确认那天起开始计算期限" in plain(shown)
    assert 'href="tel:0000-1234567"' in shown


# --- what can be done ------------------------------------------------------------------------------------------------


def corrected(county: County, received: actions.Received) -> None:
    moment = timezone.now()
    until = timezone.localdate() + timedelta(days=10)
    letter = actions.ask_correction(
        received.request, items="请写明合同的年度。", until=until, actor=county.handler, moment=moment
    )
    county.sent(letter, moment)


def test_a_correction_is_sent_with_its_materials(visitor: Client, county: County) -> None:
    received = now_received(county)
    corrected(county, received)
    assert "请您补正" in plain(inside(visitor, county, received))
    file = SimpleUploadedFile("合同封面.png", picture(), "image/png")
    answer = send(visitor, track.STATUS, {"act": "correct", "text": "2023年度的。", "materials": file})
    assert answer["Location"] == track.STATUS
    request = Request.objects.get(pk=received.request.pk)
    assert (request.state, request.corrected) == ("running", "2023年度的。")
    assert File.objects.get(kind="correction").name == "合同封面.png"


def test_a_correction_with_a_bad_file_or_without_words_changes_nothing(visitor: Client, county: County) -> None:
    received = now_received(county)
    corrected(county, received)
    inside(visitor, county, received)
    program = SimpleUploadedFile("合同.docx", b"MZ\x90\x00" + b"\0" * 300)
    answer = send(visitor, track.STATUS, {"act": "correct", "text": "2023年度的。", "materials": program})
    assert (answer.status_code, "不能上传" in answer.content.decode()) == (400, True)
    assert "2023年度的。" in answer.content.decode()
    assert send(visitor, track.STATUS, {"act": "correct", "text": " "}).status_code == 400
    assert Request.objects.get(pk=received.request.pk).state == "correcting"


def test_a_request_is_withdrawn_only_by_who_is_sure(visitor: Client, county: County) -> None:
    received = now_received(county)
    inside(visitor, county, received)
    assert send(visitor, track.STATUS, {"act": "withdraw"}).status_code == 400
    assert send(visitor, track.STATUS, {"act": "withdraw", "sure": "1"}).status_code == 303
    assert Request.objects.get(pk=received.request.pk).state == "withdrawn"
    again = send(visitor, track.STATUS, {"act": "withdraw", "sure": "1"})
    assert (again.status_code, "不能再办这一步" in again.content.decode()) == (400, True)
    assert send(visitor, track.STATUS, {"act": "fly"}).status_code == 400


def test_the_reply_is_fetched_and_its_day_is_noted(visitor: Client, county: County) -> None:
    received = now_received(county)
    county.provide(received.request, timezone.now())
    shown = inside(visitor, county, received)
    links = re.findall(r'href="(/foi/track/file/[^"]+)"', shown)
    assert len(links) == 2  # the letter as PDF and docx
    answer = visitor.get(links[0])
    assert answer["Content-Disposition"].startswith("attachment")
    assert (answer["Cache-Control"], answer["X-Content-Type-Options"]) == ("no-store", "nosniff")
    assert answer.content
    assert Delivery.objects.get().received_on == timezone.localdate()
    assert Event.objects.filter(verb="foi.letter_fetched").count() == 1


def test_who_got_a_letter_by_post_says_so_once_and_only_of_their_own(visitor: Client, county: County) -> None:
    received = now_received(county, delivery="post")
    county.provide(received.request, timezone.now())
    sent = Delivery.objects.get()
    Delivery.objects.update(means="post")
    shown = inside(visitor, county, received)
    assert "今天收到了" in shown and f'name="letter" value="{sent.pk}"' in shown
    other = county.provide(county.receive(moment=timezone.now()), timezone.now()).deliveries.get()
    Delivery.objects.filter(pk=other.pk).update(means="post")
    for letter in (str(other.pk), "", "x"):
        assert send(visitor, track.STATUS, {"act": "received", "letter": letter}).status_code == 400
    assert send(visitor, track.STATUS, {"act": "received", "letter": str(sent.pk)}).status_code == 303
    sent.refresh_from_db()
    assert sent.received_on == timezone.localdate()
    assert Event.objects.get(verb="foi.delivery_confirmed").actor == "applicant"
    assert "今天收到了" not in visitor.get(track.STATUS).content.decode()
    assert send(visitor, track.STATUS, {"act": "received", "letter": str(sent.pk)}).status_code == 400
    other.refresh_from_db()
    assert other.received_on is None


def test_other_files_are_not_the_applicants_to_fetch(visitor: Client, county: County) -> None:
    received = now_received(county)
    moment = timezone.now()
    for kind in ("identity", "material"):
        upload = actions.Upload("证件.png", picture(), "image/png")
        actions.keep_file(received.request, kind=kind, upload=upload, actor=county.handler, moment=moment)
    letter = actions.ask_third_party(
        received.request, identity=OTHER, concerning="明细", actor=county.handler, moment=moment
    )
    county.sent(letter, moment)
    other = now_received(county)
    county.provide(other.request, moment)
    inside(visitor, county, received)
    for file in File.objects.all():
        assert visitor.get(f"/foi/track/file/{file.pk}")["Location"] == track.STATUS, file.kind


def test_a_refusal_shows_what_can_be_done_and_by_when(visitor: Client, county: County) -> None:
    received = now_received(county)
    moment = timezone.now()
    acting: dict[str, Any] = {"actor": county.handler, "moment": moment}
    actions.give_opinion(received.request, kind="legal", verdict="agrees", text="同意。", **acting)
    actions.decide(received.request.asked.get(), ground="draft", explanation="仍在讨论。", **acting)
    reply = actions.draft_reply(received.request, **acting)
    county.sent(reply, moment)
    shown = inside(visitor, county, received)
    assert 'href="/foi/remedies/refused/"' in shown
    assert "申请行政复议：最晚" in plain(shown)
    assert "这种情形要先复议" in plain(shown)
    assert "直接提起行政诉讼" not in plain(shown)


def test_silence_after_the_last_day_shows_the_way_too(visitor: Client, county: County) -> None:
    received = county.received()  # two years ago
    shown = inside(visitor, county, received)
    assert "已经逾期" in plain(shown)
    assert 'href="/foi/remedies/no-reply/"' in shown


def test_a_fee_is_told_with_its_last_day(visitor: Client, county: County) -> None:
    received = now_received(county)
    moment = timezone.now()
    letter = actions.notify_fee(received.request, schedule="pages", count=240, actor=county.handler, moment=moment)
    county.sent(letter, moment)
    shown = plain(inside(visitor, county, received))
    assert "4300.00元（按量计收）" in shown
    assert "最晚哪天缴" in shown
    assert "等您缴费" in shown
