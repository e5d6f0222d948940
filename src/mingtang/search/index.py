"""The index as the rest of the room sees it: what an engine must be able to do, and the values that go in and out."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Protocol

from mingtang.search.entry import Entry
from mingtang.search.plan import Plan

#: Names of the facets, in the order in which a page shows them.
FACETS = ("body", "topic", "genre", "year", "validity")


class Depth(IntEnum):
    """How far a search reaches: what was typed stands in a title; every word is there; most are; one may be wrong."""

    TITLES = 0
    STRICT = 1
    LENIENT = 2
    FORGIVING = 3


@dataclass(frozen=True)
class Place:
    """Up to where in the event stream an index has followed: number and digest of the last event."""

    seq: int
    digest: str


@dataclass(frozen=True)
class State:
    """What an index says of itself. `lexicon` are the site's words with which it was cut."""

    generation: str
    form: int
    place: Place
    lexicon: tuple[str, ...]
    entries: int


@dataclass(frozen=True)
class Candidate:
    """An entry that may answer: its key, how well it matches, and what ranking must know of it."""

    key: int
    score: float
    day: int
    validity: int
    authority: int


Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Filters:
    """Facets that the reader has chosen: facet name → value."""

    chosen: Mapping[str, str] = field(default_factory=dict[str, str])


class Writing(Protocol):
    """An index under construction, or one that is being changed."""

    def put(self, entries: Iterable[Entry]) -> None:
        """Add entries; those with the same key are replaced."""
        ...

    def remove(self, keys: Collection[int]) -> None:
        """Take entries out; keys that are not in it do no harm."""
        ...


class Index(Protocol):
    """One engine over one installation. Readers never wait for writers; writers wait for each other."""

    def state(self) -> State:
        """What is served now. Raises `IndexMissing`."""
        ...

    def lexicon(self) -> tuple[str, ...]:
        """The site's words with which it was cut. Raises `IndexMissing`."""
        ...

    def change(self, change: Callable[[Writing], Place]) -> None:
        """Change what is served; the place that `change` returns is kept with it. Raises `IndexMissing`."""
        ...

    def rebuild(
        self,
        lexicon: tuple[str, ...],
        fill: Callable[[Writing], None],
        catch_up: Callable[[Writing], Place],
    ) -> None:
        """Build anew beside what is served, then switch at once.

        `fill` writes everything while others go on changing what is served; `catch_up` runs while they wait, and
        brings in what has happened since.
        """
        ...

    def candidates(
        self, plan: Plan, filters: Filters, depth: Depth, limit: int, offset: int = 0
    ) -> Sequence[Candidate]:
        """At most `limit` entries that match, best first, after the first `offset`. Raises `IndexMissing`."""
        ...

    def counts(self, plan: Plan, filters: Filters, depth: Depth) -> Counts:
        """For each facet, how many of all matching entries have each value."""
        ...

    def drop(self) -> None:
        """Remove everything that the engine keeps."""
        ...


#: The validity of an entry as ranking orders it.
VALIDITIES = ("valid", "not_applicable", "amended", "lapsed", "repealed")
#: Genres by authority: what binds, what announces, what explains, what reports.
AUTHORITIES: Mapping[str, int] = {
    **dict.fromkeys(("measures", "order", "decision"), 0),
    **dict.fromkeys(("opinion", "notice", "plan", "announcement", "circular", "reply"), 1),
    **dict.fromkeys(("guide", "catalogue", "interpretation", "data", "communique", "report"), 2),
    **dict.fromkeys(("bulletin", "letter", "minutes", "other"), 3),
    "news": 4,
}


def packed(entry: Entry) -> int:
    """Key, day, validity and authority of an entry in one number, for engines that keep one beside each entry."""
    validity = VALIDITIES.index(entry.validity) if entry.validity in VALIDITIES else 1
    authority = AUTHORITIES.get(entry.genre, 3)
    return entry.key << 24 | (entry.published_on.toordinal() - EPOCH & 0xFFFF) << 8 | validity << 4 | authority


#: The first day that can be packed: 1 January 1949.
EPOCH = 711_493


def unpacked(number: int, score: float) -> Candidate:
    """A candidate from the number that `packed` made."""
    return Candidate(
        key=number >> 24,
        score=score,
        day=(number >> 8 & 0xFFFF) + EPOCH,
        validity=number >> 4 & 0xF,
        authority=number & 0xF,
    )
