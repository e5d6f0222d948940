"""After the reply: groups, remedies, the archive that an independent reader finds sound, what becomes public."""

import io
import json
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import bagit
import pytest

from mingtang.bodies.errors import NotPermitted
from mingtang.foi import actions, files, queries
from mingtang.foi.actions import Upload
from mingtang.foi.errors import Invalid, WrongState
from mingtang.foi.identity import Identity
from mingtang.foi.models import Request
from mingtang.foi.tests.conftest import MOMENT, SOMEBODY, TODAY, County, later
from mingtang.records.models import Column
from mingtang.trace.models import Event


def acting(county: County, days: int = 0) -> dict[str, Any]:
    return {"actor": county.handler, "moment": later(days)}


# --- many at once ----------------------------------------------------------------------------------------------------


def test_similar_requests_are_worked_on_together(county: County) -> None:
    requests = [county.receive() for _ in range(3)]
    campaign = actions.group(requests, name="校车合同", **acting(county))
    assert set(campaign.requests.all()) == set(requests)
    with pytest.raises(Invalid, match="同一机关"):
        other = county.receive(body=county.health, actor=county.clerk)
        actions.group([requests[0], other], name="？", **acting(county))
    actions.withdraw(requests[1], **acting(county, 1))
    done = actions.on_many(
        requests, lambda request: actions.assign(request, handler=county.colleague, **acting(county, 1))
    )
    assert [bool(outcome.error) for outcome in done] == [False, True, False]  # one refusal leaves the others done
    assert "已撤回" in done[1].error
    with pytest.raises(Invalid, match="一次最多"):
        actions.on_many(range(201), str)
    again = actions.group(requests[:1], name="另一组", **acting(county, 2))
    assert list(again.requests.all()) == [requests[0]] and campaign.requests.count() == 2


def test_similar_requests_are_found(county: County) -> None:
    first = county.receive(subject="校车服务采购合同", wanted="请提供2023年校车服务采购合同及验收材料。")
    alike = county.receive(subject="校车服务采购合同", wanted="2023年校车服务的采购合同、验收材料。")
    county.receive(subject="教师招聘成绩", wanted="2024年教师公开招聘笔试成绩汇总表。")
    assert [found for found, _ in queries.similar(first)] == [alike]
    assert queries.asked_by_same(first) == {"month": 3, "month_things": 3, "year": 3}


def test_one_that_is_not_alike_after_all_leaves_its_group(county: County) -> None:
    requests = [county.receive() for _ in range(3)]
    campaign = actions.group(requests[:2], name="校车合同", **acting(county))
    assert actions.ungroup(requests[1:], **acting(county, 1)) == 1
    assert list(campaign.requests.all()) == [requests[0]]
    assert Event.objects.filter(verb="foi.ungrouped", data__campaign=campaign.pk).count() == 1
    with pytest.raises(NotPermitted):
        actions.ungroup(requests[:1], actor=county.outsider, moment=later(1))


# --- remedies --------------------------------------------------------------------------------------------------------


def test_a_remedy_goes_through_its_stages_to_one_outcome(county: County) -> None:
    request = county.provide(county.receive(), later(1)).request
    filed: dict[str, Any] = {"filed_on": TODAY + timedelta(days=9), "authority": "云岭旗人民政府"}
    with pytest.raises(WrongState, match="没有已审结的行政复议"):
        actions.open_remedy(request, kind="litigation_after_review", **filed, **acting(county, 10))
    remedy = actions.open_remedy(request, kind="reconsideration", **filed, **acting(county, 10))
    assert Request.objects.get(pk=request.pk).purge_on is None  # nothing is removed while it goes on
    actions.advance_remedy(remedy, stage="heard", **acting(county, 20))
    with pytest.raises(Invalid, match="后面的进程"):
        actions.advance_remedy(remedy, stage="answered", **acting(county, 21))
    actions.conclude_remedy(remedy, outcome="corrected", on=TODAY + timedelta(days=60), **acting(county, 60))
    with pytest.raises(WrongState, match="已经审结"):
        actions.conclude_remedy(remedy, outcome="upheld", **acting(county, 61))
    assert [stage.stage for stage in remedy.stages.all()] == ["filed", "heard", "concluded"]
    assert Request.objects.get(pk=request.pk).purge_on == date(2034, 8, 2)
    with pytest.raises(NotPermitted):
        actions.open_remedy(request, kind="litigation", **filed, actor=county.outsider, moment=later(61))


