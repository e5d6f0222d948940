"""The whole walk at the desk: draft, submit, three signatures, published; each person sees only their own work."""

import json
import re

import pytest

from mingtang.records.models import Record, State
from mingtang.trace.queries import history
from tests.county import ALL_GATES, Place

from .desk_client import at_desk, form_of


def test_draft_submit_sign_three_times_published(place: Place):
    writer = at_desk(place.writer)
    answer = writer.post("/desk/records/add/", form_of(place) | {"action-review": "1"})
    record = Record.objects.get()
    assert answer.headers["Location"] == f"/desk/review/{record.pk}/submit/"
    assert (record.state, record.author, record.keywords) == (State.DRAFT, place.writer, ["校车", "安全"])
    assert record.index_number.startswith("jyj/")
    page = writer.get(f"/desk/review/{record.pk}/submit/").content.decode()
    assert "确认送审" in page
    writer.post(f"/desk/review/{record.pk}/submit/")
    for user in (place.reviewer, place.head, place.clerk):
        signer = at_desk(user)
        assert "审核签字" in signer.get("/desk/").content.decode()
        assert "关于校车安全的通知" in signer.get(f"/desk/review/{record.pk}/").content.decode()
        signer.post(f"/desk/review/{record.pk}/", {"decision": "sign", "gates": ALL_GATES, "remark": ""})
    record.refresh_from_db()
    assert record.state == State.PUBLISHED
    assert "records.published" in history(record).values_list("verb", flat=True)


def test_signing_without_all_gates_says_what_is_missing(place: Place):
    record = place.signed(place.draft(), levels=0)
    answer = at_desk(place.reviewer).post(f"/desk/review/{record.pk}/", {"decision": "sign", "gates": ["law"]})
    assert answer.status_code == 409
    assert "保密关" in answer.content.decode()


def test_return_brings_the_text_back_to_its_writer_with_the_reason(place: Place):
    record = place.signed(place.draft(), levels=0)
    at_desk(place.reviewer).post(
        f"/desk/review/{record.pk}/", {"decision": "return", "gates": ["law"], "remark": "请补充附件清单"}
    )
    home = at_desk(place.writer).get("/desk/").content.decode()
    assert "审核退回" in home
    overview = at_desk(place.writer).get(f"/desk/records/inspect/{record.pk}/").content.decode()
    assert "请补充附件清单" in overview


def test_withdrawal_asks_the_reason(place: Place):
    record = place.published()
    head = at_desk(place.head)
    address = f"/desk/records/act/{record.pk}/withdraw/"
    assert "撤下原因" in head.get(address).content.decode()
    assert head.post(address, {"given": ""}).status_code == 200
    record.refresh_from_db()
    assert record.state == State.PUBLISHED
    head.post(address, {"given": "文件内容有误，更正后再发布"})
    record.refresh_from_db()
    assert (record.state, record.live, record.withdrawal_reason) == (
        State.WITHDRAWN,
        False,
        "文件内容有误，更正后再发布",
    )


@pytest.mark.parametrize(
    ("who", "sees", "not_sees"),
    [
        ("writer", ["起草信息"], ["栏目</", "records.columns"]),
        ("clerk", ["起草信息", "栏目"], []),
        ("admin", [], ["起草信息", "全部信息"]),
    ],
)
def test_each_role_sees_only_its_own_menu(place: Place, who, sees, not_sees):
    home = at_desk(getattr(place, who)).get("/desk/").content.decode()
    props = re.search(r'id="wagtail-sidebar-props"[^>]*>(.*?)</script>', home, re.S)
    assert props
    menu = json.dumps(json.loads(props[1]), ensure_ascii=False)
    for label in sees:
        assert label in menu
    for label in not_sees:
        assert label not in menu
    for label in ("页面", "图像", "报告", "片段"):
        assert f'"{label}"' not in menu


@pytest.mark.parametrize("stored", [False, True])
def test_the_preview_is_the_public_page_with_what_is_being_typed(place: Place, stored: bool):
    writer = at_desk(place.writer)
    address = f"/desk/records/preview/{place.draft().pk}/" if stored else "/desk/records/preview/"
    told = writer.post(address, form_of(place, title="正在改的标题（演示）"))
    assert told.json() == {"is_valid": True, "is_available": True}
    page = writer.get(address).content.decode()
    assert "正在改的标题（演示）" in page
    assert "请各学校逐项落实。" in page
    assert not Record.objects.filter(title="正在改的标题（演示）").exists()
