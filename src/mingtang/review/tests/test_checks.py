"""Automatic checks: what they find in a text before people look, and what they stop."""

import pytest
from django.core.files.base import ContentFile

from mingtang.records import actions as records
from mingtang.records.models import AttachedFile, Attachment
from mingtang.review import actions
from mingtang.review.checks import Check, Severity, findings, register, registered
from mingtang.review.errors import Blocked
from mingtang.review.models import Gate
from tests.county import MORNING, Place


def found(record, check: str) -> list[tuple[str, str]]:
    return [(finding.severity.value, finding.mend) for finding in findings(record) if finding.rule == check]


def test_two_checks_are_registered_and_a_name_only_once():
    assert {check.name for check in registered()} >= {"metadata", "links"}
    with pytest.raises(ValueError, match="twice"):
        register(Check("links", "重复", Gate.WORDING, lambda _record: []))


@pytest.mark.parametrize(
    ("fields", "severity", "told"),
    [
        ({"made_on": None}, "block", "成文日期"),
        ({"text": ""}, "block", "正文"),
        ({"topic": ""}, "block", "主题分类"),
        ({"disclosure": "closed", "disclosure_basis": "第十四条"}, "block", "公开方式"),
        ({"document_number": ""}, "warn", "文号"),
        ({"topic": "J"}, "note", "二级"),
    ],
)
def test_missing_metadata_is_told_with_its_mend(place: Place, fields: dict, severity: str, told: str):
    given = found(place.draft(**fields), "metadata")
    assert any(each == severity and told in mend for each, mend in given), given


@pytest.mark.parametrize(
    ("link", "severity"),
    [
        ('<a href="https://files.example.com/a.pdf">附件</a>', "block"),
        ('<a href="https://www.example.com/page">网站</a>', "warn"),
        ('<a href="https://www.nmg.gov.cn/zwgk/">自治区</a>', None),
        ('<a href="javascript:alert(1)">点此</a>', "block"),
        ('<a href="/records/jyj-2024-09999/">不存在</a>', "block"),
        ('<a href="/desk/records/">工作台</a>', "block"),
        ('<a href="/about/">指南</a>', None),
        ('<a href="mailto:someone@example.com">信箱</a>', None),
        ('<a linktype="document" id="999">附件</a>', "block"),
    ],
)
def test_links_that_do_not_lead_the_public_anywhere_are_found(place: Place, link: str, severity: str | None):
    given = found(place.draft(text=f"<p>{link}</p>"), "links")
    assert [each for each, _mend in given] == ([severity] if severity else [])


def test_a_link_to_a_draft_is_dead_until_it_is_published(place: Place):
    target = place.draft(title="目标（演示）")
    record = place.draft(text=f'<p><a href="/records/{target.slug}/">目标</a></p>')
    assert found(record, "links")
    place.signed(target)
    assert found(record, "links") == []


def test_a_lost_attachment_stops_submission_and_signature(place: Place):
    record = place.draft()
    file = AttachedFile(title="清单", body=place.education)
    file.file.save("a.txt", ContentFile("清单".encode()))
    record.attachments = [Attachment(file=file)]
    records.save_draft(record, actor=place.writer, moment=MORNING)
    actions.submit(record, actor=place.writer, moment=MORNING)
    file.file.storage.delete(file.file.name)
    with pytest.raises(Blocked, match="丢失"):
        actions.sign(record, actor=place.reviewer, moment=MORNING, gates=[gate.value for gate in Gate])
    actions.recall(record, actor=place.writer, moment=MORNING)
    with pytest.raises(Blocked, match="丢失"):
        actions.submit(record, actor=place.writer, moment=MORNING)
    record.refresh_from_db()
    assert record.state == "draft"


def test_blocking_findings_come_first(place: Place):
    order = [finding.severity for finding in findings(place.draft(made_on=None, topic="J"))]
    assert order == sorted(order, key=list(Severity).index)
    assert order[0] == Severity.BLOCK
