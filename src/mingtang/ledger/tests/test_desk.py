"""The desk screens: each role sees and does its own, without JavaScript, in few queries, and nothing typed is lost."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from mingtang.bodies import duties
from mingtang.bodies.models import Body, Kind, Level, User
from mingtang.ledger import actions
from mingtang.ledger.models import Assignment, Evidence, Import, Ledger, Objection, Task
from mingtang.ledger.tests.conftest import MOMENT, NOTICE, County

Duty = Callable[[Body, str], Assignment]
DUTIES_QUERIES = 22


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="mingtang.bodies.signin.PostBackend")
    return client


def _url(name: str, *args: Any) -> str:
    return reverse(f"ledger:{name}", args=args)


def _fields(task: Task, **more: str) -> dict[str, str]:
    """What the browser sends for a task's form."""
    given = {
        "version": str(task.version), "text": task.text, "bodies": "、".join(task.bodies),
        "lead": "、".join(task.lead), "supporting": "", "deadline_kind": task.deadline_kind,
        "deadline_text": task.deadline_text, "due_on": task.due_on.isoformat() if task.due_on else "",
        "evidence_form": "", "words": "、".join(task.wants["words"]), "genre": "", "topic": "", "form": "",
    }  # fmt: skip
    return {"do": "save"} | {f"t{task.pk}-{name}": value for name, value in (given | more).items()}


def test_the_office_uploads_a_notice_and_follows_it_to_the_draft(county: County) -> None:
    office = _client(county.clerk)
    answer = office.post(_url("upload"), {"file": SimpleUploadedFile("要点.txt", NOTICE.encode())}, follow=True)
    page = answer.content.decode()
    assert 'http-equiv="refresh"' in page
    assert "排队中" in page
    notice = Import.objects.get()
    actions.read(notice, clock=timezone.now)
    done = office.get(_url("import", notice.pk)).content.decode()
    assert "已读成草稿" in done
    assert 'http-equiv="refresh"' not in done


def test_a_wrong_file_says_so_beside_the_field(county: County) -> None:
    answer = _client(county.clerk).post(_url("upload"), {"file": SimpleUploadedFile("a.exe", b"MZ")})
    assert "不是可收的格式" in answer.content.decode()


def test_each_task_stands_beside_its_sentence_and_links_to_it(draft: Ledger, county: County) -> None:
    page = _client(county.clerk).get(_url("item", draft.pk, 1)).content.decode()
    for task in draft.items.get(number=1).tasks.all():
        assert f'<a class="sentence" id="s-{task.pk}" href="#task-{task.pk}">{task.text}</a>' in page
        assert f'id="task-{task.pk}"' in page


def test_a_task_is_saved_by_itself_with_its_quotas(draft: Ledger, county: County) -> None:
    task = draft.tasks.get(item__number=2)
    quotas = {"quota_0_form": "访谈", "quota_0_at_least": "3", "quota_0_unit": "次", "quota_0_period": "year"}
    answer = _client(county.clerk).post(_url("task", task.pk), _fields(task, text="改过的任务", **quotas))
    assert answer.status_code == 302
    task.refresh_from_db()
    assert task.text == "改过的任务"
    assert [(quota.form, quota.at_least) for quota in task.quotas.all()] == [("访谈", 3)]


