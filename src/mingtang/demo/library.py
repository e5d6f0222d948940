"""The demo's library of normative documents: stock with acts on it, one in the making, a clean-up that is under way."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from mingtang.bodies.models import Body, Role, User
from mingtang.bodies.permissions import day_of
from mingtang.demo.place import DEPARTMENT
from mingtang.demo.workplace import Users
from mingtang.norms import actions
from mingtang.norms.actions import Intake, Named
from mingtang.norms.models import ActKind, Norm, NormKind, Outcome, Reference
from mingtang.records.models import Column

SOURCE = "旗政府原网站（演示数据）"
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Stock:
    """A document: `ago` days before the demo's day it was made; `term` days from then it ends, None for no term."""

    key: str
    body: str
    title: str
    topic: str
    ago: int
    articles: tuple[str, ...]
    term: int | None = None
    kind: NormKind = NormKind.DEPARTMENT


STOCK = (
    Stock("bus", DEPARTMENT, "云岭旗校车安全管理办法（演示）", "J02", 1500, (
        "为了规范校车管理，保障学生乘车安全，制定本办法。", "校车由学校与运营单位签订责任书，专人随车照管。",
        "校车线路由旗教育局会同交通运输局每学年核定一次并公布。", "违反本办法的，由旗教育局责令改正。",
    ), 1825),
    Stock("bus-2", DEPARTMENT, "云岭旗教育局关于修改校车安全管理办法的决定（演示）", "J02", 400, (
        "将《云岭旗校车安全管理办法（演示）》第三条中的“每学年”修改为“每学期”。", "本决定自公布之日起施行。",
    )),
    Stock("canteen", DEPARTMENT, "云岭旗学校食堂管理办法（演示）", "J02", 1780, (
        "为了加强学校食堂管理，保障师生饮食安全，制定本办法。", "学校食堂实行校长负责制和陪餐制。",
        "食堂账目每月公开一次。",
    ), 1825),
    Stock("boarding", DEPARTMENT, "云岭旗寄宿生生活补助发放办法（试行）（演示）", "J02", 2600, (
        "为了规范寄宿生生活补助的发放，制定本办法。", "补助按学期发放，名单在校内公示不少于五日。",
    ), 730),
    Stock("boarding-2", DEPARTMENT, "云岭旗寄宿生生活补助发放办法（演示）", "J02", 1100, (
        "为了规范寄宿生生活补助的发放，依据本旗有关规定，制定本办法。", "补助按学期发放到学生本人账户。",
        "本办法自公布之日起施行。",
    )),
    Stock("grass", "lcj", "云岭旗草原禁牧和草畜平衡补助资金发放办法（演示）", "E02", 1300, (
        "为了规范补助资金发放，制定本办法。", "补助面积以草原承包经营权证记载为准。",
        "发放名册在嘎查村公示不少于七日。",
    ), 1825, NormKind.GOVERNMENT),
    Stock("grass-1", "qzf", "云岭旗草原生态保护补助资金管理暂行规定（演示）", "E02", 3100, (
        "为了保护草原生态，制定本规定。", "补助资金专款专用。",
    ), None, NormKind.GOVERNMENT),
    Stock("village", "baihua", "白桦苏木嘎查村财务公开细则（演示）", "A01", 900, (
        "嘎查村财务按季度公开。", "公开内容包括收支明细、补助发放和集体资产变动。",
    ), None, NormKind.TOWNSHIP),
)  # fmt: skip


@transaction.atomic
def fill(people: Users, moment: datetime) -> None:
    """Lay the library, whole or not at all; one that exists is left as people made it."""
    if Norm.objects.exists():
        return
    office, writer = people[Role.OFFICE], people[Role.PUBLISHER]
    norms = _stock(office, moment)
    _acts(norms, office, moment)
    _in_the_making(writer, moment)
    _clean_up(norms, office, writer, moment)


