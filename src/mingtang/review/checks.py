"""The registry of automatic checks: each looks at a record before people do, and says what to mend."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q

from mingtang.records.models import Record
from mingtang.review.models import Gate, SetAside


class Severity(StrEnum):
    """What a finding does: `BLOCK` stops submission and signature, `WARN` wants a look, `NOTE` only tells."""

    BLOCK = "block"
    WARN = "warn"
    NOTE = "note"


@dataclass(frozen=True)
class Finding:
    """Something that a check found.

    `rule` is a rule id of `law` or the check's own name; `span` says where (a field's name, or characters of the
    text as (start, end)), None for the whole record; `mend` is the Chinese sentence that says what to do.
    """

    rule: str
    severity: Severity
    mend: str
    gate: Gate
    span: str | tuple[int, int] | None = None
    #: by which it is known again when somebody has set it aside; "" for one that cannot be
    key: str = ""


@dataclass(frozen=True)
class Check:
    """A named check of one gate; `find` is given the record as its newest revision has it."""

    name: str
    label: str
    gate: Gate
    find: Callable[[Record], Iterable[Finding]]


_checks: dict[str, Check] = {}


def register(*checks: Check) -> None:
    """Add checks (from `AppConfig.ready`); the same name twice is a programming error."""
    for check in checks:
        if check.name in _checks:
            raise ValueError(f"check {check.name} registered twice")
        _checks[check.name] = check


def registered() -> tuple[Check, ...]:
    """Every check, in the order of registration."""
    return tuple(_checks.values())


def findings(edition: Record) -> list[Finding]:
    """What all checks find in a record as a revision has it, blocking ones first, without what was set aside."""
    order = list(Severity)
    found = [finding for check in _checks.values() for finding in check.find(edition)]
    aside = _set_aside(edition, {finding.key for finding in found if finding.key})
    found = [finding for finding in found if finding.key not in aside]
    return sorted(found, key=lambda finding: order.index(finding.severity))


def _set_aside(edition: Record, keys: set[str]) -> set[str]:
    """Which of the findings somebody has set aside, for this record or for all texts of its body."""
    if not keys:
        return set()
    here = Q(record_id=edition.pk) | Q(record=None, body_id=edition.body_id)
    return set(SetAside.objects.filter(here, key__in=keys).values_list("key", flat=True))
