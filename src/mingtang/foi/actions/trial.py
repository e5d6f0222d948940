"""Asking the clock whether a step could follow today, before the letter for it is drafted."""

from datetime import datetime
from typing import Any

from mingtang.bodies.permissions import day_of
from mingtang.foi import history, standing
from mingtang.foi.models import Request, Step
from mingtang.foi.standing import Clocked
from mingtang.law.clock import Kind

#: Behind every step that is stored.
LAST = 10_000


def try_step(row: Request, kind: Kind, moment: datetime, **fields: Any) -> Clocked:
    """How the request would stand if the step happened today; raises `Impossible` with the clock's reason."""
    today = day_of(moment)
    trial = Step(request=row, seq=LAST, kind=kind.value, on=today, **fields)
    return standing.folded(history.of(row, [trial]), today)