def _stock(office: User, moment: datetime) -> dict[str, Norm]:
    today, column = day_of(moment), Column.objects.get(slug="gfxwj")
    bodies = {body.code: body for body in Body.objects.all()}
    batch = [_intake(number, each, bodies[each.body], column, today) for number, each in enumerate(STOCK, 1)]
    taken = actions.take_in(batch, actor=office, moment=moment)
    return {each.key: Norm.objects.get(pk=pk) for each, pk in zip(STOCK, taken.added, strict=True)}


def _intake(number: int, each: Stock, body: Body, column: Column, today: date) -> Intake:
    made = today - timedelta(days=each.ago)
    numerals = "一二三四五六七八九"
    lines = [f"<p>第{numerals[place]}条 {line}</p>" for place, line in enumerate(each.articles)]
    return Intake(
        title=each.title, body=body, column=column, topic=each.topic, made_on=made,
        effective_on=made + timedelta(days=30),
        expires_on=made + timedelta(days=30 + each.term) if each.term else None,
        text="".join([*lines, "<p>（本条为演示数据。）</p>"]), source=SOURCE, kind=each.kind,
        source_digest=hashlib.sha256(each.title.encode()).hexdigest(),
        document_number=f"演{body.short_name[:1]}规〔{made.year}〕{number}号",
        registration_number=f"演登〔{made.year}〕{number}号",
        unified_number=f"YANSHI-{made.year}-{number:03d}", keywords=("演示",),
    )  # fmt: skip


def _acts(norms: dict[str, Norm], office: User, moment: datetime) -> None:
    acting = {"actor": office, "moment": moment}
    begins = {key: norm.effective_on or day_of(moment) for key, norm in norms.items()}
    actions.act(
        norms["bus"], ActKind.AMENDED, effective_on=begins["bus-2"], by=norms["bus-2"], clauses=["第三条"], **acting
    )
    actions.act(
        norms["grass-1"],
        ActKind.REPLACED,
        effective_on=begins["grass"],
        by=norms["grass"],
        reason="内容已并入",
        **acting,
    )
    for key, basis in (("boarding-2", "boarding"), ("village", "grass-1")):
        named = Named(title=norms[basis].title, number=norms[basis].document_number)
        actions.refer(norms[key], Reference.Role.BASIS, [named], **acting)


def _in_the_making(writer: User, moment: datetime) -> None:
    """One whose legality was reviewed and that waits for its decision and its numbers."""
    today = day_of(moment)
    norm = actions.draft(
        body=Body.objects.get(code=DEPARTMENT), column=Column.objects.get(slug="gfxwj"), topic="J02",
        title="云岭旗校外培训机构管理办法（演示）", made_on=today, effective_on=today + timedelta(days=30),
        expires_on=today + 5 * YEAR, source="演示数据", actor=writer, moment=moment,
        text="<p>第一条 为了规范校外培训，制定本办法。</p><p>第二条 培训机构应当公示收费项目。</p>"
        "<p>（本条为演示数据。）</p>",
    )  # fmt: skip
    actions.state_facts(
        norm, drafting_body=norm.body, applies_to="校外培训机构、学生及家长（演示）", actor=writer, moment=moment,
        legality_by="云岭旗司法局（演示）", legality_on=today - timedelta(days=9), legality_number="演司审〔示〕1号",
        comment_from=today - timedelta(days=50), comment_to=today - timedelta(days=20),
        comment_link="https://example.invalid/zqyj/1",
    )  # fmt: skip


def _clean_up(norms: dict[str, Norm], office: User, writer: User, moment: datetime) -> None:
    campaign = actions.open_clean_up(
        name=f"{day_of(moment).year}年行政规范性文件清理（演示）", bodies=[norm.body for norm in norms.values()],
        deadline=day_of(moment) + timedelta(days=12), basis="定期清理（演示）", actor=office, moment=moment,
    )  # fmt: skip
    items = {item.norm_id: item for item in campaign.items.all()}
    proposals = (("bus", Outcome.VALID, ""), ("bus-2", Outcome.LAPSED, "已并入办法，不再单独适用"))
    for key, outcome, reason in proposals:
        if item := items.get(norms[key].pk):
            actions.propose([item], outcome, reason=reason, actor=writer, moment=moment)
