"""A second opinion on reply deadlines: walks the calendar one day at a time and asks each day whether it counts.

Shares no code with `mingtang.law.clock`: its working days come from the package `holidays`, it knows events only as
plain tuples, and it never calculates with numbers of days.
"""

import datetime
from dataclasses import dataclass

import holidays

WORKING = holidays.country_holidays("CN", years=range(2019, 2027))
DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Letter:
    """A question to others, or a fee notice: sent on a day, answered on another or never, at most so many days."""

    sent: datetime.date
    answered: datetime.date | None
    at_most: int


def works(day: datetime.date) -> bool:
    return WORKING.is_working_day(day)


def nth_working_day(start: datetime.date, number: int) -> datetime.date:
    day = start
    while number:
        day += DAY
        if works(day):
            number -= 1
    return day


def is_waiting(letter: Letter, day: datetime.date) -> bool:
    """Whether the body waits for this answer on that day, so that the day does not count."""
    if day <= letter.sent:
        return False
    if letter.answered is not None and day > letter.answered:
        return False
    return day <= nth_working_day(letter.sent, letter.at_most)


def last_day(start: datetime.date, working_days: int, letters: list[Letter]) -> datetime.date:
    """The day on which the reply period ends."""
    day = start
    while working_days:
        day += DAY
        if works(day) and not any(is_waiting(letter, day) for letter in letters):
            working_days -= 1
    return day


def reply_due(received_on: datetime.date, events: list[tuple[str, datetime.date, int]]) -> datetime.date | None:
    """By when the reply is due after events (kind, day, working days of an extension); None while none is."""
    start, working_days, awaiting, ended = received_on, 20, False, datetime.date.max
    letters: list[Letter] = []
    answers = {"third_party_answered": 15, "body_answered": 15, "fee_paid": 20}
    questions = {"third_party_asked": "third_party_answered", "body_asked": "body_answered", "fee_notified": "fee_paid"}
    open_letters: dict[str, list[datetime.date]] = {answer: [] for answer in answers}
    for kind, on, extra in events:
        if kind == "correction_asked":
            awaiting = True
        elif kind == "correction_received":
            awaiting, start, working_days = False, on, 20
        elif kind == "extended":
            working_days += extra
        elif kind in questions:
            open_letters[questions[kind]].append(on)
        elif kind in answers:
            letters.append(Letter(open_letters[kind].pop(0), on, answers[kind]))
        elif kind in ("withdrawn", "abandoned"):
            return None
        elif kind in ("replied", "transferred"):
            ended = min(on, ended)
    letters += [Letter(sent, None, answers[kind]) for kind, waiting in open_letters.items() for sent in waiting]
    if ended != datetime.date.max:  # whoever has replied no longer waits
        letters = [Letter(each.sent, min(each.answered or ended, ended), each.at_most) for each in letters]
    return None if awaiting else last_day(start, working_days, letters)
