"""A plan as a Tantivy query: which fields are asked for what, and how much each tells."""

from collections.abc import Iterable, Sequence

import tantivy
from tantivy import Occur, Query

from mingtang.search.entry import number_word, title_word
from mingtang.search.index import Depth, Filters
from mingtang.search.plan import Plan, Unit, most_of
from mingtang.text import folding

MUST, SHOULD = Occur.Must, Occur.Should

#: The score of an entry whose whole title or own number was typed: above whatever words can give.
EXACT = 1000.0
#: How much a find tells, by where: a word of the title, of anything, characters in the title, anywhere.
TITLE, ANYWHERE, IN_TITLE, WITHIN = 3.0, 1.0, 1.0, 0.35
#: A synonym and the parts of a longer word tell less than the word itself.
OTHER, PARTS = 0.7, 0.6
#: Longer words are found as they were cut: a sentence that cuts them otherwise is too rare to be looked for.
SPLIT = 4
#: Words that more than this part of all entries have tell little (but not among so few entries).
COMMON, COMMON_LEAST = 0.05, 50
#: Words that count little beside others.
EXTRA_TITLE, EXTRA = 0.5, 0.2
#: The whole of what was typed standing together in the title, or in the text.
TOGETHER_TITLE, TOGETHER = 3.0, 1.0


