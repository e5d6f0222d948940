"""The widths of a font's codes: what is needed to know where each glyph of a shown string stands."""

from dataclasses import dataclass, field
from typing import Any

from mingtang.press.redaction.errors import Unworkable


@dataclass(frozen=True)
class Font:
    """How a font's strings fall into codes (bytes a code) and how far each code moves on, in text space for size 1."""

    code_bytes: int
    default: float
    widths: dict[int, float] = field(default_factory=dict[int, float])

    def codes(self, string: bytes) -> list[tuple[bytes, float, bool]]:
        """Each code of a string with its advance, and whether word spacing is added to it (a one-byte blank)."""
        step = self.code_bytes
        pieces = [string[at : at + step] for at in range(0, len(string), step)]
        return [
            (piece, self.widths.get(int.from_bytes(piece, "big"), self.default), step == 1 and piece == b" ")
            for piece in pieces
        ]


def font_of(dictionary: Any) -> Font:
    """The font of a font dictionary; raises `Unworkable` for one whose widths or codes are not plainly stated."""
    kind = str(dictionary.get("/Subtype", ""))
    if kind == "/Type0":
        return _composite(dictionary)
    if "/Widths" not in dictionary or "/FirstChar" not in dictionary:
        raise Unworkable
    scale = float(dictionary.FontMatrix[0]) if kind == "/Type3" else 0.001
    first = int(dictionary.FirstChar)
    widths = {first + index: float(width) * scale for index, width in enumerate(dictionary.Widths)}
    descriptor = dictionary.get("/FontDescriptor")
    missing = float(descriptor.get("/MissingWidth", 0)) if descriptor is not None else 0.0
    return Font(1, missing * scale, widths)


def _composite(dictionary: Any) -> Font:
    if str(dictionary.get("/Encoding", "")) != "/Identity-H":
        raise Unworkable
    descendant = dictionary.DescendantFonts[0]
    widths: dict[int, float] = {}
    given: list[Any] = list(descendant.get("/W", []))
    at = 0
    while at + 1 < len(given):
        first = int(given[at])
        if isinstance(given[at + 1], int | float) or not hasattr(given[at + 1], "__iter__"):
            if at + 2 >= len(given) or int(given[at + 1]) - first > 65_535:
                raise Unworkable
            width = float(given[at + 2]) / 1000
            widths.update(dict.fromkeys(range(first, int(given[at + 1]) + 1), width))
            at += 3
        else:
            listed: list[Any] = list(given[at + 1])
            widths.update({first + index: float(width) / 1000 for index, width in enumerate(listed)})
            at += 2
    return Font(2, float(descendant.get("/DW", 1000)) / 1000, widths)
