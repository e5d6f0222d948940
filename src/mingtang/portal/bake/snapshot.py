"""One unmoving view of the database for as long as a bake reads, without holding up those who write."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


@contextmanager
def unmoving() -> Iterator[None]:
    """Everything read inside is of one moment.

    PostgreSQL: a read-only transaction that repeats its reads. SQLite: a deferred transaction, which reads the state
    of its first query from the write-ahead log; the immediate ones of the settings would lock writers out. Inside a
    transaction that is already open, that one is the view.
    """
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
            yield


@contextmanager
def _deferred(sqlite: Any) -> Iterator[None]:
    usual = sqlite.transaction_mode
    sqlite.transaction_mode = "DEFERRED"
    try:
        yield
    finally:
        sqlite.transaction_mode = usual
