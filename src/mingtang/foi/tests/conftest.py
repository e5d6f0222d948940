"""A small county with handlers and heads, and requests that come in through its actions."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings

from mingtang.bodies.models import Body, Kind, Level, Person, Post, Role, User
from mingtang.foi import actions, letterpress
from mingtang.foi.identity import Identity
from mingtang.foi.models import Letter, Request, Step
from mingtang.foi.tests.plain_press import PlainPress
from mingtang.trace import limits

MOMENT = datetime(2024, 6, 3, 2, 0, tzinfo=UTC)  # Monday, ten in the morning in Asia/Shanghai
TODAY = date(2024, 6, 3)
SOMEBODY = Identity(
    name="演示甲某", id_type="身份证", id_number="990001199001011234", phone="10000000001", email="jia@example.invalid",
    address="云岭旗演示路1号2单元", postcode="990000",
)  # fmt: skip


def at(day: date, hour: int = 10) -> datetime:
    """The moment at an hour of a day in Asia/Shanghai."""
    return datetime(day.year, day.month, day.day, hour - 8, tzinfo=UTC)


def later(days: int) -> datetime:
    """So many days after the moment."""
    return MOMENT + timedelta(days=days)


class County:
    """The openness office and two departments, each with a handler, one with a head; an auditor."""

    def __init__(self) -> None:
        self.office = self.body("zwgk", "云岭旗政务公开办", Kind.OFFICE)
        self.education = self.body("jyj", "云岭旗教育局", Kind.DEPARTMENT)
        self.health = self.body("wjw", "云岭旗卫生健康委员会", Kind.DEPARTMENT)
        self.clerk = self.user(Role.OFFICE, self.office)
        self.handler = self.user(Role.REQUEST_HANDLER, self.education)
        self.colleague = self.user(Role.REQUEST_HANDLER, self.education, "同事")
        self.head = self.user(Role.APPROVER, self.education)
        self.outsider = self.user(Role.REQUEST_HANDLER, self.health)
        self.auditor = self.user(Role.AUDITOR, self.office)
        self.publisher = self.user(Role.PUBLISHER, self.education)

    @staticmethod
    def body(code: str, name: str, kind: Kind) -> Body:
        return Body.objects.create(
            code=code, name=name, short_name=name[3:], kind=kind, level=Level.COUNTY, openness_office="政务公开股",
            openness_phone="0000-1234567", address="云岭旗演示路9号", office_hours="工作日 9:00—17:00",
        )  # fmt: skip

    @staticmethod
    def user(role: Role, body: Body, more: str = "") -> User:
        person = Person.objects.create(name=f"演示{role.label}{body.code}{more}")
        Post.objects.create(person=person, body=body, role=role, starts_on=date(2020, 1, 1))
        return User.objects.create_user(f"{role}-{body.code}{more}", person=person)

    def receive(self, *, moment: datetime = MOMENT, **fields: Any) -> Request:
        """A request handed in at the education bureau's counter, unless `fields` say otherwise."""
        return self.received(moment=moment, **fields).request

    def received(self, *, moment: datetime = MOMENT, **fields: Any) -> actions.Received:
        given: dict[str, Any] = {
            "body": self.education, "channel": "counter", "applicant_kind": "natural", "identity": SOMEBODY,
            "subject": "校车服务采购合同", "wanted": "2023年校车服务采购合同及验收材料。", "provision": "electronic",
            "delivery": "online", "actor": self.handler,
        }  # fmt: skip
        return actions.receive(**(given | fields), moment=moment)

    def sealed(self, letter: Letter, moment: datetime) -> Letter:
        """The letter sealed by the head as it was drafted."""
        return actions.seal(letter, version=letter.version, actor=self.head, moment=moment)

    def sent(self, letter: Letter, moment: datetime, means: str = "online", **more: Any) -> Letter:
        """Sealed by the head and handed over the same day."""
        sealed = self.sealed(letter, moment)
        actions.deliver(sealed, means=means, actor=self.handler, moment=moment, **more)
        return sealed

    def provide(self, request: Request, moment: datetime) -> Letter:
        """Everything that is asked is provided: reviewed, decided, drafted, sealed and handed over."""
        acting: dict[str, Any] = {"actor": self.handler, "moment": moment}
        actions.give_opinion(request, kind="secrecy", verdict="agrees", text="不涉密，可以公开。", **acting)
        for asked in request.asked.all():
            actions.decide(asked, ground="provided", where="随本答复书附送。", **acting)
        return self.sent(actions.draft_reply(request, **acting), moment)


def steps_of(request: Request) -> list[tuple[str, date]]:
    """Kind and day of every step, in order."""
    return list(Step.objects.filter(request=request).order_by("seq").values_list("kind", "on"))


@pytest.fixture(autouse=True)
def _plain_letters() -> Iterator[None]:
    """Letters are written plainly."""
    before = letterpress.use(PlainPress())
    yield
    letterpress.use(before) if before else letterpress._used.clear()


@pytest.fixture(autouse=True)
def _allowed_again() -> None:
    """Nobody has asked too often yet."""
    limits.forget()


@pytest.fixture(autouse=True)
def _own_folders(settings: LazySettings, tmp_path: Path) -> None:
    """Keys and files of each test lie in a folder of its own."""
    settings.HOME, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"


@pytest.fixture
def county(db: None) -> County:
    """The bodies and accounts above, in the database."""
    return County()
