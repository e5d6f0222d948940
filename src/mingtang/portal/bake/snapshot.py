"""One unmoving view of the database for as long as a bake reads, without holding up those who write."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from mingtang.trace import still


@contextmanager
def unmoving(shared: str = "") -> Iterator[None]:
    """Everything read inside is of one moment, and what many pages ask for is read once (`trace.still`).

    PostgreSQL: a read-only transaction that repeats its reads, of the view `shared` by another process where one is
    given. SQLite: a deferred transaction, which reads the state of its first query from the write-ahead log; the
    immediate ones of the settings would lock writers out. Inside a transaction that is already open, that one is the
    view.
    """
    with still.standing(), _view(shared):
        yield


@contextmanager
def _view(shared: str) -> Iterator[None]:
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        connection.ensure_connection()
        with _deferred(connection), transaction.atomic():
            yield
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                if shared:
                    cursor.execute("SET TRANSACTION SNAPSHOT %s", [shared])
            yield


def share() -> str:
    """A name by which other processes open the same view (PostgreSQL); empty where the database has no such thing."""
    if connection.vendor != "postgresql":
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        row = cursor.fetchone()
    return row[0] if row else ""


@contextmanager
def writers_wait() -> Iterator[None]:
    """For the moment in which several processes open their views: on SQLite nobody writes meanwhile.

    A second connection holds the lock, so that this process can open its own view inside.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    other: Any = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN IMMEDIATE")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    finally:
        other.close()


@contextmanager
def _deferred(sqlite: Any) -> Iterator[None]:
    usual = sqlite.transaction_mode
    sqlite.transaction_mode = "DEFERRED"
    try:
        yield
    finally:
        sqlite.transaction_mode = usual
