"""A plan as SQL over one generation's table: which entries match, and the scores that order them.

Long columns (`words`, `pairs`, `flat`) lie outside the row and are unpacked anew by every expression that reads them.
So what matches is told by indexes alone as far as can be, put in a first order by the short columns of titles, and
only the best of that are given their whole score.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from mingtang.search.entry import number_word, title_word
from mingtang.search.index import Depth, Filters
from mingtang.search.plan import Plan, Slip, Unit, most_of
from mingtang.text import folding

EXACT, TITLE, ANYWHERE, WITHIN, OTHER, TOGETHER, EXTRA, PARTS = 1000.0, 3.0, 1.0, 0.35, 0.7, 3.0, 0.5, 0.6
#: Longer words are found as they were cut; words that more than this part of all entries have tell little.
SPLIT, COMMON, COMMON_LEAST = 4, 0.05, 50
#: Pieces of a slip that an index is asked for.
ASKED = 6
#: Columns that lie within the row.
SHORT_COLUMNS = ("exact", "title", "sounds", "initials")


@dataclass
class Sql:
    """A piece of SQL with its parameters."""

    text: str
    values: list[Any] = field(default_factory=list[Any])
    known_column: str = ""

    @property
    def column(self) -> str:
        """The first column that the piece reads (`title` for all that hold the title)."""
        return self.known_column or self.text.lstrip("(").partition(" ")[0].partition("_")[0]


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
    """What matches a plan in a table, and its scores.

    `weights` tells how rare a word is (1 where nothing is known), `common` words and pairs of characters that tell too
    little to be asked for where not all are.
    """

    def __init__(
        self,
        table: str,
        plan: Plan,
        filters: Filters,
        depth: Depth,
        weights: Mapping[str, float],
        common: Collection[str] = (),
    ) -> None:
        self.table, self.weights, self.common = table, weights, common
        self.scores: list[Sql] = []
        self.chosen = [Sql(f"{name} = %s", [value]) for name, value in filters.chosen.items()]
        if depth is Depth.TITLES:
            self.matching = self._where(self._titles(plan))
            return
        exact = [title_word(plan.title), *map(number_word, plan.numbers), *map(number_word, plan.guesses)]
        whole = Sql("exact && %s", [exact])
        self._score(whole, EXACT)
        needed, units = self._words(plan, depth)
        if depth is Depth.STRICT or (depth is Depth.LENIENT and len(units) < 2):
            found = every(*needed, *units) if needed or units else Sql("false")
            self.matching = self._where(either(whole, found))
        else:
            self.matching = self._near(plan, depth, whole, needed, units)

    @property
    def first(self) -> Sql:
        """The part of the score that the short columns tell."""
        return _sum([piece for piece in self.scores if piece.column in SHORT_COLUMNS])

    @property
    def score(self) -> Sql:
        """The sum of what each find tells."""
        return _sum(self.scores)

    def _where(self, condition: Sql) -> Sql:
        """Keys and first scores of the entries for which a condition holds."""
        return _select(self.first, "first", Sql(self.table), every(condition, *self.chosen))

    def _near(self, plan: Plan, depth: Depth, whole: Sql, needed: list[Sql], units: list[Sql]) -> Sql:
        """Entries that have most of the words, or (forgiving) most pieces of a run that may hold a wrong character."""
        parts = [self._where(whole)]
        if needed:
            parts.append(self._where(every(*needed, *units)))
        elif units:
            parts.append(self._most(plan, units))
        parts += [self._where(slip) for slip in self._slips(plan)] if depth is Depth.FORGIVING else []
        return _grouped("key", "max(first) AS first", parts)

    def _most(self, plan: Plan, units: list[Sql]) -> Sql:
        """Entries that have most of the units that tell something: each is asked of its index, and counted."""
        known = list(zip(plan.units, units, strict=True))
        telling = [(unit, sql) for unit, sql in known if unit.text not in self.common] or known
        tables = Sql(self.table)
        held = [
            _select(Sql(f"{self._weight(unit):.4f}"), "tells", tables, every(sql, *self.chosen))
            for unit, sql in telling
        ]
        counted = _grouped("key AS most", "sum(tells) AS tells", held, having=f"count(*) >= {most_of(len(telling))}")
        joined = Sql(f"{self.table} JOIN ({counted.text}) AS counted ON most = key", counted.values)
        first = self.first
        return _select(Sql(f"tells + {first.text}", first.values), "first", joined, Sql("true"))

    def _weight(self, unit: Unit) -> float:
        return self.weights.get(unit.text, 1.0)

    def _titles(self, plan: Plan) -> Sql:
        """Entries in whose title, body's name or document number what was typed begins to stand."""
        needed = [Sql("exact && %s", [[number_word(number)]]) for number in plan.numbers]
        for run in plan.opened:
            ways = [Sql("title_pairs @> %s AND title_flat LIKE %s", [folding.bigrams(run), f"%{run}%"])]
            ways += [
                Sql("sounds @@ %s::tsquery", [" <-> ".join(map(_quoted, row)) + ":*"])
                for row in plan.openings.get(run, ())
            ]
            if len(run) > 1:
                ways.append(row_in("initials", folding.bigrams(run)))
            needed.append(either(*ways))
            self._score(ways[0], TITLE)
        return every(*needed) if needed else Sql("false")

    def _words(self, plan: Plan, depth: Depth) -> tuple[list[Sql], list[Sql]]:
        """What must be there (phrases, numbers), and each unit."""
        needed = [within(phrase) for phrase in plan.phrases]
        needed += [word_in("words", number_word(number)) for number in plan.numbers]
        for phrase in plan.phrases:
            self._score(Sql("title_flat LIKE %s", [f"%{phrase}%"]), TITLE * 5)
        units = [self._unit(unit, depth) for unit in plan.units]
        for word in plan.extra:
            self._score(word_in("title", word), EXTRA)
            self._score(word_in("words", word), EXTRA * 0.4)
        for run in plan.runs:
            if len(plan.units) > 1 and 3 <= len(run) <= 30:
                self._score(Sql("title_flat LIKE %s", [f"%{run}%"]), TOGETHER * 5)
        return needed, units

    def _unit(self, unit: Unit, depth: Depth) -> Sql:
        weight = self._weight(unit)
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
            found.append(self._most_pieces(slip))
            for piece in slip.pieces:
                self._score(Sql("pairs @> %s", [[piece]]), WITHIN)
                self._score(Sql("title_pairs @> %s", [[piece]]), ANYWHERE)
            if slip.sounds:
                found.append(row_in("sounds", slip.sounds))
                self._score(found[-1], TITLE * 3)
        return found

    def _most_pieces(self, slip: Slip) -> Sql:
        """Whether enough pieces of a run are there.

        Of the first few pieces no more may be missing than of all: every set of so many is asked of the index at once.
        Pieces that are everywhere are left out where others tell more.
        """
        pieces = list(dict.fromkeys(slip.pieces))
        may_miss = len(pieces) - slip.least
        telling = [piece for piece in pieces if piece not in self.common] or pieces
        asked = telling[:ASKED]
        least = max(1, len(asked) - may_miss)
        sets = [Sql(f"{slip.column} @> %s", [list(each)]) for each in combinations(asked, least)]
        if len(asked) == len(pieces) or least >= slip.least:
            return either(*sets)
        missing = Sql(
            f"cardinality(ARRAY(SELECT unnest(%s::text[]) EXCEPT SELECT unnest({slip.column}))) <= %s",
            [pieces, may_miss],
        )
        return every(either(*sets), missing)

    def _score(self, condition: Sql, weight: float, *, number: bool = False) -> None:
        text = f"{weight:.4f} * {condition.text}" if number else f"{weight:.4f} * ({condition.text})::int"
        self.scores.append(Sql(text, condition.values, condition.column))


def _select(score: Sql, name: str, source: Sql, condition: Sql) -> Sql:
    """A query; names and numbers in it are our own, everything from outside is a parameter."""
    text = f"SELECT key, {score.text} AS {name} FROM {source.text} WHERE {condition.text}"  # noqa: S608
    return Sql(text, [*score.values, *source.values, *condition.values])


def _grouped(key: str, score: str, parts: Sequence[Sql], *, having: str = "true") -> Sql:
    """The rows of several queries, one for each key."""
    rows = " UNION ALL ".join(part.text for part in parts)
    name = key.partition(" ")[0]
    text = f"SELECT {key}, {score} FROM ({rows}) AS part GROUP BY {name} HAVING {having}"  # noqa: S608 - our own names
    return Sql(text, [value for part in parts for value in part.values])


def _sum(pieces: Sequence[Sql]) -> Sql:
    if not pieces:
        return Sql("0.0")
    return Sql(" + ".join(piece.text for piece in pieces), [value for piece in pieces for value in piece.values])


def rarity(documents: int, with_word: int) -> float:
    """How much a word tells that so many of all documents have."""
    return math.log(1.0 + documents / (1.0 + with_word))
