"""What the clock answers: the state of a request on a day, and its deadlines, each countable day by day."""

import datetime
from dataclasses import dataclass
from enum import Enum

from mingtang.law.calendar import WorkCalendar
from mingtang.law.clock.counting import CountedClockDay, Pause, counted
from mingtang.law.rules import Rule


class State(Enum):
    """The eight states of a request; the value is the code.

    unconfirmed  arrived, but not yet confirmed with the applicant: no period runs
    running      the reply period runs
    correcting   a correction was asked and has not come: no reply period runs
    paused       asking others, or waiting for the fee: these days do not count
    replied      replied to
    transferred  the applicant was told which other body is responsible
    withdrawn    the applicant withdrew
    abandoned    not corrected, or the fee not paid, in time: no longer processed
    """

    UNCONFIRMED = "unconfirmed"
    RUNNING = "running"
    CORRECTING = "correcting"
    PAUSED = "paused"
    REPLIED = "replied"
    TRANSFERRED = "transferred"
    WITHDRAWN = "withdrawn"
    ABANDONED = "abandoned"

    @property
    def label(self) -> str:
        return _STATE_LABELS[self]

    @property
    def is_open(self) -> bool:
        """Whether the body still has something to do."""
        return self in (State.UNCONFIRMED, State.RUNNING, State.CORRECTING, State.PAUSED)


_STATE_LABELS = {
    State.UNCONFIRMED: "待与申请人确认",
    State.RUNNING: "办理中",
    State.CORRECTING: "待申请人补正",
    State.PAUSED: "办理中（期限暂停）",
    State.REPLIED: "已答复",
    State.TRANSFERRED: "已告知由其他机关负责",
    State.WITHDRAWN: "申请人已撤回",
    State.ABANDONED: "逾期未补正或未缴费，不再处理",
}


class Owner(Enum):
    """Who has to act by a deadline; the value is the code."""

    BODY = "body"
    APPLICANT = "applicant"
    THIRD_PARTY = "third_party"
    OTHER_BODY = "other_body"

    @property
    def label(self) -> str:
        return _OWNER_LABELS[self]


_OWNER_LABELS = {
    Owner.BODY: "本机关",
    Owner.APPLICANT: "申请人",
    Owner.THIRD_PARTY: "第三方",
    Owner.OTHER_BODY: "其他机关",
}


@dataclass(frozen=True)
class Deadline:
    """A last lawful day, and how it stands.

    `met` is True when done in time, False when done late or overdue, None when still open or no longer needed.
    `start` is the day of the event from which it counts; `pauses` do not count. `counts_working_days` is False where
    somebody set the day itself. `provisional` says that a pause is still open, so that the day can only come nearer.
    `optional` marks what the body may do, but need not. `late_by` is in calendar days.
    """

    what: str
    owner: Owner
    start: datetime.date
    due: datetime.date
    rules: tuple[Rule, ...]
    done_on: datetime.date | None
    met: bool | None
    late_by: int
    pauses: tuple[Pause, ...]
    counts_working_days: bool
    provisional: bool
    optional: bool

    @property
    def is_waiting(self) -> bool:
        """Whether it still has to be done; what others have let pass is over, what the body has let pass is not."""
        if self.optional or self.done_on is not None:
            return False
        return self.met is None or self.owner is Owner.BODY

    def days(self, calendar: WorkCalendar) -> tuple[CountedClockDay, ...]:
        """The count day by day, from the day after `start` to the day due; empty where nothing is counted."""
        return counted(calendar, self.start, self.due, self.pauses) if self.counts_working_days else ()


@dataclass(frozen=True)
class Standing:
    """How a request stands on the day `as_of`.

    `reply_due` is the day by which the reply is, or was, due; None when no reply period runs or none is owed any more.
    `late_by` is how many calendar days the reply is, or came, late. `remaining` are the working days of the reply
    period left after `as_of`, negative when it is over, None when none runs. `notes` say what to look at.
    """

    state: State
    as_of: datetime.date
    received_on: datetime.date | None
    reply_due: datetime.date | None
    late_by: int
    remaining: int | None
    deadlines: tuple[Deadline, ...]
    paused_by: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def next(self) -> Deadline | None:
        """What is due next: the earliest deadline still open; one that the body has missed stands before all."""
        if not self.state.is_open:
            return None
        return min((each for each in self.deadlines if each.is_waiting), key=lambda each: each.due, default=None)
