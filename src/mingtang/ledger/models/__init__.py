"""The nouns of the ledger: what a notice asks, what a body owes, what proves the work."""

from mingtang.ledger.models.notice import Chapter, Correction, Import, Item, Ledger, Quota, Task
from mingtang.ledger.models.proof import Evidence
from mingtang.ledger.models.work import Assignment, Chase, Objection, Postponement, Progress, Reopening

__all__ = [
    "Assignment",
    "Chapter",
    "Chase",
    "Correction",
    "Evidence",
    "Import",
    "Item",
    "Ledger",
    "Objection",
    "Postponement",
    "Progress",
    "Quota",
    "Reopening",
    "Task",
]
