"""Folds a request's events into its standing on a day.

Events are listed in the order they happened; a later entry with an earlier day is refused. Those of one day are taken
in the order of `Kind`, so that their order in the list changes nothing.
"""

import datetime
from operator import attrgetter

from mingtang.law.calendar import WorkCalendar, national
from mingtang.law.clock.counting import Pause, left
from mingtang.law.clock.events import Event, History, Kind
from mingtang.law.clock.run import Asked, Run, Step, refuse
from mingtang.law.clock.standing import Deadline, Owner, Standing, State
from mingtang.law.errors import ImpossibleHistory
from mingtang.law.receipt import Receipt
from mingtang.law.rules import Rule


def fold(history: History, calendar: WorkCalendar | None = None, as_of: datetime.date | None = None) -> Standing:
    """How the request stands at the end of the day `as_of`, by default the day of its last event.

    Events after `as_of` are left out. ImpossibleHistory when the events cannot have happened so, NotInForce when the
    request came before the law it is judged by, UnknownYear when the calendar does not reach so far.
    """
    events = _in_order(history)
    if history.received_on is None:
        return _unconfirmed(history, events, as_of)
    now = as_of or (events[-1].on if events else history.received_on)
    if now < history.received_on:
        raise ImpossibleHistory(f"要看的日子（{now}）早于收到申请之日（{history.received_on}）")
    run = Run(history.received_on, calendar or national())
    for event in events:
        if event.on > now:
            break
        run.take(event)
    run.pass_time(now)
    return _standing(run, now)


def _in_order(history: History) -> list[Event]:
    """The events by day and, within a day, by kind; refuses days that run backwards or lie before the receipt."""
    before = history.received_on
    for event in history.events:
        if history.received_on is not None and event.on < history.received_on:
            refuse(event, f"早于收到申请之日（{history.received_on}）")
        if before is not None and event.on < before:
            refuse(event, f"日期倒退：前一个事件在{before}，请按发生的先后排列")
        before = event.on
    return sorted(history.events, key=_place)


def _place(event: Event) -> tuple[datetime.date, int, str, datetime.date]:
    return event.on, event.kind.rank, event.party, event.received_on or event.on


def _unconfirmed(history: History, events: list[Event], as_of: datetime.date | None) -> Standing:
    """The standing of a request that has arrived and whose applicant has not yet confirmed it."""
    receipt = history.receipt
    if receipt is None or receipt.confirm_by is None:
        raise ImpossibleHistory("没有收到申请之日：请填写 received_on，或者填写 channel 和 arrived_on")
    if events:
        refuse(events[0], "还没有与申请人确认收到，期限没有开始，不能有后面的步骤")
    now = as_of or receipt.confirm_by
    return Standing(
        state=State.UNCONFIRMED,
        as_of=now,
        received_on=None,
        reply_due=None,
        late_by=0,
        remaining=None,
        deadlines=(_confirmation(receipt, receipt.confirm_by, now),),
        paused_by=(),
        notes=(),
    )


def _confirmation(receipt: Receipt, day: datetime.date, now: datetime.date) -> Deadline:
    step = Step("与申请人确认收到", Owner.BODY, day, day, receipt.rules)
    return _judged(step, now)


def _standing(run: Run, now: datetime.date) -> Standing:
    waiting = _waiting(run, now)
    state = _state(run, waiting)
    ended = min(now, run.closed[1]) if run.closed else now
    deadlines = [_judged(step, ended) for step in run.steps]
    reply = _reply_step(run)
    judged = _judged(reply, ended, provisional=bool(waiting) and reply.counts_working_days) if reply else None
    if judged:
        deadlines.append(judged)
    owed = state not in (State.WITHDRAWN, State.ABANDONED)
    return Standing(
        state=state,
        as_of=now,
        received_on=run.received_on,
        reply_due=judged.due if judged and owed else None,
        late_by=judged.late_by if judged else 0,
        remaining=_remaining(run, judged, now) if judged and state.is_open else None,
        deadlines=tuple(sorted(deadlines, key=_DUE)),
        paused_by=tuple(asked.pause.why for asked in waiting),
        notes=tuple(run.notes),
    )


_DUE = attrgetter("due")


def _waiting(run: Run, now: datetime.date) -> list[Asked]:
    """The letters and notices that keep the reply period from running."""
    if run.closed or run.correcting:
        return []
    return [asked for asked in run.asked if asked.is_open and asked.pause.until >= now]


def _state(run: Run, waiting: list[Asked]) -> State:
    if run.closed:
        return run.closed[0]
    if run.correcting:
        return State.CORRECTING
    return State.PAUSED if waiting else State.RUNNING


def _reply_step(run: Run) -> Step | None:
    """The reply as a step: due when, under which rules, done when; None when no reply period runs."""
    last = run.reply_due()
    if last is None:
        return None
    done = run.delivery or run.reply_event
    step = Step("答复申请人", Owner.BODY, run.start, last, (), done.on if done else None)
    step = run.counted_as_reply(step)
    step.rules = _reply_rules(run, step.pauses)
    return step


def _reply_rules(run: Run, pauses: tuple[Pause, ...]) -> tuple[Rule, ...]:
    """The clauses on which the day of the reply rests, and those of the reply itself where they are known."""
    if run.postponed_to:
        rules = [Kind.POSTPONED.rule]
    else:
        rules = [Kind.REPLIED.rule]
        if run.start != run.received_on:
            rules.append(Kind.CORRECTION_RECEIVED.rule)
        if run.extension:
            rules.append(Kind.EXTENDED.rule)
        rules += dict.fromkeys(pause.rule for pause in pauses)
        rules += run.calendar.rules
    if run.reply_event and run.reply_event.ground:
        rules.append(run.reply_event.ground.rule)
    if run.delivery:
        rules.append(run.delivery.means.rule if run.delivery.means else run.delivery.kind.rule)
    return tuple(rules)


def _judged(step: Step, now: datetime.date, *, provisional: bool = False) -> Deadline:
    """A step with the judgement of a day: in time, late, or still open."""
    done_on = step.done_on
    met = (done_on <= step.due) if done_on else (None if now <= step.due or step.optional else False)
    judged_on = done_on or now
    late_by = (judged_on - step.due).days if met is False else 0
    return Deadline(
        what=step.what,
        owner=step.owner,
        start=step.start,
        due=step.due,
        rules=step.rules,
        done_on=done_on,
        met=met,
        late_by=late_by,
        pauses=step.pauses,
        counts_working_days=step.counts_working_days,
        provisional=provisional and done_on is None,
        optional=step.optional,
    )


def _remaining(run: Run, reply: Deadline, now: datetime.date) -> int:
    """Working days that still count after `now`; negative, and then all working days, when the period is over."""
    if now > reply.due:
        return -run.calendar.elapsed(reply.due, now)
    return left(run.calendar, now, reply.due, reply.pauses)
