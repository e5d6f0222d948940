"""Which frozen version of a report is before the public, and the report as that version says it."""

import hashlib
from dataclasses import replace
from typing import Any

import rfc8785

from mingtang.law.annual.written import Publication, WrittenReport, from_json
from mingtang.records.editions import TEXT_ACTS
from mingtang.reports.models import AnnualReport, Version
from mingtang.trace.queries import history


def digest_of(content: Any) -> str:
    """SHA-256 (hex) of a JSON value in its canonical spelling (RFC 8785)."""
    return hashlib.sha256(rfc8785.dumps(content)).hexdigest()


def digest_of_text(text: str) -> str:
    """SHA-256 (hex) of a record's text."""
    return hashlib.sha256(text.encode()).hexdigest()


def public_version(report: AnnualReport) -> Version | None:
    """The version that the public reads now; None while nothing of the report is public."""
    if report.record is None or not report.is_public:
        return None
    shown = digest_of_text(report.record.text)
    return Version.objects.filter(report=report, shown=shown).order_by("-number").first()


def publications(report: AnnualReport) -> tuple[Publication, ...]:
    """When the report's editions went before the public, oldest first, each later one with its reason."""
    if report.record is None:
        return ()
    events = history(report.record).filter(verb__in=TEXT_ACTS).order_by("seq")
    return tuple(
        Publication(number, event.moment, event.data.get("change_note") or "" if number > 1 else "")
        for number, event in enumerate(events, start=1)
    )


def published(report: AnnualReport) -> WrittenReport | None:
    """The report as the public reads it now, with the moments of its publications; None while none is public."""
    version = public_version(report)
    return None if version is None else replace(written_of(version), publications=publications(report))


def written_of(version: Version) -> WrittenReport:
    """The report as a version froze it."""
    return from_json(version.content)


def of_year(report: AnnualReport, year: int) -> AnnualReport | None:
    """The same body's report about another year."""
    rows = AnnualReport.objects.select_related("record", "body")
    return rows.filter(body_id=report.body_id, year=year).first()


def public_before(report: AnnualReport) -> WrittenReport | None:
    """Last year's report of the same body as the public reads it."""
    before = of_year(report, report.year - 1)
    return published(before) if before else None
