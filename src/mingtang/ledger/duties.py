"""What the ledger asks of a person today: answers, deadlines, evidence, chases, and what waits for the office."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from mingtang.bodies.duties import Duty, Standing, standing_of
from mingtang.bodies.models import Body, User
from mingtang.bodies.permissions import bodies_for, day_of, may_everywhere
from mingtang.ledger import evidence
from mingtang.ledger.models import Assignment, Chase, Evidence, Import, Ledger, Objection, Postponement
from mingtang.ledger.queries import SOON

#: More single lines than this are summed up in one: the list has them all.
SINGLE = 8


def of(user: User, moment: datetime) -> Iterable[Duty]:
    """Everything of the ledger that waits for the user at the moment; about a dozen queries, whatever the size."""
    today = day_of(moment)
    evidence.catch_up()
    acting = list(bodies_for(user, "ledger.report", on=today))
    if acting:
        yield from _to_answer(acting, today)
        yield from _chases(acting, today)
        yield from _dated(acting, today)
        yield from _to_confirm(acting)
    if may_everywhere(user, "ledger.decide", on=today):
        yield from _objections()
        yield from _postponements()
        yield from _unanswered(today)
    if may_everywhere(user, "ledger.import", on=today):
        yield from _drafts()


def _to_answer(bodies: list[Body], today: date) -> Iterator[Duty]:
    waiting = (
        Assignment.objects.filter(body__in=bodies, state=Assignment.State.ASSIGNED)
        .values("ledger", "ledger__year", "ledger__feedback_due", "body")
        .annotate(number=Count("pk"))
    )
    named = {body.pk: body for body in bodies}
    for row in waiting:
        yield Duty(
            title=_("认领%(year)s年台账任务 %(number)s 项") % {"year": row["ledger__year"], "number": row["number"]},
            url=reverse("ledger:accept", args=[row["ledger"]]) + f"?body={named[row['body']].code}",
            act=_("认领"), body=named[row["body"]], due=row["ledger__feedback_due"],
            standing=standing_of(row["ledger__feedback_due"], today),
        )  # fmt: skip


def _chases(bodies: list[Body], today: date) -> Iterator[Duty]:
    chases = Chase.objects.filter(body__in=bodies, answered_at=None).select_related("body", "ledger")
    for chase in chases[:SINGLE]:
        url = (
            reverse("ledger:duty", args=[chase.assignment_id])
            if chase.assignment_id
            else reverse("ledger:accept", args=[chase.ledger_id]) + f"?body={chase.body.code}"
        )
        yield Duty(
            title=_("催办：%(text)s") % {"text": chase.text}, url=url, act=_("办理"), body=chase.body,
            standing=Standing.OVERDUE if chase.on < today else Standing.DUE_SOON, due=chase.on,
            note=_("政务公开办催办"),
        )  # fmt: skip


def _dated(bodies: list[Body], today: date) -> Iterator[Duty]:
    """Accepted duties that are overdue or due within seven days."""
    rows = Assignment.objects.filter(body__in=bodies, state=Assignment.State.ACCEPTED, due_on__lte=today + SOON)
    shown = list(rows.select_related("task__item", "body").order_by("due_on", "pk")[: SINGLE + 1])
    for row in shown[:SINGLE]:
        yield Duty(
            title=f"{row.task.item.number}. {row.task.text[:40]}", url=reverse("ledger:duty", args=[row.pk]),
            act=_("报告或办结"), body=row.body, standing=standing_of(row.due_on, today), due=row.due_on,
        )  # fmt: skip
    if len(shown) > SINGLE:
        first = shown[SINGLE]
        yield Duty(
            title=_("还有 %(number)s 项任务已逾期或七日内到期") % {"number": rows.count() - SINGLE},
            url=reverse("ledger:index"), act=_("查看"), body=first.body, standing=standing_of(first.due_on, today),
            due=first.due_on,
        )  # fmt: skip


def _to_confirm(bodies: list[Body]) -> Iterator[Duty]:
    found = Evidence.objects.filter(assignment__body__in=bodies, state=Evidence.State.PROPOSED)
    found = found.filter(assignment__state__in=Assignment.OPEN)
    if number := found.count():
        yield Duty(
            title=_("确认自动发现的佐证 %(number)s 条") % {"number": number}, url=reverse("ledger:evidence"),
            act=_("确认佐证"), body=bodies[0] if len(bodies) == 1 else None, standing=Standing.MINE,
        )  # fmt: skip


def _objections() -> Iterator[Duty]:
    for one in Objection.objects.filter(outcome="").select_related("assignment__body", "assignment__task")[:SINGLE]:
        yield Duty(
            title=_("裁定异议：%(task)s") % {"task": one.assignment.task.text[:36]},
            url=reverse("ledger:duty", args=[one.assignment_id]), act=_("裁定"), body=one.assignment.body,
            standing=Standing.MINE, note=one.reason[:60],
        )  # fmt: skip


def _postponements() -> Iterator[Duty]:
    asked = Postponement.objects.filter(outcome="").select_related("assignment__body", "assignment__task")
    for one in asked[:SINGLE]:
        yield Duty(
            title=_("审批延期：%(task)s") % {"task": one.assignment.task.text[:36]},
            url=reverse("ledger:duty", args=[one.assignment_id]), act=_("审批"), body=one.assignment.body,
            standing=Standing.MINE, note=_("申请延至 %(day)s") % {"day": one.until},
        )  # fmt: skip


def _unanswered(today: date) -> Iterator[Duty]:
    """Ledgers that bodies have not answered: they may be chased."""
    waiting = Q(assignments__state=Assignment.State.ASSIGNED)
    issued = Ledger.objects.filter(state=Ledger.State.ISSUED).annotate(
        bodies=Count("assignments__body", filter=waiting, distinct=True)
    )
    numbers = dict(issued.filter(bodies__gt=0).values_list("pk", "bodies"))
    for ledger in Ledger.objects.filter(pk__in=numbers):
        overdue = ledger.feedback_due is not None and ledger.feedback_due < today
        yield Duty(
            title=_("%(year)s年台账：%(number)s 个单位尚未反馈") % {"year": ledger.year, "number": numbers[ledger.pk]},
            url=reverse("ledger:answers", args=[ledger.pk]), act=_("催办") if overdue else _("查看"), body=None,
            standing=Standing.OTHERS, due=ledger.feedback_due,
        )  # fmt: skip


def _drafts() -> Iterator[Duty]:
    for ledger in Ledger.objects.filter(state=Ledger.State.DRAFT)[:SINGLE]:
        yield Duty(
            title=_("核对并下发台账草稿：%(title)s") % {"title": ledger.title},
            url=reverse("ledger:draft", args=[ledger.pk]),
            act=_("核对"), body=None, standing=Standing.MINE,
        )  # fmt: skip
    for notice in Import.objects.filter(state=Import.State.FAILED, ledger=None)[:SINGLE]:
        yield Duty(
            title=_("通知未能读取：%(name)s") % {"name": notice.file_name},
            url=reverse("ledger:import", args=[notice.pk]),
            act=_("查看原因"), body=None, standing=Standing.MINE, note=notice.error[:80],
        )  # fmt: skip
