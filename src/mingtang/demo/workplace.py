"""What waits at the demo department's desk: a draft, texts on two levels of review, one sent back, one withdrawn."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from mingtang.bodies.models import Body, Role, User
from mingtang.demo.place import ACCOUNTS, DEPARTMENT, MARK
from mingtang.demo.plan import ACTOR
from mingtang.records import actions
from mingtang.records.models import Column, Record, State
from mingtang.review import actions as review
from mingtang.review.models import Gate
from mingtang.trace.models import Event

Users = dict[Role, User]
ALL_GATES = [gate.value for gate in Gate]


def users() -> Users:
    """The accounts of the roles."""
    return {role: User.objects.get(username=f"demo-{role.value.replace('_', '-')}") for role in ACCOUNTS}


def fill(people: Users, moment: datetime) -> None:
    """Bring each text to where it waits; one that exists is left as people made it."""
    for title, step in TEXTS.items():
        with transaction.atomic():
            if not Record.objects.filter(title=title).exists():
                step(_draft(title, people, moment), people, moment)
    _withdraw_one(people, moment)


def _draft(title: str, people: Users, moment: datetime) -> Record:
    return actions.create(
        body=Body.objects.get(code=DEPARTMENT),
        column=Column.objects.get(slug="ywjy"),
        title=title,
        topic="J02",
        genre="notice",
        made_on=moment.date(),
        text="<p>请家长按公布的时间和地点办理，需要帮助的可到学校服务窗口。</p><p>（本条为演示数据。）</p>",
        source="演示数据",
        actor=people[Role.PUBLISHER],
        moment=moment,
    )


def _leave(_record: Record, _people: Users, _moment: datetime) -> None:
    """It stays a draft."""


def _submit(record: Record, people: Users, moment: datetime) -> None:
    review.submit(record, actor=people[Role.PUBLISHER], moment=moment + timedelta(minutes=5))


def _sign_once(record: Record, people: Users, moment: datetime) -> None:
    _submit(record, people, moment)
    review.sign(record, actor=people[Role.REVIEWER], moment=moment + timedelta(minutes=20), gates=ALL_GATES)


def _sign_twice(record: Record, people: Users, moment: datetime) -> None:
    _sign_once(record, people, moment)
    review.sign(record, actor=people[Role.APPROVER], moment=moment + timedelta(minutes=40), gates=ALL_GATES)


def _send_back(record: Record, people: Users, moment: datetime) -> None:
    _submit(record, people, moment)
    review.return_for_changes(
        record, actor=people[Role.REVIEWER], moment=moment + timedelta(minutes=20),
        reason="演示：请补充咨询电话和办理地点。", gates=["wording"],
    )  # fmt: skip


TEXTS: dict[str, Callable[[Record, Users, datetime], None]] = {
    f"关于学生资助申请时间的通知{MARK}": _leave,
    f"关于课后服务安排的通知{MARK}": _submit,
    f"关于校园开放日的通知{MARK}": _sign_once,
    f"关于体育场地向居民开放的通知{MARK}": _sign_twice,
    f"关于转学手续的通知{MARK}": _send_back,
}


def _withdraw_one(people: Users, moment: datetime) -> None:
    """The eighth record of the demo was withdrawn, so that the public sees how that looks."""
    eighth = Event.objects.filter(verb="records.published", actor=ACTOR).order_by("seq")[7:8]
    record = Record.objects.filter(pk__in=[int(event.thing.rpartition(":")[2]) for event in eighth]).first()
    if record and record.state == State.PUBLISHED:
        actions.withdraw(record, actor=people[Role.OFFICE], moment=moment, reason="演示：数字有误，更正后重新发布。")
