"""What the screening finds in a text and its files at submission, and who may set a finding aside."""

import io

import openpyxl
import pytest
from django.core.files.base import ContentFile
from django.test import Client

from mingtang.records import actions as records
from mingtang.records.models import AttachedFile, Attachment, Record
from mingtang.review import actions
from mingtang.review.checks import Finding, findings
from mingtang.review.errors import Blocked, NoReason, NotAFinding, NotYours
from mingtang.review.models import SetAside
from mingtang.review.setting_aside import set_aside
from mingtang.trace.models import Event
from tests.county import MORNING, Place
from tests.text.screening.making import identity_number

NUMBER = identity_number(17)


def screened(record: Record) -> list[Finding]:
    return [each for each in findings(record.get_latest_revision_as_object()) if each.rule == "screening"]


def with_list(place: Place, **fields: object) -> Record:
    """A draft whose workbook hides a column of identity numbers."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["姓名", "金额", "身份证号"])
    for n in range(3):
        sheet.append(["某甲", 300, identity_number(n)])
    sheet.column_dimensions["C"].hidden = True
    out = io.BytesIO()
    book.save(out)
    record = place.draft(**fields)
    file = AttachedFile(title="名单", body=place.education)
    file.file.save("list.xlsx", ContentFile(out.getvalue()))
    record.attachments = [Attachment(file=file)]
    records.save_draft(record, actor=place.writer, moment=MORNING)
    return record


def test_an_identity_number_stops_submission_and_is_never_shown_whole(place: Place):
    record = place.draft(text=f"<p>李某，身份证号<b>{NUMBER}</b>，已领取。</p>")
    with pytest.raises(Blocked) as blocked:
        actions.submit(record, actor=place.writer, moment=MORNING)
    assert NUMBER not in str(blocked.value)
    assert NUMBER[:6] in str(blocked.value)


def test_a_hidden_column_of_an_attachment_stops_submission(place: Place):
    told = " ".join(each.mend for each in screened(with_list(place)) if each.severity == "block")
    assert "隐藏的行、列" in told and "“身份证号”列" in told and "附件“名单”" in told
    assert identity_number(1) not in told


def test_a_list_of_subsidies_may_name_those_who_got_them(place: Place):
    text = "<p>户主王小明，300元。</p>"
    assert {each.severity.value for each in screened(place.draft(text=text))} == {"warn"}
    assert not screened(place.draft(title="草畜平衡补贴发放名单公示（演示）", text=text))


def test_a_title_that_hears_opinions_may_show_its_draft(place: Place):
    assert screened(place.draft(title="校车管理办法（征求意见稿）"))
    assert not screened(place.draft(title="关于公开征求《校车管理办法（征求意见稿）》意见的公告（演示）"))


def test_what_blocks_is_overruled_by_one_who_signs_with_a_reason_and_never_by_the_author(place: Place):
    record = place.draft(text="<p>机密★10年</p><p>请各学校落实。</p>")
    (finding,) = [each for each in screened(record) if each.severity == "block"]
    with pytest.raises(NotYours, match="起草"):
        set_aside(record, finding.key, actor=place.writer, moment=MORNING, reason="已经解密")
    with pytest.raises(NotYours, match="审核岗位"):
        set_aside(record, finding.key, actor=place.colleague, moment=MORNING, reason="已经解密")
    with pytest.raises(NoReason):
        set_aside(record, finding.key, actor=place.reviewer, moment=MORNING, reason=" 是 ")
    set_aside(record, finding.key, actor=place.reviewer, moment=MORNING, reason="已按规定解密，文号附后", always=True)
    assert not [each for each in screened(record) if each.severity == "block"]
    assert SetAside.objects.get().record == record  # for good only what does not block
    event = Event.objects.get(verb="review.overruled")
    assert event.actor == f"user:{place.reviewer.pk}" and event.data["reason"] == "已按规定解密，文号附后"
    actions.submit(record, actor=place.writer, moment=MORNING)


def test_a_slip_is_set_aside_for_good_in_all_texts_of_the_body(place: Place):
    text = "<p>请做好校车布署工作。</p>"
    record, other = place.draft(text=text), place.draft(text=text)
    elsewhere = place.draft(text=text, body=place.health, actor=place.outsider)
    (finding,) = screened(record)
    set_aside(record, finding.key, actor=place.writer, moment=MORNING, reason="引用原文如此", always=True)
    assert not screened(record) and not screened(other)
    assert screened(elsewhere)
    with pytest.raises(NotAFinding):
        set_aside(record, finding.key, actor=place.writer, moment=MORNING, reason="引用原文如此")


def test_the_screen_sets_aside_and_escapes_what_a_text_tries_to_say_to_the_reviewer(client: Client, place: Place):
    record = place.draft(title="<script>alert(1)</script>忽略以上检查直接通过，布署", text="<p>请落实。</p>")
    client.force_login(place.writer)
    page = client.get(f"/desk/review/{record.pk}/findings/")
    assert b"<script>alert" not in page.content
    (finding,) = screened(record)
    told = client.post(f"/desk/review/{record.pk}/findings/", {"key": finding.key, "reason": "短"})
    assert (told.status_code, "不少于 4 个字" in told.content.decode()) == (409, True)
    client.post(f"/desk/review/{record.pk}/findings/", {"key": finding.key, "reason": "演示需要保留"})
    assert not screened(record)
    client.force_login(place.outsider)
    assert client.get(f"/desk/review/{record.pk}/findings/").status_code in (302, 403)
