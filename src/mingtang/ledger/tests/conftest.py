"""A small county, a notice of our own writing as the text room reads it, and the ledger issued from it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from mingtang import text
from mingtang.bodies.models import Alias, Body, Group, Kind, Level, Person, Post, Role, User
from mingtang.ledger import actions, building
from mingtang.ledger.models import Assignment, Ledger

MADE_ON = date(2024, 5, 30)
MOMENT = datetime(2024, 6, 3, 2, 0, tzinfo=UTC)  # ten in the morning in Asia/Shanghai
TODAY = date(2024, 6, 3)


def later(days: int) -> datetime:
    """So many days after the moment."""
    return MOMENT + timedelta(days=days)


class County:
    """An office, two departments, a sumu; groups as notices name them; an account for each role."""

    def __init__(self) -> None:
        self.office = self.body("zwgk", "云岭旗政务公开办", Kind.OFFICE, Level.COUNTY)
        self.education = self.body("jyj", "云岭旗教育局", Kind.DEPARTMENT, Level.COUNTY)
        self.health = self.body("wjw", "云岭旗卫生健康委员会", Kind.DEPARTMENT, Level.COUNTY)
        self.sumu = self.body("sm", "白桦苏木人民政府", Kind.SUMU, Level.TOWNSHIP)
        Alias.objects.create(body=self.education, name="教育局")
        Group.objects.create(
            code="departments", name="旗直各部门", aliases=["各部门"], kinds=[Kind.DEPARTMENT], level=Level.COUNTY
        )
        Group.objects.create(code="sumu", name="各苏木镇", kinds=[Kind.SUMU, Kind.TOWN])
        self.clerk = self.user(Role.OFFICE, self.office)
        self.teacher = self.user(Role.PUBLISHER, self.education)
        self.head = self.user(Role.APPROVER, self.education)
        self.nurse = self.user(Role.PUBLISHER, self.health)
        self.auditor = self.user(Role.AUDITOR, self.office)

    @staticmethod
    def body(code: str, name: str, kind: Kind, level: Level) -> Body:
        return Body.objects.create(code=code, name=name, short_name=name[3:], kind=kind, level=level)

    @staticmethod
    def user(role: Role, body: Body) -> User:
        person = Person.objects.create(name=f"演示{role.label}{body.code}")
        Post.objects.create(person=person, body=body, role=role, starts_on=date(2020, 1, 1))
        return User.objects.create_user(f"{role}-{body.code}", person=person)


NOTICE = """云岭旗2024年政务公开工作要点
旗直各部门、各苏木镇：
一、规范发布
（一）建好政策文件库
教育局要在6月底前公布学校招生政策文件目录。各苏木镇要公示草原补奖资金发放结果。
（二）提升解读效果
旗直各部门2024年至少以访谈形式开展1次解读，视频形式开展2次。
二、强化落实
（三）按时反馈
旗直各部门、各苏木镇要在本要点印发后10日内反馈工作台账。要持续做好公开栏维护。
"""


def _task(words: str, bodies: tuple[str, ...], **more: object) -> text.Task:
    start = NOTICE.index(words)
    return text.Task(words, start, start + len(words), bodies=bodies, **more)  # type: ignore[arg-type]


def _item(number: int, title: str, *tasks: text.Task) -> text.Item:
    start = NOTICE.index(title)
    return text.Item(number, title, "".join(task.text for task in tasks), start, tasks[-1].end, tasks)


def draft_of_the_notice(made_on: date = MADE_ON) -> text.Draft:
    """The notice above as the text room would read it."""
    both = ("旗直各部门", "各苏木镇")
    by = text.Deadline("by", "6月底前", on=date(2024, 6, 30))
    within = text.Deadline("within", "印发后10日内", on=made_on + timedelta(days=10), days=10)
    sentence = "旗直各部门2024年至少以访谈形式开展1次解读，视频形式开展2次。"
    quotas = (
        text.Quota("访谈", 1, "次", "year", "以访谈形式开展1次"),
        text.Quota("视频", 2, "次", "year", "视频形式开展2次"),
    )
    first = _item(
        1,
        "建好政策文件库",
        _task("教育局要在6月底前公布学校招生政策文件目录。", ("教育局",), lead=("教育局",), deadline=by),
        _task("各苏木镇要公示草原补奖资金发放结果。", ("各苏木镇",)),
    )
    second = _item(2, "提升解读效果", _task(sentence, ("旗直各部门",), quotas=quotas))
    third = _item(
        3,
        "按时反馈",
        _task("旗直各部门、各苏木镇要在本要点印发后10日内反馈工作台账。", both, deadline=within),
        _task("要持续做好公开栏维护。", both, deadline=text.Deadline("ongoing", "持续"), inherited=True),
    )
    end = len(NOTICE)
    return text.Draft(
        title="云岭旗2024年政务公开工作要点",
        issuer="云岭旗政务公开办",
        document_number="云政公开办发〔2024〕1号",
        made_on=made_on,
        addressees=both,
        year=made_on.year,
        chapters=(
            text.Chapter(1, "规范发布", (first, second), 0, end),
            text.Chapter(2, "强化落实", (third,), 0, end),
        ),
    )


@pytest.fixture
def county(db: None) -> County:
    """The bodies, groups and accounts above, in the database."""
    return County()


@pytest.fixture
def draft(county: County) -> Ledger:
    """The notice as a draft ledger."""
    return building.build(draft_of_the_notice(), NOTICE, body=county.office, notice=None, moment=MOMENT)


@pytest.fixture
def issued(county: County, draft: Ledger) -> Ledger:
    """The notice issued: nine duties of three bodies."""
    return actions.issue(draft, actor=county.clerk, moment=MOMENT)


@pytest.fixture
def duty(issued: Ledger) -> Callable[[Body, str], Assignment]:
    """`duty(body, words)`: the body's duty whose task says so."""

    def find(body: Body, words: str) -> Assignment:
        return Assignment.objects.get(ledger=issued, body=body, task__text__contains=words)

    return find
