"""Database triggers that refuse to change or delete a signature."""

from typing import Any

from django.db import connections

SQLITE = tuple(
    f"CREATE TRIGGER IF NOT EXISTS review_signoff_no_{verb} BEFORE {verb} ON review_signoff "
    "BEGIN SELECT RAISE(ABORT, 'signatures are append-only'); END"
    for verb in ("UPDATE", "DELETE")
)
POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION review_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'signatures are append-only'; END $$",
    "CREATE OR REPLACE TRIGGER review_signoff_stays BEFORE UPDATE OR DELETE ON review_signoff "
    "FOR EACH ROW EXECUTE FUNCTION review_refuse()",
)


def install(using: str, **_signal: Any) -> None:
    """Lay the triggers, after every migration: SQLite drops a table's triggers whenever it rebuilds the table."""
    connection = connections[using]
    if "review_signoff" not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in SQLITE if connection.vendor == "sqlite" else POSTGRESQL:
            cursor.execute(statement)
