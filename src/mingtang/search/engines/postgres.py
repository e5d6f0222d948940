"""PostgreSQL as the index, shared by several nodes: tables of our own beside those of the platform.

Words come cut by us as `tsvector`s with GIN indexes; nothing but PostgreSQL itself is needed.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any
from uuid import uuid4

from django.db import connection, transaction
from django.utils.translation import gettext as _

from mingtang.search.engines.statements import COMMON, COMMON_LEAST, Statement, rarity
from mingtang.search.entry import FORM, GAP, Entry, Words, words_of
from mingtang.search.errors import IndexMissing
from mingtang.search.index import FACETS, Candidate, Counts, Depth, Filters, Place, State, Writing, packed, unpacked
from mingtang.search.plan import Plan
from mingtang.text import folding
from mingtang.text.segment import Segmenter, segmenter

#: Numbers of the advisory locks of this engine: writing, building.
WRITE, BUILD = 0x6D74_7301, 0x6D74_7302
BATCH = 500
#: So many of the first order are given their whole score; it must hold `finding.WINDOW`.
RANKED = 160
#: The highest position that a tsvector can note.
LAST_POSITION = 16_383

STATE_TABLE = """CREATE TABLE IF NOT EXISTS searchindex_state (
  one boolean PRIMARY KEY DEFAULT true CHECK (one), generation text NOT NULL, form integer NOT NULL,
  seq bigint NOT NULL, digest text NOT NULL, lexicon jsonb NOT NULL, documents bigint NOT NULL)"""
ENTRY_TABLE = """CREATE TABLE {table} (
  key bigint PRIMARY KEY, packed bigint NOT NULL, body text NOT NULL, topic text NOT NULL, genre text NOT NULL,
  year text NOT NULL, validity text NOT NULL, exact text[] NOT NULL, title tsvector NOT NULL, words tsvector NOT NULL,
  title_pairs text[] NOT NULL, pairs text[] NOT NULL, title_flat text NOT NULL, flat text NOT NULL,
  sounds tsvector NOT NULL, initials tsvector NOT NULL)"""
SEARCHED = ("exact", "title", "words", "title_pairs", "pairs", "sounds", "initials")
COLUMNS = ("key", "packed", *FACETS, "exact", "title", "words", "title_pairs", "pairs", "title_flat", "flat", "sounds",
           "initials")  # fmt: skip


class _Writer:
    """Writes entries into one generation's table, within the transaction that is open."""

    def __init__(self, table: str, words: Segmenter) -> None:
        self.table, self.words = table, words

    def put(self, entries: Iterable[Entry]) -> None:
        rest = iter(entries)
        while batch := list(islice(rest, BATCH)):
            self.remove([entry.key for entry in batch])
            casts = ", ".join("%s::tsvector" if name in TSVECTORS else "%s" for name in COLUMNS)
            with connection.cursor() as cursor:
                cursor.executemany(
                    f"INSERT INTO {self.table} ({', '.join(COLUMNS)}) VALUES ({casts})",  # noqa: S608 - our own names
                    [_row(entry, self.words) for entry in batch],
                )

    def remove(self, keys: Collection[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {self.table} WHERE key = ANY(%s)", [list(keys)])  # noqa: S608


TSVECTORS = ("title", "words", "sounds", "initials")


def _row(entry: Entry, segmenter: Segmenter) -> list[Any]:
    words = words_of(entry, segmenter)
    title_flat = GAP.join(run for text in (entry.title, *entry.names) for run in folding.runs(folding.fold(text)))
    flat = GAP.join(folding.runs(folding.fold("\n".join((entry.text, *entry.keywords)))))
    return [
        entry.key, packed(entry), *(str(getattr(entry, name)) for name in FACETS), words.exact, _vector(words.title),
        _vector(words.all), list(dict.fromkeys(words.title_pairs)), _all_pairs(words), title_flat,
        f"{title_flat}{GAP}{flat}", _vector(words.sounds), _vector(words.initials),
    ]  # fmt: skip


def _all_pairs(words: Words) -> list[str]:
    return [pair for pair in dict.fromkeys(words.pairs) if pair != GAP]


def _vector(words: Iterable[str]) -> str:
    """The text form of a tsvector in which the words stand in their order; a gap leaves its place free."""
    places: dict[str, list[int]] = {}
    for place, word in enumerate(words, 1):
        if word != GAP:
            places.setdefault(word, []).append(min(place, LAST_POSITION))
    return " ".join(f"'{word}':{','.join(map(str, at[:255]))}" for word, at in places.items())


class PostgresIndex:
    """The engine in the database that the platform uses. Whoever writes holds an advisory lock until the commit."""

    def state(self) -> State:
        with connection.cursor() as cursor:
            row = self._state_row(cursor)
            cursor.execute(f"SELECT count(*) FROM {_table(row['generation'])}")  # noqa: S608
            [(count,)] = cursor.fetchall()
        return State(row["generation"], row["form"], Place(row["seq"], row["digest"]), row["lexicon"], count)

    def lexicon(self) -> tuple[str, ...]:
        with connection.cursor() as cursor:
            return self._state_row(cursor)["lexicon"]

    def change(self, change: Callable[[Writing], Place]) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITE])
            row = self._state_row(cursor)
            place = change(_Writer(_table(row["generation"]), segmenter(row["lexicon"])))
            cursor.execute("UPDATE searchindex_state SET seq = %s, digest = %s", [place.seq, place.digest])

    def rebuild(
        self, lexicon: tuple[str, ...], fill: Callable[[Writing], None], catch_up: Callable[[Writing], Place]
    ) -> None:
        generation = uuid4().hex[:12]
        table = _table(generation)
        writer = _Writer(table, segmenter(lexicon))
        with self._building(), connection.cursor() as cursor:
            cursor.execute(STATE_TABLE)
            self._sweep(cursor)
            cursor.execute(ENTRY_TABLE.format(table=table))
            fill(writer)
            for column in SEARCHED:
                cursor.execute(f"CREATE INDEX ON {table} USING gin ({column})")
            documents = self._count_words(cursor, table)
            with transaction.atomic():
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITE])
                place = catch_up(writer)
                cursor.execute("DELETE FROM searchindex_state")
                cursor.execute(
                    "INSERT INTO searchindex_state (generation, form, seq, digest, lexicon, documents)"
                    " VALUES (%s, %s, %s, %s, %s::jsonb, %s)",
                    [generation, FORM, place.seq, place.digest, json.dumps(lexicon, ensure_ascii=False), documents],
                )
            self._sweep(cursor)

    def candidates(
        self, plan: Plan, filters: Filters, depth: Depth, limit: int, offset: int = 0
    ) -> Sequence[Candidate]:
        with connection.cursor() as cursor:
            statement = self._statement(cursor, plan, filters, depth)
            found = self._best(cursor, statement)[offset : offset + limit] if offset < RANKED else []
            if len(found) < limit and offset + limit > RANKED:
                found += self._further(cursor, statement, limit - len(found), max(offset, RANKED))
        return [unpacked(number, float(score)) for number, score in found]

    def _best(self, cursor: Any, statement: Statement) -> list[tuple[int, float]]:
        """The first of the first order, put in order by their whole score."""
        score, matching = statement.score, statement.matching
        cursor.execute(
            f"WITH best AS MATERIALIZED (SELECT key AS one FROM ({matching.text}) AS matching"  # noqa: S608 - values apart
            f" ORDER BY first DESC, key DESC LIMIT {RANKED})"
            f" SELECT packed, {score.text} AS score FROM best JOIN {statement.table} ON key = one"
            " ORDER BY 2 DESC, key DESC",
            [*matching.values, *score.values],
        )
        return cursor.fetchall()

    def _further(self, cursor: Any, statement: Statement, limit: int, offset: int) -> list[tuple[int, float]]:
        matching = statement.matching
        cursor.execute(
            f"SELECT packed, first FROM (SELECT key AS one, first FROM ({matching.text}) AS matching"  # noqa: S608
            " ORDER BY first DESC, key DESC LIMIT %s OFFSET %s) AS further"
            f" JOIN {statement.table} ON key = one ORDER BY first DESC, key DESC",
            [*matching.values, limit, offset],
        )
        return cursor.fetchall()

    def counts(self, plan: Plan, filters: Filters, depth: Depth) -> Counts:
        with connection.cursor() as cursor:
            statement = self._statement(cursor, plan, filters, depth)
            grouping = ", ".join(f"({name})" for name in FACETS)
            cursor.execute(
                f"SELECT {', '.join(FACETS)}, count(*) FROM {statement.table}"  # noqa: S608 - our own names
                f" JOIN (SELECT key AS one FROM ({statement.matching.text}) AS matching) AS found ON key = one"
                f" GROUP BY GROUPING SETS ({grouping})",
                statement.matching.values,
            )
            rows = cursor.fetchall()
        counts: dict[str, dict[str, int]] = {name: {} for name in FACETS}
        for *values, count in rows:
            for name, value in zip(FACETS, values, strict=True):
                if value is not None:
                    counts[name][value] = count
        return counts

    def drop(self) -> None:
        with self._building(), connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS searchindex_state")
            self._sweep(cursor)

    def _state_row(self, cursor: Any) -> dict[str, Any]:
        cursor.execute("SELECT to_regclass('searchindex_state') IS NOT NULL")
        row = None
        if cursor.fetchone()[0]:
            cursor.execute("SELECT generation, form, seq, digest, lexicon::text, documents FROM searchindex_state")
            row = cursor.fetchone()
        if row is None:
            raise IndexMissing(_("检索索引尚未建立：请执行 mingtang search rebuild。"))
        named = dict(zip(("generation", "form", "seq", "digest", "lexicon", "documents"), row, strict=True))
        return named | {"lexicon": tuple(json.loads(named["lexicon"]))}

    def _statement(self, cursor: Any, plan: Plan, filters: Filters, depth: Depth) -> Statement:
        """The statement over the table that is served, which must know how rare words and pairs are."""
        row = self._state_row(cursor)
        table, documents = _table(row["generation"]), row["documents"]
        words = [unit.text for unit in plan.units]
        cursor.execute(f"SELECT word, ndoc FROM {table}_words WHERE word = ANY(%s)", [words])  # noqa: S608
        known = dict(cursor.fetchall())
        weights = {word: rarity(documents, known.get(word, 0)) for word in words}
        common = {word for word, count in known.items() if count > max(COMMON_LEAST, documents * COMMON)}
        if depth is Depth.FORGIVING and documents > COMMON_LEAST / COMMON:
            common |= self._common_pieces(cursor, table, [piece for slip in plan.slips for piece in slip.pieces])
        return Statement(table, plan, filters, depth, weights, common)

    def _common_pieces(self, cursor: Any, table: str, pieces: list[str]) -> set[str]:
        """Which pairs of characters are in many entries, as PostgreSQL's own statistics of the column say."""
        cursor.execute(
            "SELECT piece FROM pg_stats,"
            " unnest(most_common_elems::text::text[], most_common_elem_freqs) AS often(piece, part)"
            " WHERE schemaname = current_schema() AND tablename = %s AND attname = 'pairs'"
            " AND piece = ANY(%s) AND part > %s",
            [table, pieces, COMMON],
        )
        return {piece for (piece,) in cursor.fetchall()}

    def _count_words(self, cursor: Any, table: str) -> int:
        """Note in how many entries each word is; later changes move it too little to matter."""
        cursor.execute(
            f"CREATE TABLE {table}_words AS SELECT word, ndoc FROM ts_stat('SELECT words FROM {table}')"  # noqa: S608
        )
        cursor.execute(f"ALTER TABLE {table}_words ADD PRIMARY KEY (word)")
        cursor.execute(f"ANALYZE {table}")
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
        return cursor.fetchone()[0]

    def _sweep(self, cursor: Any) -> None:
        """Drop the tables of every generation but the one that is served."""
        try:
            kept = _table(self._state_row(cursor)["generation"])
        except IndexMissing:
            kept = ""
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
            " AND tablename LIKE 'searchindex\\_%%' AND tablename <> ALL(%s)",
            [["searchindex_state", kept, f"{kept}_words"]],
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TABLE IF EXISTS "{name}"')

    @contextmanager
    def _building(self) -> Iterator[None]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [BUILD])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [BUILD])


def _table(generation: str) -> str:
    return f"searchindex_{generation}"
