"""The source text of an item in pieces, so that each task's sentence can be marked and linked to."""

from collections.abc import Sequence
from dataclasses import dataclass

from mingtang.ledger.models import Item, Task


@dataclass(frozen=True)
class Piece:
    """A run of the notice; `task` is the key of the task that it binds, None between tasks."""

    text: str
    task: int | None


def marked(text: str, item: Item, tasks: Sequence[Task]) -> list[Piece]:
    """The item's text from its heading to its end, cut at the places of its tasks (overlaps go to the earlier one)."""
    if item.start is None or item.end is None:
        return []
    placed = sorted(
        (task.start, task.end, task.pk) for task in tasks if task.start is not None and task.end is not None
    )
    at, end = item.start, max([item.end, *(stop for _, stop, _ in placed)])
    pieces: list[Piece] = []
    for start, stop, key in placed:
        start = max(start, at)
        if start >= stop:
            continue
        if text[at:start].strip():
            pieces.append(Piece(text[at:start], None))
        pieces.append(Piece(text[start:stop], key))
        at = stop
    if text[at:end].strip():
        pieces.append(Piece(text[at:end], None))
    return pieces
