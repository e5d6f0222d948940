"""The whole check of reports: each alone, each against the same body's report of the year before."""

from collections.abc import Iterator, Sequence

from mingtang.law.annual import form, identities, likeness, narrative
from mingtang.law.annual.claims import claims_of, sentences
from mingtang.law.annual.finding import Finding, settled
from mingtang.law.annual.report import Report


def check(report: Report, before: Report | None = None) -> tuple[Finding, ...]:
    """The findings of one report; `before` is the same body's report about the year before, if it is at hand."""
    return settled(_all(report, before))


def _all(report: Report, before: Report | None) -> Iterator[Finding]:
    found = sentences(report.passages)
    claims = claims_of(found, report.year)
    yield from identities.within(report.tables)
    yield from narrative.against_tables(claims, report.tables)
    yield from narrative.denials(found, report.tables)
    yield from narrative.sums(found, claims)
    yield from narrative.shares(found, claims, report.tables)
    yield from narrative.growth(found, claims, before.tables if before else None)
    yield from form.chapters(report)
    yield from form.length(report)
    yield from likeness.perfunctory(report)
    yield from form.years(report, found)
    yield from form.names(report, found)
    yield from form.timing(report)
    yield from form.money(report, found)


def pairs_over_years(reports: Sequence[Report]) -> list[tuple[Report, Report]]:
    """Reports of one body about years that follow each other, as (later, earlier)."""
    by_key = {(report.key, report.year): report for report in reports if report.year is not None and report.key}
    return [(report, by_key[(key, year - 1)]) for (key, year), report in by_key.items() if (key, year - 1) in by_key]


def check_across(reports: Sequence[Report]) -> list[tuple[Report, Finding]]:
    """What does not hold between the years of a body, named on the later report."""
    return [
        (later, finding)
        for later, earlier in pairs_over_years(reports)
        for finding in settled(identities.across(later.year or 0, later.tables, earlier.tables))
    ]
