"""Ordinary work becomes evidence: proposed with its reason, confirmed by one click, fallen with its source."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from mingtang.bodies.errors import NotPermitted
from mingtang.bodies.models import Body
from mingtang.ledger import actions, evidence, quotas
from mingtang.ledger.errors import BadUpload, Invalid, NotProved, WrongState
from mingtang.ledger.matching import match
from mingtang.ledger.models import Assignment, Evidence, Ledger
from mingtang.ledger.tests.conftest import MOMENT, TODAY, County, later
from mingtang.ledger.wants import Wants
from mingtang.trace.actions import record
from mingtang.trace.evidence import Claim
from mingtang.trace.models import Event

Duty = Callable[[Body, str], Assignment]
PLAN = {"responsible": "演示股长", "measures": "按月更新", "planned_on": date(2024, 6, 20)}


def _published(body: str, title: str, number: int, *, genre: str = "interpretation", form: str = "", **more) -> Event:
    data = {"title": title, "path": f"records/r{number}/", "column": "zwgk", "topic": "J", "genre": genre, "form": form}
    with transaction.atomic():
        return record(
            "records.published", f"records.record:{number}", actor="system:test", body=body,
            moment=more.get("moment", later(1)), data=data,
        )  # fmt: skip


def _withdrawn(body: str, number: int) -> None:
    with transaction.atomic():
        record("records.withdrawn", f"records.record:{number}", actor="system:test", body=body, moment=later(5))


def test_a_record_that_speaks_of_the_task_is_proposed_with_its_reason(duty: Duty, county: County) -> None:
    _published("jyj", "学校招生政策文件目录（2024年）", 1, genre="catalogue")
    evidence.catch_up()
    found = Evidence.objects.get(assignment=duty(county.education, "招生"))
    assert (found.state, found.path) == (Evidence.State.PROPOSED, "records/r1/")
    assert found.reason.startswith("本单位发布；体裁：目录、清单；提到“")


def test_a_form_counts_towards_its_quota_of_its_body_only(duty: Duty, county: County) -> None:
    _published("jyj", "一图读懂不算", 1, form="图解")
    _published("jyj", "视频解读校园安全", 2, form="视频")
    evidence.catch_up()
    assert [(e.quota.form, e.assignment.body.code) for e in Evidence.objects.exclude(quota=None)] == [("视频", "jyj")]


def test_a_quota_shows_how_many_of_how_many_by_form(duty: Duty, county: County) -> None:
    for number in (1, 2, 3):
        _published("jyj", f"视频解读{number}", number, form="视频")
    evidence.catch_up()
    for one in Evidence.objects.all():
        actions.confirm(one, actor=county.teacher, moment=later(2))
    tally = quotas.tally(duty(county.education, "访谈"), on=TODAY)
    assert (tally.counted, tally.wanted) == (2, 3)
    assert {c.quota.form: (c.done, c.quota.at_least) for c in tally.counts} == {"访谈": (0, 1), "视频": (3, 2)}


def test_what_was_published_before_the_notice_does_not_count(issued: Ledger) -> None:
    claim = Claim(9, "records.record:9", "视频", "records/x/", "jyj", date(2024, 5, 29), frozenset({"form:视频"}))
    assert evidence.propose(claim, MOMENT) == []


def test_work_of_another_year_is_proposed_and_said_to_be_so(duty: Duty, county: County) -> None:
    _published("jyj", "视频解读", 1, form="视频", moment=later(300))
    evidence.catch_up()
    assert Evidence.objects.get().reason.endswith("2025年发布，请核对是否计入2024年")


def test_work_done_between_the_notice_and_its_issue_here_is_found_when_it_is_issued(
    draft: Ledger, county: County
) -> None:
    _published("jyj", "视频解读", 1, form="视频", moment=later(-2))
    evidence.catch_up()
    issued = actions.issue(draft, actor=county.clerk, moment=MOMENT)
    assert evidence.sweep(issued, moment=MOMENT) == 1
    assert evidence.sweep(issued, moment=MOMENT) == 0


def test_every_event_is_read_once(issued: Ledger) -> None:
    _published("jyj", "视频解读", 1, form="视频")
    evidence.catch_up()
    assert evidence.catch_up() == 0
    assert Evidence.objects.filter(thing="records.record:1").count() == 1


def test_confirming_twice_is_confirming_once(duty: Duty, county: County) -> None:
    _published("jyj", "视频解读", 1, form="视频")
    evidence.catch_up()
    one = Evidence.objects.get()
    actions.confirm(one, actor=county.teacher, moment=later(2))
    actions.confirm(one, actor=county.clerk, moment=later(3))
    assert Event.objects.filter(verb="ledger.evidence_confirmed").count() == 1


def test_another_body_cannot_confirm(duty: Duty, county: County) -> None:
    _published("jyj", "视频解读", 1, form="视频")
    evidence.catch_up()
    for user in (county.nurse, county.auditor):
        with pytest.raises(NotPermitted):
            actions.confirm(Evidence.objects.get(), actor=user, moment=later(2))


def test_rejected_evidence_needs_a_reason_and_stays_rejected(duty: Duty, county: County) -> None:
    _published("jyj", "视频解读", 1, form="视频")
    evidence.catch_up()
    one = Evidence.objects.get()
    with pytest.raises(Invalid):
        actions.reject(one, reason=" ", actor=county.teacher, moment=later(2))
    actions.reject(one, reason="是转载", actor=county.teacher, moment=later(2))
    evidence.propose(
        Claim(1, one.thing, "视频解读", "records/r1/", "jyj", one.on, frozenset({"form:视频", "genre:interpretation"})),
        later(3),
    )
    assert Evidence.objects.get().state == Evidence.State.REJECTED


def _completed(duty: Duty, county: County) -> Assignment:
    one = duty(county.education, "招生")
    actions.accept([one], **PLAN, actor=county.teacher, moment=MOMENT)
    _published("jyj", "学校招生政策文件目录", 7, genre="catalogue")
    evidence.catch_up()
    actions.confirm(Evidence.objects.get(assignment=one), actor=county.teacher, moment=later(2))
    return actions.complete(one, actor=county.head, moment=later(3))


def test_completion_rests_on_confirmed_evidence(duty: Duty, county: County) -> None:
    one = duty(county.education, "招生")
    actions.accept([one], **PLAN, actor=county.teacher, moment=MOMENT)
    with pytest.raises(NotProved, match="已确认的佐证"):
        actions.complete(one, actor=county.head, moment=later(1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.filter(pk=one.pk).update(state="completed", completed_at=MOMENT)


def test_a_completed_duty_points_to_its_proof(duty: Duty, county: County) -> None:
    done = _completed(duty, county)
    assert (done.state, done.percent, done.proof.thing) == ("completed", 100, "records.record:7")
    assert actions.complete(done, actor=county.head, moment=later(4)).completed_at == later(3)


def test_completion_needs_every_form_of_the_quota(duty: Duty, county: County) -> None:
    one = duty(county.education, "访谈")
    actions.accept([one], **PLAN, actor=county.teacher, moment=MOMENT)
    _published("jyj", "视频解读", 1, form="视频")
    evidence.catch_up()
    actions.confirm(Evidence.objects.get(), actor=county.teacher, moment=later(2))
    with pytest.raises(NotProved) as caught:
        actions.complete(one, actor=county.head, moment=later(3))
    assert caught.value.missing == ("访谈还差 1 次", "视频还差 1 次")


def test_evidence_falls_with_its_source_and_the_duty_opens_again(duty: Duty, county: County) -> None:
    done = _completed(duty, county)
    _withdrawn("jyj", 7)
    evidence.catch_up()
    done.refresh_from_db()
    assert (done.state, done.proof) == (Assignment.State.ACCEPTED, None)
    assert Evidence.objects.get(thing="records.record:7").state == Evidence.State.FALLEN
    assert done.reopenings.get().reason == "佐证的来源已撤下"
    with pytest.raises(WrongState, match="已撤下"):
        actions.confirm(Evidence.objects.get(thing="records.record:7"), actor=county.teacher, moment=later(6))


def test_a_source_that_comes_back_is_proposed_again(duty: Duty, county: County) -> None:
    _completed(duty, county)
    _withdrawn("jyj", 7)
    _published("jyj", "学校招生政策文件目录", 7, genre="catalogue", moment=later(6))
    evidence.catch_up()
    assert Evidence.objects.get(thing="records.record:7").state == Evidence.State.PROPOSED


def test_other_proof_keeps_the_duty_completed(duty: Duty, county: County) -> None:
    one = duty(county.education, "招生")
    actions.accept([one], **PLAN, actor=county.teacher, moment=MOMENT)
    by_hand = actions.upload(
        one, title="网页", note="已公布", link="https://example.cn/a", actor=county.teacher, moment=later(1)
    )
    _published("jyj", "学校招生政策文件目录", 7, genre="catalogue")
    evidence.catch_up()
    actions.confirm(Evidence.objects.get(thing="records.record:7"), actor=county.teacher, moment=later(2))
    actions.complete(one, actor=county.head, moment=later(3))
    _withdrawn("jyj", 7)
    evidence.catch_up()
    one.refresh_from_db()
    assert (one.state, one.proof) == (Assignment.State.COMPLETED, by_hand)


def test_reopening_needs_a_reason(duty: Duty, county: County) -> None:
    done = _completed(duty, county)
    with pytest.raises(Invalid):
        actions.reopen(done, reason="", actor=county.clerk, moment=later(4))
    again = actions.reopen(done, reason="目录不全", actor=county.clerk, moment=later(4))
    assert (again.state, again.proof) == (Assignment.State.ACCEPTED, None)


def test_evidence_by_hand_needs_a_note_and_something_to_look_at(duty: Duty, county: County) -> None:
    one = duty(county.education, "招生")
    for more in ({"note": ""}, {"link": ""}):
        given = {"title": "会议纪要", "note": "已研究", "link": "https://example.cn/a"} | more
        with pytest.raises(Invalid):
            actions.upload(one, **given, actor=county.teacher, moment=MOMENT)
    with pytest.raises(BadUpload):
        actions.upload(
            one, title="程序", note="x", file=ContentFile(b"MZ", "a.exe"), actor=county.teacher, moment=MOMENT
        )
    made = actions.upload(
        one,
        title="照片",
        note="公示栏",
        file=ContentFile(b"x", "a.jpg"),
        public=True,
        actor=county.teacher,
        moment=MOMENT,
    )
    assert made.state == Evidence.State.CONFIRMED
    assert not made.public  # a file is never shown to the public, only a link


@pytest.mark.parametrize(
    ("wants", "fits"),
    [
        (Wants(), False),
        (Wants(words=("招生", "目录")), True),
        (Wants(words=("招生", "草原")), False),
        (Wants(words=("招生",)), True),
        (Wants(marks=("topic:J",), words=("招生", "草原")), True),
        (Wants(marks=("topic:J",)), True),
        (Wants(marks=("topic:E",)), False),
        (Wants(marks=("topic:J", "form:视频")), False),
        (Wants(marks=("topic:J", "topic:E")), True),
    ],
)
def test_what_fits_a_task(wants: Wants, fits: bool) -> None:
    claim = Claim(1, "t", "招生目录", "p", "jyj", TODAY, frozenset({"record", "topic:J", "genre:catalogue"}))
    assert (match(claim, wants) is not None) is fits


def test_newer_numbers_of_a_running_claim_take_the_place_of_the_old(duty: Duty, county: County) -> None:
    assignment = duty(county.education, "招生")
    said = {"kinds": frozenset({"genre:catalogue"}), "words": "学校招生政策文件目录", "running": True}
    old = Claim(1, "foi.year:jyj-2024", "收到4件", "foi/guide/jyj/", "jyj", date(2024, 6, 4), **said)
    new = Claim(2, "foi.year:jyj-2024", "收到9件", "foi/guide/jyj/", "jyj", date(2024, 6, 9), **said)
    with transaction.atomic():
        assert evidence.propose(old, MOMENT)
        actions.confirm(Evidence.objects.get(assignment=assignment), actor=county.teacher, moment=later(2))
        assert not [one for one in evidence.propose(new, later(9)) if one.assignment_id == assignment.pk]
        assert not evidence.propose(old, later(10))  # told late, it changes nothing
    found = Evidence.objects.get(assignment=assignment)
    assert (found.title, found.on, found.state) == ("收到9件", date(2024, 6, 9), Evidence.State.CONFIRMED)
    assert Event.objects.filter(verb="ledger.evidence_renewed", data__evidence=found.pk).count() == 1
