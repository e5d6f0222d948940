"""What review asks of people today: texts that wait for my signature, and those that wait for others'."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from mingtang.bodies.duties import Duty, Standing
from mingtang.bodies.permissions import day_of, may
from mingtang.review.queries import sorted_out

MOST = 50


def duties(user: Any, moment: datetime) -> Iterator[Duty]:
    """First what I may sign, then what of my view waits for others."""
    today = day_of(moment)
    if not may(user, "review.view", on=today):
        return
    mine, others = sorted_out(user, today)
    for record, level in mine[:MOST]:
        yield Duty(
            title=record.title,
            url=reverse("review:sign", args=[record.pk]),
            act=_("审核签字"),
            body=record.body,
            standing=Standing.MINE,
            note=str(level.label),
        )
    for record, level in others[:MOST]:
        yield Duty(
            title=record.title,
            url=reverse("records:inspect", args=[record.pk]),
            act=_("查看"),
            body=record.body,
            standing=Standing.OTHERS,
            note=_("在审：%s") % (level.label if level else ""),
        )
