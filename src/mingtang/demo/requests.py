"""Requests for information as a county has them: each kind of way a request goes, acted out by a seeded hand.

Every request follows a script that does what handlers and heads do, through the acts of the room `foi`, and says how
many working days pass in between. All scripts run together in the order of their days, up to a moment: what is not
done by then is left as it stands, so that the board of a demo shows requests in every state.
"""

import heapq
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone

from mingtang.bodies.models import Body, User
from mingtang.demo.place import MARK
from mingtang.foi import actions, days
from mingtang.foi.errors import NotSealable
from mingtang.foi.identity import Identity
from mingtang.foi.models import Letter, Party, Request
from mingtang.law.requests import Applicant

DAY = timedelta(days=1)
BLANK = re.compile(r"〔待填[：:]?([^〕]*)〕")
SUBJECTS = (
    ("校车服务采购合同", "校车服务采购合同及验收材料"),
    ("学校食堂检查记录", "学校食堂食品安全检查记录和整改情况"),
    ("教师公开招聘成绩", "教师公开招聘笔试、面试成绩汇总表"),
    ("学区划分论证材料", "小学学区划分的论证材料和会议决定"),
    ("营养餐资金使用情况", "学生营养改善计划资金的拨付和使用情况"),
    ("操场改造工程造价", "学校操场改造工程的招标文件和决算"),
    ("民办幼儿园年检结果", "民办幼儿园年度检查的结果"),
)


@dataclass(frozen=True)
class Cast:
    """Who acts: the body asked, its handler and head, and another body that is consulted."""

    body: Body
    handler: User
    head: User
    other: Body


@dataclass
class Play:
    """One request on its way; `moment` is when the next act happens."""

    cast: Cast
    number: int
    hand: Random
    moment: datetime
    request: Request = field(init=False)
    channel: str = "counter"

    @property
    def acting(self) -> dict[str, Any]:
        """The handler acts, now."""
        return {"actor": self.cast.handler, "moment": self.moment}

    def today(self, more: int = 0) -> date:
        """The day of the next act, or so many days later."""
        return timezone.localdate(self.moment) + timedelta(days=more)

    def receive(self, channel: str = "counter", *, delivery: str = "online", things: int = 1) -> None:
        """The request comes in through a channel; what comes online is sent by the applicant."""
        subject, wanted = self.hand.choice(SUBJECTS)
        kind = self.hand.choices(list(Applicant), weights=(12, 3, 1, 1, 2, 1))[0]
        year = self.today().year - 1
        self.channel = channel
        self.request = actions.receive(
            body=self.cast.body, channel=channel, applicant_kind=kind.value, identity=_identity(self.number, kind),
            subject=f"{year}年{subject}{MARK}", wanted=f"{year}年{wanted}。{MARK}", provision="electronic",
            delivery=delivery, moment=self.moment,
            actor=actions.APPLICANT if channel == "online" else self.cast.handler,
            things=[f"第{place}项：{year}年{wanted}{MARK}" for place in range(1, things + 1)] if things > 1 else (),
        ).request  # fmt: skip

    def register(self) -> None:
        """Registered and taken by the handler, after both sides have confirmed it where the channel asks for that."""
        if self.request.received_on is None:
            self.request = actions.confirm(self.request, **self.acting)
        actions.register(self.request, **self.acting)
        actions.assign(self.request, handler=self.cast.handler, **self.acting)

    def send(self, letter: Letter, means: str = "online") -> None:
        """Blanks filled, sealed by the head, handed over by the handler, all on one day."""
        filled = _filled(letter.content)
        saved = actions.save_letter(letter, version=letter.version, content=filled, **self.acting)
        sealed = actions.seal(saved, version=saved.version, actor=self.cast.head, moment=self.moment)
        arrived = self.today() if means in ("online", "pickup") else None
        actions.deliver(sealed, means=means, received_on=arrived, **self.acting)

    def decide(self, ground: str, **more: Any) -> None:
        """Everything that is still open is decided on one ground."""
        for asked in self.request.asked.filter(letter=None):
            actions.decide(asked, ground=ground, **more, **self.acting)

    def reviewed(self) -> None:
        """The review of secrecy has nothing against it."""
        actions.give_opinion(
            self.request, kind="secrecy", verdict="agrees", text=f"不涉及国家秘密，可以公开。{MARK}", **self.acting
        )

    def reply(self) -> None:
        """The reply drafted from the decisions, sealed and handed over."""
        self.send(actions.draft_reply(self.request, **self.acting))

    def provide(self) -> None:
        """Reviewed, decided to be provided, replied."""
        self.reviewed()
        self.decide("provided", where=f"随答复书一并提供电子文件。{MARK}")
        self.reply()

    def provide_partly(self) -> None:
        """The same, with one part withheld."""
        self.reviewed()
        self.decide(
            "partly_provided", explanation=f"分项单价属于第三方的商业秘密。{MARK}",
            where=f"随答复书提供遮盖后的电子文件。{MARK}", withheld=[("分项单价", "trade_secret")],
        )  # fmt: skip
        self.reply()

    def ask_third_party(self) -> Party:
        """A letter to the third party goes out by post."""
        other = Identity(
            name=f"云岭旗第{self.number}客运服务有限公司{MARK}", phone="00000000000", address=f"演示路{self.number}号"
        )
        letter = actions.ask_third_party(
            self.request, identity=other, concerning=f"合同的分项单价{MARK}", **self.acting
        )
        self.send(letter, "post")
        letter.refresh_from_db()
        return Party.objects.get(pk=letter.party_id)

    def extend(self, working_days: int) -> None:
        """Asked by the handler, consented to by the head, told to the applicant."""
        extension = actions.ask_extension(
            self.request, working_days=working_days, reason=f"材料分散在多处，需要逐一核对。{MARK}", **self.acting
        )
        actions.decide_extension(extension, granted=True, actor=self.cast.head, moment=self.moment)
        self.send(self.request.letters.get(kind="extension", state=Letter.State.DRAFT))


