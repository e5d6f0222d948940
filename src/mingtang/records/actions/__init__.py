"""What may be done with records: the only code that writes them.

Each act takes the actor and the moment, asks `bodies.permissions`, writes in one transaction with one event, and
raises this room's errors before the database has to.
"""

from mingtang.records.actions.columns import delete_column, save_column
from mingtang.records.actions.drafting import approve, create, delete, open_draft, return_draft, save_draft, submit
from mingtang.records.actions.publishing import archive, publish, restate, schedule, supersede, unschedule, withdraw

__all__ = [
    "approve",
    "archive",
    "create",
    "delete",
    "delete_column",
    "open_draft",
    "publish",
    "restate",
    "return_draft",
    "save_column",
    "save_draft",
    "schedule",
    "submit",
    "supersede",
    "unschedule",
    "withdraw",
]
