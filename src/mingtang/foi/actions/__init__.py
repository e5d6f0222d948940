"""The verbs of disclosure on request: the only code that writes it.

Each takes the actor and the moment, asks who may, writes in one transaction and records an event. They raise the
errors of `foi.errors` and `bodies.errors.NotPermitted`. The law's clock refuses what cannot follow.
"""

from mingtang.foi.actions.assign import assign
from mingtang.foi.actions.receive import Received, confirm, new_secret, receive, register
from mingtang.foi.actions.rows import APPLICANT
from mingtang.foi.files import Upload

__all__ = [
    "APPLICANT",
    "Received",
    "Upload",
    "assign",
    "confirm",
    "new_secret",
    "receive",
    "register",
]
