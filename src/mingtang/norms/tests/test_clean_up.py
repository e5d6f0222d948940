"""A clean-up from its scope to the public list: bodies propose, the office decides, the catalogue changes at once."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from mingtang.bodies.errors import NotPermitted
from mingtang.norms import actions, duties, queries
from mingtang.norms.errors import Refused, WrongStage
from mingtang.norms.models import Campaign, CampaignItem, Norm
from mingtang.norms.tests.conftest import Library
from mingtang.trace.evidence import claims
from mingtang.trace.models import Event
from tests.county import MORNING

TODAY = date(2024, 6, 3)


@pytest.fixture
def campaign(library: Library) -> Campaign:
    """Three documents of two bodies under clean-up."""
    place = library.place
    library.published("云岭旗校车管理办法（演示）")
    library.published("云岭旗食堂管理办法（演示）", made_on=date(2024, 5, 22))
    library.published("云岭旗疫苗管理办法（演示）", body=place.health, actor=place.outsider, made_on=date(2024, 5, 21))
    return actions.open_clean_up(
        name="2024年行政规范性文件清理", bodies=[place.education, place.health], deadline=date(2024, 6, 20),
        actor=place.clerk, moment=MORNING,
    )  # fmt: skip


def items(campaign: Campaign) -> list[CampaignItem]:
    return list(campaign.items.order_by("norm__made_on"))


def test_the_whole_way(library: Library, campaign: Campaign):
    place = library.place
    bus, vaccine, canteen = items(campaign)
    actions.propose([bus], "valid", actor=place.writer, moment=MORNING)
    actions.propose([canteen], "repealed", reason="已由新办法规定", actor=place.writer, moment=MORNING)
    assert actions.chase(campaign, [place.education, place.health], actor=place.clerk, moment=MORNING) == 1
    assert actions.chase(campaign, [place.health], actor=place.clerk, moment=MORNING) == 0
    [duty] = [each for each in duties.of(place.outsider, MORNING) if "清理" in each.title]
    assert (duty.note, duty.due) == ("公开办已催办", date(2024, 6, 20))
    actions.propose([vaccine], "amend", reason="机构名称有变化", actor=place.outsider, moment=MORNING)
    actions.decide([bus, vaccine], "valid", reason="仍需执行", actor=place.clerk, moment=MORNING)
    given = {"body": place.office, "column": place.column, "topic": "A", "actor": place.clerk, "moment": MORNING}
    with pytest.raises(WrongStage, match="还有 1 件没有作出决定"):
        actions.close_clean_up(campaign, **given)
    actions.decide([canteen], "repealed", actor=place.clerk, moment=MORNING)
    assert queries.catalogue(TODAY).count() == 3, "nothing changes before it is closed"
    actions.close_clean_up(campaign, **given)
    assert [norm.title for norm in queries.catalogue(TODAY)] == [
        "云岭旗疫苗管理办法（演示）",
        "云岭旗校车管理办法（演示）",
    ]
    ended = Norm.objects.get(pk=canteen.norm_id)
    assert (ended.validity, ended.acts.get().item) == ("repealed", canteen)
    announcement = campaign.announcement
    assert announcement is not None
    assert (announcement.state, announcement.title) == ("draft", "关于公布2024年行政规范性文件清理结果的公告")
    assert "继续有效2件，废止1件" in announcement.text
    assert "《云岭旗食堂管理办法（演示）》" in announcement.text
    [claim] = [each for event in Event.objects.filter(verb="norms.clean_up_closed") for each in claims(event)]
    assert (claim.kinds, claim.body) == (frozenset({"norm-clean-up"}), "zwgk")
    with pytest.raises(WrongStage, match="已经办结"):
        actions.decide([bus], "lapsed", reason="不再需要", actor=place.clerk, moment=MORNING)


def test_who_proposes_and_what_needs_a_reason(library: Library, campaign: Campaign):
    place = library.place
    bus, vaccine, _canteen = items(campaign)
    with pytest.raises(NotPermitted):
        actions.propose([vaccine], "valid", actor=place.writer, moment=MORNING)
    with pytest.raises(Refused, match="请写明理由"):
        actions.propose([bus], "lapsed", actor=place.writer, moment=MORNING)
    with pytest.raises(NotPermitted):
        actions.decide([bus], "valid", actor=place.writer, moment=MORNING)
    actions.propose([bus], "valid", actor=place.writer, moment=MORNING)
    with pytest.raises(Refused, match="决定不再继续有效的，请写明理由"):
        actions.decide([bus], "repealed", actor=place.clerk, moment=MORNING, reason=" ")
    actions.propose([bus], "lapsed", reason="任务已完成", actor=place.writer, moment=MORNING)
    with pytest.raises(Refused, match="与清理意见不同"):
        actions.decide([bus], "valid", actor=place.clerk, moment=MORNING)
    actions.propose([bus], "valid", actor=place.writer, moment=MORNING)
    actions.decide([bus], "valid", actor=place.clerk, moment=MORNING)
    with pytest.raises(WrongStage, match="已有清理决定"):
        actions.propose([bus], "valid", actor=place.writer, moment=MORNING)


def test_a_scope_that_holds_nothing_or_is_busy_is_refused(library: Library, campaign: Campaign):
    place = library.place
    given = {"name": "再次清理", "bodies": [place.education], "actor": place.clerk, "moment": MORNING}
    with pytest.raises(Refused, match="范围内没有"):
        actions.open_clean_up(**given, deadline=date(2024, 7, 1))
    with pytest.raises(Refused, match="不得早于今天"):
        actions.open_clean_up(**given, deadline=date(2024, 6, 1))
    with pytest.raises(Refused, match="前后颠倒"):
        actions.open_clean_up(**given, deadline=date(2024, 7, 1), made_from=date(2024, 1, 2), made_to=date(2024, 1, 1))
    with pytest.raises(NotPermitted):
        actions.open_clean_up(**(given | {"actor": place.writer}), deadline=date(2024, 7, 1))


def test_the_office_is_told_what_waits_and_that_it_is_late(library: Library, campaign: Campaign):
    [waiting] = [
        each
        for each in duties.of(library.place.clerk, MORNING)
        if each.url == reverse("norms:clean_up", args=[campaign.pk])
    ]
    assert (waiting.act, waiting.note) == ("催办", "待决定0件，待提意见3件")
    later = MORNING + timedelta(days=30)
    [late] = [
        each
        for each in duties.of(library.place.clerk, later)
        if each.url == reverse("norms:clean_up", args=[campaign.pk])
    ]
    assert late.standing.name == "OVERDUE"
