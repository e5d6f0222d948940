"""Looking something up in an index: as strict as the words allow, forgiving where they find little."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mingtang.search import ranking
from mingtang.search.index import Candidate, Depth, Filters, Index
from mingtang.search.plan import Plan

#: So many of the best matches are put in order by what they are worth; those behind keep the order of the words.
WINDOW = 100
#: Fewer than this, and a search forgives a missing word.
ENOUGH = 5


@dataclass(frozen=True)
class Answer:
    """Keys in order, how far the search had to forgive, and (where it did) how many entries have every word."""

    keys: Sequence[int]
    depth: Depth
    whole: int = 0


def find(index: Index, plan: Plan, filters: Filters, *, today: date, limit: int = 10, offset: int = 0) -> Answer:
    """The answers from number `offset` on, at most `limit` of them. Raises `IndexMissing`."""
    if plan.is_empty:
        return Answer((), Depth.STRICT)
    depth, whole, best = _window(index, plan, filters, today.toordinal())
    found = best[offset : offset + limit]
    if offset + limit > WINDOW and len(best) >= WINDOW:
        found += index.candidates(plan, filters, depth, limit - len(found), max(offset, WINDOW))
    return Answer([candidate.key for candidate in found], depth, whole)


def _window(index: Index, plan: Plan, filters: Filters, today: int) -> tuple[Depth, int, list[Candidate]]:
    """How far the search had to forgive, how many entries have every word, and the best entries in order."""
    strict = ranking.ordered(index.candidates(plan, filters, Depth.STRICT, WINDOW), today)
    if len(strict) >= ENOUGH or plan.numbers or plan.phrases:
        return Depth.STRICT, len(strict), strict
    if strict and len(plan.units) == 1 and plan.units[0].is_word:
        return Depth.STRICT, len(strict), strict
    # Where some answer holds every word, what was typed is right; what is no word can be loosened by its characters.
    depth = Depth.LENIENT if strict and len(plan.units) > 1 else Depth.FORGIVING
    wider = ranking.ordered(index.candidates(plan, filters, depth, WINDOW), today)
    known = {candidate.key for candidate in strict}
    near = [candidate for candidate in wider if candidate.key not in known]
    return (depth, len(strict), [*strict, *near][:WINDOW]) if near else (Depth.STRICT, len(strict), strict)


def suggest(index: Index, plan: Plan, *, today: date, limit: int) -> Answer:
    """Entries in whose title what was typed begins to stand. Raises `IndexMissing`."""
    if not (plan.runs or plan.numbers):
        return Answer((), Depth.TITLES)
    found = index.candidates(plan, Filters(), Depth.TITLES, WINDOW)
    best = ranking.ordered(found, today.toordinal())[:limit]
    return Answer([candidate.key for candidate in best], Depth.TITLES)
