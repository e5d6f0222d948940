"""Database triggers that refuse to change or delete corrections of numbers and frozen versions of reports."""

from typing import Any

from django.db import connections

TABLES = ("reports_correction", "reports_version", "reports_madefile")


def _sqlite(table: str) -> list[str]:
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_{verb} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for verb in ("UPDATE", "DELETE")
    ]


def _postgresql(table: str) -> list[str]:
    return [
        f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$",
        f"CREATE OR REPLACE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
    ]


def install(using: str, **_signal: Any) -> None:
    """Lay the triggers, after every migration: SQLite drops a table's triggers whenever it rebuilds the table."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    for table in TABLES:
        if table in present:
            with connection.cursor() as cursor:
                for statement in _sqlite(table) if connection.vendor == "sqlite" else _postgresql(table):
                    cursor.execute(statement)
