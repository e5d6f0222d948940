"""The demo's notice: written for the days of this demo, received, read, issued, answered by some, by others not."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.core.files.base import ContentFile
from django.utils import timezone

from mingtang.bodies.models import Body, User
from mingtang.demo.foundation import user_of
from mingtang.demo.plan import Plan, made_on
from mingtang.ledger import actions
from mingtang.ledger.errors import LedgerError
from mingtang.ledger.models import Assignment, Evidence, Ledger

FILE = "演示通知.txt"
NUMBER = 6
#: Who has not answered (the office may chase them), and who objects, so that every state can be seen.
SILENT = ("fgw", "tjj", "ludeng")
OBJECTS = "sfj"


def text(on: date) -> str:
    """The notice made on a day; its deadlines lie before and after the day on which the demo is first seen."""
    seen = on + timedelta(days=75)
    days = {
        "past": seen - timedelta(days=20), "past2": seen - timedelta(days=9), "past3": seen - timedelta(days=2),
        "soon": seen + timedelta(days=5), "later": seen + timedelta(days=40), "made_on": on,
    }  # fmt: skip
    words = {name: f"{day.year}年{day.month}月{day.day}日" for name, day in days.items()}
    source = Path(__file__).with_name("notice.txt").read_text(encoding="utf-8")
    return source.format(year=on.year, number=NUMBER, **words)


def issue(first: Plan, office: User) -> None:
    """Receive, read and issue the notice, and let the bodies answer; what an earlier run did is left as it is."""
    on = made_on(first)
    morning = datetime.combine(on, time(9), tzinfo=timezone.get_default_timezone())
    body = Body.objects.get(code="zwgk")
    received = actions.receive(ContentFile(text(on).encode(), FILE), body=body, actor=office, moment=morning)
    steps = _ticking(morning)
    ledger = actions.read(received, clock=lambda: next(steps))
    if ledger is None:
        received.refresh_from_db()
        raise RuntimeError(f"演示通知未能读出：{received.error}")
    issued = morning + timedelta(hours=2)
    _answer(actions.issue(ledger, actor=office, moment=issued), issued)


def _answer(ledger: Ledger, issued: datetime) -> None:
    """Most bodies accept within ten days, one objects, some stay silent."""
    bodies = Body.objects.filter(assignments__ledger=ledger).exclude(code__in=SILENT).distinct().order_by("code")
    for number, body in enumerate(bodies):
        user, moment = user_of(body), issued + timedelta(days=1 + number % 9, hours=number % 5)
        mine = ledger.assignments.filter(body=body)
        if body.code == OBJECTS and not mine.filter(objections__isnull=False).exists():
            reason = "演示：目录由政府办公室统一发布，本单位只负责合法性审核，建议调整责任单位。"
            actions.object_to(mine.order_by("pk")[0], reason=reason, actor=user, moment=moment)
        for assignment in mine.filter(state=Assignment.State.ASSIGNED).order_by("pk"):
            _accept(assignment, user, moment)


def prove(moment: datetime) -> None:
    """Bodies confirm half of the evidence that was found, report, and complete what is proved."""
    accepted = Assignment.objects.filter(state=Assignment.State.ACCEPTED).select_related("body").order_by("pk")
    for number, assignment in enumerate(accepted):
        user = user_of(assignment.body)
        found = list(assignment.evidence.filter(state=Evidence.State.PROPOSED).order_by("pk"))
        if not found or assignment.percent:
            continue
        for piece in found[: (len(found) + 1) // 2]:
            actions.confirm(piece, actor=user, moment=moment)
        if number % 2:
            actions.report(
                assignment, percent=60, text="演示：已公开主要内容，其余按计划推进。", actor=user, moment=moment
            )
            continue
        try:
            actions.complete(assignment, actor=user, moment=moment)
        except LedgerError:
            actions.report(assignment, percent=50, text="演示：数量尚未达到，继续推进。", actor=user, moment=moment)


def _accept(assignment: Assignment, user: User, moment: datetime) -> None:
    day = timezone.localdate(moment)
    planned = assignment.due_on if assignment.due_on and assignment.due_on >= day else day + timedelta(days=150)
    actions.accept(
        [assignment], responsible=user.get_full_name(), measures="演示：列出清单，专人负责，按月公开。",
        planned_on=planned, actor=user, moment=moment,
    )  # fmt: skip


def _ticking(moment: datetime) -> Iterator[datetime]:
    while True:
        moment += timedelta(seconds=5)
        yield moment
