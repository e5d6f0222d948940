"""What records ask of people today: returned texts, drafts left lying, approved texts that wait for their time."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mingtang.bodies.duties import Duty, Standing
from mingtang.bodies.permissions import day_of, may
from mingtang.records.models import Record, State
from mingtang.records.queries import visible_to

MOST = 50


def duties(user: Any, moment: datetime) -> Iterator[Duty]:
    """Returned and unfinished texts of the user, and scheduled ones of the bodies that the user may see."""
    today = day_of(moment)
    if may(user, "records.draft", on=today):
        yield from _mine(user, moment)
    if may(user, "records.publish", on=today):
        yield from _approved(user, moment)
    scheduled = Q(state=State.SCHEDULED) | Q(amendment=State.SCHEDULED)
    if may(user, "records.view", on=today):
        for record in visible_to(user, today).filter(scheduled).select_related("body").order_by("go_live_at")[:MOST]:
            yield Duty(
                title=record.title,
                url=_overview(record),
                act=_("查看"),
                body=record.body,
                standing=Standing.OTHERS,
                due=timezone.localtime(record.go_live_at).date() if record.go_live_at else None,
                note=_("定时 %s 自动发布") % timezone.localtime(record.go_live_at).strftime("%m月%d日 %H:%M"),
            )


def _mine(user: Any, moment: datetime) -> Iterator[Duty]:
    """Texts of the user that were returned or not yet submitted."""
    waiting = Q(state__in=[State.RETURNED, State.DRAFT]) | Q(amendment__in=[State.RETURNED, State.DRAFT])
    written = Q(author_id=user.pk) | Q(latest_revision__user_id=user.pk)
    rows = visible_to(user, day_of(moment)).filter(waiting, written).select_related("body").order_by("pk")
    for record in rows[:MOST]:
        returned = record.stage == State.RETURNED
        yield Duty(
            title=record.title,
            url=reverse(record.snippet_viewset.get_url_name("edit"), args=[record.pk]),
            act=_("修改") if returned else _("继续写"),
            body=record.body,
            standing=Standing.MINE,
            note=_("审核退回，请修改后重新送审") if returned else _("草稿，尚未送审"),
        )


def _approved(user: Any, moment: datetime) -> Iterator[Duty]:
    """Approved texts whose time was taken back: somebody must let them out."""
    approved = Q(state=State.APPROVED) | Q(amendment=State.APPROVED)
    for record in visible_to(user, day_of(moment)).filter(approved).select_related("body").order_by("pk")[:MOST]:
        yield Duty(
            title=record.title,
            url=_overview(record),
            act=_("发布"),
            body=record.body,
            standing=Standing.MINE,
            note=_("已签发，等待发布"),
        )


def _overview(record: Record) -> str:
    return reverse(record.snippet_viewset.get_url_name("inspect"), args=[record.pk])
