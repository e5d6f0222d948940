"""A plan as SQL over one generation's table: the conditions of its parts, and the score that orders what is found."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mingtang.search.entry import number_word, title_word
from mingtang.search.index import Depth, Filters
from mingtang.search.plan import Plan, Unit, most_of
from mingtang.text import folding

EXACT, TITLE, ANYWHERE, WITHIN, OTHER, TOGETHER, EXTRA, PARTS = 1000.0, 3.0, 1.0, 0.35, 0.7, 3.0, 0.5, 0.6
#: Longer words are found as they were cut; words that more than this part of all entries have tell little.
SPLIT, COMMON, COMMON_LEAST = 4, 0.05, 50


@dataclass
class Sql:
    """A piece of SQL with its parameters."""

    text: str
    values: list[Any] = field(default_factory=list[Any])


def either(*pieces: Sql) -> Sql:
    """True where one of the pieces is."""
    return _joined(" OR ", pieces)


def every(*pieces: Sql) -> Sql:
    """True where all pieces are."""
    return _joined(" AND ", pieces)


def _joined(word: str, pieces: Sequence[Sql]) -> Sql:
    if len(pieces) == 1:
        return pieces[0]
    return Sql("(" + word.join(piece.text for piece in pieces) + ")", [v for piece in pieces for v in piece.values])


def word_in(column: str, *words: str) -> Sql:
    """Whether a column of words has one of the words."""
    return Sql(f"{column} @@ %s::tsquery", [" | ".join(map(_quoted, words))])


def row_in(column: str, words: Sequence[str]) -> Sql:
    """Whether a column of words has the words in a row."""
    return Sql(f"{column} @@ %s::tsquery", [" <-> ".join(map(_quoted, words))])


def within(run: str, column: str = "flat") -> Sql:
    """Whether the characters of a run stand together: found by their pairs, then looked at."""
    pairs = Sql("pairs @> %s", [folding.bigrams(run)])
    return every(pairs, Sql(f"{column} LIKE %s", [f"%{run}%"])) if len(run) != 2 or column != "flat" else pairs


def _quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"


class Statement:
    """Condition and score of a plan.

    `weights` tells how rare a word is (1 where nothing is known), `common` words
    that tell too little to be asked for where not all words are.
    """

    def __init__(
        self, plan: Plan, filters: Filters, depth: Depth, weights: Mapping[str, float], common: Collection[str] = ()
    ) -> None:
        self.weights, self.common = weights, common
        self.scores: list[Sql] = []
        if depth is Depth.TITLES:
            self.condition = self._titles(plan)
            return
        exact = [title_word(plan.title), *map(number_word, plan.numbers), *map(number_word, plan.guesses)]
        whole = Sql("exact && %s", [exact])
        self._score(whole, EXACT)
        found = either(whole, self._words(plan, depth))
        chosen = [Sql(f"{name} = %s", [value]) for name, value in filters.chosen.items()]
        self.condition = every(found, *chosen)

    @property
    def score(self) -> Sql:
        """The sum of what each find tells."""
        if not self.scores:
            return Sql("0.0")
        return Sql(" + ".join(piece.text for piece in self.scores), [v for piece in self.scores for v in piece.values])

    def _titles(self, plan: Plan) -> Sql:
        """Entries in whose title, or whose body's name, what was typed begins to stand."""
        needed: list[Sql] = []
        for run in plan.runs:
            ways = [Sql("title_pairs @> %s AND title_flat LIKE %s", [folding.bigrams(run), f"%{run}%"])]
            ways += [
                Sql("sounds @@ %s::tsquery", [" <-> ".join(map(_quoted, row)) + ":*"])
                for row in plan.openings.get(run, ())
            ]
            if len(run) > 1 and run in plan.openings:
                ways.append(row_in("initials", folding.bigrams(run)))
            needed.append(either(*ways))
            self._score(ways[0], TITLE)
        return every(*needed) if needed else Sql("false")

    def _words(self, plan: Plan, depth: Depth) -> Sql:
        needed = [within(phrase) for phrase in plan.phrases]
        needed += [word_in("words", number_word(number)) for number in plan.numbers]
        for phrase in plan.phrases:
            self._score(Sql("title_flat LIKE %s", [f"%{phrase}%"]), TITLE * 5)
        units = [self._unit(unit, depth) for unit in plan.units]
        if units and (depth is Depth.STRICT or len(units) < 2):
            needed += units
        elif units:
            telling = [
                sql for unit, sql in zip(plan.units, units, strict=True) if unit.text not in self.common
            ] or units
            count = Sql(
                " + ".join(f"({unit.text})::int" for unit in telling), [v for unit in telling for v in unit.values]
            )
            needed.append(every(either(*telling), Sql(f"({count.text}) >= {most_of(len(telling))}", count.values)))
        found = every(*needed) if needed else Sql("false")
        for word in plan.extra:
            self._score(word_in("title", word), EXTRA)
            self._score(word_in("words", word), EXTRA * 0.4)
        for run in plan.runs:
            if len(plan.units) > 1 and 3 <= len(run) <= 30:
                self._score(Sql("title_flat LIKE %s", [f"%{run}%"]), TOGETHER * 5)
        return either(found, *self._slips(plan)) if depth is Depth.FORGIVING else found

    def _unit(self, unit: Unit, depth: Depth) -> Sql:
        weight = self.weights.get(unit.text, 1.0)
        ways = [word_in("words", unit.text)]
        self._score(word_in("title", unit.text), TITLE * weight)
        self._score(ways[0], ANYWHERE * weight)
        self._score(Sql("ts_rank(words, %s::tsquery, 1)", [_quoted(unit.text)]), weight, number=True)
        if len(unit.text) == 1:
            ways.append(Sql("title_pairs @> %s", [[unit.text]]))
        elif not unit.is_letters and (len(unit.text) <= SPLIT or not unit.is_word):
            ways.append(within(unit.text))
            self._score(Sql("title_flat LIKE %s", [f"%{unit.text}%"]), TITLE * weight * (0.3 if unit.is_word else 1.0))
            if not unit.is_word:
                self._score(ways[-1], ANYWHERE * weight)
        for other in unit.others:
            ways.append(within(other))
            self._score(Sql("title_flat LIKE %s", [f"%{other}%"]), TITLE * OTHER * weight)
            self._score(Sql("flat LIKE %s", [f"%{other}%"]), ANYWHERE * OTHER * weight)
        parts = [word_in("words", part) for part in unit.parts]
        if unit.is_made_of_parts:
            ways.append(every(*parts))
            self._score(ways[-1], ANYWHERE * weight * PARTS)
        if parts and depth > Depth.STRICT:
            ways += parts
            for part in unit.parts:
                self._score(word_in("title", part), ANYWHERE * PARTS)
        for reading in unit.readings:
            ways.append(row_in("sounds", reading))
            self._score(ways[-1], TITLE * weight)
        if unit.is_letters and len(unit.text) > 1:
            ways.append(row_in("initials", folding.bigrams(unit.text)))
            self._score(ways[-1], TITLE * weight)
        return either(*ways)

    def _slips(self, plan: Plan) -> list[Sql]:
        found: list[Sql] = []
        for slip in plan.slips:
            missing = Sql(
                f"cardinality(ARRAY(SELECT unnest(%s::text[]) EXCEPT SELECT unnest({slip.column}))) <= %s",
                [list(slip.pieces), len(set(slip.pieces)) - slip.least],
            )
            found.append(every(Sql(f"{slip.column} && %s", [list(slip.pieces)]), missing))
            for piece in slip.pieces:
                self._score(Sql("pairs @> %s", [[piece]]), WITHIN)
                self._score(Sql("title_pairs @> %s", [[piece]]), ANYWHERE)
            if slip.sounds:
                found.append(row_in("sounds", slip.sounds))
                self._score(found[-1], TITLE * 3)
        return found

    def _score(self, condition: Sql, weight: float, *, number: bool = False) -> None:
        text = f"{weight:.4f} * {condition.text}" if number else f"{weight:.4f} * ({condition.text})::int"
        self.scores.append(Sql(text, condition.values))


def rarity(documents: int, with_word: int) -> float:
    """How much a word tells that so many of all documents have."""
    return math.log(1.0 + documents / (1.0 + with_word))
