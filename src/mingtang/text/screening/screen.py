"""All checks of the screening over one document, in the order in which the findings stand in it."""

from collections.abc import Iterator

from mingtang.text.document import Document
from mingtang.text.screening.columns import private_columns
from mingtang.text.screening.finding import Finding
from mingtang.text.screening.privacy import private_data
from mingtang.text.screening.secrecy import marks
from mingtang.text.screening.wording import slips


def screen(document: Document, *, consultation: bool = False) -> list[Finding]:
    """What must not go out as it stands, and what should be mended first.

    `consultation`: the text is published to hear opinions. Offsets are into `document.text`.
    """
    return sorted(_all(document, consultation), key=lambda finding: (finding.start, finding.end, finding.code))


def _all(document: Document, consultation: bool) -> Iterator[Finding]:
    yield from private_data(document.text)
    yield from private_columns(document.tables)
    yield from marks(document.text, consultation=consultation)
    yield from slips(document.text)
