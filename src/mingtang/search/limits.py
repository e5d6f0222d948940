"""How often one visitor may search: a bucket of tokens for each address, in the memory of this process."""

import threading
from collections import OrderedDict
from dataclasses import dataclass


@dataclass(frozen=True)
class Rate:
    """So many requests at once, and so many more every second."""

    at_once: float
    a_second: float


#: A person types and reads; suggestions come with every few keys. Both leave room for an office behind one address.
SEARCHES, SUGGESTIONS = Rate(30, 1.0), Rate(60, 6.0)
#: Addresses that are remembered; the one not seen for longest is forgotten first.
ADDRESSES = 10_000


class Limiter:
    """Counts requests by address; `clock` is the caller's (seconds that only go forward)."""

    def __init__(self, rate: Rate) -> None:
        self.rate = rate
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def seconds_to_wait(self, address: str, now: float) -> float:
        """0 when the request may go on (and is counted), else how long to wait."""
        with self._lock:
            left, seen = self._buckets.pop(address, (self.rate.at_once, now))
            left = min(self.rate.at_once, left + (now - seen) * self.rate.a_second)
            wait = 0.0 if left >= 1.0 else (1.0 - left) / self.rate.a_second
            self._buckets[address] = (left - 1.0 if wait == 0.0 else left, now)
            while len(self._buckets) > ADDRESSES:
                self._buckets.popitem(last=False)
            return wait
