"""The library's screens: who sees what, each act by its form, refusals at their field, a fixed number of queries."""

from datetime import date

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mingtang.norms import actions
from mingtang.norms.models import Campaign, Norm
from mingtang.norms.tests.conftest import FACTS, Library
from tests.county import MORNING


def signed_in(user: object) -> Client:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client


def refused(response: HttpResponse) -> bool:
    """Whether the desk sent the person home, as Wagtail does with who may not."""
    return response.status_code == 302 and response["Location"] == reverse("wagtailadmin_home")


def test_a_document_from_its_head_to_its_repeal(library: Library):
    place = library.place
    writer, clerk = signed_in(place.writer), signed_in(place.clerk)
    head = {
        "title": "云岭旗校车管理办法（演示）", "body": place.education.pk, "kind": "department", "topic": "J02",
        "column": place.column.pk,
        "document_number": "云教规〔2024〕9号", "made_on": "2024-05-20", "effective_on": "2024-06-01",
    }  # fmt: skip
    assert writer.post(reverse("norms:new"), head).status_code == 302
    norm = Norm.objects.get()
    facts = {name: str(value) for name, value in FACTS.items()}
    made = facts | {"kind": "department", "joint": "云岭旗卫生健康委员会、旗人民法院（演示）"}
    wrong = writer.post(reverse("norms:facts", args=[norm.pk]), made | {"decided_on": "2024-05-01"})
    assert (wrong.status_code, "日期矛盾" in wrong.content.decode()) == (422, True)
    assert writer.post(reverse("norms:facts", args=[norm.pk]), made).status_code == 302
    assert [each.body for each in norm.joint.all()] == [place.health, None]
    numbers = {"registration_number": "登〔2024〕1号", "unified_number": "YLQGF-2024-1", "registered_on": "2024-05-20"}
    assert refused(writer.post(reverse("norms:register", args=[norm.pk]), numbers))
    assert clerk.post(reverse("norms:register", args=[norm.pk]), numbers).status_code == 302
    edit = reverse(norm.snippet_viewset.get_url_name("edit"), args=[norm.pk])
    assert writer.get(edit).status_code == 200
    overview = reverse(norm.snippet_viewset.get_url_name("inspect"), args=[norm.pk])
    assert reverse("norms:norm", args=[norm.pk]) in writer.get(overview).content.decode()
    published = library.published()
    act = reverse("norms:act", args=[published.pk])
    given = {"kind": "repealed", "effective_on": "2024-07-01", "by": "", "by_title": "旗政府令（演示）"}
    assert refused(writer.post(act, given))
    told = clerk.post(act, given | {"by_title": "", "kind": "replaced"})
    assert "由哪件文件替代" in told.content.decode()
    assert clerk.post(act, given).status_code == 302
    page = clerk.get(reverse("norms:norm", args=[published.pk])).content.decode()
    assert "已废止" in page
    assert "旗政府令（演示）" in page
    void = reverse("norms:void", args=[published.acts.get().pk])
    assert clerk.post(void, {"reason": "登记错了"}).status_code == 302
    published.refresh_from_db()
    assert published.validity == "valid"
    filing = reverse("norms:filing", args=[published.pk])
    assert writer.post(filing, {"to": "旗人民政府（演示）", "filed_on": "2024-06-10"}).status_code == 302


def test_the_library_asks_a_fixed_number_of_queries_and_shows_any_day(library: Library):
    clerk = signed_in(library.place.clerk)
    asked = []
    for more in (2, 6):
        for _ in range(more):
            norm = library.published()
        with CaptureQueriesContext(connection) as queries:
            page = clerk.get(reverse("norms:library"), {"on": "2024-06-10"})
        asked.append(len(queries))
    assert norm.title in page.content.decode()
    assert asked[1] <= asked[0], asked
    assert "没有符合条件的文件" in clerk.get(reverse("norms:library"), {"on": "2020-01-01"}).content.decode()
    assert clerk.get(reverse("norms:library"), {"on": "2024-13-01", "year": "x"}).status_code == 200


def test_drafts_of_others_and_clean_ups_of_others_are_closed(library: Library):
    place = library.place
    draft, out = library.draft(), library.published()
    outsider = signed_in(place.outsider)
    assert outsider.get(reverse("norms:norm", args=[draft.pk])).status_code == 404
    assert outsider.get(reverse("norms:norm", args=[out.pk])).status_code == 200
    assert refused(outsider.get(reverse("norms:facts", args=[out.pk])))
    assert refused(signed_in(place.admin).get(reverse("norms:library")))
    campaign = actions.open_clean_up(
        name="清理（演示）", bodies=[place.education], deadline=date(2024, 6, 20), actor=place.clerk, moment=MORNING
    )
    assert refused(outsider.get(reverse("norms:clean_up", args=[campaign.pk])))
    assert refused(outsider.get(reverse("norms:new_clean_up")))


@pytest.mark.parametrize("matter", ["", "expiring", "nonsense"])
def test_warnings_are_listed_by_matter(library: Library, matter: str):
    library.published(expires_on=timezone.localdate())
    page = signed_in(library.place.clerk).get(reverse("norms:warnings"), {"matter": matter})
    assert page.status_code == 200
    assert ("有效期至" in page.content.decode()) is (matter != "nonsense")


def test_a_clean_up_by_its_screens(library: Library):
    place = library.place
    writer, clerk = signed_in(place.writer), signed_in(place.clerk)
    library.published()
    library.published()
    opened = {"name": "清理（演示）", "deadline": timezone.localdate().isoformat(), "bodies": [place.education.pk]}
    assert clerk.post(reverse("norms:new_clean_up"), opened | {"bodies": []}).status_code == 422
    assert clerk.post(reverse("norms:new_clean_up"), opened).status_code == 302
    campaign = Campaign.objects.get()
    address, ticked = reverse("norms:clean_up", args=[campaign.pk]), [item.pk for item in campaign.items.all()]
    assert "请先勾选文件" in writer.post(address, {"propose": "1", "p-outcome": "valid"}).content.decode()
    assert writer.post(address, {"propose": "1", "p-outcome": "valid", "item": ticked}).status_code == 302
    assert refused(writer.post(address, {"decide": "1", "d-outcome": "valid", "item": ticked}))
    assert clerk.post(address, {"chase": "1"}).status_code == 302
    close = {"close": "1", "c-body": place.office.pk, "c-column": place.column.pk, "c-topic": "A01"}
    assert "没有作出决定" in clerk.post(address, close).content.decode()
    assert (
        "请写明理由" in clerk.post(address, {"decide": "1", "d-outcome": "lapsed", "item": ticked[:1]}).content.decode()
    )
    for outcome, items, reason in (("lapsed", ticked[:1], "任务已完成"), ("valid", ticked[1:], "")):
        sent = {"decide": "1", "d-outcome": outcome, "d-reason": reason, "item": items}
        assert clerk.post(address, sent).status_code == 302
    assert clerk.post(address, close).status_code == 302
    page = clerk.get(address, {"show": "decided"}).content.decode()
    assert "已办结" in page
    assert "关于公布清理（演示）结果的公告" in page
    assert sorted(Norm.objects.values_list("validity", flat=True)) == ["lapsed", "valid"]
    assert clerk.get(reverse("norms:clean_ups")).status_code == 200
