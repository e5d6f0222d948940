"""Run ours and a peer turn by turn in one process, and print the ratio of their medians."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Seconds of each round of ours and of the peer, round by round."""

    name: str
    ours: tuple[float, ...]
    peer: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """Median seconds of ours divided by those of the peer: below 1 ours is faster."""
        return statistics.median(self.ours) / statistics.median(self.peer)

    def line(self, things: int, noun: str) -> str:
        """One line for people: things a second of each, and the ratio with the span between rounds."""
        ours, peer = statistics.median(self.ours), statistics.median(self.peer)
        ratios = sorted(a / b for a, b in zip(self.ours, self.peer, strict=True))
        return (
            f"{self.name}: ours {things / ours:,.1f} {noun}/s, peer {things / peer:,.1f} {noun}/s, "
            f"time ratio {self.ratio:.2f} (rounds {ratios[0]:.2f}–{ratios[-1]:.2f}, n={len(self.ours)})"
        )


def compare(name: str, ours: Work, peer: Work, rounds: int = 7) -> Comparison:
    """Time both in alternating order, so that what slows the machine slows both; one unmeasured round goes before."""
    ours()
    peer()
    times: dict[str, list[float]] = {"ours": [], "peer": []}
    for number in range(rounds):
        order = (("ours", ours), ("peer", peer)) if number % 2 == 0 else (("peer", peer), ("ours", ours))
        for who, work in order:
            start = time.perf_counter()
            work()
            times[who].append(time.perf_counter() - start)
    return Comparison(name, tuple(times["ours"]), tuple(times["peer"]))
