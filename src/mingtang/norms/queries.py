"""Reading the library of normative documents: the interface that screens, pages, feeds and other modules use.

- `catalogue(day, filters)`: documents with what each was worth on the day, as one query; `standing`, `since`, `until`
  and `act_id` are annotated. Filter, order and page it further like any queryset.
- `validity_at(norm, day)`: the `law.validity.Span` that held on a day (standing, rule, act), None before it was made.
- `timeline(norm)`: everything that happened to a document, oldest first.
- `cites(norm)`, `cited_by(norm)`: references to and from other documents, with both sides loaded.
- `visible_to(user, on)`: documents that a person may see at the desk.
- `counts(day, filters)`: how many documents have which standing on the day, for tabs and facets.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from mingtang.law.validity import Span, Standing
from mingtang.norms.models import Act, JointIssuer, Norm, Reference
from mingtang.records.models import PUBLIC_STATES, Record
from mingtang.records.queries import matching
from mingtang.records.queries import visible_to as records_visible_to

IN_FORCE = (Standing.VALID, Standing.AMENDED)


@dataclass(frozen=True)
class Filters:
    """What a catalogue is narrowed by; empty ones do not narrow. `bodies` are codes, `topic` a code of any level."""

    standings: Sequence[Standing] = IN_FORCE
    bodies: Sequence[str] = ()
    topic: str = ""
    kind: str = ""
    year: int | None = None
    applies_to: str = ""
    words: str = ""
    more: Q = field(default_factory=Q)


def public() -> QuerySet[Norm]:
    """Every norm whose text the public sees."""
    return Norm.objects.filter(state__in=PUBLIC_STATES).select_related("body", "column")


def catalogue(day: date, filters: Filters | None = None, *, among: QuerySet[Norm] | None = None) -> QuerySet[Norm]:
    """The public library as it was on a day (`among`: other rows than the public ones), newest first."""
    wanted = filters or Filters()
    rows = with_standing(public() if among is None else among, day).filter(_narrowing(wanted))
    if wanted.standings:
        rows = rows.filter(standing__in=[standing.value for standing in wanted.standings])
    return rows.order_by("-made_on", "-pk")


def counts(day: date, filters: Filters | None = None, *, among: QuerySet[Norm] | None = None) -> Mapping[str, int]:
    """How many documents have each standing on the day, whatever standings the filters ask for; one query."""
    rows = with_standing(public() if among is None else among, day).filter(_narrowing(filters or Filters()))
    found = dict(rows.order_by().values_list("standing").annotate(number=Count("pk", distinct=True)))
    return {standing.value: found.get(standing.value, 0) for standing in Standing}


def with_standing(rows: QuerySet[Norm], day: date) -> QuerySet[Norm]:
    """The rows that existed on a day, each with what it was worth then."""
    holding = Q(periods__starts_on__lte=day) & (Q(periods__ends_on=None) | Q(periods__ends_on__gte=day))
    held = {"standing": "standing", "since": "starts_on", "until": "ends_on", "act_id": "act"}
    rows = rows.annotate(held=FilteredRelation("periods", condition=holding)).filter(held__isnull=False)
    return rows.annotate(**{name: F(f"held__{column}") for name, column in held.items()})


def _narrowing(filters: Filters) -> Q:
    narrowed = filters.more
    if filters.bodies:
        joint = JointIssuer.objects.filter(norm=OuterRef("pk"), body__code__in=filters.bodies)
        narrowed &= Q(body__code__in=filters.bodies) | Q(Exists(joint))
    if filters.topic:
        narrowed &= Q(topic__startswith=filters.topic)
    if filters.kind:
        narrowed &= Q(kind=filters.kind)
    if filters.year:
        narrowed &= Q(made_on__year=filters.year)
    if filters.applies_to:
        narrowed &= Q(applies_to__icontains=filters.applies_to)
    if filters.words:
        narrowed &= matching(filters.words) | Q(registration_number__icontains=filters.words)
    return narrowed


def validity_at(norm: Norm, day: date) -> Span | None:
    """What the document was worth on a day, with the act and the rule that make it so; None before it was made."""
    return norm.stand(day)


def visible_to(user: Any, on: date) -> QuerySet[Norm]:
    """Norms that a person may see at the desk: those of their bodies, and what is public."""
    own = records_visible_to(user, on).values("pk")
    return Norm.objects.filter(Q(pk__in=own) | Q(state__in=PUBLIC_STATES)).select_related("body", "column")


@dataclass(frozen=True)
class Moment:
    """A line of a document's timeline; `by` is the document that did it, where it is one of ours."""

    on: date
    what: str
    note: str = ""
    by: Record | None = None
    act: Act | None = None
    kind: str = "fact"


def timeline(norm: Norm) -> list[Moment]:
    """Everything that happened to a document, oldest first: how it was made, published, filed, acted on, ended."""
    return sorted([*_made(norm), *_acted(norm), *_given(norm)], key=lambda moment: moment.on)


def _made(norm: Norm) -> Iterator[Moment]:
    published = timezone.localtime(norm.published_at).date() if norm.published_at else None
    steps: list[tuple[date | None, str, str]] = [
        (norm.comment_from, _("公开征求意见"), f"至 {norm.comment_to}" if norm.comment_to else ""),
        (norm.legality_on, _("合法性审核"), " ".join(filter(None, (norm.legality_by, norm.legality_number)))),
        (norm.decided_on, _("集体审议"), norm.decided_at),
        (norm.made_on, _("成文"), norm.document_number),
        (norm.registered_on, _("登记编号"), " ".join(filter(None, (norm.registration_number, norm.unified_number)))),
        (published, _("收入文件库") if norm.stock_source else _("发布"), norm.stock_source),
        (norm.filed_on, _("报送备案"), " ".join(filter(None, (norm.filing_to, norm.filing_number)))),
    ]
    for day, what, note in steps:
        if day is not None:
            yield Moment(day, what, note)


def _acted(norm: Norm) -> Iterator[Moment]:
    acts = {act.pk: act for act in norm.acts.select_related("by", "item__campaign__announcement")}
    for act in acts.values():
        if act.voided_at is not None:
            continue
        where = "、".join(act.clauses)
        until = f"至 {act.until}" if act.until else ""
        by = act.by or (act.item.campaign.announcement if act.item else None)
        note = " ".join(filter(None, (where, until, act.by_title, act.reason)))
        yield Moment(act.effective_on, act.get_kind_display(), note, by, act, "act")
    for span in norm.life():
        if span.act is None and span.standing is not Standing.NOT_YET:
            ended = span.standing is Standing.LAPSED
            yield Moment(
                span.starts_on, _("有效期届满，失效") if ended else _("施行"), kind="end" if ended else "force"
            )


def _given(norm: Norm) -> Iterator[Moment]:
    """What it did to others."""
    for act in Act.objects.filter(by=norm.pk, voided_at=None).select_related("norm"):
        yield Moment(act.effective_on, f"{act.get_kind_display()}《{act.norm.title}》", "", act.norm, act, "did")


def cites(norm: Norm) -> QuerySet[Reference]:
    """What a document rests on and names."""
    return Reference.objects.filter(norm=norm).select_related("to__body")


def cited_by(norm: Norm) -> QuerySet[Reference]:
    """Where public documents rest on it or name it."""
    return Reference.objects.filter(to=norm, norm__state__in=PUBLIC_STATES).select_related("norm__body")


def last_day(norm: Norm) -> date | None:
    """The last day of its term as extended; None where none is known."""
    life = norm.life()
    return life[-2].ends_on if len(life) > 1 and life[-1].standing is Standing.LAPSED else None
