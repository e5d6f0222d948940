"""Run ours and a peer turn by turn in one process, and print the ratio of their medians."""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class Spread:
    """Seconds of single requests, each the best of its rounds."""

    name: str
    seconds: tuple[float, ...]

    def at(self, part: float) -> float:
        """The seconds within which that part of the requests was answered (0.5 the median)."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


def spreads(works: Mapping[str, Callable[[str], object]], inputs: Sequence[str], rounds: int = 3) -> list[Spread]:
    """Time every input with every work, one after the other in changing order; the best of the rounds counts.

    All see the same machine at nearly the same moment, and what another process takes away in one round is forgotten.
    """
    names = list(works)
    best: dict[str, list[float]] = {name: [float("inf")] * len(inputs) for name in names}
    for number in range(rounds):
        for place, given in enumerate(inputs):
            turn = (number + place) % len(names)
            for name in (*names[turn:], *names[:turn]):
                start = time.perf_counter()
                works[name](given)
                best[name][place] = min(best[name][place], time.perf_counter() - start)
    return [Spread(name, tuple(best[name])) for name in names]
