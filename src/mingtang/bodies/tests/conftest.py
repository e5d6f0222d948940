"""A small county for this room’s tests: an office, two departments, a sumu with a village, an administrator."""

from datetime import UTC, date, datetime

import pytest

from mingtang.bodies.models import Body, Kind, Level, Person, Post, Role, User

MOMENT = datetime(2024, 6, 3, 2, 0, tzinfo=UTC)  # ten in the morning in Asia/Shanghai
TODAY = date(2024, 6, 3)


class County:
    """Named bodies, and accounts made on demand."""

    def __init__(self) -> None:
        self.government = self.body("qzf", "云岭旗人民政府", Kind.GOVERNMENT, Level.COUNTY)
        self.office = self.body("zwgk", "云岭旗政务公开办", Kind.OFFICE, Level.COUNTY, self.government)
        self.education = self.body("jyj", "云岭旗教育局", Kind.DEPARTMENT, Level.COUNTY, self.government)
        self.health = self.body("wjw", "云岭旗卫生健康委员会", Kind.DEPARTMENT, Level.COUNTY, self.government)
        self.sumu = self.body("sm", "白桦苏木人民政府", Kind.SUMU, Level.TOWNSHIP, self.government)
        self.village = self.body("gc", "白桦苏木北嘎查", Kind.VILLAGE, Level.VILLAGE, self.sumu)

    @staticmethod
    def body(code: str, name: str, kind: Kind, level: Level, parent: Body | None = None) -> Body:
        return Body.objects.create(code=code, name=name, short_name=name, kind=kind, level=level, parent=parent)

    @staticmethod
    def user(role: Role, body: Body) -> User:
        person = Person.objects.create(name=f"演示 {role.label} {body.code}")
        Post.objects.create(person=person, body=body, role=role, starts_on=date(2020, 1, 1))
        return User.objects.create_user(f"{role}-{body.code}", person=person)


@pytest.fixture
def county(db: None) -> County:
    """The bodies above, in the database."""
    return County()


@pytest.fixture
def admin(county: County) -> User:
    """The administrator's account."""
    return county.user(Role.ADMIN, county.office)
