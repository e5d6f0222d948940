"""Personal data in a text: identity numbers, permits, phones, accounts, homes, names; look-alikes are left alone."""

from collections.abc import Callable, Iterator
from re import Match

from mingtang.text.cleaning import fold
from mingtang.text.screening import contacts, holdings, identity, persons
from mingtang.text.screening.finding import Finding
from mingtang.text.screening.sieve import Sieve, Sought

Judge = Callable[[str, str, Match[str]], Iterator[Finding]]

#: What is sought, in the order in which a place is given to one of them: a number is one thing only.
_KINDS: tuple[tuple[tuple[Sought, ...], Judge], ...] = (
    (identity.SOUGHT[:2], identity.identity),
    (holdings.SOUGHT[:1], holdings.holding),
    (contacts.SOUGHT, contacts.contact),
    (identity.SOUGHT[2:], identity.identity),
    (holdings.SOUGHT[1:], holdings.holding),
    (persons.SOUGHT, persons.person),
)
SOUGHT = tuple(sought for kind, _ in _KINDS for sought in kind)
_JUDGES = {sought.name: judge for kind, judge in _KINDS for sought in kind}
_SIEVE = Sieve(SOUGHT)


def private_data(text: str) -> Iterator[Finding]:
    """Personal data in `text`. What is masked already, and what office business needs, is left alone."""
    folded = fold(text)
    taken = bytearray(len(text))
    for sought, match in _SIEVE.matches(folded):
        for finding in _JUDGES[sought.name](folded, sought.name, match):
            if not any(taken[finding.start : finding.end]):
                taken[finding.start : finding.end] = b"\1" * (finding.end - finding.start)
                yield finding
