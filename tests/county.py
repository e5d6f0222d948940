"""A small place for tests: two departments, one with every post, a sumu with one official, the openness office."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from mingtang.bodies.models import Body, Kind, Level, Person, Post, Role, User
from mingtang.records import actions
from mingtang.records.models import Column, Record
from mingtang.review import actions as review
from mingtang.review.models import Gate

MORNING = datetime(2024, 6, 3, 2, 0, tzinfo=UTC)  # ten in the morning in Asia/Shanghai
ALL_GATES = [gate.value for gate in Gate]


class Place:
    """Bodies, people by post, a column, and the ways of a record through its life."""

    def __init__(self) -> None:
        self.office = self._body("zwgk", "云岭旗政务公开办", Kind.OFFICE, Level.COUNTY)
        self.education = self._body("jyj", "云岭旗教育局", Kind.DEPARTMENT, Level.COUNTY)
        self.health = self._body("wjw", "云岭旗卫生健康委员会", Kind.DEPARTMENT, Level.COUNTY)
        self.sumu = self._body("sm", "白桦苏木人民政府", Kind.SUMU, Level.TOWNSHIP)
        self.writer = self.user(Role.PUBLISHER, self.education)
        self.colleague = self.user(Role.PUBLISHER, self.education, "同事")
        self.reviewer = self.user(Role.REVIEWER, self.education)
        self.head = self.user(Role.APPROVER, self.education)
        self.clerk = self.user(Role.OFFICE, self.office)
        self.outsider = self.user(Role.PUBLISHER, self.health)
        self.auditor = self.user(Role.AUDITOR, self.office)
        self.admin = self.user(Role.ADMIN, self.office)
        self.column = Column.objects.create(name="通知公告", slug="tzgg")

    @staticmethod
    def _body(code: str, name: str, kind: Kind, level: Level) -> Body:
        return Body.objects.create(code=code, name=name, short_name=name, kind=kind, level=level)

    @staticmethod
    def user(role: Role, body: Body, more: str = "") -> User:
        """A new account whose person holds the post."""
        person = Person.objects.create(name=f"演示{Role(role).label}{body.code}{more}")
        Post.objects.create(person=person, body=body, role=role, starts_on=date(2020, 1, 1))
        return User.objects.create_user(f"{role}-{body.code}{more}", password="只为测试-2024", person=person)

    def draft(self, **fields: Any) -> Record:
        """A complete draft of the education bureau, by its publisher unless `actor` is given."""
        given = {
            "body": self.education,
            "column": self.column,
            "title": "关于做好校车安全工作的通知（演示）",
            "topic": "J02",
            "genre": "notice",
            "document_number": "",
            "made_on": date(2024, 6, 1),
            "text": "<p>请各学校对照清单逐项落实。</p>",
            "actor": self.writer,
            "moment": MORNING,
        }
        return actions.create(**(given | fields))

    def signed(self, record: Record, levels: int = 3, moment: datetime = MORNING) -> Record:
        """Submitted by its writer and signed by the first so many levels, an hour apart."""
        review.submit(record, actor=self.writer, moment=moment)
        for step, user in enumerate([self.reviewer, self.head, self.clerk][:levels], 1):
            review.sign(record, actor=user, moment=moment + timedelta(hours=step), gates=ALL_GATES)
        return record

    def published(self, **fields: Any) -> Record:
        """A record that went the whole way."""
        return self.signed(self.draft(**fields))


@pytest.fixture
def place(db: None) -> Place:
    """The place above, in the database."""
    return Place()
