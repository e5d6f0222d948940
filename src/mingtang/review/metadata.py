"""Check: does the record hold what the public must be told (the fields of the national catalogue)?"""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.records.checks import missing
from mingtang.records.models import Record
from mingtang.review.checks import Check, Finding, Severity
from mingtang.review.models import Gate

NAME = "metadata"
#: Genres that are issued under a document number.
NUMBERED = frozenset({"decision", "order", "opinion", "notice", "bulletin", "reply", "letter", "measures"})


def find(edition: Record) -> Iterator[Finding]:
    """Empty fields that stop publication, and those that a document of this genre usually has."""
    for field, mend in missing(edition).items():
        yield Finding(NAME, Severity.BLOCK, mend, Gate.LAW if field == "disclosure" else Gate.WORDING, field)
    if edition.genre in NUMBERED and not edition.document_number:
        mend = _("文号：“%s”通常有文号，请填写；确无文号的可不填。") % edition.get_genre_display()
        yield Finding(NAME, Severity.WARN, mend, Gate.WORDING, "document_number")
    if len(edition.topic) == 1 and edition.topic != "Z":
        mend = _("主题分类：只选到一级，请选到二级分类，便于公众按类查找。")
        yield Finding(NAME, Severity.NOTE, mend, Gate.WORDING, "topic")


CHECK = Check(NAME, gettext_lazy("著录项"), Gate.WORDING, find)
