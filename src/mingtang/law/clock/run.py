"""One request on its way: takes its events one by one, refusing what the law does not allow to follow.

Used by `mingtang.law.clock.fold` only. A `Run` is thrown away after one fold; nothing of it is shared.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import NoReturn

from mingtang.law.calendar import ONE_DAY, WorkCalendar
from mingtang.law.clock.counting import Pause, due
from mingtang.law.clock.events import Event, Kind
from mingtang.law.clock.standing import Owner, State
from mingtang.law.errors import ImpossibleHistory
from mingtang.law.rules import Rule
from mingtang.law.shelf import parameter, rule


@dataclass
class Step:
    """Something to be done by a day, before it is judged."""

    what: str
    owner: Owner
    start: datetime.date
    due: datetime.date
    rules: tuple[Rule, ...]
    done_on: datetime.date | None = None
    optional: bool = False
    counts_working_days: bool = True
    pauses: tuple[Pause, ...] = ()


@dataclass
class Asked:
    """A letter to a third party or another body, or a fee notice, with the pause that it opened."""

    kind: Kind
    party: str
    pause: Pause
    step: Step
    is_open: bool = True

    def end_pause(self, on: datetime.date) -> None:
        """Let the pause end on a day, unless it ended before."""
        if on < self.pause.until:
            self.pause = replace(self.pause, until=on)


def refuse(event: Event, reason: str) -> NoReturn:
    """Raise ImpossibleHistory for an event, naming its place, its kind and its day."""
    place = f"第{event.place}个事件" if event.place else "事件"
    raise ImpossibleHistory(f"{place}（{event.kind.label}，{event.on}）：{reason}")


#: What may still happen once a request is closed. A letter may cross the reply; a late correction changes nothing.
_ANSWERS = frozenset({Kind.THIRD_PARTY_ANSWERED, Kind.BODY_ANSWERED})
_AFTER_CLOSING = {
    State.REPLIED: _ANSWERS | {Kind.DELIVERED},
    State.TRANSFERRED: _ANSWERS | {Kind.DELIVERED},
    State.WITHDRAWN: _ANSWERS,
    State.ABANDONED: _ANSWERS | {Kind.CORRECTION_RECEIVED, Kind.FEE_PAID, Kind.REPLIED, Kind.DELIVERED},
}


@dataclass
class Run:
    """The request so far. `start` is the day from which the reply period counts: receipt, or that of the correction."""

    received_on: datetime.date
    calendar: WorkCalendar
    start: datetime.date = field(init=False)
    within: int = field(init=False)
    extension: int = 0
    postponed_to: datetime.date | None = None
    asked: list[Asked] = field(default_factory=list[Asked])
    steps: list[Step] = field(default_factory=list[Step])
    notes: list[str] = field(default_factory=list[str])
    correction: Event | None = None
    correcting: bool = False
    correction_step: Step | None = None
    reasons_asked: bool = False
    closed: tuple[State, datetime.date] | None = None
    reply_event: Event | None = None
    delivery: Event | None = None

    def __post_init__(self) -> None:
        self.start = self.received_on
        self.within = parameter("disclosure-regulation.33-reply", "within", on=self.received_on).number
        source = rule("disclosure-regulation.30")
        last = self.calendar.after(self.received_on, parameter(source.id, "within", on=self.received_on).number)
        self.asking_step = Step("要求补正", Owner.BODY, self.received_on, last, (source,), optional=True)
        self.steps.append(self.asking_step)

    def take(self, event: Event) -> None:
        """Let an event happen; ImpossibleHistory when it cannot."""
        self.pass_time(event.on)
        if self.closed and event.kind not in _AFTER_CLOSING[self.closed[0]]:
            refuse(event, f"申请已于{self.closed[1]}结束（{self.closed[0].label}），之后不能再有这一步，请核对日期")
        _HANDLERS[event.kind](self, event)

    def pass_time(self, now: datetime.date) -> None:
        """Abandon the request when its correction or its fee ran out before `now`."""
        if self.closed:
            return
        limit = self.correction.until if self.correcting and self.correction else None
        if limit is not None and now > limit:
            self.closed = (State.ABANDONED, limit + ONE_DAY)
        for asked in self.asked:
            if asked.is_open and asked.kind is Kind.FEE_NOTIFIED and now > asked.step.due:
                self.closed = (State.ABANDONED, asked.step.due + ONE_DAY)

    def pauses(self) -> tuple[Pause, ...]:
        """Every pause; one still open lasts as long as the law gives the one asked."""
        return tuple(asked.pause for asked in self.asked)

    def reply_due(self) -> datetime.date | None:
        """By when the reply is due as things stand; None while a correction is awaited."""
        if self.correcting:
            return None
        if self.postponed_to:
            return self.postponed_to
        return due(self.calendar, self.start, self.within + self.extension, self.pauses())

    def running_due(self, event: Event) -> datetime.date:
        """The day the reply is due; refuses the event while a correction is awaited."""
        day = self.reply_due()
        if day is None:
            refuse(event, "正等待申请人补正，答复期限还没有开始")
        return day

    def require_time(self, event: Event, day: datetime.date) -> datetime.date:
        """The day the reply is due; refuses the event when that is before `day`."""
        last = self.running_due(event)
        if day > last:
            refuse(event, f"答复期限已于{last}届满，不能再改变期限")
        return last

    def do_in_period(self, what: str, event: Event, last: datetime.date, done_on: datetime.date) -> None:
        """Note something that had to be done by `last`, the day the reply was due until then."""
        step = Step(what, Owner.BODY, self.start, last, (event.kind.rule,), done_on)
        self.steps.append(self.counted_as_reply(step))

    def counted_as_reply(self, step: Step) -> Step:
        """The step with the count of the reply period: without the pauses, or none when the day was set."""
        if self.postponed_to:
            step.counts_working_days = False
        else:
            step.pauses = self.pauses()
        return step

    def ask_correction(self, event: Event) -> None:
        if self.correction:
            refuse(event, f"已于{self.correction.on}告知补正，补正只能一次性告知")
        self.require_time(event, event.on)
        if event.until is not None and event.until < event.on:
            refuse(event, f"补正的最后一天（{event.until}）早于告知之日，请核对 until")
        self.correction, self.correcting = event, True
        self.asking_step.done_on = event.on
        if event.on > self.asking_step.due:
            self.notes.append(f"告知补正（{event.on}）超过了收到申请后7个工作日（{self.asking_step.due}）")
        if event.until is None:
            self.notes.append("告知补正没有写明期限，无法判断申请人是否逾期")
            return
        rules = (event.kind.rule, rule("disclosure-regulation.30-abandoned"))
        self.correction_step = Step(
            "补正申请", Owner.APPLICANT, event.on, event.until, rules, counts_working_days=False
        )
        self.steps.append(self.correction_step)

    def receive_correction(self, event: Event) -> None:
        if self.correction is None:
            refuse(event, "没有告知过补正")
        if not self.correcting:
            refuse(event, "补正已经收到过")
        if self.correction_step:
            self.correction_step.done_on = event.on
        if self.closed:
            if not event.reason:
                self.notes.append(f"补正（{event.on}）已经逾期，没有写明正当理由，申请仍视为放弃")
                return
            self.closed = None
        self.correcting = False
        self.start, self.extension, self.postponed_to = event.on, 0, None

    def ask_others(self, event: Event) -> None:
        third = event.kind is Kind.THIRD_PARTY_ASKED
        if event.party and any(a.is_open and (a.kind, a.party) == (event.kind, event.party) for a in self.asked):
            refuse(event, f"已向“{event.party}”征求意见，还没有答复")
        arrived = self.letter_arrived(event)
        last = self.calendar.after(arrived, parameter(event.kind.rule.id, "within", on=self.received_on).number)
        who = event.party or ("第三方" if third else "其他机关")
        owner = Owner.THIRD_PARTY if third else Owner.OTHER_BODY
        asking = rule("disclosure-regulation.33-asking")
        rules = (event.kind.rule,) if third or event.joint else (asking, event.kind.rule)
        step = Step(f"{who}答复意见", owner, arrived, last, rules)
        self.pause_for(event, f"征求{who}意见", asking, step)

    def letter_arrived(self, event: Event) -> datetime.date:
        """The day a letter was received: the event's own unless it says another, which is not before it."""
        arrived = event.received_on or event.on
        if arrived < event.on:
            refuse(event, f"对方收到的日子（{arrived}）早于发出之日，请核对 received_on")
        return arrived

    def pause_for(self, event: Event, why: str, source: Rule, step: Step) -> None:
        """Open a pause that lasts, unless closed sooner, as long as the step."""
        self.steps.append(step)
        self.asked.append(Asked(event.kind, event.party, Pause(event.on, step.due, why, source), step))

    def close_pause(self, event: Event, kind: Kind, missing: str) -> None:
        """End the pause that the event answers: the party's named, else the one that has been open longest."""
        for asked in self.asked:
            if asked.is_open and asked.kind is kind and event.party in ("", asked.party):
                asked.is_open = False
                asked.step.done_on = event.on
                asked.end_pause(event.on)
                return
        refuse(event, missing)

    def third_party_answers(self, event: Event) -> None:
        self.close_pause(event, Kind.THIRD_PARTY_ASKED, "没有征求过这一第三方的意见，或者已经答复")

    def body_answers(self, event: Event) -> None:
        self.close_pause(event, Kind.BODY_ASKED, "没有征求过这一机关的意见，或者已经答复")

    def extend(self, event: Event) -> None:
        if self.extension:
            refuse(event, "答复期限已经延长过，只能延长一次")
        if self.postponed_to:
            refuse(event, f"已确定延迟到{self.postponed_to}答复，不能再延长")
        told = event.notified_on or event.on
        if told < event.on:
            refuse(event, f"告知申请人的日子（{told}）早于决定延长之日，请核对 notified_on")
        first = self.require_time(event, told)
        at_most = parameter(event.kind.rule.id, "at_most", on=self.received_on).number
        days = at_most if event.working_days is None else event.working_days
        if not 1 <= days <= at_most:
            refuse(event, f"延长{days}个工作日不合法：最少1个，最多{at_most}个")
        if not event.consent:
            self.notes.append("延长没有写明同意的政府信息公开工作机构负责人")
        self.do_in_period("告知延长答复期限", event, first, told)
        self.extension = days

    def ask_reasons(self, event: Event) -> None:
        self.reasons_asked = True

    def give_reasons(self, event: Event) -> None:
        if not self.reasons_asked:
            refuse(event, "没有要求过说明理由")

    def postpone(self, event: Event) -> None:
        if self.postponed_to:
            refuse(event, f"已确定延迟到{self.postponed_to}答复")
        last = self.require_time(event, event.on)
        if event.until is None:
            refuse(event, "没有写明延迟到哪一天，请填写 until")
        if event.until <= last:
            refuse(event, f"延迟到{event.until}不晚于原来的期限{last}，请核对 until")
        self.do_in_period("告知延迟答复的期限", event, last, event.on)
        self.postponed_to = event.until

    def notify_fee(self, event: Event) -> None:
        if any(asked.kind is Kind.FEE_NOTIFIED for asked in self.asked):
            refuse(event, "收费通知已经发出过")
        last = self.running_due(event)
        arrived = self.letter_arrived(event)
        source = rule("information-fee.6-payment")
        limit = self.calendar.after(arrived, parameter(source.id, "within", on=event.on).number)
        self.do_in_period("发出收费通知", event, last, event.on)
        payment = Step("缴纳信息处理费", Owner.APPLICANT, arrived, limit, (source,))
        self.pause_for(event, "等待缴费", rule("information-fee.6-pause"), payment)

    def pay_fee(self, event: Event) -> None:
        self.close_pause(event, Kind.FEE_NOTIFIED, "没有发出收费通知，或者已经缴费")
        if self.closed:
            self.notes.append(f"缴费（{event.on}）已经逾期，申请不再处理")

    def withdraw(self, event: Event) -> None:
        self.closed = (State.WITHDRAWN, event.on)

    def transfer(self, event: Event) -> None:
        self.reply_event = event
        self.stop_waiting(event.on)
        self.closed = (State.TRANSFERRED, event.on)

    def reply(self, event: Event) -> None:
        if self.reply_event:
            refuse(event, f"已于{self.reply_event.on}答复")
        self.reply_event = event
        self.stop_waiting(event.on)
        if self.closed is None:
            self.closed = (State.REPLIED, event.on)

    def stop_waiting(self, on: datetime.date) -> None:
        """End every pause: whoever has replied no longer waits for answers, which may still come."""
        for asked in self.asked:
            asked.end_pause(on)

    def deliver(self, event: Event) -> None:
        if self.reply_event is None:
            refuse(event, "还没有答复，不能送达")
        if self.delivery:
            refuse(event, f"已于{self.delivery.on}送达")
        self.delivery = event


_HANDLERS: dict[Kind, Callable[[Run, Event], None]] = {
    Kind.CORRECTION_ASKED: Run.ask_correction,
    Kind.CORRECTION_RECEIVED: Run.receive_correction,
    Kind.REASONS_ASKED: Run.ask_reasons,
    Kind.REASONS_GIVEN: Run.give_reasons,
    Kind.THIRD_PARTY_ASKED: Run.ask_others,
    Kind.BODY_ASKED: Run.ask_others,
    Kind.THIRD_PARTY_ANSWERED: Run.third_party_answers,
    Kind.BODY_ANSWERED: Run.body_answers,
    Kind.EXTENDED: Run.extend,
    Kind.POSTPONED: Run.postpone,
    Kind.FEE_NOTIFIED: Run.notify_fee,
    Kind.FEE_PAID: Run.pay_fee,
    Kind.WITHDRAWN: Run.withdraw,
    Kind.TRANSFERRED: Run.transfer,
    Kind.REPLIED: Run.reply,
    Kind.DELIVERED: Run.deliver,
}
