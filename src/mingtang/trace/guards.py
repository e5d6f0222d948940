"""Database triggers that refuse to change or delete what was recorded."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "trace_event"
LEAVES = "trace_logleaf"
#: SQLite's INSERT OR REPLACE removes the row that stands in its way without asking the delete trigger.
SQLITE_INSERT = (
    "CREATE TRIGGER trace_event_only_append BEFORE INSERT ON trace_event "
    "WHEN EXISTS (SELECT 1 FROM trace_event WHERE seq >= NEW.seq OR digest = NEW.digest) "
    "BEGIN SELECT RAISE(ABORT, 'events are append-only'); END"
)


def _creating(table: str, vendor: str) -> list[str]:
    """Statements that make a table append-only on SQLite, else on PostgreSQL."""
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{_refusal(table)}'); END"
            for verb in ("UPDATE", "DELETE")
        ]
    function = "trace_refuse" if table == TABLE else f"{table}_refuse"
    run = f"EXECUTE FUNCTION {function}()"
    return [
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_refusal(table)}'; END $$",
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {run}",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {run}",
    ]


def _refusal(table: str) -> str:
    return "events are append-only" if table == TABLE else "log leaves are append-only"


def install(_apps: object, editor: BaseDatabaseSchemaEditor, table: str = TABLE) -> None:
    """Create the triggers of the database in use (a migration step)."""
    for statement in _creating(table, editor.connection.vendor):
        editor.execute(statement)


def remove(_apps: object, editor: BaseDatabaseSchemaEditor, table: str = TABLE) -> None:
    """Drop the triggers (the migration's way back)."""
    if editor.connection.vendor == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")
    else:
        editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_change ON {table}")
        editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}")


def install_insert(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Create the trigger against replacing rows, which only SQLite needs (a migration step)."""
    if editor.connection.vendor == "sqlite":
        editor.execute(SQLITE_INSERT)


def remove_insert(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Drop it (the migration's way back)."""
    if editor.connection.vendor == "sqlite":
        editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_only_append")
