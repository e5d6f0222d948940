"""What a document is worth on a day: computed from its own days and the acts on it, never typed.

A document holds from the day it takes effect until the day its term ends, unless an act ends it before. An act that
touches clauses only, and an amendment, leave it in force, amended. Extending the term counts when it takes effect while
the document still holds. After its end nothing brings a document back: what must hold again is made anew.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from mingtang.law.rules import Rule
from mingtang.law.shelf import rule


class Standing(Enum):
    """What a document is worth; the value is its code name."""

    NOT_YET = "not_yet"
    VALID = "valid"
    AMENDED = "amended"
    REPEALED = "repealed"
    LAPSED = "lapsed"

    @property
    def label(self) -> str:
        """What people read."""
        return _STANDINGS[self]

    @property
    def in_force(self) -> bool:
        """Whether the document binds."""
        return self in (Standing.VALID, Standing.AMENDED)

    @property
    def ended(self) -> bool:
        """Whether it binds no more, for good."""
        return self in (Standing.REPEALED, Standing.LAPSED)


_STANDINGS = {
    Standing.NOT_YET: "尚未施行",
    Standing.VALID: "有效",
    Standing.AMENDED: "有效（已修改）",
    Standing.REPEALED: "已废止",
    Standing.LAPSED: "已失效",
}


class Kind(Enum):
    """What an act does to a document; the value is its code name."""

    AMENDED = "amended"
    REPEALED = "repealed"
    LAPSED = "lapsed"
    INVALIDATED = "invalidated"
    REPLACED = "replaced"
    INTERPRETED = "interpreted"
    EXTENDED = "extended"

    @property
    def label(self) -> str:
        """What was done, as a word before 于…: 修改, 废止, …"""
        return _KINDS[self]

    @property
    def outcome(self) -> Standing | None:
        """What the whole document becomes; None where it goes on as it was."""
        return _OUTCOMES.get(self)

    @property
    def ends(self) -> bool:
        """Whether it ends what it touches."""
        outcome = self.outcome
        return outcome is not None and outcome.ended


_KINDS = {
    Kind.AMENDED: "修改",
    Kind.REPEALED: "废止",
    Kind.LAPSED: "失效",
    Kind.INVALIDATED: "宣布失效",
    Kind.REPLACED: "被替代",
    Kind.INTERPRETED: "解释",
    Kind.EXTENDED: "延长有效期",
}
_OUTCOMES = {
    Kind.AMENDED: Standing.AMENDED,
    Kind.REPEALED: Standing.REPEALED,
    Kind.LAPSED: Standing.LAPSED,
    Kind.INVALIDATED: Standing.LAPSED,
    Kind.REPLACED: Standing.REPEALED,
}


@dataclass(frozen=True)
class Act:
    """Something done to a document: `effective_on` is the first day on which it counts.

    `whole` is False when it touches clauses only. `until` is the new last day of an extension. `id` is the caller's.
    """

    kind: Kind
    effective_on: date
    whole: bool = True
    until: date | None = None
    id: int = 0


@dataclass(frozen=True)
class Span:
    """A stretch of days with one standing: first and last day (None: no end is known), and the act that began it."""

    standing: Standing
    starts_on: date
    ends_on: date | None
    act: Act | None = None

    def holds(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    @property
    def rule(self) -> Rule:
        """The rule by which the standing is so: the term of validity, clean-up and acts, or public notice."""
        if self.standing is Standing.LAPSED and self.act is None:
            return rule("norm-measures.term")
        return rule("normative-documents.three-unities" if self.act is None else "normative-documents.catalogue")


def spans(made_on: date, effective_on: date | None, expires_on: date | None, acts: Iterable[Act]) -> tuple[Span, ...]:
    """The life of a document without gaps, from the day it was made (or took effect, if that was before), oldest first.

    `effective_on` None: it takes effect the day it is made. `expires_on` is the last day of its first term. Acts of one
    day count in the order given; acts from before the document took effect count from that day on.
    """
    begins = effective_on or made_on
    found: list[Span] = []
    if made_on < begins:
        found.append(Span(Standing.NOT_YET, made_on, begins - timedelta(days=1)))
    turns = _turns(begins, expires_on, sorted(acts, key=lambda act: act.effective_on))
    for starts_on, standing, act in turns:
        found = _turn(found, starts_on, standing, act)
    return tuple(found)


def _turns(begins: date, expires_on: date | None, acts: list[Act]) -> Iterator[tuple[date, Standing, Act | None]]:
    """The days on which the standing turns, in order."""
    yield begins, Standing.VALID, None
    last = expires_on
    for act in acts:
        day = max(act.effective_on, begins)
        if last is not None and day > last:
            break
        if act.kind is Kind.EXTENDED:
            last = act.until if act.until is not None and act.until >= day else last
            continue
        outcome = act.kind.outcome
        if outcome is None:
            continue
        yield day, outcome if act.whole else Standing.AMENDED, act
        if outcome.ended and act.whole:
            return
    if last is not None:
        yield last + timedelta(days=1), Standing.LAPSED, None


def _turn(found: list[Span], starts_on: date, standing: Standing, act: Act | None) -> list[Span]:
    """Close the newest span before `starts_on` and open the next; a span that would have no day left is dropped."""
    kept = list(found)
    if kept:
        former = kept.pop()
        if former.starts_on < starts_on:
            kept.append(Span(former.standing, former.starts_on, starts_on - timedelta(days=1), former.act))
    return [*kept, Span(standing, starts_on, None, act)]


def on_day(life: Iterable[Span], day: date) -> Span | None:
    """The span that holds on a day; None before the document was made."""
    return next((span for span in life if span.holds(day)), None)
