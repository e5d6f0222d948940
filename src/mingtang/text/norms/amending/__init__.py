"""Amendments: what an act orders, the consolidated text, each clause's history, two versions side by side."""

from mingtang.text.norms.amending.applying import Act, Consolidated, Event, Failure, amend, consolidate
from mingtang.text.norms.amending.comparing import Piece, Row, Status, compare
from mingtang.text.norms.amending.operations import Amendments, Change, Operation
from mingtang.text.norms.amending.reading import read_amendments

__all__ = [
    "Act",
    "Amendments",
    "Change",
    "Consolidated",
    "Event",
    "Failure",
    "Operation",
    "Piece",
    "Row",
    "Status",
    "amend",
    "compare",
    "consolidate",
    "read_amendments",
]
