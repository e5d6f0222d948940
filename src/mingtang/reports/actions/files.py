"""Making the files of a published edition; the only code that writes them."""

import hashlib
import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from mingtang.law.annual.written import WrittenReport
from mingtang.press.errors import PressError
from mingtang.reports import queries
from mingtang.reports.models import AnnualReport, MadeFile
from mingtang.reports.publishing import data, paper
from mingtang.trace import actions as trace

log = logging.getLogger(__name__)
Kind = MadeFile.Kind
ACTOR = "system:press"


def _package(written: WrittenReport, *, moment: datetime) -> bytes:
    """A data package bears no time of making: its descriptor says when the report came out."""
    return data.package_of(written)


MAKERS: dict[Kind, Callable[..., bytes]] = {
    Kind.PDF: paper.pdf_of,
    Kind.DOCX: paper.docx_of,
    Kind.XLSX: paper.workbook_of,
    Kind.DATA: _package,
}


@transaction.atomic
def make_files(report: AnnualReport, *, actor: Any = ACTOR, moment: datetime) -> list[MadeFile]:
    """Make the files of the edition that is before the public, those that there are left alone; `reports.files_made`.

    Nothing is made while nothing is public. What this machine cannot set (a font is missing) is left for later and
    noted in the log: the other files go out.
    """
    version = queries.public_version(report)
    written = queries.published(report)
    if version is None or written is None:
        return []
    edition = len(written.publications)
    there = set(MadeFile.objects.filter(version=version).values_list("kind", flat=True))
    made = [_made(kind, make, version, written, edition, moment) for kind, make in MAKERS.items() if kind not in there]
    found = [each for each in made if each is not None]
    if found:
        trace.record(
            "reports.files_made", report, actor=actor, moment=moment,
            data={"version": version.number, "files": {each.kind: each.sha256 for each in found}},
        )  # fmt: skip
    return found


def _made(
    kind: Kind, make: Callable[..., bytes], version: Any, written: WrittenReport, edition: int, moment: datetime
) -> MadeFile | None:
    try:
        content = make(written, moment=written.publications[-1].at if written.publications else moment)
    except PressError as error:
        log.error("年度报告的%s没有生成：%s（%s）", kind.label, written.title, error)
        return None
    digest = hashlib.sha256(content).hexdigest()
    made = MadeFile(version=version, edition=edition, kind=kind, sha256=digest, size=len(content), made_at=moment)
    name = f"{written.title}{f'（第{edition}版）' if edition > 1 else ''}.{kind.value}"
    made.file.save(name, ContentFile(content), save=False)
    made.save()
    return made
