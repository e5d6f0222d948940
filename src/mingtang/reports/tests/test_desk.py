"""The desk of annual reports: each page for each role, the acts through their forms, and what a form refuses."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from mingtang.bodies.models import User
from mingtang.reports import actions, filling
from mingtang.reports.models import AnnualReport, Chase
from mingtang.reports.tests.conftest import JANUARY, NUMBERS, YEAR, County

PLACE = ("norms", "licences", "decisions")


def at(user: User) -> Client:
    """A browser signed in as the user."""
    client = Client()
    client.force_login(user, backend="mingtang.bodies.signin.PostBackend")
    return client


def code_of(answer: Any) -> int:
    """The status of an answer; what Wagtail turns into a way home with a message is a refusal."""
    return 403 if answer.status_code == 302 and answer.url == "/desk/" else answer.status_code


def page(name: str, *args: Any) -> str:
    return reverse(f"reports:{name}", args=args)


def fresh(report: AnnualReport) -> AnnualReport:
    return AnnualReport.objects.select_related("body", "record").get(pk=report.pk)


PAGES = ("report", "texts", "problems", "check", "story", "trend")


def test_every_page_opens_for_those_who_may_see_it_and_for_nobody_else(county: County):
    report = county.published(county.opened())
    for user in (county.writer, county.head, county.clerk, county.auditor):
        client = at(user)
        assert [client.get(page(name, report.pk)).status_code for name in PAGES] == [200] * len(PAGES)
        assert client.get(page("board"), {"year": YEAR}).status_code == 200
        assert client.get(page("compare"), {"year": YEAR}).status_code == 200
    for user in (county.outsider, county.admin):
        client = at(user)
        assert {code_of(client.get(page(name, report.pk))) for name in PAGES} <= {403, 404}
    assertNotContains(at(county.outsider).get(page("board"), {"year": YEAR}), "云岭旗教育局")


def test_the_board_shows_all_bodies_in_a_fixed_number_of_queries_and_chases_the_late(county: County):
    client = at(county.clerk)
    client.get(page("board"))
    with CaptureQueriesContext(
        connection,
    ) as few:
        answer = client.get(page("board"), {"year": YEAR})
    assertContains(answer, "尚未填报")
    county.opened(county.education)
    county.opened(county.health)
    with CaptureQueriesContext(connection) as more:
        client.get(page("board"), {"year": YEAR})
    assert len(more) <= len(few) + 2
    client.post(page("chase", YEAR), {"body": ["jyj", "wjw"], "text": "请尽快报送年度报告。"})
    client.post(page("chase", YEAR), {"body": ["jyj"], "text": "请尽快报送年度报告。"})
    assert Chase.objects.count() == 2
    assert code_of(at(county.writer).post(page("chase", YEAR), {"body": ["jyj"], "text": "催催看看。"})) == 403


def test_a_writer_fills_a_report_through_the_screens(county: County):
    client = at(county.writer)
    client.post(page("open", YEAR, "jyj"))
    report = AnnualReport.objects.get()
    data = SimpleUploadedFile("许可.csv", NUMBERS.format(name="云岭旗教育局").encode("gb18030"))
    sent = client.post(page("import", YEAR), {"system": "政务服务系统", "file": data})
    assert sent.status_code == 302
    for number in range(1, 7):
        client.post(page("text", report.pk, number), {"version": 0, "text": "全年按部署推进，情况如下。"})
    client.post(page("problems", report.pk), {"do": "problem", "text": "解读形式单一", "measure": "增加图解和访谈"})
    client.post(page("cell", report.pk, *PLACE), {"do": "correct", "new": "13", "reason": "漏报一件，见台账"})
    assert filling.sheet(fresh(report)).value(*PLACE) == 13
    assertContains(client.get(page("cell", report.pk, *PLACE)), "漏报一件，见台账")
    client.post(page("act", report.pk, "submit"))
    assert fresh(report).state == "submitted"
    assert code_of(client.post(page("act", report.pk, "accept"))) == 403
    office = at(county.clerk)
    office.post(page("give_back", report.pk), {"place": "第一部分", "text": "请写出数量"})
    remark = fresh(report).remarks.get()
    assertContains(client.get(page("story", report.pk)), "请写出数量")
    client.post(page("answer", report.pk, remark.pk), {"text": "已补充数量"})
    client.post(page("act", report.pk, "submit"))
    office.post(page("act", report.pk, "accept"))
    client.post(page("act", report.pk, "release"))
    assert fresh(report).stage == "in_review"


def test_a_file_with_faults_is_told_row_by_row_and_nothing_is_kept(county: County):
    data = SimpleUploadedFile("坏.csv", "机构,事项,数量\n云岭旗教育局,行政许可,许多\n".encode())
    answer = at(county.clerk).post(page("import", YEAR), {"system": "某系统", "file": data})
    assertContains(answer, "第 2 行：数量“许多”不是数字", status_code=422)
    assert not AnnualReport.objects.exists()


def test_what_another_wrote_meanwhile_is_shown_and_ones_own_words_are_kept(county: County):
    report = county.opened()
    actions.write_text(report, 1, "同事写的一段。", version=0, actor=county.colleague, moment=JANUARY)
    answer = at(county.writer).post(page("text", report.pk, 1), {"version": 0, "text": "我写的一段。"})
    assertContains(answer, "同事写的一段。", status_code=422)
    assertContains(answer, "我写的一段。", status_code=422)
    assertContains(answer, 'name="version" value="1"', status_code=422)


def test_a_number_opens_to_its_things_only_for_those_who_may_see_them(county: County):
    county.published_document()
    report = county.opened(year=2024, moment=county.LATE)
    address = page("cell", report.pk, "norms", "normative_documents", "made")
    assertContains(at(county.writer).get(address), "校车安全管理办法（演示）")
    assertContains(at(county.writer).get(address), reverse("records:inspect", args=[county.document.pk]))


def test_the_government_gathers_and_excludes_through_the_screens(county: County):
    for body in (county.education, county.health):
        county.accepted(county.opened(body))
    report = county.opened(county.government)
    client = at(county.clerk)
    client.post(page("gather", report.pk))
    assertContains(client.get(page("members", report.pk)), "已纳入 2 份")
    bodies = [county.education.pk, county.health.pk]
    place = {"do": "exclude", "place": "norms/licences/decisions", "number": "1", "bodies": bodies}
    client.post(page("members", report.pk), place | {"reason": "两局联合许可的同一件"})
    assert filling.sheet(fresh(report)).value(*PLACE) == 23
    client.post(page("drop_exclusion", report.pk, report.exclusions.get().pk))
    assert filling.sheet(fresh(report)).value(*PLACE) == 24
    assert code_of(client.get(page("members", county.opened().pk))) == 404


@pytest.mark.parametrize("name", ["release", "nonsense"])
def test_acts_that_do_not_fit_are_refused_with_a_reason(county: County, name: str):
    report = county.opened()
    answer = at(county.clerk).post(page("act", report.pk, name), follow=True)
    if name == "nonsense":
        assert answer.status_code == 404
    else:
        assertContains(answer, "须先报送并经政务公开办审核通过")


def test_a_first_draft_is_written_at_the_desk_and_the_editor_shows_how_it_reads(county: County):
    report = county.opened()
    for user in (county.outsider, county.auditor):
        at(user).post(page("narrate", report.pk))
        assert not report.texts.exists()
    client = at(county.writer)
    assertContains(client.get(page("texts", report.pk)), "按数据写初稿")
    answer = client.post(page("narrate", report.pk), follow=True)
    assertContains(answer, "初稿已写入空着的部分")
    assertContains(answer, "全年没有收到政府信息公开申请")
    editor = client.get(page("text", report.pk, 1))
    assertContains(editor, "统计期限自{年}年1月1日")
    assertContains(editor, f"统计期限自{YEAR}年1月1日")
    assertContains(editor, "请您补写")
    assertContains(editor, "结转下年")
    wrong = client.post(page("text", report.pk, 3), {"text": "收到{新受}件。", "version": 0})
    assertContains(wrong, "认不出是哪个数", status_code=422)
