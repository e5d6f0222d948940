"""Two versions of a document side by side: clauses aligned, what differs inside a clause marked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

from mingtang.text.norms.structure.parts import Part, Structure

#: Above this many characters a clause is compared by sentences, so that time stays linear.
_LONG = 3000
#: Clauses less alike than this are one taken away and another added.
_ALIKE = 0.4


class Status(Enum):
    SAME = "未变"
    RENUMBERED = "改序"
    CHANGED = "修改"
    ADDED = "新增"
    REMOVED = "删去"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a clause's text; `changed`: the other version has it not."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the comparison: the clause before and after (None where it has none), and its text in pieces."""

    status: Status
    before: Part | None
    after: Part | None
    left: tuple[Piece, ...] = ()
    right: tuple[Piece, ...] = ()


def compare(before: Structure, after: Structure) -> tuple[Row, ...]:
    """The clauses of both versions in the order of the later one, those taken away where they stood."""
    old, new = _clauses(before), _clauses(after)
    rows: list[Row] = []
    matcher = SequenceMatcher(None, [_words(one) for one in old], [_words(one) for one in new], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            rows.extend(_same(x, y) for x, y in zip(old[a:b], new[c:d], strict=True))
        else:
            rows.extend(_aligned(old[a:b], new[c:d]))
    return tuple(rows)


def _clauses(structure: Structure) -> Sequence[Part]:
    return structure.articles() or structure.body


def _words(part: Part) -> str:
    return re.sub(r"\s", "", part.printed.removeprefix(part.label))


def _same(old: Part, new: Part) -> Row:
    status = Status.SAME if old.label == new.label else Status.RENUMBERED
    if status is Status.SAME:
        return Row(status, old, new, (Piece(old.printed, False),), (Piece(new.printed, False),))
    return Row(status, old, new, *_pieces(old.printed, new.printed))


def _aligned(old: Sequence[Part], new: Sequence[Part]) -> list[Row]:
    """Clauses that are not equal, paired in order so that likeness is greatest."""
    likeness = [[_likeness(_words(x), _words(y)) for y in new] for x in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            paired = likeness[i][j] + best[i + 1][j + 1] if likeness[i][j] >= _ALIKE else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    rows: list[Row] = []
    i = j = 0
    while i < len(old) or j < len(new):
        both = i < len(old) and j < len(new)
        if both and likeness[i][j] >= _ALIKE and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            rows.append(Row(Status.CHANGED, old[i], new[j], *_pieces(old[i].printed, new[j].printed)))
            i, j = i + 1, j + 1
        elif i < len(old) and (j == len(new) or best[i][j] == best[i + 1][j]):
            rows.append(Row(Status.REMOVED, old[i], None, (Piece(old[i].printed, True),)))
            i += 1
        else:
            rows.append(Row(Status.ADDED, None, new[j], (), (Piece(new[j].printed, True),)))
            j += 1
    return rows


def _likeness(one: str, other: str) -> float:
    """Share of character pairs two texts have in common, 0–1; linear in their length."""
    a, b = _bigrams(one), _bigrams(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else float(one == other)


def _bigrams(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _pieces(one: str, other: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    long = max(len(one), len(other)) > _LONG
    a: Sequence[str] = re.split(r"(?<=[。；\n])", one) if long else one
    b: Sequence[str] = re.split(r"(?<=[。；\n])", other) if long else other
    left: list[Piece] = []
    right: list[Piece] = []
    for tag, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if i < j:
            left.append(Piece("".join(a[i:j]), tag != "equal"))
        if k < m:
            right.append(Piece("".join(b[k:m]), tag != "equal"))
    return tuple(left), tuple(right)