class Clauses:
    """Makes queries for one searcher, which tells how many entries have a word."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher) -> None:
        self.schema, self.searcher = schema, searcher

    def query(self, plan: Plan, filters: Filters, depth: Depth) -> Query:
        """The query of a plan; what was typed as a whole title or number always matches."""
        if depth is Depth.TITLES:
            return self._titles(plan)
        whole = [title_word(plan.title), *map(number_word, (*plan.numbers, *plan.guesses))]
        sought = [self._const("exact", word) for word in whole if self.searcher.doc_freq("exact", word)]
        clauses = [(MUST, either([*sought, self._words(plan, depth)]))]
        clauses += [
            (MUST, Query.const_score_query(self._term(name, value, "basic"), 0.0))
            for name, value in filters.chosen.items()
        ]
        return Query.boolean_query(clauses)

    def _titles(self, plan: Plan) -> Query:
        """Entries in whose title, body's name or document number what was typed begins to stand."""
        needed = [self._const("exact", number_word(number)) for number in plan.numbers]
        for run in plan.opened:
            ways = [self._row("title_pairs", folding.bigrams(run), TITLE)]
            ways += [self._opening(row) for row in plan.openings.get(run, ())]
            if len(run) > 1:
                ways.append(self._row("initials", folding.bigrams(run), TITLE))
            needed.append(either(ways))
        return every(needed) if needed else Query.empty_query()

    def _opening(self, row: Sequence[str]) -> Query:
        if len(row) > 1:
            return Query.phrase_prefix_query(self.schema, "sounds", list(row))
        return Query.const_score_query(Query.regex_query(self.schema, "sounds", f"{row[0]}.*"), 1.0)

    def _words(self, plan: Plan, depth: Depth) -> Query:
        needed = [self._phrase(phrase) for phrase in plan.phrases]
        needed += [self._term("all", number_word(number), weight=TITLE) for number in plan.numbers]
        units = [self._unit(unit, depth) for unit in plan.units]
        if depth is Depth.STRICT or len(units) < 2:
            clauses = [(MUST, query) for query in (*needed, *units)]
        else:
            clauses = [*((MUST, query) for query in needed), *self._most(plan, units)]
        if not clauses:
            return Query.empty_query()
        clauses += [(SHOULD, query) for query in self._bonuses(plan, depth)]
        found = Query.boolean_query(clauses)
        return either([found, *self._slips(plan)]) if depth is Depth.FORGIVING else found

    def _most(self, plan: Plan, units: Sequence[Query]) -> Iterable[tuple[Occur, Query]]:
        """Most of the units that tell something must be there; those that every other entry has only add."""
        telling = [query for unit, query in zip(plan.units, units, strict=True) if not self._is_common(unit)]
        common = [unit for unit in plan.units if self._is_common(unit)] if telling else []
        yield MUST, Query.boolean_query([(SHOULD, query) for query in telling or units], most_of(len(telling or units)))
        for unit in common:
            yield SHOULD, self._term("title", unit.text, weight=TITLE)

    def _is_common(self, unit: Unit) -> bool:
        return self.searcher.doc_freq("all", unit.text) > max(COMMON_LEAST, self.searcher.num_docs * COMMON)

    def _unit(self, unit: Unit, depth: Depth) -> Query:
        ways = [
            self._term("title", unit.text, weight=TITLE),
            self._term("all", unit.text, weight=ANYWHERE),
        ]
        if len(unit.text) == 1:
            ways.append(self._term("title_pairs", unit.text, weight=IN_TITLE))
        elif not unit.is_letters and (len(unit.text) <= SPLIT or not unit.is_word):
            ways += self._within(unit.text, IN_TITLE, WITHIN if unit.is_word else ANYWHERE)
        for other in unit.others:
            ways += self._within(other, TITLE * OTHER, ANYWHERE * OTHER)
        parts = [self._anywhere(part, PARTS) for part in unit.parts]
        if unit.is_made_of_parts:
            ways.append(every(parts))
        if parts and depth > Depth.STRICT:
            ways += parts
        ways += [self._row("sounds", row, TITLE) for row in unit.readings]
        if unit.is_letters and len(unit.text) > 1:
            ways.append(self._row("initials", folding.bigrams(unit.text), TITLE))
        return either(ways)

    def _within(self, run: str, in_title: float, anywhere: float) -> list[Query]:
        pairs = folding.bigrams(run)
        return [self._row("title_pairs", pairs, in_title), self._row("pairs", pairs, anywhere)]

    def _anywhere(self, word: str, weight: float) -> Query:
        return either([self._term("title", word, weight=TITLE * weight), self._term("all", word, weight=weight)])

    def _phrase(self, phrase: str) -> Query:
        return either(self._within(phrase, TITLE, ANYWHERE))

    def _bonuses(self, plan: Plan, depth: Depth) -> Iterable[Query]:
        for word in plan.extra:
            yield self._term("title", word, weight=EXTRA_TITLE)
            yield self._term("all", word, weight=EXTRA)
        # What stands together holds every word: it has been found before a search forgives.
        for run in plan.runs if depth is Depth.STRICT else ():
            if len(plan.units) > 1 and 3 <= len(run) <= 30:
                yield from self._within(run, TOGETHER_TITLE, TOGETHER)

    def _slips(self, plan: Plan) -> Iterable[Query]:
        """Runs in which a character may be wrong: most of their pieces are there, or they sound the same."""
        for slip in plan.slips:
            pieces = dict.fromkeys(slip.pieces)
            ways = [self._piece(slip.column, piece) for piece in pieces]
            yield Query.boolean_query([(SHOULD, way) for way in ways], slip.least)
            if slip.sounds:
                yield self._row("sounds", slip.sounds, TITLE)

    def _piece(self, column: str, piece: str) -> Query:
        within = self._term("title_pairs", piece, weight=IN_TITLE)
        return within if column == "title_pairs" else either([within, self._term("pairs", piece, weight=WITHIN)])

    def _const(self, name: str, word: str) -> Query:
        return Query.const_score_query(self._term(name, word, "basic"), EXACT)

    def _term(self, name: str, word: str, option: str = "", *, weight: float = 1.0) -> Query:
        option = option or ("freq" if name in ("title", "all") else "position")
        query = Query.term_query(self.schema, name, word, option)
        return query if weight == 1.0 else Query.boost_query(query, weight)

    def _row(self, name: str, words: Sequence[str], weight: float) -> Query:
        if not words:
            return Query.empty_query()
        if len(words) == 1:
            return self._term(name, words[0], weight=weight)
        return Query.boost_query(Query.phrase_query(self.schema, name, list(words)), weight)


def either(queries: Sequence[Query]) -> Query:
    """What matches any of the queries; their scores add up."""
    return queries[0] if len(queries) == 1 else Query.boolean_query([(SHOULD, query) for query in queries])


def every(queries: Sequence[Query]) -> Query:
    """What matches all of the queries."""
    return Query.boolean_query([(MUST, query) for query in queries])
