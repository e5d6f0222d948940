"""What the library asks of people today: clean-up proposals, decisions, warnings about their documents."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from mingtang.bodies.duties import Duty, Standing, standing_of
from mingtang.bodies.models import Body
from mingtang.bodies.permissions import bodies_for, day_of, may_everywhere
from mingtang.norms import warnings
from mingtang.norms.models import Campaign, CampaignItem

#: More warnings of one matter than this are told in one line.
SINGLE = 3


def of(user: Any, moment: datetime) -> Iterator[Duty]:
    """Everything of this room that waits for the user at the moment."""
    today = day_of(moment)
    if may_everywhere(user, "norms.clean_up", on=today):
        yield from _to_decide(today)
        yield from _warned(warnings.of(today), today)
    elif mine := list(bodies_for(user, "norms.propose", on=today)):
        yield from _to_propose(mine, today)
        yield from _warned(warnings.of(today, mine), today)


def _to_propose(bodies: list[Body], today: Any) -> Iterator[Duty]:
    waiting = CampaignItem.objects.filter(campaign__state=Campaign.State.OPEN, body__in=bodies, proposal="")
    rows = waiting.values("campaign", "campaign__name", "campaign__deadline", "body").annotate(
        number=Count("pk"), chased=Max("chased_at")
    )
    by_key = {body.pk: body for body in bodies}
    for row in rows.order_by("campaign__deadline", "campaign", "body"):
        yield Duty(
            title=_("%(name)s：%(number)s件文件待提出清理意见")
            % {"name": row["campaign__name"], "number": row["number"]},
            url=reverse("norms:clean_up", args=[row["campaign"]]),
            act=_("提出意见"),
            body=by_key[row["body"]],
            standing=standing_of(row["campaign__deadline"], today),
            due=row["campaign__deadline"],
            note=_("公开办已催办") if row["chased"] else "",
        )


def _to_decide(today: Any) -> Iterator[Duty]:
    """Open clean-ups: what is proposed waits for the office, what is not for others."""
    rows = Campaign.objects.filter(state=Campaign.State.OPEN).annotate(
        waiting=Count("items", filter=Q(items__proposal="", items__decision="")),
        proposed=Count("items", filter=~Q(items__proposal="") & Q(items__decision="")),
    )
    for row in rows.order_by("deadline"):
        late = row.deadline < today
        told = {"proposed": row.proposed, "waiting": row.waiting}  # type: ignore[attr-defined]
        yield Duty(
            title=row.name,
            url=reverse("norms:clean_up", args=[row.pk]),
            act=_("作出决定") if told["proposed"] or not told["waiting"] else _("催办"),
            body=None,
            standing=Standing.OVERDUE if late else Standing.MINE if told["proposed"] else Standing.OTHERS,
            due=row.deadline,
            note=_("待决定%(proposed)s件，待提意见%(waiting)s件") % told,
        )


def _warned(found: list[warnings.Warning], today: Any) -> Iterator[Duty]:
    """Each warning where there are few of its matter, else one line for all."""
    counted = Counter(each.matter for each in found)
    told: set[warnings.Matters] = set()
    for each in found:
        if counted[each.matter] <= SINGLE:
            yield _duty(each.norm.title, each, today, each.note, reverse("norms:norm", args=[each.norm.pk]))
        elif each.matter not in told:
            told.add(each.matter)
            title = _("%(matter)s：%(number)s件规范性文件") % {
                "matter": each.matter.label,
                "number": counted[each.matter],
            }
            yield _duty(title, each, today, "", f"{reverse('norms:warnings')}?matter={each.matter.value}")


def _duty(title: str, each: warnings.Warning, today: Any, note: str, url: str) -> Duty:
    return Duty(
        title=title, url=url, act=_("处理"), body=each.norm.body, standing=standing_of(each.due, today), due=each.due,
        note=note,
    )  # fmt: skip
