"""How far quotas are met: confirmed evidence by form, within the year or the running period."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from mingtang.law.ledger import Period
from mingtang.ledger.models import Assignment, Evidence, Quota


@dataclass(frozen=True)
class Count:
    """One quota of one duty: `done` confirmed of `at_least` wanted, `proposed` still to be confirmed."""

    quota: Quota
    done: int
    proposed: int

    @property
    def met(self) -> bool:
        """Whether enough is confirmed."""
        return self.done >= self.quota.at_least

    @property
    def counted(self) -> int:
        """What counts towards the sum: more of one form does not stand in for another."""
        return min(self.done, self.quota.at_least)


@dataclass(frozen=True)
class Tally:
    """All quotas of one duty; `counted`/`wanted` is what a screen shows as 2/5."""

    counts: tuple[Count, ...]

    @property
    def wanted(self) -> int:
        return sum(count.quota.at_least for count in self.counts)

    @property
    def counted(self) -> int:
        return sum(count.counted for count in self.counts)


def window(period: str, year: int, on: date) -> tuple[date, date]:
    """First and last day in which evidence counts: the ledger's year, or the period of that year that `on` lies in.

    A day outside the year counts as its nearest end.
    """
    day = min(max(on, date(year, 1, 1)), date(year, 12, 31))
    months = Period(period).months
    first = (day.month - 1) // months * months + 1
    following = first + months
    end = date(year + (following > 12), (following - 1) % 12 + 1, 1)
    return date(year, first, 1), date.fromordinal(end.toordinal() - 1)


def tally(assignment: Assignment, *, on: date) -> Tally:
    """The quotas of a duty counted; uses prefetched `task.quotas` and `evidence` where there are."""
    return counted(assignment.task.quotas.all(), assignment.evidence.all(), on=on)


def counted(quotas: Iterable[Quota], evidence: Iterable[Evidence], *, on: date) -> Tally:
    """Count evidence towards quotas. A yearly quota takes whatever is linked to it: the ledger is of one year."""
    pieces = list(evidence)
    counts = []
    for quota in quotas:
        mine = [one for one in pieces if one.quota_id == quota.pk]
        if quota.period != Quota.Period.YEAR:
            first, last = window(quota.period, on.year, on)
            mine = [one for one in mine if first <= one.on <= last]
        states = [one.state for one in mine]
        counts.append(Count(quota, states.count(Evidence.State.CONFIRMED), states.count(Evidence.State.PROPOSED)))
    return Tally(tuple(counts))


def missing(assignment: Assignment, *, on: date) -> list[str]:
    """What a duty still needs before it can be completed; empty when it is proved."""
    counts = tally(assignment, on=on).counts
    short = [
        _("%(form)s还差 %(short)s %(unit)s")
        % {"form": count.quota.form, "short": count.quota.at_least - count.done, "unit": count.quota.unit}
        for count in counts
        if not count.met
    ]
    if short:
        return short
    confirmed = any(one.state == Evidence.State.CONFIRMED for one in assignment.evidence.all())
    return [] if confirmed else [_("至少一条已确认的佐证（自动发现的请先确认，线下完成的请上传）")]
