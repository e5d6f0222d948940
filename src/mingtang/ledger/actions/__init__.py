"""The verbs of the ledger: the only code that writes it.

Each takes the actor and the moment, asks `bodies.permissions.require`, writes in one transaction and records an event.
They raise the errors of `ledger.errors` and `bodies.errors.NotPermitted`.
"""

from mingtang.ledger.actions.answer import accept, object_to
from mingtang.ledger.actions.arrange import add_task, delete_task, merge_tasks, restore_task, split_task
from mingtang.ledger.actions.carry import carry
from mingtang.ledger.actions.changes import HeadChange, QuotaLine, TaskChange
from mingtang.ledger.actions.correct import correct_head, correct_task
from mingtang.ledger.actions.decide import decide_objection, decide_postponement
from mingtang.ledger.actions.follow import ask_postponement, chase, report
from mingtang.ledger.actions.issue import discard, issue
from mingtang.ledger.actions.prove import complete, confirm, reject, reopen, upload
from mingtang.ledger.actions.read import read
from mingtang.ledger.actions.receive import read_again, receive
from mingtang.ledger.actions.rename import drop_name, replace_name

__all__ = [
    "HeadChange",
    "QuotaLine",
    "TaskChange",
    "accept",
    "add_task",
    "ask_postponement",
    "carry",
    "chase",
    "complete",
    "confirm",
    "correct_head",
    "correct_task",
    "decide_objection",
    "decide_postponement",
    "delete_task",
    "discard",
    "drop_name",
    "issue",
    "merge_tasks",
    "object_to",
    "read",
    "read_again",
    "receive",
    "reject",
    "reopen",
    "replace_name",
    "report",
    "restore_task",
    "split_task",
    "upload",
]
