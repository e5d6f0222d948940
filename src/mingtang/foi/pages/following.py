"""What an applicant is shown of a request: where it stands in plain words, what happened, what can be done next."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from mingtang.foi import days, history, standing, story
from mingtang.foi.models import MERGED, TO_OTHERS, Delivery, Fee, File, Handover, Request
from mingtang.foi.pages.story import of_history
from mingtang.foi.standing import Clocked
from mingtang.foi.story import Entry
from mingtang.law import remedies
from mingtang.law.calendar import ONE_DAY
from mingtang.law.clock import Deadline, Kind, State
from mingtang.law.errors import NotInForce
from mingtang.law.remedies import LastDay, Remedy
from mingtang.law.requests import Ground, Reply
from mingtang.law.rules import Rule

#: The case of the guide to remedies to which a decision leads.
_CASES = {
    Ground.PARTLY_PROVIDED: "partly",
    Ground.DOES_NOT_EXIST: "not-exist",
    Ground.NOT_THIS_BODY: "not-here",
    Ground.ALREADY_PUBLIC: "already-public",
    Ground.SPECIAL_RULES: "special",
    Ground.STILL_UNCLEAR: "correction",
    Ground.NOT_CORRECTED: "correction",
    Ground.FEE_NOT_PAID: "fee",
}
#: Decisions about which there is nothing to dispute.
_CONTENT = (Ground.PROVIDED, Ground.WITHDRAWN)


@dataclass(frozen=True)
class Told:
    """One line of the timeline, the address of the count as it stood that day, and files not yet named before."""

    entry: Entry
    count: str
    files: tuple[File, ...]


@dataclass(frozen=True)
class Redress:
    """What can be done about a reply, or about silence: the guide's case, the last days, what comes first."""

    case: str
    title: str
    first: Rule | None
    last_days: tuple[LastDay, ...]


@dataclass(frozen=True)
class Followed:
    """Everything that the page shows."""

    request: Request
    clocked: Clocked
    look: str
    headline: str
    said: str
    count: str
    timeline: tuple[Told, ...]
    fee: Fee | None
    pay_by: datetime.date | None
    correct_by: datetime.date | None
    acts: frozenset[str]
    to_confirm: list[Delivery]
    redress: tuple[Redress, ...]


def follow(request: Request, today: datetime.date) -> Followed:
    """A request as its applicant may see it on a day."""
    row = standing.with_steps(Request.objects.select_related("body", "unit")).get(pk=request.pk)
    clocked = standing.of(row, today)
    done = {step.kind for step in row.steps.all() if step.voided_at is None}
    told_of_fee = Kind.FEE_NOTIFIED.value in done
    fee = Fee.objects.filter(request=row).first() if told_of_fee else None
    look, said = _said(row, clocked)
    return Followed(
        request=row,
        clocked=clocked,
        look=look,
        headline=_("收到了，等机关跟您确认") if row.state == State.UNCONFIRMED.value else row.get_state_display(),
        said=said,
        count=of_history(history.of(row)).address() if row.received_on else "",
        timeline=tuple(_timeline(row)),
        fee=fee,
        pay_by=_due(clocked, "缴纳信息处理费"),
        correct_by=_due(clocked, "补正申请"),
        acts=_acts(row, clocked, done),
        to_confirm=to_confirm(row),
        redress=tuple(_redress(row, clocked, done, today)),
    )


def to_confirm(row: Request) -> list[Delivery]:
    """Letters sent to the applicant that are not known to have arrived; those online arrive when they are fetched."""
    sent = Delivery.objects.filter(letter__request=row, received_on=None).exclude(letter__kind__in=TO_OTHERS)
    return list(sent.exclude(means=Handover.ONLINE).select_related("letter").order_by("on", "pk"))


def _timeline(row: Request) -> Iterator[Told]:
    whole = history.of(row)
    named: set[Any] = set()
    for entry in story.public(row):
        until = tuple(event for event in whole.events if event.on <= entry.on)
        count = of_history(replace(whole, events=until)).address() if row.received_on else ""
        files = tuple(file for file in entry.files if file.pk not in named)
        named.update(file.pk for file in files)
        yield Told(entry, count if row.received_on and entry.on >= row.received_on else "", files)


