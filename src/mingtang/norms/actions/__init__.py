"""What may be done in the library: the only code that writes it.

Each act takes the actor and the moment, asks `bodies.permissions`, writes in one transaction with one event, and
raises this room's errors before the database has to.
"""

from mingtang.norms.actions.acting import act, follow_the_day, void
from mingtang.norms.actions.cleaning import chase, close_clean_up, decide, open_clean_up, propose
from mingtang.norms.actions.intake import Intake
from mingtang.norms.actions.making import Named, draft, file_above, refer, register, state_facts
from mingtang.norms.actions.taking import Taken, take_in

__all__ = [
    "Intake",
    "Named",
    "Taken",
    "act",
    "chase",
    "close_clean_up",
    "decide",
    "draft",
    "file_above",
    "follow_the_day",
    "open_clean_up",
    "propose",
    "refer",
    "register",
    "state_facts",
    "take_in",
    "void",
]
