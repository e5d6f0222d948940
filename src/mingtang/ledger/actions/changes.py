"""What a person fills in when correcting a draft, as typed values; forms, imports and commands build these."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from mingtang.ledger.models import Quota


@dataclass(frozen=True)
class QuotaLine:
    """One quota as corrected: `wants` as in `Wants.as_json`."""

    form: str
    at_least: int = 1
    unit: str = "次"
    period: str = Quota.Period.YEAR
    wants: Mapping[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class TaskChange:
    """A task as a person wants it to be; names are those of bodies or groups."""

    text: str
    bodies: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    supporting: tuple[str, ...] = ()
    deadline_kind: str = ""
    deadline_text: str = ""
    due_on: date | None = None
    evidence_form: str = ""
    wants: Mapping[str, list[str]] = field(default_factory=dict)
    quotas: tuple[QuotaLine, ...] = ()


@dataclass(frozen=True)
class HeadChange:
    """The head of a notice as a person wants it to be."""

    title: str
    issuer: str = ""
    document_number: str = ""
    made_on: date | None = None
    year: int | None = None
