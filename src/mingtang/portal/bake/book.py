"""The baker's book: which files the served release has, made from which arguments, depending on which tags.

One SQLite file beside the releases, so that finding the pages of a tag and noting one that changed cost the same
whatever the size of the site. What a running bake makes is written into the tables `new_*` first; they take effect
when the release is served, and tell the next bake what was about to happen when this one was killed. The book is
derived: lost or damaged, it is written anew by a whole bake.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mingtang.portal.bake.content import Content, Copy

FILE = "book.sqlite3"
VERSION = 1
#: How many paths or tags one statement asks for.
TOGETHER = 500
_TABLES = """
CREATE TABLE {0}file (path TEXT PRIMARY KEY, source TEXT NOT NULL, arguments TEXT NOT NULL, shard INTEGER NOT NULL,
  run INTEGER NOT NULL, gone INTEGER NOT NULL, sha256 TEXT, size INTEGER, gz TEXT, gz_size INTEGER, br TEXT,
  br_size INTEGER);
CREATE TABLE {0}tag (path TEXT NOT NULL, tag TEXT NOT NULL, PRIMARY KEY (path, tag)) WITHOUT ROWID;
CREATE TABLE {0}carried (page TEXT NOT NULL, path TEXT NOT NULL, PRIMARY KEY (page, path)) WITHOUT ROWID;
CREATE TABLE {0}shard (shard INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, files INTEGER NOT NULL, bytes INTEGER NOT NULL);
"""
_INDEXES = """
CREATE INDEX file_shard ON file (shard);
CREATE INDEX file_source ON file (source);
CREATE INDEX file_sha256 ON file (sha256);
CREATE INDEX file_gone ON file (path) WHERE gone;
CREATE INDEX tag_tag ON tag (tag);
CREATE INDEX carried_path ON carried (path);
"""
_OTHERS = """
CREATE TABLE note (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE lag (path TEXT PRIMARY KEY, sha256 TEXT);
"""
_DIFFERS = " OR ".join(f"a.{name} IS NOT b.{name}" for name in ("sha256", "gz", "br", "gone"))
_COLUMNS = "path, source, arguments, shard, run, gone, sha256, size, gz, gz_size, br, br_size"


@dataclass(frozen=True)
class Row:
    """A file of the site. `source` names its page source; "" is a tombstone, `asset`, `stored` and `site` are files
    that belong to no source. Without `content` the file is to be removed."""

    path: str
    source: str
    arguments: Mapping[str, Any]
    content: Content | None
    gone: bool = False
    tags: frozenset[str] = frozenset()
    carried: frozenset[str] = field(default_factory=frozenset[str])


class Book:
    """An open book; whoever writes holds the folder's lock."""

    def __init__(self, place: Path, shard_of: Any, *, read_only: bool = False) -> None:
        self._shard_of = shard_of
        mode = "ro" if read_only else "rwc"
        self._db = sqlite3.connect(f"{place.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None)
        if not read_only:
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=FULL")
            self._set_up()

    def _set_up(self) -> None:
        if self._one("PRAGMA user_version") == VERSION:
            self._one("SELECT count(*) FROM note")  # a file that is no database says so here
            return
        with self.together():
            for statement in (_OTHERS + _TABLES.format("") + _TABLES.format("new_") + _INDEXES).split(";"):
                self._db.execute(statement)
            self._db.execute(f"PRAGMA user_version={VERSION}")

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def together(self) -> "Transaction":
        """What is written inside is kept as a whole, or not at all."""
        return Transaction(self._db)

    # -- notes

    def note(self, name: str) -> Any:
        """A fact about the served or the coming release (JSON), None when it was never written."""
        found = self._one("SELECT value FROM note WHERE name = ?", name)
        return None if found is None else json.loads(found)

    def write_note(self, name: str, value: Any) -> None:
        """Keep a fact."""
        self._db.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (name, json.dumps(value)))

    # -- what is served

    def row(self, path: str, *, new: bool = False) -> Row | None:
        """The row of a path, without tags and carried files."""
        found = self._db.execute(f"SELECT {_COLUMNS} FROM {_name('file', new)} WHERE path = ?", (path,)).fetchone()  # noqa: S608
        return _row(found) if found else None

    def rows(self, where: str = "1", *values: Any, new: bool = False) -> Iterator[Row]:
        """Rows by a condition over the table of files, by shard and path."""
        statement = f"SELECT {_COLUMNS} FROM {_name('file', new)} WHERE {where} ORDER BY shard, path"  # noqa: S608
        yield from map(_row, self._db.execute(statement, values))

    def paths_of(self, source: str, *, new: bool = False) -> set[str]:
        """The paths of a source's pages."""
        rows = self._db.execute(f"SELECT path FROM {_name('file', new)} WHERE source = ?", (source,))  # noqa: S608
        return {path for (path,) in rows}

    def tags_of(self, path: str, *, new: bool = False) -> frozenset[str]:
        """The tags of a page."""
        rows = self._db.execute(f"SELECT tag FROM {_name('tag', new)} WHERE path = ?", (path,))  # noqa: S608
        return frozenset(tag for (tag,) in rows)

    def carried_by(self, page: str) -> frozenset[str]:
        """The stored files to which a page links."""
        return frozenset(path for (path,) in self._db.execute("SELECT path FROM carried WHERE page = ?", (page,)))

    def carriers(self, path: str) -> frozenset[str]:
        """The pages that link to a stored file."""
        return frozenset(page for (page,) in self._db.execute("SELECT page FROM carried WHERE path = ?", (path,)))

    def tagged(self, tags: Iterable[str], *, new: bool = False) -> Iterator[Row]:
        """The pages that carry any of the tags (one that carries several may come more than once)."""
        columns = ", ".join(f"file.{name}" for name in _COLUMNS.split(", "))
        for some in _parts(tags):
            statement = (
                f"SELECT DISTINCT {columns} FROM {_name('tag', new)} AS tag JOIN {_name('file', new)} AS file "  # noqa: S608
                f"USING (path) WHERE tag IN ({_marks(some)})"
            )
            yield from map(_row, self._db.execute(statement, some))

    def plain_tags(self, source: str) -> frozenset[str]:
        """The tags without a colon that pages of a source carry: what they share with pages of other sources."""
        statement = "SELECT DISTINCT tag FROM tag JOIN file USING (path) WHERE source = ? AND tag NOT LIKE '%:%'"
        return frozenset(tag for (tag,) in self._db.execute(statement, (source,)))

    # -- what is coming

    def write(self, rows: Iterable[Row], run: int) -> list[str]:
        """Note what was made in this run; returns paths that the run has written before (two pages, one address)."""
        twice: list[str] = []
        assignments = ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS.split(", ")[1:])
        statement = (
            f"INSERT INTO new_file ({_COLUMNS}) VALUES ({_marks(_COLUMNS.split(','))}) ON CONFLICT (path) "  # noqa: S608
            f"DO UPDATE SET {assignments} WHERE new_file.run <> excluded.run"
        )
        for row in rows:
            if not self._db.execute(statement, self._values(row, run)).rowcount:
                if row.source not in ("asset", "stored"):
                    twice.append(row.path)
                continue
            for table, values in (("tag", row.tags), ("carried", row.carried)):
                key = "path" if table == "tag" else "page"
                self._db.execute(f"DELETE FROM new_{table} WHERE {key} = ?", (row.path,))  # noqa: S608
                self._db.executemany(f"INSERT INTO new_{table} VALUES (?, ?)", [(row.path, each) for each in values])  # noqa: S608
        return twice

    def keep(self, paths: Iterable[str], run: int) -> set[str]:
        """Take over what an earlier, stopped run of the same bake has made; returns those of `paths` that it had."""
        kept: set[str] = set()
        for some in _parts(paths):
            rows = self._db.execute(
                f"UPDATE new_file SET run = ? WHERE path IN ({_marks(some)}) RETURNING path",  # noqa: S608
                (run, *some),
            )
            kept.update(path for (path,) in rows)
        return kept

    def drop(self, paths: Iterable[str]) -> None:
        """Forget what was made of these paths."""
        for some in _parts(paths):
            for table, key in (("file", "path"), ("tag", "path"), ("carried", "page")):
                self._db.execute(f"DELETE FROM new_{table} WHERE {key} IN ({_marks(some)})", some)  # noqa: S608

    def unvisited(self, run: int) -> list[str]:
        """Paths that an earlier run made and this one did not meet, and stored files that no page links to."""
        statement = (
            "SELECT path FROM new_file WHERE run <> ? AND source NOT IN ('asset', 'stored') "
            "UNION ALL SELECT path FROM new_file WHERE source = 'stored' AND path NOT IN (SELECT path FROM new_carried)"
        )
        return [path for (path,) in self._db.execute(statement, (run,))]

    def vanished(self) -> Iterator[Row]:
        """Served pages and tombstones of which the coming whole release has nothing."""
        columns = ", ".join(f"file.{name}" for name in _COLUMNS.split(", "))
        statement = (
            f"SELECT {columns} FROM file LEFT JOIN new_file USING (path) WHERE new_file.path IS NULL "  # noqa: S608
            "AND file.source NOT IN ('asset', 'stored', 'site')"
        )
        yield from map(_row, self._db.execute(statement))

    def former_assets(self) -> list[Row]:
        """Served assets for which no page of the coming whole release asks."""
        columns = ", ".join(f"file.{name}" for name in _COLUMNS.split(", "))
        statement = (
            f"SELECT {columns} FROM file LEFT JOIN new_file USING (path) WHERE new_file.path IS NULL "  # noqa: S608
            "AND file.source = 'asset'"
        )
        return [_row(found) for found in self._db.execute(statement)]

    def write_shards(self, shards: Iterable[tuple[int, str, int, int]]) -> None:
        """Note digest, number of files and bytes of parts of the manifest."""
        self._db.executemany("INSERT OR REPLACE INTO new_shard VALUES (?, ?, ?, ?)", shards)

    def shards(self, *, whole: bool) -> dict[int, tuple[str, int, int]]:
        """All parts of the coming release's manifest: what is served with what is new, or of a whole bake the new."""
        found: dict[int, tuple[str, int, int]] = {}
        for table in ("new_shard",) if whole else ("shard", "new_shard"):
            for shard, sha256, files, size in self._db.execute(f"SELECT * FROM {table}"):  # noqa: S608
                found[shard] = (sha256, files, size)
        return found

    def coming(self, shard: int) -> list[Row]:
        """The rows of a part of the manifest as they will be when what is new has been added to what is served."""
        rows = {row.path: row for row in self.rows("shard = ?", shard)}
        for row in self.rows("shard = ?", shard, new=True):
            rows[row.path] = row
        return [row for row in rows.values() if row.content is not None]

    def lagging(self) -> dict[str, str | None]:
        """Paths in which the spare release differs from the served one, with the digest of what it holds there."""
        return dict(self._db.execute("SELECT path, sha256 FROM lag"))

    def note_lag(self, paths: Iterable[str]) -> None:
        """The spare is about to be changed in these paths; what it holds of them is what was served before."""
        for some in _parts(paths):
            self._db.execute(
                f"INSERT OR IGNORE INTO lag SELECT path, sha256 FROM file WHERE path IN ({_marks(some)})",  # noqa: S608
                some,
            )
            self._db.executemany("INSERT OR IGNORE INTO lag VALUES (?, NULL)", [(path,) for path in some])

    # -- the coming release becomes the served one

    def finish_step(self) -> None:
        """What was new is served; the former release, now the spare, lags behind in just that."""
        statements = (
            "DELETE FROM lag",
            f"INSERT INTO lag SELECT a.path, b.sha256 FROM new_file a LEFT JOIN file b USING (path) WHERE {_DIFFERS}",  # noqa: S608
            *(
                f"DELETE FROM {table} WHERE {key} IN (SELECT path FROM new_file)"  # noqa: S608
                for table, key in (("tag", "path"), ("carried", "page"), ("file", "path"))
            ),
            "INSERT INTO file SELECT * FROM new_file WHERE sha256 IS NOT NULL",
            "INSERT INTO tag SELECT * FROM new_tag",
            "INSERT INTO carried SELECT * FROM new_carried",
            "INSERT OR REPLACE INTO shard SELECT * FROM new_shard WHERE files > 0",
            "DELETE FROM shard WHERE shard IN (SELECT shard FROM new_shard WHERE files = 0)",
        )
        for statement in statements:
            self._db.execute(statement)
        self.forget()

    def finish_whole(self) -> None:
        """The whole bake is served; the former release, now the spare, lags behind in all that differs."""
        self._db.execute("DELETE FROM lag")
        self._db.execute(
            f"INSERT INTO lag SELECT a.path, a.sha256 FROM file a LEFT JOIN new_file b USING (path) WHERE {_DIFFERS}"  # noqa: S608
        )
        self._db.execute(
            "INSERT INTO lag SELECT b.path, NULL FROM new_file b LEFT JOIN file a USING (path) WHERE a.path IS NULL"
        )
        for table in ("file", "tag", "carried", "shard"):
            self._db.execute(f"DROP TABLE {table}")
            self._db.execute(f"ALTER TABLE new_{table} RENAME TO {table}")
        for statement in (_TABLES.format("new_") + _INDEXES).split(";"):
            self._db.execute(statement)

    def forget_lag(self) -> None:
        """The spare is as the served release."""
        self._db.execute("DELETE FROM lag")

    def forget(self) -> None:
        """Throw away what was coming."""
        for table in ("file", "tag", "carried", "shard"):
            self._db.execute(f"DELETE FROM new_{table}")  # noqa: S608

    def is_kept(self, sha256: str) -> bool:
        """Whether the served release or the spare holds a content."""
        statement = "SELECT EXISTS (SELECT 1 FROM file WHERE sha256 = ?) OR EXISTS (SELECT 1 FROM lag WHERE sha256 = ?)"
        return bool(self._one(statement, sha256, sha256))

    def counted(self) -> tuple[int, int]:
        """Pages and other files, counted one by one."""
        of_pages = "source NOT IN ('asset', 'stored', 'site')"
        return self._one(f"SELECT count(*) FROM file WHERE {of_pages}"), self._one(  # noqa: S608
            f"SELECT count(*) FROM file WHERE NOT ({of_pages})"  # noqa: S608
        )

    def _values(self, row: Row, run: int) -> tuple[Any, ...]:
        plain, gz, br = (row.content.plain, row.content.gz, row.content.br) if row.content else (None, None, None)
        facts = [fact for copy in (plain, gz, br) for fact in ((copy.sha256, copy.size) if copy else (None, None))]
        arguments = json.dumps(row.arguments, ensure_ascii=False, sort_keys=True)
        return (row.path, row.source, arguments, self._shard_of(row.path), run, row.gone, *facts)

    def _one(self, statement: str, *values: Any) -> Any:
        found = self._db.execute(statement, values).fetchone()
        return found[0] if found else None


class Transaction:
    """A transaction of the book as a context."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __enter__(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._db.execute("COMMIT" if kind is None else "ROLLBACK")


def _name(table: str, new: bool) -> str:
    return f"new_{table}" if new else table


def _row(found: tuple[Any, ...]) -> Row:
    path, source, arguments, _shard, _run, gone, sha256, size, gz, gz_size, br, br_size = found
    content = None
    if sha256 is not None:
        content = Content(Copy(sha256, size), Copy(gz, gz_size) if gz else None, Copy(br, br_size) if br else None)
    return Row(path, source, json.loads(arguments), content, bool(gone))


def _parts(values: Iterable[str]) -> Iterator[list[str]]:
    listed = sorted(set(values))
    for begin in range(0, len(listed), TOGETHER):
        yield listed[begin : begin + TOGETHER]


def _marks(values: Iterable[Any]) -> str:
    return ", ".join("?" for _ in values)
