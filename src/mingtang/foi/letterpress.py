"""The way to whoever writes and sets letters: actions know this protocol, not the writer."""

from collections.abc import Sequence
from typing import Any, Protocol

from mingtang.foi.errors import NoLetterpress
from mingtang.foi.facts import LetterFacts

#: title, addressee, paragraphs, and where there are any schedule and attachments; see `mingtang.foi.letters`.
Content = dict[str, Any]


class Letterpress(Protocol):
    """Writes letters from facts, says what keeps them from being sealed, and sets them."""

    def draft(self, facts: LetterFacts) -> Content:
        """The letter in words; what a person must fill in stands as 〔待填：…〕."""
        ...

    def problems(self, facts: LetterFacts, content: Content) -> Sequence[str]:
        """Every reason not to seal the letter as it stands, in Chinese with the mend; empty when there is none."""
        ...

    def pdf(self, facts: LetterFacts, content: Content) -> bytes:
        """The letter set as GB/T 9704 asks."""
        ...

    def docx(self, facts: LetterFacts, content: Content) -> bytes:
        """The same as an office file."""
        ...


_used: list[Letterpress] = []


def use(press: Letterpress) -> Letterpress | None:
    """Let letters be written by this from now on; returns what was used before."""
    before = _used[0] if _used else None
    _used[:] = [press]
    return before


def current() -> Letterpress:
    """What writes letters; raises `NoLetterpress` when nothing does."""
    if not _used:
        raise NoLetterpress
    return _used[0]
