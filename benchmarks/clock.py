"""Requests folded per second by `mingtang.law.clock`, against the same rules written as plain loops over days.

Both get the same histories (seeded) and must find the same days: the reply, the correction, each answer and payment,
and whether each was in time. The peer walks day by day over a set of working days that it is given for nothing; ours
also judges the order of events, names the clauses and keeps what the count needs. `python -m benchmarks.clock`.
"""

import argparse
import random
from dataclasses import dataclass
from datetime import date, timedelta

from benchmarks.harness import compare
from mingtang.law.calendar import national
from mingtang.law.clock import Event, History, Kind, fold

DAY = timedelta(days=1)
ANSWERS = {
    Kind.THIRD_PARTY_ASKED: Kind.THIRD_PARTY_ANSWERED,
    Kind.BODY_ASKED: Kind.BODY_ANSWERED,
    Kind.FEE_NOTIFIED: Kind.FEE_PAID,
}
LIMITS = {Kind.THIRD_PARTY_ASKED: 15, Kind.BODY_ASKED: 15, Kind.FEE_NOTIFIED: 20}
#: What ours says besides, and the peer does not reckon.
LEFT_OUT = ("答复申请人", "告知延长答复期限", "发出收费通知")
#: The reply's day, and the days of all else with whether they were kept.
Found = tuple[date | None, list[tuple[date, bool | None]]]


def histories(number: int, seed: int = 20220630) -> list[History]:
    """Requests as a county has them: half plain, the others with a correction, questions to others, an extension."""
    chance = random.Random(seed)
    made: list[History] = []
    for _ in range(number):
        received = date(2021, 1, 4) + timedelta(days=chance.randrange(1600))
        on, events = received, list[Event]()
        if chance.random() < 0.2:
            events = [Event(Kind.CORRECTION_ASKED, on + 3 * DAY), Event(Kind.CORRECTION_RECEIVED, on + 9 * DAY)]
            on = events[-1].on
        for kind, share in ((Kind.THIRD_PARTY_ASKED, 0.3), (Kind.BODY_ASKED, 0.2), (Kind.FEE_NOTIFIED, 0.05)):
            if chance.random() < share:
                on += chance.randrange(1, 4) * DAY
                events.append(Event(kind, on))
                on += chance.randrange(1, 12) * DAY
                events.append(Event(ANSWERS[kind], on))
        if chance.random() < 0.2:
            on += DAY
            events.append(Event(Kind.EXTENDED, on, working_days=chance.randrange(5, 21)))
        if chance.random() < 0.8:
            events.append(Event(Kind.REPLIED, on + chance.randrange(1, 30) * DAY))
        made.append(History(received, tuple(events)))
    return made


def ours(history: History) -> Found:
    """What the clock finds."""
    standing = fold(history)
    return standing.reply_due, [(each.due, each.met) for each in standing.deadlines if each.what not in LEFT_OUT]


@dataclass
class Letter:
    """A question or a fee notice: its kind, the day it went out, the last day for its answer, the answer's day."""

    kind: Kind
    sent: date
    last: date
    back: date | None = None

    def waits(self, day: date) -> bool:
        return self.sent < day <= min(self.back or self.last, self.last)

    def kept(self, now: date) -> bool | None:
        if self.back is not None:
            return self.back <= self.last
        return False if now > self.last else None


def plain(history: History, works: frozenset[date]) -> Found:
    """The same by loops over days, as one writes it in an afternoon."""
    start = history.received_on or date.min
    asking = nth(start, 7, works)
    limit, waiting, asked_on, letters = 20, False, None, list[Letter]()
    for event in history.events:
        if event.kind is Kind.CORRECTION_ASKED:
            asked_on, waiting = event.on, True
        elif event.kind is Kind.CORRECTION_RECEIVED:
            start, limit, waiting = event.on, 20, False
        elif event.kind is Kind.EXTENDED:
            limit += event.working_days or 20
        elif event.kind in ANSWERS:
            letters.append(Letter(event.kind, event.on, nth(event.on, LIMITS[event.kind], works)))
        else:
            for letter in letters:
                if ANSWERS[letter.kind] is event.kind and letter.back is None:
                    letter.back = event.on
                    break
    day, counted = start, 0
    while not waiting and counted < limit:
        day += DAY
        counted += day in works and not any(letter.waits(day) for letter in letters)
    now = history.events[-1].on if history.events else start
    found = [(asking, None if asked_on is None else asked_on <= asking)]
    found += [(letter.last, letter.kept(now)) for letter in letters]
    return (None if waiting else day), sorted(found, key=lambda each: each[0])


def nth(start: date, number: int, works: frozenset[date]) -> date:
    while number:
        start += DAY
        number -= start in works
    return start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=3000)
    number = parser.parse_args().requests
    stock = histories(number)
    days = national().walk(date(2021, 1, 1), date(2026, 12, 31))
    works = frozenset(day.date for day in days if day.works)
    for history in stock:
        assert ours(history) == plain(history, works), history
    comparison = compare(
        "clock", lambda: [ours(each) for each in stock], lambda: [plain(each, works) for each in stock]
    )
    print(comparison.line(number, "requests"))


if __name__ == "__main__":
    main()
