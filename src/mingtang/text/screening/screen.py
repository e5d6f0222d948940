"""All checks of the screening over one document, in the order in which the findings stand in it."""

from collections.abc import Iterator

from mingtang.text.document import Document
from mingtang.text.screening.columns import private_columns
from mingtang.text.screening.finding import Finding
from mingtang.text.screening.privacy import private_data
from mingtang.text.screening.register import EMPTY, Register
from mingtang.text.screening.secrecy import marks
from mingtang.text.screening.wording import slips
from mingtang.text.screening.wording.sums import table_sums


def screen(document: Document, *, consultation: bool = False, register: Register = EMPTY) -> list[Finding]:
    """What must not go out as it stands, and what should be mended first.

    `consultation`: the text is published to hear opinions. `register`: the office's own names, posts and terms.
    Offsets are into `document.text`.
    """
    found = [*_of_text(document.text, consultation, register)]
    found += [*private_columns(document.tables), *table_sums(document.tables)]
    return sorted(found, key=lambda finding: (finding.start, finding.end, finding.code))


def screen_text(text: str, *, consultation: bool = True) -> list[Finding]:
    """Personal data and marks of secrecy in words that stand beside a text (comments, properties, pictures)."""
    found = [*private_data(text), *marks(text, consultation=consultation)]
    return sorted(found, key=lambda finding: (finding.start, finding.end, finding.code))


def _of_text(text: str, consultation: bool, register: Register) -> Iterator[Finding]:
    yield from private_data(text)
    yield from marks(text, consultation=consultation)
    yield from slips(text)
    yield from register.departures(text)
