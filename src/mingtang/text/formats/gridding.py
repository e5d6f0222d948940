"""Rows of cells whose merged places were lost, set under the header of a task table again."""

import re
from dataclasses import dataclass

from mingtang.text.bodies import is_body, split_names
from mingtang.text.columns import column_kind
from mingtang.text.deadlines import Moment, deadline_of_cell
from mingtang.text.responsibility import names_in_list, read_note

#: Any day will do to tell whether a cell states a time.
_SOME_DAY = Moment(None, 2020)
_BOUND = ("does", "lead", "support", "time")


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells row by row; `merged` maps a place to the place whose cell covers it."""

    rows: list[list[str | None]]
    merged: dict[tuple[int, int], tuple[int, int]]


def names_bodies(text: str) -> bool:
    """Whether a cell holds nothing but bodies, as a column of 责任单位 does."""
    if not 2 <= len(text) <= 160 or "。" in text.rstrip("。"):
        return False
    note = read_note(text.replace("\n", "、"), _SOME_DAY)
    names = list(note.bodies) if note else names_in_list(text)
    sure = sum(1 for name in names if is_body(name) or name.startswith("各"))
    return bool(names) and sure * 2 >= len(names) and (note is not None or len(names) >= len(split_names(text)))


def states_time(text: str) -> bool:
    """Whether a cell holds nothing but a time, as a column of 时限 does."""
    return len(text) <= 30 and bool(deadline_of_cell(text.replace("\n", ""), _SOME_DAY))


def is_serial(text: str) -> bool:
    """Whether a cell holds nothing but a number."""
    return re.fullmatch(r"[（(]?\d{1,3}[）).、．]?", text.strip()) is not None


def fits(kind: str, text: str) -> int:
    """How well a cell stands under a column of some kind: 2 well, 0 cannot be told, -2 not."""
    if not text:
        return 0
    if kind == "serial":
        return 2 if is_serial(text) else -2
    if kind == "time":
        return 2 if states_time(text) else (-2 if len(text) > 30 or names_bodies(text) else 0)
    if kind in _BOUND:
        return 2 if names_bodies(text) else (-2 if len(text) > 60 or states_time(text) or is_serial(text) else -1)
    if kind == "text":
        return -1 if names_bodies(text) or states_time(text) or is_serial(text) else 1
    return 0


def tail_of(header: list[str]) -> list[str]:
    """The kinds of the columns after the last task or requirement, remarks left out."""
    kinds = [column_kind(text) or "" for text in header]
    last = max((index for index, kind in enumerate(kinds) if kind == "text"), default=-1)
    return [kind for kind in kinds[last + 1 :] if kind in _BOUND]


def grid_of(header: list[str], rows: list[list[str]]) -> Grid:
    """The rows under their header: a header cell over several columns is spread, a row cut short by merged cells above
    it is moved to where its cells fit, and a row of a single cell spans the table."""
    rows = [_trimmed(row) for row in rows]
    width = max([len(header), *map(len, rows)])
    grid: list[list[str | None]] = []
    merged: dict[tuple[int, int], tuple[int, int]] = {}
    spread, kinds = _spread(header, width, merged)
    grid.append(spread)
    for row in rows:
        if not row:
            continue
        i = len(grid)
        if len(row) == 1 and width > 1:
            grid.append([row[0], *[None] * (width - 1)])
            merged.update({(i, j): (i, 0) for j in range(1, width)})
            continue
        shift = _shift(row, kinds)
        grid.append([*[None] * shift, *row, *[None] * (width - shift - len(row))])
        for j in range(shift):
            above = (i - 1, j)
            if i > 1 and kinds[j] in ("", "text", "serial") and merged.get((i - 1, 1)) != (i - 1, 0):
                origin = merged.get(above, above)
                if origin[1] == j:
                    merged[(i, j)] = origin
    return Grid(grid, merged)


def _trimmed(row: list[str]) -> list[str]:
    cells = [text.strip() for text in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _spread(
    header: list[str], width: int, merged: dict[tuple[int, int], tuple[int, int]]
) -> tuple[list[str | None], list[str]]:
    """The header over all columns: the first task column covers those for which it has no word of its own."""
    extra = width - len(header)
    kinds = [column_kind(text) or "" for text in header]
    if extra <= 0:
        return list(header), kinds
    at = next((index for index, kind in enumerate(kinds) if kind == "text"), 0)
    merged.update({(0, at + offset): (0, at) for offset in range(1, extra + 1)})
    return [*header[: at + 1], *[None] * extra, *header[at + 1 :]], [*kinds[:at], *[""] * extra, *kinds[at:]]


def _shift(row: list[str], kinds: list[str]) -> int:
    """How many columns to the right a row stands: where its cells fit best, the farthest right among equals."""
    room = len(kinds) - len(row)
    scores = [sum(fits(kinds[shift + j], text) for j, text in enumerate(row)) for shift in range(room + 1)]
    return max(range(room + 1), key=lambda shift: (scores[shift], shift))
