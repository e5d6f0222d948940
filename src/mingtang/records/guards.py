"""A database trigger that refuses to delete a record which was ever public, whoever asks."""

from typing import Any

from django.db import connections

SQLITE = (
    "CREATE TRIGGER IF NOT EXISTS records_record_stays BEFORE DELETE ON records_record "
    "WHEN OLD.published_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'published records are never deleted'); END",
)
POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION records_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'published records are never deleted'; END $$",
    "CREATE OR REPLACE TRIGGER records_record_stays BEFORE DELETE ON records_record FOR EACH ROW "
    "WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION records_refuse()",
)


def install(using: str, **_signal: Any) -> None:
    """Lay the trigger, after every migration: SQLite drops a table's triggers whenever it rebuilds the table."""
    connection = connections[using]
    if "records_record" not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in SQLITE if connection.vendor == "sqlite" else POSTGRESQL:
            cursor.execute(statement)
