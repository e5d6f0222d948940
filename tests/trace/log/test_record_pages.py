"""Every page of a record carries its proof: the bytes that were logged, the leaf, the way to a signed head; past texts
stay readable with theirs, and what does not match the log is said, not shown."""

import hashlib
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.core.files.base import ContentFile
from django.test import Client, override_settings

from mingtang.portal.bake import bake
from mingtang.records import actions
from mingtang.records.models import AttachedFile, Attachment, Edition, Record
from mingtang.trace.log import builder
from mingtang.trace.log.leaves import digest
from mingtang.trace.log.proofs import Proof, check
from mingtang.trace.log.site import verify_records
from mingtang.trace.log.verification import verify_log
from mingtang.trace.models import Event, LogHead
from tests.county import MORNING, Place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def instance(tmp_path: Path) -> Iterator[Path]:
    """An instance folder of the test's own, with the log's key and no baked site."""
    with override_settings(HOME=tmp_path, SITE_ROOT=tmp_path / "site", PUBLIC_URL="https://portal.example"):
        builder.set_up()
        yield tmp_path


def sign() -> None:
    builder.bring_up_to_date(MORNING)


def fetch(client: Client, path: str, status: int = 200) -> bytes:
    answer = client.get("/" + path)
    assert answer.status_code == status, path
    return answer.content


def amended(place: Place, record: Record, text: str, note: str, days: int = 1) -> Record:
    """The record published again with another text."""
    moment = MORNING + timedelta(days=days)
    record.text, record.change_note = text, note
    actions.save_draft(record, actor=place.writer, moment=moment)
    return place.signed(record, moment=moment)


def acts(client: Client, record: Record) -> list[dict[str, Any]]:
    return json.loads(fetch(client, f"records/{record.slug}/proof.json"))["acts"]


def test_content_metadata_and_reason_lead_to_the_leaf_and_the_leaf_to_the_signed_head(
    place: Place, client: Client
) -> None:
    record = place.published()
    sign()
    content = fetch(client, f"records/{record.slug}/record.json")
    (act,) = acts(client, record)
    leaf = check(Proof.parse(json.dumps(act["proof"])), builder.keys.chain(builder.secret_folder()))
    assert leaf.shown == hashlib.sha256(content).hexdigest()
    assert leaf.metadata == hashlib.sha256(act["metadata"].encode()).hexdigest()
    assert (leaf.verb, leaf.when, leaf.record.path) == (act["act"], act["moment"], f"records/{record.slug}/")
    said = json.loads(content)
    page = fetch(client, f"records/{record.slug}/").decode()
    assert said["text"] == record.text
    assert said["text"] in page
    assert leaf.shown in page


def test_the_proof_of_a_page_stays_the_same_byte_for_byte_while_the_log_grows(place: Place, client: Client) -> None:
    record = place.published()
    sign()
    paths = [f"records/{record.slug}/", f"records/{record.slug}/proof.json", f"records/{record.slug}/record.json"]
    before = [fetch(client, path) for path in paths]
    for _ in range(3):
        place.published()
        sign()
    assert [fetch(client, path) for path in paths] == before
    assert list(LogHead.objects.values_list("size", flat=True)) == [1, 2, 3, 4]


def test_each_signed_head_says_whose_pages_may_now_carry_a_proof(place: Place) -> None:
    first, second = place.published(), place.published()
    sign()
    sign()
    third = place.published()
    sign()
    told = [event.data for event in Event.objects.filter(verb=builder.SIGNED)]
    assert told == [{"from": 0, "size": 2}, {"from": 2, "size": 3}]
    assert builder.things_between(0, 2) == [f"records.record:{each.pk}" for each in (first, second)]
    assert builder.things_between(2, 3) == [f"records.record:{third.pk}"]


def test_before_the_leaf_is_signed_the_page_says_so_and_promises_nothing(place: Place, client: Client) -> None:
    record = place.published()
    (act,) = acts(client, record)
    assert act["proof"] is None
    page = fetch(client, f"records/{record.slug}/").decode()
    assert "签发后这里给出凭证" in page
    assert "检查点" not in page


def test_a_lost_log_leaves_the_pages_standing(place: Place, client: Client) -> None:
    record = place.published()
    sign()
    for file in builder.public_folder().rglob("*"):
        if file.is_file():
            file.write_bytes(b"?")
    assert acts(client, record)[0]["proof"] is None
    assert "公开凭证" in fetch(client, f"records/{record.slug}/").decode()


def test_a_past_text_keeps_its_address_its_bytes_and_its_proof(place: Place, client: Client) -> None:
    record = place.published()
    old = "<p>请各学校对照清单逐项落实。</p>"
    sign()
    first = fetch(client, f"records/{record.slug}/record.json")
    amended(place, record, "<p>请各学校逐项落实，并于月底报送。</p>", "增加报送要求")
    sign()
    amended(place, record, "<p>请各学校逐项落实，并于下月报送。</p>", "改正报送时间", days=2)
    sign()
    listed = fetch(client, f"records/{record.slug}/versions/").decode()
    assert all(note in listed for note in ("增加报送要求", "改正报送时间", "第 3 版（现行）"))
    page = fetch(client, f"records/{record.slug}/versions/1/").decode()
    assert old in page and "历史版本" in page and 'content="noindex"' in page
    assert "2024年6月3日 13:00 至 2024年6月4日 13:00" in page
    assert fetch(client, f"records/{record.slug}/versions/1/record.json") == first
    fetch(client, f"records/{record.slug}/versions/3/", 404)
    for act in acts(client, record):
        content = fetch(client, f"records/{record.slug}/{act['content']}")
        assert json.loads(act["proof"]["leaf"])["shown"] == hashlib.sha256(content).hexdigest()