def test_what_was_typed_stays_when_somebody_else_was_faster(draft: Ledger, county: County) -> None:
    task = draft.tasks.first()
    sent = _fields(task, text="乙写了很久的文字")
    Task.objects.filter(pk=task.pk).update(version=5)
    answer = _client(county.clerk).post(_url("task", task.pk), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "乙写了很久的文字" in page
    assert "刚被别人改过" in page
    assert f'name="t{task.pk}-version" value="5"' in page


def test_the_script_that_saves_by_itself_gets_the_new_version(draft: Ledger, county: County) -> None:
    task = draft.tasks.first()
    sent = _fields(task, text="自动保存")
    answer = _client(county.clerk).post(_url("task", task.pk), sent, headers={"X-Requested-With": "save"})
    assert answer.json()["version"] == 2
    wrong = _client(county.clerk).post(_url("task", task.pk), sent, headers={"X-Requested-With": "save"})
    assert wrong.status_code == 422
    assert "刚被别人改过" in wrong.json()["problems"][0]


def test_unknown_names_are_mended_and_the_draft_issued(draft: Ledger, county: County) -> None:
    Task.objects.filter(pk=draft.tasks.first().pk).update(bodies=["招生部门", "家长"], lead=[])
    office = _client(county.clerk)
    page = office.get(_url("draft", draft.pk)).content.decode()
    assert "“招生部门”不在机构名录中" in page
    assert "下发台账" not in page
    office.post(_url("draft", draft.pk), {"do": "name", "name": "招生部门", "by": "教育局"})
    office.post(_url("draft", draft.pk), {"do": "drop", "name": "家长"})
    for _ in range(2):  # a double click issues once
        office.post(_url("draft", draft.pk), {"do": "issue"})
    assert Ledger.objects.get().state == Ledger.State.ISSUED


@pytest.mark.parametrize("name", ["upload", "draft", "item", "look_back", "accuracy"])
def test_bodies_do_not_reach_the_screens_of_the_office(draft: Ledger, county: County, name: str) -> None:
    args = {"upload": (), "item": (draft.pk, 1)}.get(name, (draft.pk,))
    for user in (county.teacher, county.head, county.auditor):
        assert _client(user).get(_url(name, *args)).status_code in (302, 404)


def test_a_body_sees_its_own_duties_only_in_list_page_export_and_address(
    issued: Ledger, county: County, duty: Duty
) -> None:
    teacher = _client(county.teacher)
    page = teacher.get(_url("ledger", issued.pk)).content.decode()
    assert "招生" in page
    assert "草原补奖" not in page
    assert teacher.get(_url("ledger", issued.pk) + "?body=sm").content.decode().count("草原补奖") == 0
    assert teacher.get(_url("duty", duty(county.sumu, "草原补奖").pk)).status_code == 404
    book = load_workbook(io.BytesIO(teacher.get(_url("export", issued.pk)).content))
    cells = "".join(str(cell.value) for row in book.active.iter_rows() for cell in row if cell.value)
    assert "教育局" in cells
    assert "草原补奖" not in cells
    everything = _client(county.auditor).get(_url("ledger", issued.pk)).content.decode()
    assert "草原补奖" in everything


def test_evidence_of_another_body_is_neither_listed_nor_judged_nor_downloaded(
    issued: Ledger, county: County, duty: Duty
) -> None:
    piece = Evidence.objects.create(
        assignment=duty(county.education, "招生"), source="event", thing="records.record:1", title="目录",
        reason="本单位发布", on=MOMENT.date(), made_at=MOMENT,
    )  # fmt: skip
    nurse = _client(county.nurse)
    assert "目录" not in nurse.get(_url("evidence")).content.decode()
    assert nurse.post(_url("judge", piece.pk), {"do": "confirm"}).status_code == 404
    assert nurse.get(_url("proof_file", piece.pk)).status_code == 404
    teacher = _client(county.teacher)
    assert "目录" in teacher.get(_url("evidence")).content.decode()
    teacher.post(_url("judge", piece.pk), {"do": "confirm", "next": _url("evidence")})
    piece.refresh_from_db()
    assert piece.state == Evidence.State.CONFIRMED


def test_the_auditor_sees_and_changes_nothing(issued: Ledger, county: County, duty: Duty) -> None:
    one = duty(county.education, "招生")
    auditor = _client(county.auditor)
    assert "您可以查看，不需要办理" in auditor.get(_url("duty", one.pk)).content.decode()
    auditor.post(_url("duty", one.pk), {"do": "object", "object-reason": "x"})
    assert not Objection.objects.exists()


def test_the_list_is_narrowed_by_body_item_state_deadline_and_words(issued: Ledger, county: County) -> None:
    office = _client(county.clerk)

    def number(query: str) -> int:
        return office.get(f"{_url('ledger', issued.pk)}?{query}").context["page"].paginator.count

    assert number("") == 10
    assert number("body=jyj") == 4
    assert number("item=3") == 6
    assert number("item=x") == 10
    assert number("state=assigned") == 10
    assert number("state=completed") == 0
    assert number("deadline=overdue") == 4
    assert number("deadline=none") == 6
    assert number("q=草原") == 1
    assert number("q=草原&state=accepted") == 0


def test_the_list_needs_no_more_queries_when_it_grows(
    issued: Ledger, county: County, django_assert_max_num_queries: Any
) -> None:
    task = issued.tasks.get(item__number=2)
    for number in range(60):
        body = Body.objects.create(
            code=f"x{number}", name=f"云岭旗第{number}局", short_name=f"第{number}局", kind=Kind.DEPARTMENT,
            level=Level.COUNTY,
        )  # fmt: skip
        Assignment.objects.create(ledger=issued, task=task, body=body, named_as="旗直各部门")
    office = _client(county.clerk)
    office.get(_url("ledger", issued.pk))
    with django_assert_max_num_queries(DUTIES_QUERIES):
        answer = office.get(_url("ledger", issued.pk))
    assert len(answer.context["lines"]) == 30


def test_a_body_accepts_in_bulk_and_keeps_what_it_typed_when_something_is_missing(
    issued: Ledger, county: County, duty: Duty
) -> None:
    head = _client(county.head)
    chosen = [str(duty(county.education, words).pk) for words in ("招生", "访谈")]
    day = timezone.localdate().isoformat()
    plan = {"responsible": "", "measures": "列出清单", "planned_on": day}
    page = head.post(_url("accept", issued.pk), {"duty": chosen, **plan}).content.decode()
    assert "列出清单" in page
    assert page.count("checked") == 2
    head.post(_url("accept", issued.pk), {"duty": chosen, **plan, "responsible": "演示股长"})
    assert Assignment.objects.filter(state="accepted").count() == 2


def test_the_office_chases_from_the_list_of_answers(issued: Ledger, county: County) -> None:
    office = _client(county.clerk)
    office.post(_url("answers", issued.pk), {"body": ["jyj", "wjw"], "text": "请反馈"})
    page = office.get(_url("answers", issued.pk)).content.decode()
    assert page.count("1 次，最近") == 2


def test_a_duty_is_walked_from_objection_to_ruling_on_one_page(issued: Ledger, county: County, duty: Duty) -> None:
    one = duty(county.health, "访谈")
    nurse, office = _client(county.nurse), _client(county.clerk)
    nurse.post(_url("duty", one.pk), {"do": "object", "object-reason": "没有访谈场所"})
    page = office.get(_url("duty", one.pk)).content.decode()
    assert "没有访谈场所" in page
    blank = office.post(_url("duty", one.pk), {"do": "uphold", "uphold-answer": ""}).content.decode()
    assert "须向单位说明理由" in blank
    office.post(_url("duty", one.pk), {"do": "uphold", "uphold-answer": "可借用融媒体中心"})
    page = nurse.get(_url("duty", one.pk)).content.decode()
    assert "维持分工" in page
    assert "可借用融媒体中心" in page


def test_what_must_be_done_today_per_role(issued: Ledger, county: County, duty: Duty) -> None:
    actions.chase(issued, [county.education], text="请反馈", actor=county.clerk, moment=MOMENT)
    actions.object_to(duty(county.health, "访谈"), reason="x", actor=county.nurse, moment=MOMENT)
    teacher = [one.title for one in duties.of(county.teacher, MOMENT)]
    assert any("认领2024年台账任务 4 项" in title for title in teacher)
    assert any("催办：请反馈" in title for title in teacher)
    clerk = [one.title for one in duties.of(county.clerk, MOMENT)]
    assert any(title.startswith("裁定异议") for title in clerk)
    assert any("3 个单位尚未反馈" in title for title in clerk)
    assert not any("台账" in one.title for one in duties.of(county.auditor, MOMENT))
