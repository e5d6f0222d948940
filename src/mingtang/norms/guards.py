"""Database triggers for what crosses two tables: a public norm has a text and was made as the rules ask.

No publication without legality review and collective decision (normative-documents.three-unities), unless the document
came in as historic stock, marked with its source; and no public norm, valid or not, without text.
"""

from typing import Any

from django.db import connections

PUBLIC = "('published', 'superseded', 'archived')"
LACKING = (
    "({record}.text = '' OR {norm}.stock_source = '' AND ({norm}.legality_on IS NULL OR {norm}.legality_by = '' "
    "OR {norm}.decided_on IS NULL OR {norm}.decided_at = ''))"
)
MESSAGE = "a public norm needs its text, legality review and collective decision"
#: The row of the record is written first or alone; then the row of the norm, which may also be corrected later.
ON_RECORD = "NEW.state IN {public} AND EXISTS (SELECT 1 FROM norms_norm n WHERE n.record_ptr_id = NEW.id AND {lacking})"
ON_NORM = "EXISTS (SELECT 1 FROM records_record r WHERE r.id = NEW.record_ptr_id AND r.state IN {public} AND {lacking})"
WATCHED = (
    ("records_record", "UPDATE", ON_RECORD.format(public=PUBLIC, lacking=LACKING.format(record="NEW", norm="n"))),
    *(
        ("norms_norm", act, ON_NORM.format(public=PUBLIC, lacking=LACKING.format(record="r", norm="NEW")))
        for act in ("INSERT", "UPDATE")
    ),
)


def statements(vendor: str) -> list[str]:
    """The statements that lay the triggers."""
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER IF NOT EXISTS {_name(table, act)} BEFORE {act} ON {table} WHEN {condition} "
            f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            for table, act, condition in WATCHED
        ]
    found: list[str] = []
    for table, act, condition in WATCHED:
        name = _name(table, act)
        # A condition with a query may stand in the function only, not in the trigger's WHEN.
        found.append(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition} "
            f"THEN RAISE EXCEPTION '{MESSAGE}'; END IF; RETURN NEW; END $$"
        )
        found.append(f"CREATE OR REPLACE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
    return found


def _name(table: str, act: str) -> str:
    return f"norms_made_as_asked_{table}_{act.lower()}"


def install(using: str, **_signal: Any) -> None:
    """Lay the triggers, after every migration: SQLite drops a table's triggers whenever it rebuilds the table."""
    connection = connections[using]
    if "norms_norm" not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in statements(connection.vendor):
            cursor.execute(statement)
