"""Similar requests worked on together: put in one group, and one act done to many at once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.bodies.errors import BodiesError
from mingtang.foi.access import user_of
from mingtang.foi.actions.rows import opened, said, tell
from mingtang.foi.errors import FoiError, Invalid
from mingtang.foi.models import Campaign, Request

T = TypeVar("T")
#: Most things that one click acts on.
MOST = 200


@dataclass(frozen=True)
class Outcome:
    """What became of one of many: `error` is the reason why it was not done, "" when it was."""

    thing: Any
    error: str = ""


@transaction.atomic
def group(requests: Sequence[Request], *, name: str, actor: Any, moment: datetime, reason: str = "") -> Campaign:
    """Put similar requests of one body together; event `foi.grouped` on each. One leaves its former group."""
    if not requests or len({request.body_id for request in requests}) != 1:
        raise Invalid("requests", _("请选择同一机关的申请。"))
    rows = [opened(request, "foi.handle", actor=actor, moment=moment) for request in requests]
    campaign = Campaign.objects.create(
        name=said("name", name, _("请填写名称。"), 100), body=rows[0].body, reason=reason.strip()[:300],
        made_at=moment, made_by=user_of(actor),
    )  # fmt: skip
    for row in rows:
        row.campaign = campaign
        row.save(update_fields=["campaign"])
        tell("grouped", row, actor=actor, moment=moment, campaign=campaign.pk)
    return campaign


@transaction.atomic
def ungroup(requests: Sequence[Request], *, actor: Any, moment: datetime) -> int:
    """Take requests out of their group; event `foi.ungrouped` on each that was in one. Returns how many were."""
    taken = 0
    for row in (opened(request, "foi.handle", actor=actor, moment=moment) for request in requests):
        if row.campaign_id is None:
            continue
        tell("ungrouped", row, actor=actor, moment=moment, campaign=row.campaign_id)
        row.campaign = None
        row.save(update_fields=["campaign"])
        taken += 1
    return taken


def on_many(things: Iterable[T], act: Callable[[T], object]) -> list[Outcome]:
    """Do an act to each thing in a transaction of its own, and say what became of each; at most 200."""
    chosen = list(things)
    if len(chosen) > MOST:
        raise Invalid("things", _("一次最多办理 %d 件：请分批。") % MOST)
    done: list[Outcome] = []
    for thing in chosen:
        try:
            with transaction.atomic():
                act(thing)
        except (FoiError, BodiesError) as error:
            done.append(Outcome(thing, str(error)))
        else:
            done.append(Outcome(thing))
    return done
