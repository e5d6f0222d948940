"""Database triggers that refuse to change or delete what was recorded."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "trace_event"

SQLITE = [
    f"CREATE TRIGGER {TABLE}_no_{verb} BEFORE {verb} ON {TABLE} "
    "BEGIN SELECT RAISE(ABORT, 'events are append-only'); END"
    for verb in ("UPDATE", "DELETE")
]
#: SQLite's INSERT OR REPLACE removes the row that stands in its way without asking the delete trigger.
SQLITE_INSERT = (
    "CREATE TRIGGER trace_event_only_append BEFORE INSERT ON trace_event "
    "WHEN EXISTS (SELECT 1 FROM trace_event WHERE seq >= NEW.seq OR digest = NEW.digest) "
    "BEGIN SELECT RAISE(ABORT, 'events are append-only'); END"
)
POSTGRESQL = [
    "CREATE OR REPLACE FUNCTION trace_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'events are append-only'; END $$",
    f"CREATE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION trace_refuse()",
    f"CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION trace_refuse()",
]


def install(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers of the database in use (a migration step)."""
    for statement in SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL:
        editor.execute(statement)


def remove(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the triggers (the migration's way back)."""
    if editor.connection.vendor == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_no_{verb}")
    else:
        editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_no_change ON {TABLE}")
        editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_no_truncate ON {TABLE}")


def install_insert(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Create the trigger against replacing rows, which only SQLite needs (a migration step)."""
    if editor.connection.vendor == "sqlite":
        editor.execute(SQLITE_INSERT)


def remove_insert(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Drop it (the migration's way back)."""
    if editor.connection.vendor == "sqlite":
        editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_only_append")
