"""What may go out of a file as it stands: the screening of all that it carries, under the rules of its kind.

    vet(data, options) -> Outcome(findings, notes, kind)      what is found, each with place, reason, mend
    vet_apart(data, options) -> Outcome                       the same in a process of its own, bounded
    vet_text(text, options) -> list[Finding]                  the same for a text already in memory
    cleaned(data) -> Cleaned(data, done)                      a safe copy: masked, without what is hidden

Joins `text` (reading, screening), `law` (kinds of publication, document numbers) and `press` (geometry, redaction).
"""

from mingtang.vetting.apart import vet_apart
from mingtang.vetting.options import Options
from mingtang.vetting.vetting import Outcome, vet, vet_document, vet_text

__all__ = ["Options", "Outcome", "vet", "vet_apart", "vet_document", "vet_text"]
