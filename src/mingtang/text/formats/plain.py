"""Plain text into a document: decode it, and join lines that were broken at a fixed width."""

import re
from collections import Counter

from mingtang.text.cleaning import clean_lines
from mingtang.text.document import Composer, Document, Format
from mingtang.text.formats.detect import decode
from mingtang.text.formats.flattened import segments
from mingtang.text.markers import marker_of

_ENDS = "。！？；：:;!?”）)》】"


def read(data: bytes) -> Document:
    """The document in the bytes of a text file; raises `UnreadableFile` when they are no text."""
    return compose(decode(data))


def compose(text: str, format_: Format = "txt") -> Document:
    """The document of a text, one paragraph a line once broken lines are joined again; flattened tables are tables."""
    composer = Composer()
    for segment in segments(text):
        if isinstance(segment, str):
            for line in join_broken(segment):
                composer.paragraph(line)
        else:
            composer.table([[clean(cell) for cell in row] for row in segment.rows], segment.merged)
    return composer.document(format_)


def clean(cell: str | None) -> str | None:
    """A cell with its lines made regular."""
    return None if cell is None else "\n".join(clean_lines(cell))


def join_broken(text: str) -> list[str]:
    """The paragraphs of a text whose lines may have been broken at a fixed width.

    A text counts as broken when many of its lines are nearly as wide as its widest, and that is no wider than a
    printed line; then a line that wide which does not end a sentence runs on into the next, unless that one is
    indented or numbered.
    """
    raw = [line.rstrip() for line in re.split(r"\r\n|[\r\n\x0b\x0c\u2028]", text) if line.strip()]
    width = _broken_width(raw)
    if width is None:
        return clean_lines(text)
    indents = any(_INDENT.match(line) for line in raw)
    joined: list[str] = []
    running = False
    for line in raw:
        bare = line.strip()
        if running and not _INDENT.match(line) and (indents or marker_of(bare) is None):
            joined[-1] += bare
        else:
            joined.append(bare)
        running = _width(line) >= width - 4 and bare[-1] not in "。！？：:"
    return clean_lines("\n".join(joined))


_INDENT = re.compile(r"(?:[ \u00a0]{2,}|\t|\u3000)")
#: Columns of the widest line that is still taken for a printed one; a Chinese character has two.
_WIDEST = 96


def _width(line: str) -> int:
    return sum(2 if ord(char) > 0x2E80 else 1 for char in line)


def _broken_width(lines: list[str]) -> int | None:
    """The columns at which the text was broken, or None when its lines are whole paragraphs."""
    widths = [width for width in map(_width, lines) if width >= 24]
    if len(widths) < 8:
        return None
    usual = max(Counter(widths).items(), key=lambda pair: (pair[1], pair[0]))[0]
    near = sum(1 for width in widths if usual - 4 <= width <= usual + 2)
    over = sum(1 for width in widths if width > usual + 2)
    unfinished = sum(1 for line in lines if usual - 4 <= _width(line) <= usual + 2 and line[-1] not in _ENDS)
    broken = usual <= _WIDEST and near >= len(widths) * 0.4 and over <= len(widths) * 0.15 and unfinished >= 4
    return usual if broken else None
