"""What the worker does for requests by the clock: days that pass, calendars that change, reminders, removal."""

import logging
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from mingtang.bodies.permissions import day_of
from mingtang.foi import days, drafts, evidence, files, standing
from mingtang.foi.actions import note_silence
from mingtang.foi.actions.ask import passed_on
from mingtang.foi.actions.purge import purge_proof, purge_request
from mingtang.foi.actions.rows import locked, refold, tell
from mingtang.foi.errors import FoiError
from mingtang.foi.models import OPEN_STATES, CalendarSeen, File, Party, Reminder, Request
from mingtang.law.clock import State

ACTOR = "system:foi"
#: How many working days before the last one somebody is told.
LEVELS = (Reminder.Level.ZERO, Reminder.Level.TWO, Reminder.Level.FIVE, Reminder.Level.TEN)
BATCH = 200
log = logging.getLogger(__name__)


def look_after(moment: datetime) -> None:
    """Everything that follows from the days alone; harmless when repeated."""
    follow_calendar(moment)
    fold_open(moment)
    note_silent(moment)
    remind(moment)


def follow_calendar(moment: datetime) -> list[Reminder]:
    """When a day of the calendar changed: fold every open request anew, and say whose day moved.

    A calendar with faults changes nothing; `mingtang doctor` names them.
    """
    if faults := days.faults():
        log.error("增补日历有误，没有采用：%s", "；".join(faults))
        return []
    digest = days.digest(days.calendar())
    seen = CalendarSeen.objects.filter(pk=1).first()
    if seen is not None and seen.digest == digest:
        return []
    moved = [reminder for row in _open_ones() if seen and (reminder := _fold_anew(row, moment))]
    CalendarSeen.objects.update_or_create(pk=1, defaults={"digest": digest, "seen_at": moment})
    return moved


def fold_open(moment: datetime) -> int:
    """Let time pass for every open request; returns for how many something changed."""
    today = day_of(moment)
    changed = 0
    for row in _open_ones():
        before = _cache(row)
        if not _folds(row, today) or _cache(row) == before:
            continue
        with transaction.atomic():
            refold(locked(row), moment)
        changed += 1
    return changed


def note_silent(moment: datetime) -> int:
    """Note whoever was asked and let the time pass; returns how many."""
    today = day_of(moment)
    waiting = Party.objects.filter(answer="", request__state__in=OPEN_STATES, letters__steps__isnull=False).distinct()
    noted = 0
    for party in waiting.select_related("request"):
        row = standing.with_steps(Request.objects.all()).get(pk=party.request_id)
        if passed_on(row, party, today) is not None:
            note_silence(party, actor=ACTOR, moment=moment)
            noted += 1
    return noted


def remind(moment: datetime) -> list[Reminder]:
    """Remind of every reply whose last day comes near: at 10, 5, 2 and 0 working days, and when it has passed."""
    today = day_of(moment)
    made: list[Reminder] = []
    for row in _open_ones().filter(due_on__isnull=False, state=State.RUNNING.value).select_related("body"):
        clocked = standing.of(row, today)
        level, due = level_of(clocked.standing.remaining), clocked.standing.reply_due
        if level is None or due is None:
            continue
        with transaction.atomic():
            reminder, new = Reminder.objects.get_or_create(
                request=row, level=level, due_on=due, defaults={"made_at": moment}
            )
            if new:
                tell("reminded", row, actor=ACTOR, moment=moment, level=int(level), due_on=due)
                made.append(reminder)
    return made


def level_of(remaining: int | None) -> Reminder.Level | None:
    """The level that so many working days left call for; None while there is time."""
    if remaining is None:
        return None
    if remaining < 0:
        return Reminder.Level.OVERDUE
    return next((level for level in LEVELS if remaining <= level), None)


def sweep_files(moment: datetime) -> int:
    """Remove files that no row names."""
    return files.sweep(moment)


def purge(moment: datetime) -> int:
    """Remove what has been kept long enough; returns from how many requests."""
    drafts.purge(moment)
    today = day_of(moment)
    due = File.objects.filter(purge_on__lte=today, purged_at=None).select_related("request__body")
    proofs = {file.request_id for file in due}
    for file in due:
        purge_proof(file, actor=ACTOR, moment=moment)
    rows = Request.objects.filter(purge_on__lte=today, applicant__purged_at=None)
    done = set(proofs)
    for row in rows:
        purge_request(row, actor=ACTOR, moment=moment)
        done.add(row.pk)
    return len(done)


def _open_ones() -> QuerySet[Request]:
    """Open requests with their steps, and those whose letter says only later that they were abandoned."""
    unanswered = Request.objects.filter(pk=OuterRef("pk"), state="abandoned", replied_on=None)
    rows = Request.objects.filter(state__in=OPEN_STATES) | Request.objects.filter(Exists(unanswered))
    return standing.with_steps(rows.order_by("pk"))


def _folds(row: Request, today: date) -> bool:
    try:
        standing.fold_into(row, today)
    except FoiError as error:  # one history that cannot be folded does not hold up the others
        log.error("%s 的期限无法计算：%s", row.number, error)
        return False
    return True


def _cache(row: Request) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in standing.CACHED)


def _fold_anew(row: Request, moment: datetime) -> Reminder | None:
    """Fold a request by the new calendar; a reminder when the day of its reply moved."""
    with transaction.atomic():
        kept = locked(row)
        before = kept.due_on
        refold(kept, moment)
        if kept.due_on is None or kept.due_on == before:
            return None
        reminder, _new = Reminder.objects.get_or_create(
            request=kept, level=Reminder.Level.MOVED, due_on=kept.due_on,
            defaults={"made_at": moment, "was_due_on": before},
        )  # fmt: skip
        tell("due_moved", kept, actor=ACTOR, moment=moment, was=before, due_on=kept.due_on)
        return reminder


def count_years(moment: datetime) -> int:
    """Count the years for the ledger, where a number has changed; returns how many counts were told."""
    return len(evidence.count_years(moment))
