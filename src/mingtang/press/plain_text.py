"""Text as paper knows it: without control characters and without marks that turn the direction of writing."""

import re

_DROPPED = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff0-\uffff\ud800-\udfff]"
)


def plain(text: str) -> str:
    """The text with tabs as spaces, line ends as line feeds, and nothing else below the space."""
    return _DROPPED.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
