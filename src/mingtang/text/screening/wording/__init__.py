"""Slips of official writing that a machine sees for certain; no list here judges opinions.

Sources: GB/T 15834-2011 (punctuation), GB/T 15835-2011 (numerals), GB 3100 (units), the rules for amounts in words of
the Ministry of Finance's accounting standards.
"""

from collections.abc import Iterator

from mingtang.text.screening.finding import Finding
from mingtang.text.screening.wording.amounts import capital_amounts
from mingtang.text.screening.wording.confused import confusions
from mingtang.text.screening.wording.days import impossible_days
from mingtang.text.screening.wording.numerals import numerals
from mingtang.text.screening.wording.punctuation import punctuation
from mingtang.text.screening.wording.repeats import repeats

__all__ = ["slips"]


def slips(text: str) -> Iterator[Finding]:
    """Slips of writing in `text`."""
    yield from impossible_days(text)
    yield from repeats(text)
    yield from punctuation(text)
    yield from capital_amounts(text)
    yield from numerals(text)
    yield from confusions(text)
