"""What requests ask of a person today: replies whose day comes near, letters to seal, extensions to decide.

A reply is told to its handler from ten working days on, to the head of the body from five, to the office from two; on
the last day, and when it has passed, to all of them (see `chores.remind`).
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from mingtang.bodies.duties import Duty, Standing, standing_of
from mingtang.bodies.models import Body, User
from mingtang.bodies.permissions import bodies_for, day_of, may_everywhere
from mingtang.foi import days
from mingtang.foi.models import Extension, Letter, Party, Proposal, Reminder, Request
from mingtang.foi.queries import open_ones

#: From how many working days before the last one each is told.
HEAD_FROM, OFFICE_FROM = Reminder.Level.FIVE, Reminder.Level.TWO
#: More single lines than this are summed up in one.
SINGLE = 8


def of(user: User, moment: datetime) -> Iterable[Duty]:
    """Everything of this room that waits for the user at the moment; about a dozen queries, whatever the size."""
    today = day_of(moment)
    if may_everywhere(user, "foi.handle", on=today):
        yield from _pressing(Request.objects.all(), OFFICE_FROM, today)
        yield from _unassigned(Request.objects.filter(handler=None), today)
    elif mine := list(bodies_for(user, "foi.handle", on=today)):
        yield from _handled(user, mine, today)
    if heads := list(bodies_for(user, "foi.seal", on=today)):
        yield from _to_decide(user, heads, today)
        yield from _to_seal(user, heads)
        if not may_everywhere(user, "foi.seal", on=today):
            yield from _pressing(Request.objects.filter(body__in=heads), HEAD_FROM, today)
    if drafting := list(bodies_for(user, "records.draft", on=today)):
        yield from _proposals(drafting)


def _handled(user: User, bodies: list[Body], today: date) -> Iterator[Duty]:
    """A handler's own requests that press, and those of the unit that nobody has taken."""
    rows = Request.objects.filter(unit__in=bodies)
    own = Q(handler=user) | Q(handler=None)
    yield from _dated(rows.filter(own, next_due__lte=_within(today)), today)
    yield from _unassigned(rows.filter(handler=None), today)
    yield from _silent(rows.filter(own), today)
    yield from _moved(rows.filter(own), today)


def _within(today: date) -> date:
    """The day ten working days from now, from which on a handler is told."""
    return days.estimated().after(today, int(Reminder.Level.TEN))


def _dated(rows: QuerySet[Request], today: date) -> Iterator[Duty]:
    """What the clock asks of the body next."""
    near = open_ones(rows).exclude(state__in=["correcting", "paused"]).order_by("next_due", "pk")
    yield from _lines(near, today)


def _pressing(rows: QuerySet[Request], from_level: int, today: date) -> Iterator[Duty]:
    """Requests whose reminders have come so near that somebody above the handler is told."""
    near = open_ones(rows).filter(reminders__level__lte=from_level, reminders__due_on=F("due_on")).distinct()
    yield from _lines(near.order_by("due_on", "pk"), today)


def _lines(rows: QuerySet[Request], today: date) -> Iterator[Duty]:
    shown = list(rows.select_related("body")[: SINGLE + 1])
    for row in shown[:SINGLE]:
        due = row.next_due or row.due_on
        yield Duty(
            title=_("%(number)s %(what)s：%(subject)s") % {
                "number": row.number, "what": row.next_what, "subject": row.subject[:30],
            },
            url=reverse("foi:request", args=[row.pk]), act=_("办理"), body=row.body, due=due,
            standing=standing_of(due, today), note=_("期限为暂估") if row.estimated else "",
        )  # fmt: skip
    if len(shown) > SINGLE:
        first = shown[SINGLE]
        yield Duty(
            title=_("还有 %d 件申请将到期或已逾期") % (rows.count() - SINGLE), url=reverse("foi:board"),
            act=_("查看"), body=first.body, due=first.due_on, standing=standing_of(first.due_on, today),
        )  # fmt: skip