# --- the archive -----------------------------------------------------------------------------------------------------


def test_the_archive_holds_everything_and_an_independent_reader_finds_it_sound(county: County, tmp_path: Path) -> None:
    proof = Upload("身份证.jpg", b"\xff\xd8\xff scan", "image/jpeg")
    request = county.receive(proofs=[proof], attachments=[Upload("说明 100%:.txt", "补充说明".encode())])
    with pytest.raises(WrongState, match="还没有办结"):
        actions.archive(request, **acting(county))
    other = Identity(name="演示客运有限公司", phone="10000000009")
    asked = actions.ask_third_party(request, identity=other, concerning="明细", **acting(county))
    county.sent(asked, MOMENT, means="post", tracking_number="EX1", proof=Upload("回执.pdf", b"%PDF- proof"))
    actions.answer(asked.party, answer="agrees", text="同意。", **acting(county, 2))
    county.provide(request, later(3))
    kept = actions.archive(request, **acting(county, 9))
    assert b"BagIt" not in files.place_of(kept.file_id).read_bytes()
    with zipfile.ZipFile(io.BytesIO(files.content(kept.file))) as package:
        package.extractall(tmp_path / "bag")
    bag = bagit.Bag(str(tmp_path / "bag" / request.number))
    assert bag.is_valid()
    assert bag.info["External-Identifier"] == request.number
    data = Path(bag.path) / "data"
    told = json.loads((data / "request.json").read_text(encoding="utf-8"))
    assert told["applicant"]["name"] == SOMEBODY.name
    assert told["parties"][0]["answer_words"] == "同意。"
    assert [step["kind"] for step in told["steps"]] == [
        "third_party_asked",
        "third_party_answered",
        "replied",
        "delivered",
    ]
    assert "secret_hash" not in told["request"]
    names = {place.name for place in data.glob("files/*/*")}
    assert "说明 100__.txt" in names and "回执.pdf" in names and "身份证.jpg" not in names
    events = json.loads((data / "events.json").read_text(encoding="utf-8"))
    assert events[0]["verb"] == "foi.received"
    with pytest.raises(WrongState, match="已经归档"):
        actions.archive(request, **acting(county, 9))


# --- what becomes public ---------------------------------------------------------------------------------------------


def test_what_several_ask_becomes_a_draft_with_one_click(county: County) -> None:
    requests = [county.receive(), county.receive()]
    column = Column.objects.create(name="通知公告", slug="tzgg")
    proposal = actions.propose(requests, title="2023年校车合同", text="合同全文<隐去账号>。", **acting(county))
    with pytest.raises(NotPermitted):
        actions.open_record(proposal, column=column, topic="J02", genre="notice", **acting(county))
    record = actions.open_record(
        proposal, column=column, topic="J02", genre="notice", actor=county.publisher, moment=MOMENT
    )
    assert (record.title, record.text) == ("2023年校车合同", "<p>合同全文&lt;隐去账号&gt;。</p>")
    with pytest.raises(WrongState, match="已经处理"):
        actions.decline(proposal, reason="重复。", **acting(county))
    event = Event.objects.filter(verb="foi.proposal_drafted").first()
    assert event and event.basis == ["disclosure-regulation.44"] and event.data["record"] == record.pk


def test_a_proposal_may_be_declined_with_a_reason(county: County) -> None:
    proposal = actions.propose([county.receive()], title="合同", text="合同。", **acting(county))
    assert actions.decline(proposal, reason="只涉及个案。", **acting(county)).outcome == "declined"
