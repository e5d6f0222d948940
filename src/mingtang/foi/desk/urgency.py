"""How pressing a request is: a shape, a word and the working days left, so that colour alone never says it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from mingtang.foi.models import Request
from mingtang.law.calendar import WorkCalendar
from mingtang.law.errors import LawError

#: The levels of warning, in working days left.
LEVELS = (0, 2, 5, 10)


@dataclass(frozen=True)
class Urgency:
    """`kind` is a state of the desk's parts (overdue, soon, going, waiting, done), `words` say it, `left` counts it."""

    kind: str
    words: str
    left: int | None


def of(row: Request, on: date, calendar: WorkCalendar) -> Urgency:
    """The urgency of a request by what was last folded; no query."""
    if not row.is_open:
        return Urgency("done", row.get_state_display(), None)
    due = row.next_due or row.due_on
    if due is None:
        return Urgency("waiting", _("等待确认收到日期"), None)
    left = left_until(due, on, calendar)
    if left < 0:
        return Urgency("overdue", _("已逾期 %d 个工作日") % -left, left)
    if row.state in ("correcting", "paused"):
        return Urgency("waiting", _("期限暂停，等%(what)s") % {"what": row.next_what or _("他人答复")}, left)
    if left == 0:
        return Urgency("overdue", _("今天到期"), left)
    return Urgency("soon" if left <= LEVELS[2] else "going", _("还有 %d 个工作日") % left, left)


def left_until(due: date, on: date, calendar: WorkCalendar) -> int:
    """Working days after `on` up to and with `due`, 0 on the day itself, negative when it is over.

    Years the calendar does not know count Monday to Friday, as the estimate of such a day does.
    """
    try:
        return calendar.elapsed(on, due) if due >= on else -max(1, calendar.elapsed(due, on))
    except LawError:
        days = (due - on).days
        return round(days * 5 / 7)


def edges(on: date, calendar: WorkCalendar) -> dict[int, date]:
    """For each level the last day that still has so many working days left."""
    try:
        return {level: calendar.after(on, level) if level else on for level in LEVELS}
    except LawError:
        return {level: date.fromordinal(on.toordinal() + round(level * 7 / 5)) for level in LEVELS}