#: Does something, says how many working days pass, goes on.
Script = Callable[[Play], Iterator[int]]


#: A day on which a request comes in, and the way it goes.
Plan = Sequence[tuple[date, Script]]


def spread(scripts: Sequence[Script], *, seed: int, first: date, last: date) -> Plan:
    """The scripts in their order on working days between two, drawn by the seed; the first and the last among them."""
    hand = Random(seed)  # noqa: S311 - a demo's choices, not a secret
    open_days = [day.date for day in days.estimated().walk(first, last) if day.works]
    chosen = sorted(hand.choices(open_days, k=len(scripts)))
    return list(zip([open_days[0], *chosen[1:-1], open_days[-1]], scripts, strict=True))


def run(cast: Cast, plan: Plan, *, seed: int, until: datetime) -> list[Request]:
    """Act out the requests of a plan; what has happened by the moment `until`.

    A letter that cannot be sealed (no fonts on this machine) stays a draft, and its request stays where it is.
    """
    hand = Random(seed)  # noqa: S311
    waiting: list[tuple[datetime, int, Iterator[int]]] = []
    plays: list[Play] = []
    for number, (begun, script) in enumerate(plan):
        play = Play(cast, number + 1, hand, _moment(begun, number))
        plays.append(play)
        heapq.heappush(waiting, (play.moment, number, script(play)))
    while waiting and waiting[0][0] <= until:
        moment, number, acting = heapq.heappop(waiting)
        plays[number].moment = moment
        following = _go_on(acting)
        if following is not None:
            then = _moment(_working_days_after(timezone.localdate(moment), following), number)
            heapq.heappush(waiting, (max(then, moment + timedelta(minutes=20)), number, acting))
    return [play.request for play in plays if hasattr(play, "request")]


def _go_on(script: Iterator[int]) -> int | None:
    """Let a script act; the working days until it acts again, None when it has ended."""
    try:
        with transaction.atomic():
            return next(script, None)
    except NotSealable:
        return None


def days_ago(working_days: int, moment: datetime) -> date:
    """The day so many working days before the moment's; for none the last working day that is not after it."""
    calendar, today = days.estimated(), timezone.localdate(moment)
    return calendar.subtract(today, working_days).end if working_days else calendar.subtract(today + DAY, 1).end


def _working_days_after(day: date, number: int) -> date:
    return days.estimated().after(day, number) if number else day


def _moment(day: date, number: int) -> datetime:
    """Within the hours of the office, each request at an hour of its own."""
    return timezone.make_aware(datetime.combine(day, time(9 + number % 7, 5 * (number % 12))))


def _identity(number: int, kind: Applicant) -> Identity:
    """Somebody who does not exist."""
    contact = {"phone": f"0000{number:07}", "address": f"云岭旗演示路{number}号{MARK}", "postcode": "990000"}
    if kind.is_natural_person:
        return Identity(name=f"演示申请人{number}", id_type="身份证", id_number=f"9900011990{number:08}", **contact)
    return Identity(name=f"演示{kind.label}{number}号", contact_person=f"演示联系人{number}", **contact)


def _filled(content: dict[str, Any]) -> dict[str, Any]:
    """A draft with its blanks filled, as a handler would; the reason of a late reply among them."""

    def fill(value: Any) -> Any:
        if isinstance(value, list):
            return [fill(each) for each in value]
        return BLANK.sub(lambda found: f"{found[1]}见附件{MARK}", value) if isinstance(value, str) else value

    return {key: fill(value) for key, value in content.items()}
