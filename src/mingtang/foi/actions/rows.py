"""What the acts share: rows as they are now and locked, the day of an act, the event, and adding a step."""

from datetime import date, datetime
from typing import Any, TypeVar

from django.db import models
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from mingtang.bodies.permissions import day_of
from mingtang.foi import history, retention, standing
from mingtang.foi.access import require, user_of
from mingtang.foi.errors import Invalid, WrongState
from mingtang.foi.models import Request, Step
from mingtang.law.clock import Kind
from mingtang.trace.actions import record

M = TypeVar("M", bound=models.Model)
#: Who acts on the public pages: no account, known by number and secret.
APPLICANT = "applicant"


def locked(thing: M) -> M:
    """The row of `thing`, read again and locked until the transaction ends."""
    manager = type(thing)._base_manager  # pyright: ignore[reportAttributeAccessIssue]  # the stubs leave it out
    return manager.select_for_update().get(pk=thing.pk)


def opened(request: Request, verb: str, *, actor: Any, moment: datetime) -> Request:
    """The request locked, with its steps, for an act that the actor may do. Every act on a request begins here."""
    rows = Request.objects.select_for_update(of=("self",)).select_related("body", "unit")
    row = standing.with_steps(rows).get(pk=request.pk)
    require(actor, verb, row, moment=moment)
    return row


def working(request: Request, *, actor: Any, moment: datetime, verb: str = "foi.handle") -> Request:
    """The same, for an act that needs the request to be open today; raises `WrongState` when it is not."""
    row = opened(request, verb, actor=actor, moment=moment)
    standing.fold_into(row, day_of(moment))
    require_open(row)
    return row


def require_open(row: Request) -> None:
    """Raise `WrongState` unless something is still to be done."""
    if not row.is_open:
        raise WrongState(_("%(number)s“%(state)s”，不能再办这一步。") % facts_of(row))


def facts_of(row: Request) -> dict[str, str]:
    """Number and state, for messages."""
    return {"number": row.number, "state": row.get_state_display()}


def day(on: date | None, moment: datetime) -> date:
    """The day of an act: today, or an earlier one that is entered now; raises `Invalid` for a day to come."""
    today = day_of(moment)
    if on is not None and on > today:
        raise Invalid("on", _("日期 %(on)s 还没有到：请填今天或以前的日期。") % {"on": on})
    return on or today


def said(field: str, value: str, message: str, longest: int = 5000) -> str:
    """A text that must say something; raises `Invalid` with the message when it is empty, or too long."""
    text = value.strip()
    if not text:
        raise Invalid(field, message)
    if len(text) > longest:
        raise Invalid(field, _("填写的内容超过 %d 字：请精简，或作为附件上传。") % longest)
    return text


def tell(verb: str, row: Request, *, actor: Any, moment: datetime, **more: Any) -> None:
    """Record an event about a request: number, and plain facts without anything personal."""
    basis = more.pop("basis", ())
    data = {"number": row.number, **{key: _plain(value) for key, value in more.items()}}
    record(f"foi.{verb}", row, actor=actor, moment=moment, body=row.body.code, basis=basis, data=data)


def step(row: Request, kind: Kind, *, on: date, actor: Any, moment: datetime, **fields: Any) -> Step:
    """Add a step, if the clock lets it follow, and fold the request anew; event `foi.<kind>`.

    `row` comes from `opened`. Raises `Impossible` with the clock's reason.
    """
    numbers = [each.seq for each in row.steps.all()]
    added = Step(
        request=row, seq=max(numbers, default=0) + 1, kind=kind.value, on=on, made_at=moment, made_by=user_of(actor),
        **fields,
    )  # fmt: skip
    standing.folded(history.of(row, [added]), day_of(moment))
    added.save(force_insert=True)
    refold(row, moment)
    more = {"letter": added.letter_id} if added.letter_id else {}
    tell(kind.value, row, actor=actor, moment=moment, basis=(kind.rule.id,), on=on, step=added.seq, **more)
    return added


def refold(row: Request, moment: datetime) -> None:
    """Fold the request as of today, with all steps now stored, and save what follows."""
    row.__dict__.get("_prefetched_objects_cache", {}).pop("steps", None)
    prefetch_related_objects([row], standing.STEPS)
    standing.fold_into(row, day_of(moment))
    retention.plan(row)
    row.save(update_fields=[*standing.CACHED, "purge_on"])


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
