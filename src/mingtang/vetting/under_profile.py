"""Findings under a kind of publication: what its rules allow goes, what remains cites them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from mingtang.law.profiles import Profile
from mingtang.text.screening import Finding


def under(profile: Profile | None, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings that remain; each of secrecy cites the clauses of the kind besides its own."""
    for finding in findings:
        if profile is None:
            yield finding
        elif not _is_allowed(profile, finding):
            more = tuple(rule for rule in profile.rules if rule not in finding.rules)
            yield replace(finding, rules=finding.rules + more) if finding.gate == "secrecy" else finding


def _is_allowed(profile: Profile, finding: Finding) -> bool:
    if finding.code == "private_column":
        return profile.allows_column(finding.quote.removeprefix("“").removesuffix("”列"))
    # Those whose names are never published (the ill, minors, who complained) stay whatever the kind.
    if finding.code == "person" and finding.severity == "block":
        return False
    return finding.code in profile.allows
