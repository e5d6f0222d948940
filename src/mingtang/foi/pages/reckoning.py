"""Reckons a story: by when the reply is due, what each step changed, which steps may come next, and why others not."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from mingtang.foi.pages import month_grid
from mingtang.foi.pages.month_grid import Month, Span
from mingtang.law.calendar import WorkCalendar
from mingtang.law.clock import Deadline, Event, History, Kind, Owner, Standing, State, fold
from mingtang.law.errors import ImpossibleHistory, LawError, UnknownYear

#: Names of fields that the law's messages mention, as the page calls them.
_FIELDS = {
    "until": "最晚的日子",
    "received_on": "收到的日子",
    "notified_on": "告知的日子",
    "working_days": "延长的天数",
}
_FIELD = re.compile("|".join(rf"\s?{name}\b" for name in _FIELDS))
_PLACE = re.compile("第([0-9]+)个事件")


@dataclass(frozen=True)
class Problem:
    """Why a story cannot be reckoned: `step` is the number of the step at fault, `year` the unknown one; 0 for none."""

    said: str
    step: int = 0
    year: int = 0


@dataclass(frozen=True)
class Shown:
    """A deadline as the page shows it: its judgement in words, and its count by months."""

    deadline: Deadline
    word: str
    look: str
    months: tuple[Month, ...]
    remarks: Sequence[Span]
    weekends: int
    working_days: int


@dataclass(frozen=True)
class Choice:
    """A kind of step that may be added, or the reason why not."""

    kind: Kind
    closed: str = ""


def reckon(history: History, calendar: WorkCalendar, on: datetime.date | None, today: datetime.date) -> Standing:
    """How the request stands: on the day asked for, else today or on the day of its last step if that is later."""
    if on is not None:
        return fold(history, calendar, on)
    days = [today, *(event.on for event in history.events)]
    if history.received_on is None:
        return fold(history, calendar, today)
    standing = fold(history, calendar, max(*days, history.received_on))
    if standing.state.is_open or not history.events:
        return standing
    return fold(history, calendar, max(history.received_on, *(event.on for event in history.events)))


def in_plain_words(error: LawError) -> Problem:
    """The reason of a refusal for a reader who knows neither our field names nor how years are added."""
    if isinstance(error, UnknownYear):
        return Problem(
            _(
                "要数到%(year)d年，而国务院还没有公布那一年的放假安排，或者那一年太早、没有收录。请换一个日子，或等公布后再算。"
            )
            % {"year": error.year},
            year=error.year,
        )
    said = _FIELD.sub(lambda match: f"“{_FIELDS[match[0].strip()]}”", str(error))
    place = _PLACE.search(said)
    return Problem(_PLACE.sub(r"第\1步", said), int(place[1]) if place else 0)


def effects(history: History, calendar: WorkCalendar) -> list[str]:
    """For each event, what it did to the day the reply is due; stops at the first that cannot have happened."""
    if history.received_on is None:
        return []
    before = fold(replace(history, events=()), calendar, history.received_on).reply_due
    said: list[str] = []
    for number, event in enumerate(history.events, start=1):
        try:
            standing = fold(replace(history, events=history.events[:number]), calendar, event.on)
        except LawError:
            break
        said.append(_effect(event, standing, before))
        before = standing.reply_due or before
    return said


def _effect(event: Event, standing: Standing, before: datetime.date | None) -> str:
    due = standing.reply_due
    if standing.state is State.CORRECTING:
        return _("答复期限停下来，等收到补正再从头数。")
    if standing.state is State.WITHDRAWN:
        return _("申请结束，不再答复。")
    if event.kind in (Kind.REPLIED, Kind.TRANSFERRED, Kind.DELIVERED):
        return _("逾期%d天。") % standing.late_by if standing.late_by else _("在期限之内。")
    if due is None:
        return ""
    if due == before:
        return _("应当答复的最后一天不变，仍是%s。") % _chinese(due)
    if standing.paused_by:
        return _("这段时间不计。最晚到%s答复；对方早一天办完，就早一天。") % _chinese(due)
    return _("应当答复的最后一天变为%s。") % _chinese(due)


def _chinese(day: datetime.date) -> str:
    return _("%(year)d年%(month)d月%(day)d日") % {"year": day.year, "month": day.month, "day": day.day}


def shown(deadline: Deadline, calendar: WorkCalendar) -> Shown:
    """A deadline with its count laid out."""
    days = deadline.days(calendar)
    word, look = _judgement(deadline)
    return Shown(
        deadline=deadline,
        word=word,
        look=look,
        months=month_grid.months(deadline.start, deadline.due, days) if days else (),
        remarks=month_grid.remarks(deadline.start, deadline.due, days, deadline.pauses) if days else (),
        weekends=month_grid.weekends(days),
        working_days=sum(1 for each in days if each.number),
    )


def _judgement(deadline: Deadline) -> tuple[str, str]:
    """A word and a look: done in time, late, open, not needed."""
    if deadline.met is True:
        return _("已办，按时"), "done"
    if deadline.met is False:
        days = {"days": deadline.late_by}
        return (_("办晚了%(days)d天") if deadline.done_on else _("已过%(days)d天")) % days, "overdue"
    if deadline.optional:
        return _("需要时才办"), "waiting"
    return (_("最晚这天，可能提前"), "going") if deadline.provisional else (_("还没有到期"), "going")


def is_reply(deadline: Deadline) -> bool:
    """Whether it is the reply itself, which the page shows first."""
    return deadline.owner is Owner.BODY and deadline.what == "答复申请人"


def choices(history: History, calendar: WorkCalendar, on: datetime.date) -> list[Choice]:
    """Every kind of step: those that may come next, then those that may not, each with the reason."""
    day = max([on, *(event.on for event in history.events)])
    until = day + datetime.timedelta(days=200)
    found: list[Choice] = []
    for kind in Kind:
        trial = Event(kind, day, until=until if kind in (Kind.POSTPONED, Kind.CORRECTION_ASKED) else None)
        try:
            fold(replace(history, events=(*history.events, trial)), calendar, day)
        except ImpossibleHistory as error:
            found.append(Choice(kind, str(error).partition("：")[2]))
        except LawError:
            found.append(Choice(kind))
        else:
            found.append(Choice(kind))
    return sorted(found, key=lambda choice: bool(choice.closed))
