"""What may be done with annual reports: the only code that writes them.

Each act takes the actor and the moment, asks `bodies.permissions`, locks the report, writes in one transaction with
one event, and raises this room's errors before the database has to.
"""

from mingtang.reports.actions.chasing import chase
from mingtang.reports.actions.files import make_files
from mingtang.reports.actions.gathering import drop_exclusion, exclude, gather
from mingtang.reports.actions.numbers import correct, import_numbers, lift
from mingtang.reports.actions.opening import open_report
from mingtang.reports.actions.releasing import release, reopen, resume
from mingtang.reports.actions.submitting import accept, answer, give_back, recall, submit
from mingtang.reports.actions.writing import drop_problem, follow_up, narrate, save_problem, write_text

__all__ = [
    "accept",
    "answer",
    "chase",
    "correct",
    "drop_exclusion",
    "drop_problem",
    "exclude",
    "follow_up",
    "gather",
    "give_back",
    "import_numbers",
    "lift",
    "make_files",
    "narrate",
    "open_report",
    "recall",
    "release",
    "reopen",
    "resume",
    "save_problem",
    "submit",
    "write_text",
]
