"""Near-duplicate passages among texts: a sketch index proposes pairs, an alignment shows the very sentences.

Each text is cut into overlapping shingles of `SHINGLE` characters (punctuation, blanks and digits aside); of every
`WINDOW` neighbouring ones the smallest is kept (winnowing: Schleimer, Wilkerson, Aiken, "Winnowing: Local Algorithms
for Document Fingerprinting", 2003), so that any common run of SHINGLE + WINDOW − 1 characters is noticed.
"""

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

#: Characters in a shingle, and shingles in a window.
SHINGLE = 8
WINDOW = 6
#: A passage shorter than this many characters is no finding.
SHORTEST = 24
#: A fingerprint in more texts than this says nothing (a phrase of the trade); it proposes no pair.
COMMON = 60
_KEPT = re.compile(r"[㐀-鿿豈-﫿\U00020000-\U0003ffffA-Za-z]")


@dataclass(frozen=True, slots=True)
class Passage:
    """The same words in two texts: character offsets in each."""

    a: tuple[int, int]
    b: tuple[int, int]

    @property
    def length(self) -> int:
        return self.a[1] - self.a[0]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts by their places in the sequence; `score` is the share of the shorter one's words that both have."""

    a: int
    b: int
    score: float
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Sketch:
    """A text as it is compared: its bare characters, where each stood, and its fingerprints with their places."""

    bare: str
    places: tuple[int, ...]
    prints: tuple[tuple[int, int], ...]
    #: ranges of bare characters that prescribed phrases cover; they count for nothing
    covered: frozenset[int]

    @property
    def weight(self) -> int:
        """Bare characters that count."""
        return len(self.bare) - len(self.covered)


def sketch(text: str, prescribed: Iterable[str] = ()) -> Sketch:
    """The sketch of a text. `prescribed` are phrases the law or the level above prescribes: they are set aside."""
    kept = [(match.group(), match.start()) for match in _KEPT.finditer(text)]
    bare = "".join(char for char, _ in kept)
    covered: set[int] = set()
    for phrase in prescribed:
        words = "".join(_KEPT.findall(phrase))
        start = bare.find(words) if words else -1
        while start >= 0:
            covered.update(range(start, start + len(words)))
            start = bare.find(words, start + 1)
    return Sketch(bare, tuple(place for _, place in kept), tuple(_winnowed(bare)), frozenset(covered))


def _winnowed(bare: str) -> list[tuple[int, int]]:
    """Fingerprints as (hash, place): the rightmost smallest of each window."""
    data = bare.encode("utf-32-le")
    width, crc = SHINGLE * 4, zlib.crc32
    hashes = [crc(data[at : at + width]) for at in range(0, len(data) - width + 1, 4)]
    chosen: list[tuple[int, int]] = []
    least, place = 1 << 32, -1
    for at, value in enumerate(hashes):
        if value <= least:
            least, place = value, at
        elif place <= at - WINDOW:
            window = hashes[at - WINDOW + 1 : at + 1]
            least = min(window)
            place = at - window[::-1].index(least)
        elif at >= WINDOW:
            continue  # the smallest of this window is that of the one before, which is kept
        if at >= WINDOW - 1 or at == len(hashes) - 1:
            chosen.append((least, place))
    return chosen


def similar(
    sketches: Sequence[Sketch], *, least: float = 0.1, pairs: Iterable[tuple[int, int]] | None = None
) -> list[Pair]:
    """The pairs of texts that share passages, best first.

    `least` is the smallest score that is told; `pairs` limits the comparison to some pairs of places.
    """
    wanted = _proposed(sketches, least) if pairs is None else [(min(pair), max(pair)) for pair in pairs]
    places: dict[int, Places] = {}
    found = [_aligned(a, b, sketches, places) for a, b in wanted]
    return sorted((pair for pair in found if pair.passages and pair.score >= least), key=lambda pair: -pair.score)


#: Places of each fingerprint in one text.
Places = Mapping[int, Sequence[int]]
#: A pair is aligned when its share of common fingerprints, which estimates the score, is at least this part of `least`.
_MARGIN = 0.4


def _proposed(sketches: Sequence[Sketch], least: float) -> list[tuple[int, int]]:
    """Pairs that share at least three fingerprints which are not everybody's, and enough of them for the score."""
    holders: defaultdict[int, list[int]] = defaultdict(list)
    sizes: list[int] = []
    for index, each in enumerate(sketches):
        values = {value for value, place in each.prints if place not in each.covered}
        sizes.append(len(values))
        for value in values:
            holders[value].append(index)
    counts: defaultdict[tuple[int, int], int] = defaultdict(int)
    for indexes in holders.values():
        if 1 < len(indexes) <= COMMON:
            for pair in combinations(indexes, 2):
                counts[pair] += 1
    return [(a, b) for (a, b), count in counts.items() if count >= max(3, least * _MARGIN * min(sizes[a], sizes[b]))]


def _aligned(a: int, b: int, sketches: Sequence[Sketch], places: dict[int, Places]) -> Pair:
    one, other = sketches[a], sketches[b]
    if b not in places:
        places[b] = _places_of(other)
    runs = _runs(one, other, places[b])
    shared: set[int] = set()
    for start, _, length in runs:
        shared.update(range(start, start + length))
    weight = min(one.weight, other.weight)
    score = min(1.0, len(shared - one.covered) / weight) if weight else 0.0
    passages = tuple(
        Passage(_placed(one, start, length), _placed(other, there, length)) for start, there, length in runs
    )
    return Pair(a, b, round(score, 4), passages)


def _places_of(each: Sketch) -> Places:
    places: defaultdict[int, list[int]] = defaultdict(list)
    for value, place in each.prints:
        places[value].append(place)
    return dict(places)


def _runs(one: Sketch, other: Sketch, places: Places) -> list[tuple[int, int, int]]:
    """Maximal common runs of bare characters as (start, start in the other, length), none inside another."""
    found: list[tuple[int, int, int]] = []
    reached = 0
    for value, place in one.prints:
        if place < reached:
            continue
        best: tuple[int, int, int] | None = None
        for there in places.get(value, ())[:8]:
            run = _extended(one.bare, other.bare, place, there)
            if run and (best is None or run[2] > best[2]):
                best = run
        if best and _counts(best, one):
            found.append(best)
            reached = best[0] + best[2]
    return found


def _extended(one: str, other: str, place: int, there: int) -> tuple[int, int, int] | None:
    if one[place : place + SHINGLE] != other[there : there + SHINGLE]:
        return None
    start, begun = place, there
    while start and begun and one[start - 1] == other[begun - 1]:
        start, begun = start - 1, begun - 1
    end, ended = place + SHINGLE, there + SHINGLE
    while end < len(one) and ended < len(other) and one[end] == other[ended]:
        end, ended = end + 1, ended + 1
    return start, begun, end - start


def _counts(run: tuple[int, int, int], one: Sketch) -> bool:
    """Whether enough of a run lies outside the prescribed phrases."""
    start, _, length = run
    if length < SHORTEST:
        return False
    return not one.covered or sum(at not in one.covered for at in range(start, start + length)) >= SHORTEST


def _placed(each: Sketch, start: int, length: int) -> tuple[int, int]:
    return each.places[start], each.places[start + length - 1] + 1
