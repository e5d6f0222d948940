"""Acts on a norm: record one, void a mistaken one, and let validity follow the day."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from mingtang.bodies import permissions
from mingtang.bodies.permissions import day_of
from mingtang.law import validity
from mingtang.norms import projection
from mingtang.norms.acts_checks import Proposed, require_possible
from mingtang.norms.errors import Refused
from mingtang.norms.models import Act, ActKind, CampaignItem, Norm
from mingtang.norms.queries import with_standing
from mingtang.records.actions.rows import locked
from mingtang.records.models import Record
from mingtang.trace import actions as trace

ACTOR = "system:norms"
REASON_LENGTH = 4  # characters


@transaction.atomic
def act(
    norm: Norm,
    kind: ActKind | str,
    *,
    effective_on: date,
    actor: Any,
    moment: datetime,
    by: Record | None = None,
    by_title: str = "",
    clauses: Sequence[str] = (),
    until: date | None = None,
    reason: str = "",
    item: CampaignItem | None = None,
) -> Act:
    """Record an act on a norm; its validity follows at once, or on the day; event `norms.acted`.

    `by` is the document by which it is done (`by_title` where the library does not have it); `clauses` are what it
    touches (none: the whole); `until` is the new last day of an extension. Raises `NotStanding` when the norm cannot
    bear it that day, `Circular` for a replacement that leads back, `Refused` for what contradicts itself.
    """
    current = _locked(norm)
    permissions.require(actor, "norms.act", current, moment=moment)
    touched = [clause.strip() for clause in clauses if clause.strip()]
    proposed = Proposed(ActKind(kind), effective_on, by, by_title.strip(), touched, until, reason.strip())
    require_possible(current, proposed)
    row = Act.objects.create(
        norm=current,
        kind=proposed.kind,
        effective_on=effective_on,
        by_id=by.pk if by else None,
        by_title=proposed.by_title,
        whole=not touched,
        clauses=touched,
        until=until,
        reason=proposed.reason,
        item=item,
        recorded_at=moment,
        recorded_by=None if isinstance(actor, str) else actor,
    )
    _tell("norms.acted", current, row, actor=actor, moment=moment)
    _settle(current, actor=actor, moment=moment)
    norm.refresh_from_db()
    return row


@transaction.atomic
def void(act: Act, *, actor: Any, moment: datetime, reason: str) -> Act:
    """Take back an act that was recorded by mistake: it stays readable and counts no more; event `norms.act_voided`."""
    current = _locked(act.norm)
    permissions.require(actor, "norms.act", current, moment=moment)
    if len(reason.strip()) < REASON_LENGTH:
        raise Refused({"reason": _("撤销登记须写明原因，不少于 4 个字。")})
    row = Act.objects.select_for_update().get(pk=act.pk)
    if row.voided_at is not None:
        raise Refused({"": _("这条登记已经撤销。")})
    row.voided_at, row.void_reason = moment, reason.strip()
    row.save(update_fields=["voided_at", "void_reason"])
    _tell("norms.act_voided", current, row, actor=actor, moment=moment)
    _settle(current, actor=actor, moment=moment)
    act.refresh_from_db()
    return act


def follow_the_day(moment: datetime, *, actor: Any = ACTOR) -> int:
    """Let every norm whose standing turned follow (the daily chore, harmless when repeated); returns how many."""
    today = day_of(moment)
    behind = with_standing(Norm.objects.filter(published_at__isnull=False), today).exclude(validity=F("standing"))
    turned = 0
    for key in behind.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            turned += projection.bring_up(_locked(Norm(pk=key)), actor=actor, moment=moment)
    return turned


def _locked(norm: Norm) -> Norm:
    found = locked(norm)
    assert isinstance(found, Norm)  # noqa: S101 - for the type checker: it was asked for as a norm
    return found


def _settle(norm: Norm, *, actor: Any, moment: datetime) -> None:
    projection.write_periods(norm)
    projection.bring_up(norm, actor=actor, moment=moment)


def _tell(verb: str, norm: Norm, row: Act, *, actor: Any, moment: datetime) -> None:
    span = norm.stand(row.effective_on)
    trace.record(
        verb,
        norm,
        actor=actor,
        moment=moment,
        body=norm.body.code,
        basis=[span.rule.id] if span else [],
        data={
            "act": row.pk,
            "kind": row.kind,
            "index_number": norm.index_number,
            "effective_on": row.effective_on.isoformat(),
            "by": row.by.index_number if row.by else None,
            "clauses": row.clauses,
            "until": row.until.isoformat() if row.until else None,
            "ends": row.whole and validity.Kind(row.kind).ends,
        },
    )
