"""What a cell of a report's table says: a number, nothing, or something that cannot be read and is said so."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Protocol


class GridCell(Protocol):
    """A cell as the reading of files gives it; a merged cell is the same object at each of its places."""

    @property
    def text(self) -> str: ...
    @property
    def start(self) -> int: ...


Grid = Sequence[Sequence[GridCell]]

#: What offices write into a cell that holds nothing.
_NOTHING = re.compile(r"^(|[-‐-―−一/\\＼／*·.…]+|无|没有|暂无|不适用|null|None|N/?A)$", re.IGNORECASE)
#: How the older form's column 本年增/减 writes a sign.
_SIGNED = re.compile(r"^(?:增加?|减少?|↑|↓)(?=\d)")
_UNIT = re.compile(r"(亿元|万元|元|件|条|项|个|宗|份|次|人次|起)$")


@dataclass(frozen=True, slots=True)
class Number:
    """A cell's worth: `value` is None for a blank and for what cannot be read; `raw` is what stood there."""

    value: Decimal | None
    raw: str
    readable: bool = True

    @property
    def worth(self) -> Decimal:
        """The value, a blank counting as zero (the form's own rule)."""
        return self.value if self.value is not None else Decimal(0)

    @property
    def blank(self) -> bool:
        return self.value is None and self.readable


@lru_cache(maxsize=8192)
def number(raw: str) -> Number:
    """Read one cell: full-width digits, separators of thousands, units and signs are understood."""
    text = "".join(unicodedata.normalize("NFKC", raw).split())
    if _NOTHING.match(text):
        return Number(None, raw)
    bare = _SIGNED.sub(lambda sign: "-" if sign.group()[0] in "减↓" else "", _UNIT.sub("", text)).lstrip("+")
    grouped = re.fullmatch(r"-?\d{1,3}([,，]\d{3})+(\.\d+)?", bare)
    if grouped:
        bare = re.sub("[,，]", "", bare)
    if not re.fullmatch(r"-?\d+(\.\d+)?", bare):
        return Number(None, raw, readable=False)
    try:
        return Number(Decimal(bare), raw)
    except InvalidOperation:  # pragma: no cover - the pattern above admits only decimals
        return Number(None, raw, readable=False)


_YUAN = {"元": Decimal("0.0001"), "万元": Decimal(1), "亿元": Decimal(10000)}


def in_ten_thousands(cell: Number, unit: str) -> Number:
    """An amount of money in 万元, the form's unit; `unit` is that of the head, which the cell's own overrides."""
    own = re.search(r"(亿元|万元|元)\s*$", cell.raw)
    factor = _YUAN[own.group(1) if own else unit]
    return cell if cell.value is None or factor == 1 else Number((cell.value * factor).normalize(), cell.raw)


def is_value(raw: str) -> bool:
    """Whether a cell can stand in a column of numbers: a number or a blank."""
    return number(raw).readable


@lru_cache(maxsize=8192)
def squeezed(text: str) -> str:
    """A label without spaces and line breaks, in one width: as it is compared."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def distinct(row: Sequence[GridCell]) -> list[GridCell]:
    """The cells of a row, each merged cell once."""
    cells: list[GridCell] = []
    for cell in row:
        if not any(cell is other or (cell.start == other.start and cell.text == other.text) for other in cells):
            cells.append(cell)
    return cells


def shown(value: Decimal) -> str:
    """A number as people write it: no trailing zeros."""
    return f"{value.normalize():f}" if value != value.to_integral() else f"{value:.0f}"
