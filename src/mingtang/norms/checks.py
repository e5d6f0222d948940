"""Check of the gate “policy”: what a text says of documents of the library is so: they exist, hold, have the clause.

Only what the library can know is said: a number that nobody here gives is no fault, one of a body whose documents are
here and that is missing is.
"""

import re
from collections.abc import Iterator

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.law.documents import DocumentNumber, FoundNumber, find_document_numbers, parse_document_number
from mingtang.law.errors import MalformedNumber
from mingtang.law.validity import Standing
from mingtang.norms import queries
from mingtang.norms.clauses import lacking, plain
from mingtang.norms.models import Norm
from mingtang.records.models import Record
from mingtang.review.checks import Check, Finding, Severity
from mingtang.review.models import Gate
from mingtang.text.references import titles

NAME = "norms.cited"
#: 《title》, then perhaps its number in brackets, then perhaps a clause.
_CITED = re.compile(
    r"《(?P<title>[^《》]{4,200}(?:《[^《》]*》[^《》]*)*)》\s*(?:[（(](?P<number>[^（）()]{4,40}号)[）)])?"
    r"\s*(?P<clause>第[零〇一二三四五六七八九十百\d]+条)?"
)


def find(edition: Record) -> Iterator[Finding]:
    """Documents that a text names wrongly, that bind no more, or that lack the clause; four queries."""
    text = plain(edition.text)
    known = _Known(list(find_document_numbers(text)), titles(text), edition)
    yield from _of_numbers(known)
    for match in _CITED.finditer(text):
        yield from _of_citation(match, known)
    yield from _of_standing(known)


class _Known:
    """The documents of the library that a text may mean, by number and by title, with what they are worth today.

    Words of running text may stand before a number (并按某政规〔2024〕1号): the ending that the library knows counts.
    """

    def __init__(self, numbers: list[FoundNumber], named: list[str], edition: Record) -> None:
        rows = queries.with_standing(queries.public(), timezone.localdate()).exclude(pk=edition.pk)
        self.numbers, self.own = numbers, edition.document_number
        spelled = {str(number) for each in numbers for number in _endings(each.number)}
        self.by_number = {norm.document_number: norm for norm in rows.filter(document_number__in=spelled)}
        self.by_title = {norm.title: norm for norm in rows.filter(title__in=named)}
        begins = Q(pk__in=[])
        for prefix in {number.prefix for each in numbers for number in _endings(each.number)}:
            begins |= Q(document_number__startswith=f"{prefix}〔")
        given = Norm.objects.filter(begins).values_list("document_number", flat=True)
        self.prefixes = {number.partition("〔")[0] for number in given}

    def meant(self, number: DocumentNumber) -> DocumentNumber | None:
        """The number of one of our bodies that is meant; None where none of them numbers so."""
        return next((each for each in _endings(number) if each.prefix in self.prefixes), None)

    @property
    def all(self) -> list[Norm]:
        """Each once."""
        return list({norm.pk: norm for norm in (*self.by_number.values(), *self.by_title.values())}.values())


def _endings(number: DocumentNumber) -> Iterator[DocumentNumber]:
    """The number with ever less before its year, as long as two characters are left."""
    for start in range(max(1, len(number.prefix) - 1)):
        yield DocumentNumber(number.prefix[start:], number.year, number.sequence)


def _of_numbers(known: _Known) -> Iterator[Finding]:
    for each in known.numbers:
        if each.faults:
            told = {"written": each.written, "faults": "、".join(each.faults), "right": str(each.number)}
            mend = _("文号“%(written)s”写法不规范（%(faults)s），应写作“%(right)s”。") % told
            yield Finding("document-format.number", Severity.WARN, mend, Gate.WORDING, "text")
        meant = known.meant(each.number)
        if meant is not None and str(meant) not in known.by_number and str(meant) != known.own:
            mend = _("文件库中没有“%s”，请核对文号；确有此文件的请先收入文件库。") % meant
            yield Finding(NAME, Severity.WARN, mend, Gate.POLICY, "text")


def _of_citation(match: re.Match[str], known: _Known) -> Iterator[Finding]:
    """A title and a number that belong to two documents; a clause that the document does not have."""
    title, clause = match["title"].strip(), match["clause"] or ""
    number = _spelled(match["number"] or "")
    norm = known.by_number.get(number) or known.by_title.get(title)
    if norm is None:
        return
    if number and norm.document_number and norm.document_number != number:
        told = {"title": title, "number": norm.document_number, "written": match["number"]}
        mend = _("《%(title)s》的文号是“%(number)s”，正文写成“%(written)s”，请核对。") % told
        yield Finding(NAME, Severity.WARN, mend, Gate.POLICY, "text")
    elif number and norm.document_number == number and not _same(title, norm.title):
        told = {"number": number, "title": norm.title, "written": title}
        mend = _("“%(number)s”是《%(title)s》，正文写成《%(written)s》，请核对。") % told
        yield Finding(NAME, Severity.WARN, mend, Gate.POLICY, "text")
    if clause and lacking(norm.text, [clause]):
        mend = _("《%(title)s》没有%(clause)s，请核对条款。") % {"title": norm.title, "clause": clause}
        yield Finding(NAME, Severity.WARN, mend, Gate.POLICY, "text")


def _of_standing(known: _Known) -> Iterator[Finding]:
    for norm in known.all:
        standing = Standing(getattr(norm, "standing"))  # noqa: B009 - annotated by the query
        if standing.ended:
            told = {"title": norm.title, "day": getattr(norm, "since"), "standing": standing.label}  # noqa: B009
            mend = _("所引《%(title)s》自 %(day)s 起%(standing)s，请改引现行有效的文件，或写明其效力。") % told
            yield Finding("normative-documents.catalogue", Severity.WARN, mend, Gate.POLICY, "text")


def _spelled(written: str) -> str:
    try:
        return str(parse_document_number(written)) if written else ""
    except MalformedNumber:
        return ""


def _same(written: str, title: str) -> bool:
    """Whether words in 《》 may mean the title: the short form without the issuer, or what a notice prints."""
    return written in title or title in written


CHECK = Check(NAME, gettext_lazy("引用的文件"), Gate.POLICY, find)