def _due(clocked: Clocked, what: str) -> datetime.date | None:
    found: Deadline | None = next((each for each in clocked.standing.deadlines if each.what == what), None)
    return found.due if found and found.done_on is None else None


def _acts(row: Request, clocked: Clocked, done: set[str]) -> frozenset[str]:
    """What the applicant can do here now."""
    state = clocked.standing.state
    found: set[str] = set()
    if row.state == MERGED:
        return frozenset()
    if state is State.CORRECTING:
        found.add("correct")
    if state is State.ABANDONED and Kind.CORRECTION_RECEIVED.value not in done and row.replied_on is None:
        found |= {"correct", "late"} if Kind.CORRECTION_ASKED.value in done else set()
    if state.is_open and state is not State.UNCONFIRMED:
        found.add("withdraw")
        if Kind.REASONS_ASKED.value in done and Kind.REASONS_GIVEN.value not in done:
            found.add("reasons")
    return frozenset(found)


def _said(row: Request, clocked: Clocked) -> tuple[str, str]:
    """How it stands: a look and a sentence."""
    now, due = clocked.standing, clocked.standing.reply_due
    last = _("%(year)d年%(month)d月%(day)d日") % {"year": due.year, "month": due.month, "day": due.day} if due else ""
    if row.state == MERGED:
        return "done", _("同样的申请已有一件在办，这一件并入那一件一起答复。")
    if now.state is State.UNCONFIRMED:
        return "waiting", _("已经收到。机关会打电话跟您确认，确认那天起开始计算期限。")
    if now.state is State.CORRECTING:
        return "soon", _("请您补正。补正以前，答复期限不走；补正以后从头数20个工作日。")
    if now.state is State.PAUSED:
        return "going", _("正在办理，期限暂停：%(why)s。最晚%(due)s答复，对方早一天办完就早一天。") % {
            "why": "、".join(dict.fromkeys(_plainly(why) for why in now.paused_by)), "due": last,
        }  # fmt: skip
    if now.state is State.RUNNING and now.late_by:
        return "overdue", _("应当在%(due)s以前答复，已经逾期%(days)d天。您可以打电话催问，也可以走下面的路。") % {
            "due": last, "days": now.late_by,
        }  # fmt: skip
    if now.state is State.RUNNING:
        return "going", _("正在办理，最晚%s答复。") % last
    return ("refused" if now.state is State.ABANDONED else "done"), now.state.label + _("。")


def _plainly(why: str) -> str:
    """The reason of a pause without who was asked."""
    return _("等您缴费") if "缴费" in why else _("正在征求有关方面的意见")


def _redress(row: Request, clocked: Clocked, done: set[str], today: datetime.date) -> Iterator[Redress]:
    """What can be done about each kind of reply that reached the applicant, or about its absence."""
    if clocked.standing.state is State.RUNNING and clocked.standing.late_by and row.due_on:
        yield _way(None, "no-reply", _("到期没有答复"), row.due_on + ONE_DAY)
    if Kind.DELIVERED.value not in done:
        return
    known = max(step.on for step in row.steps.all() if step.kind == Kind.DELIVERED.value and step.voided_at is None)
    grounds = dict.fromkeys(asked.decision for asked in row.asked.all() if asked.decision)
    for ground in grounds:
        if ground not in _CONTENT:
            yield _way(ground, _case(ground), ground.label, known)


def _case(ground: Ground) -> str:
    return _CASES.get(ground, "refused" if ground.reply is Reply.REFUSED else "not-processed")


def _way(ground: Ground | None, case: str, title: str, known: datetime.date) -> Redress:
    first = remedies.comes_first(ground)
    ways = (Remedy.RECONSIDERATION,) if first else (Remedy.RECONSIDERATION, Remedy.LITIGATION)
    try:
        last_days = tuple(remedies.last_day(way, known, days.calendar()) for way in ways)
    except NotInForce:  # a reply from before the law of today
        last_days = ()
    return Redress(case, title, first, last_days)
