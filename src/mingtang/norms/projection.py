"""What is computed of a norm and kept beside it: its periods for questions about a day, its validity for today."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from mingtang.bodies.permissions import day_of
from mingtang.law.validity import Span, Standing
from mingtang.norms.models import Act, Norm, Period
from mingtang.records import actions as records
from mingtang.records.models import Validity
from mingtang.trace import actions as trace

#: The event after which a norm is worth something else: what rests on it should be looked at again.
TURNED = "norms.turned"


def validity_of(span: Span | None) -> Validity:
    """A standing as the catalogue of records spells it."""
    return Validity(span.standing.value) if span else Validity.NOT_APPLICABLE


def periods_of(norm: Norm, acts: Sequence[Act] | None = None) -> list[Period]:
    """The rows of a norm's life, not stored; `acts` where they are known already."""
    return [
        Period(
            norm=norm,
            standing=span.standing.value,
            starts_on=span.starts_on,
            ends_on=span.ends_on,
            act_id=span.act.id if span.act else None,
        )
        for span in norm.life(acts)
    ]


def write_periods(norm: Norm) -> None:
    """Compute the life of a norm anew and keep it."""
    Period.objects.filter(norm=norm).delete()
    Period.objects.bulk_create(periods_of(norm))


def note_of(norm: Norm, span: Span) -> str:
    """Why a norm is worth what it is, in one line for the public."""
    if span.act is not None:
        act = norm.acts.select_related("by").get(pk=span.act.id)
        by = f"由《{act.by.title}》" if act.by else f"由{act.by_title}" if act.by_title else ""
        what = (
            span.act.kind.label if span.act.whole or span.act.kind.value == "amended" else f"部分{span.act.kind.label}"
        )
        return f"效力变更：自{_day(span.starts_on)}起{by}{what}"[:200]
    if span.standing is Standing.LAPSED:
        return f"效力变更：有效期届满，自{_day(span.starts_on)}起失效"
    return f"效力变更：自{_day(span.starts_on)}起{span.standing.label}"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def bring_up(norm: Norm, *, actor: Any, moment: datetime) -> bool:
    """Let the validity of a norm that went out follow its life; event `norms.turned`; whether it had to."""
    span = norm.stand(day_of(moment))
    now, former = validity_of(span), norm.validity
    if norm.published_at is None or span is None or now == former:
        return False
    records.restate(norm, now, actor=actor, moment=moment, note=note_of(norm, span))
    trace.record(
        TURNED,
        norm,
        actor=actor,
        moment=moment,
        body=norm.body.code,
        basis=[span.rule.id],
        data={
            "index_number": norm.index_number,
            "from": former,
            "to": now.value,
            "on": span.starts_on.isoformat(),
            "act": span.act.id if span.act else None,
        },
    )
    return True
