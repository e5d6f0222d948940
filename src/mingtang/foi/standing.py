"""Where a request stands on a day: folded by the law's clock, and cached on the request for lists."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from mingtang.foi import days, history
from mingtang.foi.errors import Impossible
from mingtang.foi.models import MERGED, Request, Step
from mingtang.law.calendar import ONE_DAY, WorkCalendar
from mingtang.law.clock import Deadline, History, Kind, Standing, State, fold
from mingtang.law.errors import ImpossibleHistory, LawError, UnknownYear

CACHED = (
    "state", "received_on", "due_on", "provisional", "estimated", "next_what", "next_due", "replied_on", "closed_on",
)  # fmt: skip
STEPS = Prefetch(
    "steps", queryset=Step.objects.select_related("party", "consent__person", "delivery").order_by("on", "seq")
)


@dataclass(frozen=True)
class Clocked:
    """The law's standing, the calendar it was counted by, and whether that calendar assumes a year to come."""

    standing: Standing
    calendar: WorkCalendar
    estimated: bool

    @property
    def reply(self) -> Deadline | None:
        """The deadline of the reply itself."""
        return next((each for each in self.standing.deadlines if each.what == "答复申请人"), None)


def with_steps(rows: QuerySet[Request]) -> QuerySet[Request]:
    """Requests with what folding them needs: two more queries, however many they are."""
    return rows.prefetch_related(STEPS)


def of(request: Request, on: date) -> Clocked:
    """How the request stands at the end of the day `on`; Impossible when its steps cannot have happened so."""
    return folded(history.of(request), on)


def folded(steps: History, on: date) -> Clocked:
    """A history folded on a day, by the known calendar, else by one that assumes the years to come."""
    on = max([on, *([steps.received_on] if steps.received_on else []), *(event.on for event in steps.events)])
    known = days.calendar()
    try:
        return Clocked(fold(steps, known, on), known, estimated=False)
    except UnknownYear:
        assumed = days.estimated()
    except ImpossibleHistory as error:
        raise Impossible(str(error)) from error
    try:
        return Clocked(fold(steps, assumed, on), assumed, estimated=True)
    except LawError as error:
        raise Impossible(str(error)) from error


def fold_into(request: Request, on: date) -> Clocked:
    """Bring the cache of a request up to date for the day, without saving it."""
    clocked = of(request, on)
    standing = clocked.standing
    last = {step.kind: step.on for step in request.steps.all() if step.voided_at is None}
    request.state = MERGED if request.merged_into_id else standing.state.value
    request.received_on = standing.received_on
    due = clocked.reply
    request.due_on = standing.reply_due
    request.provisional = due is not None and due.provisional
    request.estimated = clocked.estimated
    following = standing.next
    request.next_what, request.next_due = (following.what, following.due) if following else ("", None)
    request.replied_on = last.get(Kind.REPLIED.value) or last.get(Kind.TRANSFERRED.value)
    request.closed_on = request.replied_on or last.get(Kind.WITHDRAWN.value) or _abandoned_on(clocked)
    return clocked


def _abandoned_on(clocked: Clocked) -> date | None:
    """The day after the one that the applicant let pass."""
    if clocked.standing.state is not State.ABANDONED:
        return None
    passed = [each.due for each in clocked.standing.deadlines if each.owner.value == "applicant" and not each.met]
    return max(passed) + ONE_DAY if passed else None