def with_table(record: Record, content: bytes) -> AttachedFile:
    """Another file in the place of those that the record carries."""
    file = AttachedFile(title="统计表", body=record.body)
    file.file.save("统计表.csv", ContentFile(content))
    record.attachments.set([Attachment(file=file, title="统计表")])
    return file


def test_a_past_texts_file_is_served_until_it_is_withdrawn_and_one_that_is_lost_is_named(
    place: Place, client: Client, tmp_path: Path
) -> None:
    record, site = place.draft(), tmp_path / "baked"
    with_table(record, b"1,2\n")
    actions.save_draft(record, actor=place.writer, moment=MORNING)
    place.signed(record)
    lost = with_table(record, b"3,4\n")
    amended(place, record, "<p>表已更正。</p>", "更正统计表")
    with_table(record, b"5,6\n")
    amended(place, record, "<p>表已再次更正。</p>", "再次更正统计表", days=2)
    lost.file.storage.delete(lost.file.name)
    sign()
    bake(site, MORNING)
    pages = [(site / "current/records" / record.slug / f"versions/{n}/index.html").read_text("utf-8") for n in (1, 2)]
    served: list[Path] = []
    for number in (1, 2):
        said = json.loads(fetch(client, f"records/{record.slug}/versions/{number}/record.json"))
        (file,) = said["files"]
        served.append(site / "current" / unquote(file["path"]))
        assert (f'<a href="/{file["path"]}">统计表</a>' in pages[number - 1]) == served[-1].is_file()
    assert served[0].read_bytes() == b"1,2\n"
    assert "文件未留存" in pages[1] and "文件未留存" not in pages[0]
    report = verify_log(builder.public_folder())
    assert verify_records(site / "current", builder.public_folder(), report) == 1
    assert report.faults == []
    actions.withdraw(record, actor=place.clerk, moment=MORNING + timedelta(days=3), reason="统计口径有误")
    bake(site, MORNING, thorough=False)
    assert not served[0].exists()


def test_a_withdrawn_record_shows_its_withdrawal_leaf_and_no_text_past_or_present(place: Place, client: Client) -> None:
    record = place.published()
    amended(place, record, "<p>含有误写的内容。</p>", "补充")
    reason = "附件有误，更正后再发"
    actions.withdraw(record, actor=place.clerk, moment=MORNING + timedelta(days=2), reason=reason)
    sign()
    told = acts(client, record)
    assert [act["act"] for act in told] == ["published", "changed", "withdrawn"]
    assert all(act["content"] is None and act["metadata"] is None for act in told)
    assert json.loads(told[2]["proof"]["leaf"])["reason"] == digest(told[2]["reason"]) == digest(reason)
    for path in ("record.json", "versions/", "versions/1/", "versions/1/record.json"):
        fetch(client, f"records/{record.slug}/{path}", 404)
    page = fetch(client, f"records/{record.slug}/", 410).decode()
    assert reason in page and "含有误写" not in page and "校车" not in page
    amended(place, record, "<p>更正后的内容。</p>", "更正后重新发布", days=3)
    sign()
    assert [act["content"] for act in acts(client, record)] == [None, None, None, "record.json"]
    fetch(client, f"records/{record.slug}/versions/1/", 404)


@pytest.mark.parametrize("field", ["content", "metadata"])
def test_what_does_not_match_the_log_is_said_and_not_shown(place: Place, client: Client, field: str) -> None:
    record = place.published()
    amended(place, record, "<p>第二版。</p>", "更正")
    sign()
    edition = Edition.objects.order_by("event_seq")[0]
    kept = bytes(getattr(edition, field))
    Edition.objects.filter(pk=edition.pk).update(**{field: kept.replace("通知".encode(), "通告".encode())})
    fetch(client, f"records/{record.slug}/versions/1/", 404)
    Edition.objects.order_by("-event_seq").filter(content__isnull=False).update(**{field: b"{}"})
    assert "与记入日志的摘要不符" in fetch(client, f"records/{record.slug}/").decode()
    fetch(client, f"records/{record.slug}/record.json", 404)


def test_a_day_leads_to_the_text_that_was_public_when_it_ended(place: Place, client: Client) -> None:
    record = place.published()
    amended(place, record, "<p>第二版。</p>", "更正")
    at, here = f"/as-of/{record.slug}/", f"/records/{record.slug}/"

    def led(day: str, more: str = "") -> str:
        return client.get(f"{at}?on={day}{more}").headers["Location"]

    assert led("2024-06-03") == f"{here}versions/1/"
    assert led("2024-06-03", "&as=json") == f"{here}versions/1/record.json"
    assert led("2024-06-04") == led("2031-01-01") == here
    assert led("2024-06-04", "&as=json") == f"{here}record.json"
    for query, status, said in (
        ("", 200, "哪一天"),
        ("?on=2024-06-02", 404, "还没有公开"),
        ("?on=2024-06-31", 400, "日期请写成"),
        ("?on=%3Cb%3E", 400, "日期请写成"),
    ):
        answer = client.get(at + query)
        assert (answer.status_code, said in answer.content.decode()) == (status, True), query
    assert client.get("/as-of/no-such/?on=2024-06-03").status_code == 404
    actions.withdraw(record, actor=place.clerk, moment=MORNING + timedelta(days=3), reason="附件有误，更正后再发")
    assert led("2024-06-03") == led("2024-06-06") == here
