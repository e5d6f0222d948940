"""Other ways to search the same documents: SQLite FTS5 by trigrams and by words, PostgreSQL's own ranking, LIKE.

Each is used as well as it can be: words cut by the same segmenter, titles weighted, any word may match. Returned are
keys, best first.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence

from mingtang.search.entry import Entry
from mingtang.text import folding
from mingtang.text.segment import Segmenter

Search = Callable[[str], Sequence[int]]
#: How much more a word of the title tells.
TITLE = 5.0


def words_in_sqlite(entries: Iterable[Entry], segmenter: Segmenter) -> Search:
    """FTS5 over words cut before they come in, BM25 with a weight on titles."""
    database = sqlite3.connect(":memory:", check_same_thread=False)
    database.execute("CREATE VIRTUAL TABLE found USING fts5(title, number, text, tokenize = 'unicode61')")

    def cut(text: str) -> str:
        return " ".join(segmenter.words_within(folding.fold(text)))

    rows = ((one.key, cut(one.title), cut(one.number), cut(one.text)) for one in entries)
    database.executemany("INSERT INTO found (rowid, title, number, text) VALUES (?, ?, ?, ?)", rows)
    database.execute("INSERT INTO found (found) VALUES ('optimize')")

    def search(typed: str) -> Sequence[int]:
        asked = " OR ".join(f'"{word}"' for word in segmenter.words_within(folding.fold(typed)))
        return _ranked(database, asked)

    return search


def trigrams_in_sqlite(entries: Iterable[Entry]) -> Search:
    """FTS5 over trigrams, BM25 with a weight on titles."""
    database = sqlite3.connect(":memory:", check_same_thread=False)
    database.execute("CREATE VIRTUAL TABLE found USING fts5(title, number, text, tokenize = 'trigram')")
    rows = ((one.key, one.title, one.number, one.text) for one in entries)
    database.executemany("INSERT INTO found (rowid, title, number, text) VALUES (?, ?, ?, ?)", rows)
    database.execute("INSERT INTO found (found) VALUES ('optimize')")

    def search(typed: str) -> Sequence[int]:
        grams = {typed[at : at + 3].replace('"', "") for at in range(len(typed) - 2)}
        return _ranked(database, " OR ".join(f'"{gram}"' for gram in sorted(grams) if len(gram) == 3))

    return search


def _ranked(database: sqlite3.Connection, asked: str) -> Sequence[int]:
    if not asked:
        return []
    found = database.execute(
        f"SELECT rowid FROM found WHERE found MATCH ? ORDER BY bm25(found, {TITLE}, {TITLE}, 1.0) LIMIT 10", [asked]
    )
    return [key for (key,) in found]


def like_in_sqlite(entries: Iterable[Entry]) -> Search:
    """LIKE over title, number and text, newest first."""
    database = sqlite3.connect(":memory:", check_same_thread=False)
    database.execute("CREATE TABLE found (key INTEGER PRIMARY KEY, day INTEGER, title TEXT, number TEXT, text TEXT)")
    rows = ((one.key, one.published_on.toordinal(), one.title, one.number, one.text) for one in entries)
    database.executemany("INSERT INTO found VALUES (?, ?, ?, ?, ?)", rows)

    def search(typed: str) -> Sequence[int]:
        asked = [f"%{typed}%"] * 3
        found = database.execute(
            "SELECT key FROM found WHERE title LIKE ? OR number LIKE ? OR text LIKE ? ORDER BY day DESC LIMIT 10", asked
        )
        return [key for (key,) in found]

    return search


def words_in_postgres(url: str, entries: Iterable[Entry], segmenter: Segmenter) -> Search:
    """PostgreSQL's full text search over words cut before they come in: GIN index, `ts_rank` with weights."""
    import psycopg

    connection = psycopg.connect(url, autocommit=True)
    connection.execute("CREATE TEMPORARY TABLE found (key bigint PRIMARY KEY, words tsvector)")

    def cut(text: str) -> str:
        return " ".join(segmenter.words_within(folding.fold(text)))

    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO found VALUES (%s, setweight(to_tsvector('simple', %s), 'A')"
            " || setweight(to_tsvector('simple', %s), 'D'))",
            [(one.key, f"{cut(one.title)} {cut(one.number)}", cut(one.text)) for one in entries],
        )
    connection.execute("CREATE INDEX ON found USING gin (words)")
    connection.execute("ANALYZE found")

    def search(typed: str) -> Sequence[int]:
        asked = " | ".join(f"'{word}'" for word in segmenter.words_within(folding.fold(typed)))
        found = connection.execute(
            "SELECT key FROM found, to_tsquery('simple', %s) AS asked WHERE words @@ asked"
            " ORDER BY ts_rank(words, asked, 1) DESC LIMIT 10",
            [asked],
        )
        return [key for (key,) in found.fetchall()]

    return search
