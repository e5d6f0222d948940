"""The acts on a record that have a screen of their own: what each needs to know, and when it is offered."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from mingtang.records import actions, kinds
from mingtang.records.access import may_with
from mingtang.records.models import Record, State

PUBLIC = (State.PUBLISHED, State.SUPERSEDED, State.ARCHIVED)


@dataclass(frozen=True)
class Deed:
    """One act: `asks` names the one thing that the person must enter ("" when there is nothing, `when` for a time,
    `record` for another record, else the label of a line of text)."""

    name: str
    label: Any
    verb: str
    explanation: Any
    fits: Callable[[Record], bool]
    run: Callable[..., Any]
    asks: Any = ""
    grave: bool = False


def _stands(*states: State) -> Callable[[Record], bool]:
    return lambda record: record.state in states


def _at(*stages: State) -> Callable[[Record], bool]:
    return lambda record: record.stage in stages


def _settled(record: Record) -> bool:
    if record.state != State.PUBLISHED or record.amendment:
        return False
    return not kinds.of(record.get_latest_revision_as_object()).no_supersession


def _publish(record: Record, actor: Any, moment: datetime, _given: Any) -> None:
    actions.publish(record, actor=actor, moment=moment)


def _schedule(record: Record, actor: Any, moment: datetime, given: datetime) -> None:
    actions.schedule(record, actor=actor, moment=moment, go_live_at=given)


def _unschedule(record: Record, actor: Any, moment: datetime, _given: Any) -> None:
    actions.unschedule(record, actor=actor, moment=moment)


def _withdraw(record: Record, actor: Any, moment: datetime, given: str) -> None:
    actions.withdraw(record, actor=actor, moment=moment, reason=given)


def _supersede(record: Record, actor: Any, moment: datetime, given: Record) -> None:
    actions.supersede(record, given, actor=actor, moment=moment)


def _archive(record: Record, actor: Any, moment: datetime, _given: Any) -> None:
    actions.archive(record, actor=actor, moment=moment)


DEEDS = (
    Deed(
        "publish",
        _("立即发布"),
        "records.publish",
        _("三级审核已完成。发布后公众立即可见，并记入留痕。"),
        _at(State.APPROVED),
        _publish,
    ),
    Deed(
        "schedule",
        _("定时发布"),
        "records.publish",
        _("到时由系统自动发布，到时之前可以取消。"),
        _at(State.APPROVED),
        _schedule,
        asks="when",
    ),
    Deed(
        "unschedule",
        _("取消定时"),
        "records.publish",
        _("取消后信息停在“已签发”，可以立即发布或另定时间。"),
        _at(State.SCHEDULED),
        _unschedule,
    ),
    Deed(
        "withdraw",
        _("撤下"),
        "records.withdraw",
        _("撤下后公众看不到正文和附件，原地址上说明何时、因何撤下。信息及全部版本仍然留存。"),
        _stands(*PUBLIC),
        _withdraw,
        asks=_("撤下原因（公众可见）"),
        grave=True,
    ),
    Deed(
        "supersede",
        _("登记被替代"),
        "records.archive",
        _("正文仍可查阅，页首指向替代它的新信息。"),
        _settled,
        _supersede,
        asks="record",
    ),
    Deed(
        "archive",
        _("归档"),
        "records.archive",
        _("归档后仍可查阅，不再修改。"),
        lambda record: record.state in (State.PUBLISHED, State.SUPERSEDED) and not record.amendment,
        _archive,
        grave=True,
    ),
)


def named(name: str) -> Deed | None:
    """The act of that name, or None."""
    return next((deed for deed in DEEDS if deed.name == name), None)


def offered(record: Record, user: Any, on: date) -> Iterator[Deed]:
    """The acts that fit where the record stands and that the user may do."""
    for deed in DEEDS:
        if deed.fits(record) and may_with(user, deed.verb, record, on=on):
            yield deed
