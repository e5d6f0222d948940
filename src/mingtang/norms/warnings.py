"""What in the library needs somebody's hand: terms that end, filing overdue, lost ground, no interpretation."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from mingtang.bodies.models import Body
from mingtang.law.errors import LawError
from mingtang.law.publication import Matter, publish_by
from mingtang.law.validity import Standing
from mingtang.norms import queries
from mingtang.norms.models import Act, ActKind, CampaignItem, Norm, Outcome, Period, Reference
from mingtang.records.models import PUBLIC_STATES, Relation, RelationKind

#: Days before the end of a term on which its drafters are warned, the latest first.
EXPIRING = (30, 90, 180)


class Matters(Enum):
    """What a warning is about; the value is its code name."""

    EXPIRING = "expiring"
    FILING = "filing"
    BASIS = "basis"
    CITED = "cited"
    AMEND = "amend"
    UNINTERPRETED = "uninterpreted"

    @property
    def label(self) -> str:
        """What people read."""
        return _LABELS[self]

    @property
    def rule(self) -> str:
        """The id of the rule behind it."""
        return _RULES[self]


_LABELS = {
    Matters.EXPIRING: "有效期将满",
    Matters.FILING: "备案超期",
    Matters.BASIS: "制定依据已失效",
    Matters.CITED: "引用的文件已失效",
    Matters.AMEND: "清理决定修改",
    Matters.UNINTERPRETED: "没有解读",
}
_RULES = {
    Matters.EXPIRING: "norm-measures.term",
    Matters.FILING: "norm-measures.filing",
    Matters.BASIS: "normative-documents.catalogue",
    Matters.CITED: "normative-documents.catalogue",
    Matters.AMEND: "normative-documents.catalogue",
    Matters.UNINTERPRETED: "openness-measures.interpretation",
}


@dataclass(frozen=True)
class Warning:
    """One thing to do about a norm; `due` is by when, None where there is no day."""

    matter: Matters
    norm: Norm
    note: str
    due: date | None = None
    other: Norm | None = None


def of(day: date, bodies: Iterable[Body] | None = None) -> list[Warning]:
    """Every warning on a day about norms of the bodies (None: all), most urgent first; one query a matter."""
    held = queries.catalogue(day)
    if bodies is not None:
        mine = [body.pk for body in bodies]
        held = held.filter(Q(body__in=mine) | Q(drafting_body__in=mine))
    found = [
        *_expiring(held, day),
        *_filing(held, day),
        *_ground(held, day),
        *_to_amend(held, day),
        *_uninterpreted(held, day),
    ]
    return sorted(found, key=lambda each: (each.due or date.max, list(Matters).index(each.matter), each.norm.pk))


def _expiring(held: QuerySet[Norm], day: date) -> Iterator[Warning]:
    ends = day + timedelta(days=EXPIRING[-1])
    rows = Period.objects.filter(standing=Standing.LAPSED.value, act=None, starts_on__gt=day, starts_on__lte=ends)
    rows = rows.filter(norm__in=held.order_by().values("pk")).select_related("norm__body").order_by("starts_on")
    for row in rows:
        last = row.starts_on - timedelta(days=1)
        within = next(days for days in EXPIRING if (row.starts_on - day).days <= days)
        note = _("有效期至 %(day)s，%(within)s日内届满：请评估后延长、修改或让其失效。") % {
            "day": last,
            "within": within,
        }
        yield Warning(Matters.EXPIRING, row.norm, note, last)


def _filing(held: QuerySet[Norm], day: date) -> Iterator[Warning]:
    for norm in held.filter(filed_on=None, filing_due__lt=day):
        note = _("应于 %s 前报送备案，尚未登记报送。") % norm.filing_due
        yield Warning(Matters.FILING, norm, note, norm.filing_due)


def _ground(held: QuerySet[Norm], day: date) -> Iterator[Warning]:
    ended = [standing.value for standing in Standing if standing.ended]
    fallen = queries.with_standing(Norm.objects.all(), day).filter(standing__in=ended)
    rows = Reference.objects.filter(norm__in=held.order_by().values("pk"), to__in=fallen.values("pk"))
    for row in rows.select_related("norm__body", "to"):
        matter = Matters.BASIS if row.role == Reference.Role.BASIS else Matters.CITED
        note = _("所据或所引的《%(title)s》%(standing)s，请核对本文件是否仍可执行。") % {
            "title": row.to.title if row.to else row.title,
            "standing": row.to.get_validity_display() if row.to else "",
        }
        yield Warning(matter, row.norm, note, other=row.to)


def _to_amend(held: QuerySet[Norm], day: date) -> Iterator[Warning]:
    amended = Act.objects.filter(norm=OuterRef("norm"), voided_at=None, kind=ActKind.AMENDED)
    done = amended.filter(recorded_at__gt=OuterRef("decided_at"))
    rows = CampaignItem.objects.filter(decision=Outcome.AMEND, campaign__closed_at__isnull=False)
    rows = (
        rows.filter(norm__in=held.order_by().values("pk"))
        .exclude(Exists(done))
        .select_related("norm__body", "campaign")
    )
    for row in rows:
        yield Warning(Matters.AMEND, row.norm, _("“%s”决定修改，尚未登记修改。") % row.campaign.name)


def _uninterpreted(held: QuerySet[Norm], day: date) -> Iterator[Warning]:
    """New documents without an interpretation once the time for it is over; historic stock is left alone."""
    explained = Relation.objects.filter(
        to=OuterRef("pk"), kind=RelationKind.INTERPRETS, record__state__in=PUBLIC_STATES
    )
    explained_by_act = Act.objects.filter(norm=OuterRef("pk"), kind=ActKind.INTERPRETED, voided_at=None)
    rows = held.filter(stock_source="").exclude(Exists(explained)).exclude(Exists(explained_by_act))
    for norm in rows:
        due = _interpreted_by(norm)
        if due is not None and due < day:
            yield Warning(Matters.UNINTERPRETED, norm, _("发布后没有解读，应于 %s 前发布。") % due, due)


def _interpreted_by(norm: Norm) -> date | None:
    """By when a norm is to be interpreted; None where no rule or no calendar reaches that day."""
    if norm.published_at is None:
        return None
    try:
        return publish_by(Matter.INTERPRETATION, timezone.localtime(norm.published_at).date()).due
    except LawError:
        return None
