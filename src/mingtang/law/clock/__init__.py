"""The clock of a disclosure request: its events fold into deadlines and a state, each with the clause it rests on.

`fold(history, calendar, as_of)` answers for any day: what state the request is in, what is due next, by when, under
which rule, how many working days remain, and whether each step was in time. How days are counted is told in
`mingtang.law.clock.counting`; what the law does not allow to happen is refused with ImpossibleHistory.
"""

from mingtang.law.clock.counting import CountedClockDay, Pause
from mingtang.law.clock.events import Event, History, Kind, Means
from mingtang.law.clock.fold import fold
from mingtang.law.clock.reading import history_from
from mingtang.law.clock.standing import Deadline, Owner, Standing, State

__all__ = [
    "CountedClockDay",
    "Deadline",
    "Event",
    "History",
    "Kind",
    "Means",
    "Owner",
    "Pause",
    "Standing",
    "State",
    "fold",
    "history_from",
]
