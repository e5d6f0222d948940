"""The ruled tables of a PDF page: the lines drawn on it make a grid, and its characters fall into the cells."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from mingtang.text.cleaning import clean_lines

#: Two rules nearer than this many points are one.
_NEAR = 3.0
#: A rule is at most this thick and at least this long, in points.
_THICK = 3.0
_SHORTEST = 8.0
#: A page with more drawn objects than this is a drawing, no table.
_MOST_OBJECTS = 20_000

Character = tuple[str, float, float, float, float]
Rule = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table on a page: the places of its rules in points (`ys` from the top down) and its cells' texts.

    `merged` maps a grid place to the place whose cell covers it.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[tuple[str | None, ...], ...]
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict[tuple[int, int], tuple[int, int]])

    @property
    def top(self) -> float:
        """The upper edge."""
        return self.ys[0]

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.ys[-1]


def rules_of(page: Any, raw: Any) -> tuple[list[Rule], list[Rule]]:
    """The horizontal rules (y, from x, to x) and vertical rules (x, from y, to y) drawn on a page."""
    from ctypes import byref, c_float

    across: list[Rule] = []
    down: list[Rule] = []
    count = raw.FPDFPage_CountObjects(page)
    if count > _MOST_OBJECTS:
        return [], []
    edges = [c_float() for _ in range(4)]
    for index in range(count):
        drawn = raw.FPDFPage_GetObject(page, index)
        if raw.FPDFPageObj_GetType(drawn) != raw.FPDF_PAGEOBJ_PATH:
            continue
        if not raw.FPDFPageObj_GetBounds(drawn, *(byref(edge) for edge in edges)):
            continue
        left, bottom, right, top = (edge.value for edge in edges)
        width, height = right - left, top - bottom
        if height <= _THICK and width >= _SHORTEST:
            across.append(((top + bottom) / 2, left, right))
        elif width <= _THICK and height >= _SHORTEST:
            down.append(((left + right) / 2, bottom, top))
        elif width >= _SHORTEST and height >= _SHORTEST and _stroked(drawn, raw):
            across.extend(((bottom, left, right), (top, left, right)))
            down.extend(((left, bottom, top), (right, bottom, top)))
    return across, down


def _stroked(drawn: Any, raw: Any) -> bool:
    from ctypes import byref, c_int

    fill, stroke = c_int(), c_int()
    return bool(raw.FPDFPath_GetDrawMode(drawn, byref(fill), byref(stroke))) and bool(stroke.value)


def tables_on(rules: tuple[list[Rule], list[Rule]], characters: Sequence[Character]) -> list[RuledTable]:
    """The tables that rules enclose, from the top of the page down, with the characters that stand in their cells."""
    across, down = rules
    found: list[RuledTable] = []
    for low, high in _bands(down):
        ys = _places([y for y, _, _ in across if low - _NEAR <= y <= high + _NEAR])
        uprights = [rule for rule in down if rule[1] >= low - _NEAR and rule[2] <= high + _NEAR]
        xs = _places([x for x, _, _ in uprights])
        if len(xs) >= 3 and len(ys) >= 3:
            found.append(_filled(xs, ys[::-1], across, uprights, characters))
    return sorted(found, key=lambda table: -table.top)


def _bands(down: list[Rule]) -> list[tuple[float, float]]:
    """The heights over which vertical rules stand without a gap: one for each table."""
    bands: list[tuple[float, float]] = []
    for _, low, high in sorted(down, key=lambda rule: rule[1]):
        if bands and low <= bands[-1][1] + _NEAR:
            bands[-1] = (bands[-1][0], max(bands[-1][1], high))
        else:
            bands.append((low, high))
    return bands


def _places(values: list[float]) -> list[float]:
    """Places with those that are near each other taken as one, in rising order."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _NEAR:
            places.append(value)
    return places


def _filled(
    xs: list[float], ys: list[float], across: list[Rule], down: list[Rule], characters: Sequence[Character]
) -> RuledTable:
    """The grid of a table (`ys` falling), cells without a rule between them merged, each with its text."""
    columns, rows = len(xs) - 1, len(ys) - 1
    merged: dict[tuple[int, int], tuple[int, int]] = {}
    for i in range(rows):
        for j in range(columns):
            middle_x, middle_y = (xs[j] + xs[j + 1]) / 2, (ys[i] + ys[i + 1]) / 2
            if j and not _ruled(down, xs[j], middle_y):
                merged[i, j] = merged.get((i, j - 1), (i, j - 1))
            elif i and not _ruled(across, ys[i], middle_x):
                merged[i, j] = merged.get((i - 1, j), (i - 1, j))
    falling = [-y for y in ys]
    texts: dict[tuple[int, int], list[Character]] = {}
    for character in characters:
        x, y = (character[1] + character[2]) / 2, (character[3] + character[4]) / 2
        i, j = bisect_right(falling, -y) - 1, bisect_right(xs, x) - 1
        if 0 <= i < rows and 0 <= j < columns:
            texts.setdefault(merged.get((i, j), (i, j)), []).append(character)
    cells = tuple(
        tuple(None if (i, j) in merged else _text(texts.get((i, j), [])) for j in range(columns)) for i in range(rows)
    )
    return RuledTable(tuple(xs), tuple(ys), cells, merged)


def _ruled(rules: list[Rule], place: float, crossing: float) -> bool:
    """Whether a rule stands at `place` and passes the point `crossing`."""
    return any(abs(at - place) <= _NEAR and low - _NEAR <= crossing <= high + _NEAR for at, low, high in rules)


def _text(characters: list[Character]) -> str:
    """The text of a cell: printed lines joined, a numbered or finished line kept apart."""
    lines: list[str] = []
    floor = float("inf")
    for char, _, _, bottom, top in characters:
        if char.strip() and top > bottom and (top + bottom) / 2 < floor:
            lines.append("")
            floor = bottom
        if lines:
            lines[-1] += char
    text = ""
    for line in lines:
        text += ("\n" if text.rstrip().endswith(("。", "；", "：")) else "") + line.strip()
    return "\n".join(clean_lines(text))


def outside(table: RuledTable, character: Character) -> bool:
    """Whether a character stands above, below or beside a table."""
    x, y = (character[1] + character[2]) / 2, (character[3] + character[4]) / 2
    return not (table.bottom <= y <= table.top and table.xs[0] <= x <= table.xs[-1])


def continued(upper: RuledTable, lower: RuledTable) -> RuledTable | None:
    """One table out of two on successive pages with the same columns; None when their columns differ."""
    if len(upper.xs) != len(lower.xs) or any(abs(a - b) > 6 for a, b in zip(upper.xs, lower.xs, strict=True)):
        return None
    head = 1 if lower.cells[0] == upper.cells[0] else 0
    offset = len(upper.cells) - head
    merged = dict(upper.merged)
    for (i, j), (origin_i, origin_j) in lower.merged.items():
        if i >= head and origin_i >= head:
            merged[i + offset, j] = (origin_i + offset, origin_j)
    ys = (*upper.ys[:-1], *lower.ys[head:])
    return RuledTable(upper.xs, ys, (*upper.cells, *lower.cells[head:]), merged)
