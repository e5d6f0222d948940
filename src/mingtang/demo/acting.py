"""What handlers, heads and applicants do with a request, as a script asks for it: here through the acts of `foi`.

A script knows only the methods of `Play`. Each of them comes down to `enter`, `do`, `apply` and `send`, so that another
hand may act the same scripts out in another way, as the tests do through the public form and the desk's pages.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.utils import timezone

from mingtang.bodies.models import Body, User
from mingtang.demo.place import MARK
from mingtang.foi import actions
from mingtang.foi.identity import Identity
from mingtang.foi.models import Letter, Party, Request
from mingtang.law.requests import Applicant

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


@dataclass(frozen=True)
class Wanted:
    """What somebody who does not exist asks for."""

    kind: Applicant
    subject: str
    wanted: str
    delivery: str
    things: Sequence[str]


@dataclass
class Play:
    """One request on its way; `moment` is when the next act happens."""

    cast: Cast
    number: int
    dice: Random
    moment: datetime
    request: Request = field(init=False)

    # --- what another hand does in its own way -----------------------------------------------------------------------

    def enter(self, channel: str, wanted: Wanted) -> Request:
        """The request comes in; what comes online is sent by the applicant."""
        return actions.receive(
            body=self.cast.body, channel=channel, applicant_kind=wanted.kind.value,
            identity=identity(self.number, wanted.kind), subject=wanted.subject, wanted=wanted.wanted,
            provision="electronic", delivery=wanted.delivery, things=wanted.things, moment=self.moment,
            actor=actions.APPLICANT if channel == "online" else self.cast.handler,
        ).request  # fmt: skip

    def do(self, name: str, thing: Any = None, *, by: User | None = None, **fields: Any) -> None:
        """An act of `foi.actions` on the request, or on a part of it, by the handler or somebody else of the body."""
        act = getattr(actions, name)
        act(self.request if thing is None else thing, **fields, actor=by or self.cast.handler, moment=self.moment)

    def apply(self, name: str, **fields: Any) -> None:
        """An act of the applicant, from the tracking page."""
        getattr(actions, name)(self.request, **fields, actor=actions.APPLICANT, moment=self.moment)

    def send(self, means: str = "online") -> None:
        """The draft: its blanks filled, sealed by the head, handed over by the handler, all on one day."""
        letter, acting = self.draft(), {"actor": self.cast.handler, "moment": self.moment}
        saved = actions.save_letter(letter, version=letter.version, content=filled(letter.content), **acting)
        sealed = actions.seal(saved, version=saved.version, actor=self.cast.head, moment=self.moment)
        actions.deliver(sealed, means=means, received_on=self.arrives_on(means), **acting)

    # --- the acts that scripts are made of ---------------------------------------------------------------------------

    def today(self, more: int = 0) -> date:
        """The day of the next act, or so many days later."""
        return timezone.localdate(self.moment) + timedelta(days=more)

    def draft(self) -> Letter:
        """The letter begun last."""
        return self.request.letters.filter(state=Letter.State.DRAFT).latest("pk")

    def arrives_on(self, means: str) -> date | None:
        """When a letter sent today is known to have arrived: one sent by post is not."""
        return self.today() if means in ("online", "pickup") else None

    def receive(self, channel: str, *, delivery: str = "online", things: int = 1) -> None:
        """The request comes in through a channel, with so many things in one letter."""
        subject, wanted = self.dice.choice(SUBJECTS)
        kind = self.dice.choices(list(Applicant), weights=(12, 3, 1, 1, 2, 1))[0]
        year = self.today().year - 1
        several = [f"第{place}项：{year}年{wanted}{MARK}" for place in range(1, things + 1)] if things > 1 else []
        asked = Wanted(kind, f"{year}年{subject}{MARK}", f"{year}年{wanted}。{MARK}", delivery, several)
        self.request = self.enter(channel, asked)

    def register(self) -> None:
        """Registered and taken by the handler, after both sides have confirmed it where the channel asks for that."""
        if self.request.received_on is None:
            self.do("confirm", on=self.today())
            self.request.refresh_from_db()
        row = self.request
        self.do(
            "register", subject=row.subject, applicant_kind=row.applicant_kind, provision=row.provision,
            delivery=row.delivery,
        )  # fmt: skip
        self.do("assign", handler=self.cast.handler)

    def ask_correction(self, items: str, *, within: int) -> None:
        """What is missing, to be added within so many days."""
        self.do("ask_correction", items=items, until=self.today(within))
        self.send()

    def ask_third_party(self) -> Party:
        """A letter to the third party goes out by post."""
        other = Identity(
            name=f"云岭旗第{self.number}客运服务有限公司{MARK}", phone="00000000000", address=f"演示路{self.number}号"
        )
        self.do("ask_third_party", identity=other, concerning=f"合同的分项单价{MARK}")
        self.send("post")
        return self.request.parties.latest("pk")

    def ask_other_body(self, concerning: str) -> Party:
        """The body that made the information too is consulted."""
        self.do("ask_body", other=self.cast.other, joint=True, concerning=concerning)
        self.send("pickup")
        return self.request.parties.latest("pk")

    def extend(self, working_days: int) -> None:
        """Asked by the handler, consented to by the head, told to the applicant."""
        self.do("ask_extension", working_days=working_days, reason=f"材料分散在多处，需要逐一核对。{MARK}")
        self.do("decide_extension", self.request.extensions.get(), granted=True, by=self.cast.head)
        self.send()

    def search(self, words: str, result: str, thing: Any = None) -> None:
        """Looked for and not found."""
        found = {"where": f"档案室、办公系统{MARK}", "words": words, "found": False, "result": result}
        self.do("search", on=self.today(), asked=thing, **found)

    def charge(self, pages: int) -> None:
        """So many pages are charged for."""
        self.do("notify_fee", schedule="pages", count=pages)
        self.send()

    def pay(self, yuan: int) -> None:
        """The applicant has paid."""
        self.do("pay", amount=Decimal(yuan), receipt_number=f"演示{self.number:05}", on=self.today())

    def ask_reasons(self, why: str) -> None:
        """Too many requests: why?"""
        self.do("ask_reasons", why=why)
        self.send()

    def postpone(self, days: int, why: str) -> None:
        """A later day is set and told."""
        self.do("postpone", until=self.today(days), why=why)
        self.send()

    def point_elsewhere(self, explanation: str) -> None:
        """The whole request is another body's."""
        other = self.cast.other
        self.do("transfer", right_body=other.name, right_contact=other.openness_phone, explanation=explanation)
        self.send()

    def close(self) -> None:
        """Not corrected, or not paid: no longer worked on."""
        self.do("close_abandoned")
        self.send()

    def decide(self, ground: str, **more: Any) -> None:
        """Everything that is still open is decided on one ground."""
        for asked in self.request.asked.filter(letter=None).order_by("order"):
            self.do("decide", asked, ground=ground, **more)

    def reviewed(self) -> None:
        """The review of secrecy has nothing against it."""
        self.do("give_opinion", kind="secrecy", verdict="agrees", text=f"不涉及国家秘密，可以公开。{MARK}")

    def reply(self) -> None:
        """The reply drafted from the decisions, sealed and handed over."""
        self.do("draft_reply", things=list(self.request.asked.filter(letter=None)))
        self.send()

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


def identity(number: int, kind: Applicant) -> Identity:
    """Somebody who does not exist."""
    contact = {"phone": f"0000{number:07}", "address": f"云岭旗演示路{number}号{MARK}", "postcode": "990000"}
    if kind.is_natural_person:
        return Identity(name=f"演示申请人{number}", id_type="身份证", id_number=f"9900011990{number:08}", **contact)
    return Identity(name=f"演示{kind.label}{number}号", contact_person=f"演示联系人{number}", **contact)


def filled(content: dict[str, Any]) -> dict[str, Any]:
    """A draft with its blanks filled, as a handler would; the reason of a late reply among them."""

    def fill(value: Any) -> Any:
        if isinstance(value, list):
            return [fill(each) for each in value]
        return BLANK.sub(lambda found: f"{found[1]}见附件{MARK}", value) if isinstance(value, str) else value

    return {key: fill(value) for key, value in content.items()}
