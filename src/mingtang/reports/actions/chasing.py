"""Chasing bodies whose report is wanted."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mingtang.bodies.models import Body
from mingtang.bodies.permissions import day_of, require
from mingtang.reports.actions.rows import said, user_of
from mingtang.reports.errors import Invalid
from mingtang.reports.models import Chase
from mingtang.trace.actions import name_of, record


@transaction.atomic
def chase(bodies: Sequence[Body], year: int, text: str, *, actor: Any, moment: datetime) -> list[Chase]:
    """Chase bodies for their report, each at most once a day; event `reports.chased` for each."""
    if not bodies:
        raise Invalid("bodies", _("请先勾选要催报的机关。"))
    words = said("text", text, _("催报内容"), 300, least=4)
    made: list[Chase] = []
    for body in bodies:
        require(actor, "reports.chase", body, moment=moment)
        kept, new = Chase.objects.get_or_create(
            body=body, year=year, on=day_of(moment),
            defaults={"text": words, "made_at": moment, "made_by": user_of(actor)},
        )  # fmt: skip
        if new:
            record("reports.chased", name_of(kept), actor=actor, moment=moment, body=body.code, data={"year": year})
            made.append(kept)
    return made
