"""Plain text into a document: decode it, and join lines that were broken at a fixed width."""

from collections import Counter

from mingtang.text.cleaning import clean_lines
from mingtang.text.document import Composer, Document, Format
from mingtang.text.formats.detect import decode
from mingtang.text.markers import marker_of

_ENDS = "。！？；：:;!?”）)》】"


def read(data: bytes) -> Document:
    """The document in the bytes of a text file; raises `UnreadableFile` when they are no text."""
    return compose(decode(data))


def compose(text: str, format_: Format = "txt") -> Document:
    """The document of a text, one paragraph a line once broken lines are joined again."""
    composer = Composer()
    for line in join_broken(clean_lines(text)):
        composer.paragraph(line)
    return composer.document(format_)


def join_broken(lines: list[str]) -> list[str]:
    """Join lines broken at a fixed width.

    A text counts as broken when many of its lines have nearly the same length and the longest is no longer than a
    printed line; then a line as long as those that does not end a sentence runs on into the next.
    """
    width = _broken_width(lines)
    if width is None:
        return lines
    joined: list[str] = []
    running = False
    for line in lines:
        if running and marker_of(line) is None:
            joined[-1] += line
        else:
            joined.append(line)
        running = len(line) >= width - 2 and line[-1] not in "。！？："
    return joined


def _broken_width(lines: list[str]) -> int | None:
    """The number of characters at which the text was broken, or None when its lines are whole paragraphs."""
    long_lines = [len(line) for line in lines if len(line) >= 18]
    if len(long_lines) < 8:
        return None
    longest = max(long_lines)
    if longest > 60:
        return None
    near = sum(1 for length in long_lines if length >= longest - 3)
    unfinished = sum(1 for line in lines if len(line) >= longest - 3 and line[-1] not in _ENDS)
    common = Counter(long_lines).most_common(1)[0][1]
    return longest if near >= len(long_lines) * 0.5 and unfinished >= 4 and common >= 3 else None