def _unassigned(rows: QuerySet[Request], today: date) -> Iterator[Duty]:
    waiting = open_ones(rows).filter(registered_at=None)
    if number := waiting.count():
        oldest = waiting.order_by("arrived_on")[0]
        yield Duty(
            title=_("新到申请 %d 件，等待登记分派") % number, url=reverse("foi:board"), act=_("登记"), body=None,
            due=oldest.arrived_on, standing=Standing.MINE,
        )  # fmt: skip


def _silent(rows: QuerySet[Request], today: date) -> Iterator[Duty]:
    """Others were asked and have let their time pass: the body decides now."""
    parties = Party.objects.filter(request__in=open_ones(rows), answer=Party.Answer.SILENT)
    for party in parties.select_related("request__body").order_by("-answered_on")[:SINGLE]:
        yield Duty(
            title=_("%(number)s：%(party)s逾期未答复，请自行决定") % {
                "number": party.request.number, "party": party.label,
            },
            url=reverse("foi:request", args=[party.request_id]), act=_("办理"), body=party.request.body,
            due=party.request.due_on, standing=standing_of(party.request.due_on, today),
        )  # fmt: skip


def _moved(rows: QuerySet[Request], today: date) -> Iterator[Duty]:
    """The calendar moved the day of a reply within the last week."""
    since = date.fromordinal(today.toordinal() - 7)
    moved = Reminder.objects.filter(request__in=open_ones(rows), level=Reminder.Level.MOVED, made_at__date__gte=since)
    for one in moved.select_related("request__body")[:SINGLE]:
        yield Duty(
            title=_("%(number)s 的期限由 %(was)s 移到 %(due)s（放假安排变化）") % {
                "number": one.request.number, "was": one.was_due_on, "due": one.due_on,
            },
            url=reverse("foi:request", args=[one.request_id]), act=_("查看"), body=one.request.body, due=one.due_on,
            standing=standing_of(one.due_on, today),
        )  # fmt: skip


def _to_decide(user: User, bodies: list[Body], today: date) -> Iterator[Duty]:
    asked = Extension.objects.filter(outcome="", request__body__in=bodies).exclude(asked_by=user)
    for one in asked.select_related("request__body")[:SINGLE]:
        due = one.request.due_on
        yield Duty(
            title=_("批复延期：%(number)s 延长 %(days)d 个工作日") % {
                "number": one.request.number, "days": one.working_days,
            },
            url=reverse("foi:request", args=[one.request_id]), act=_("批复"), body=one.request.body, due=due,
            standing=standing_of(due, today), note=one.reason[:60],
        )  # fmt: skip


def _to_seal(user: User, bodies: list[Body]) -> Iterator[Duty]:
    drafts = Letter.objects.filter(state=Letter.State.DRAFT, request__body__in=bodies).exclude(made_by=user)
    shown = list(drafts.select_related("request__body").order_by("made_at")[: SINGLE + 1])
    for letter in shown[:SINGLE]:
        yield Duty(
            title=_("签发：%(number)s %(kind)s") % {
                "number": letter.request.number, "kind": letter.get_kind_display(),
            },
            url=reverse("foi:letter", args=[letter.pk]), act=_("核对签发"), body=letter.request.body,
            due=letter.request.due_on, standing=Standing.MINE,
        )  # fmt: skip
    if len(shown) > SINGLE:
        yield Duty(
            title=_("还有 %d 份文书等待签发") % (drafts.count() - SINGLE), url=reverse("foi:board"), act=_("查看"),
            body=None, standing=Standing.MINE,
        )  # fmt: skip


def _proposals(bodies: list[Body]) -> Iterator[Duty]:
    for one in Proposal.objects.filter(outcome="", body__in=bodies).select_related("body")[:SINGLE]:
        yield Duty(
            title=_("转为主动公开：%s") % one.title[:40], url=reverse("foi:proposals"), act=_("起草"), body=one.body,
            standing=Standing.MINE, note=_("多人申请过（第四十四条）"),
        )  # fmt: skip
