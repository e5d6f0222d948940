"""Reads a request's history from plain data (JSON), saying every fault at once.

    received_on   the day of receipt; or, for the day to follow from the channel:
    channel       counter, post, plain_post, other_unit, online, email, fax, other
    arrived_on    the day handed in, signed for, or arrived
    confirmed_on  the day the applicant confirmed; absent while they have not been reached
    counted_on    channel "other": the day that the body's own published rule names
    events        a list; each has kind and on, and the fields its kind knows (see `Event`)

Days are written YYYY-MM-DD. `days` is read as `working_days`. Fields that nobody knows are passed over and named.
"""

import datetime
import re
from collections.abc import Mapping
from enum import Enum
from typing import Any, TypeVar, cast

from mingtang.law.clock.events import Event, History, Kind, Means
from mingtang.law.errors import HistoryError
from mingtang.law.receipt import Channel, receipt
from mingtang.law.requests import Ground

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
Chosen = TypeVar("Chosen", bound=Enum)


class _Fields:
    """The fields of one JSON object, taken out one by one; what is wrong or left over is noted with its place."""

    def __init__(self, values: Mapping[str, Any], place: str, faults: list[str]) -> None:
        self.left = dict(values)
        self.place = place
        self.faults = faults

    def fault(self, message: str) -> None:
        self.faults.append(f"{self.place}{message}")

    def day(self, key: str) -> datetime.date | None:
        value = self.left.pop(key, None)
        if value is None:
            return None
        try:
            if isinstance(value, str) and DAY.fullmatch(value):
                return datetime.date.fromisoformat(value)
        except ValueError:  # a 30 February
            pass
        self.fault(f"{key} “{value}”不是日期：请写成 2022-03-01 的样子")
        return None

    def required_day(self, key: str) -> datetime.date:
        if self.left.get(key) is None:
            self.left.pop(key, None)
            self.fault(f"缺少 {key}：请写成 2022-03-01 的样子")
            return datetime.date.min
        return self.day(key) or datetime.date.min

    def text(self, key: str) -> str:
        value = self.left.pop(key, None)
        if value is None or isinstance(value, str):
            return value or ""
        self.fault(f"{key} 应写成一行文字")
        return ""

    def truth(self, key: str) -> bool:
        value = self.left.pop(key, None)
        if value is None or isinstance(value, bool):
            return bool(value)
        self.fault(f"{key} 应写成 true 或 false")
        return False

    def number(self, *keys: str) -> int | None:
        found = [(key, self.left.pop(key)) for key in keys if self.left.get(key) is not None]
        if len(found) > 1:
            self.fault(f"{found[0][0]} 和 {found[1][0]} 只写一个")
        for key, value in found:
            if isinstance(value, int) and not isinstance(value, bool):
                return value
            self.fault(f"{key} “{value}”不是整数")
        return None

    def choice(self, key: str, kind: type[Chosen]) -> Chosen | None:
        value = self.left.pop(key, None)
        if value is None:
            return None
        try:
            return kind(value)
        except ValueError:
            self.fault(f"{key} 不认识“{value}”，可用：{_codes(kind)}")
            return None

    def required_choice(self, key: str, kind: type[Chosen]) -> Chosen:
        if self.left.get(key) is None:
            self.left.pop(key, None)
            self.fault(f"缺少 {key}，可用：{_codes(kind)}")
            return next(iter(kind))
        return self.choice(key, kind) or next(iter(kind))


def _codes(kind: type[Enum]) -> str:
    return "、".join(str(member.value) for member in kind)


def history_from(value: object) -> tuple[History, tuple[str, ...]]:
    """The history that a JSON value tells, and the names of fields passed over; HistoryError lists every fault.

    ImpossibleHistory when the channel's days contradict each other.
    """
    if not isinstance(value, dict):
        raise HistoryError(['应是一个对象，如 {"received_on": "2022-03-01", "events": []}'])
    faults: list[str] = []
    fields = _Fields(cast(dict[str, Any], value), "", faults)
    received_on, channel_fields = fields.day("received_on"), _channel(fields)
    events, unknown = _events(fields, faults)
    if received_on is None and channel_fields is None and not faults:
        fields.fault("缺少 received_on：请写收到申请之日，如 2022-03-01，或者写 channel 和 arrived_on")
    if faults:
        raise HistoryError(faults)
    found = receipt(*channel_fields) if channel_fields else None
    if found and received_on is not None and found.day != received_on:
        by_channel = found.day or "尚未确认"
        raise HistoryError([f"received_on（{received_on}）与按渠道确定的收到之日（{by_channel}）不符，请核对"])
    return History(found.day if found else received_on, events, found), (*fields.left, *unknown)


def _channel(
    fields: _Fields,
) -> tuple[Channel, datetime.date, datetime.date | None, datetime.date | None] | None:
    """The channel and its days; None unless both the channel and the day of arrival are given."""
    channel = fields.choice("channel", Channel)
    arrived_on, confirmed_on, counted_on = (fields.day(key) for key in ("arrived_on", "confirmed_on", "counted_on"))
    if arrived_on is not None and channel is None:
        fields.fault("写了 arrived_on 就要写 channel（申请的渠道）")
    if channel is None or arrived_on is None:
        return None
    return channel, arrived_on, confirmed_on, counted_on


def _events(fields: _Fields, faults: list[str]) -> tuple[tuple[Event, ...], list[str]]:
    """The events in the order listed, and their unknown fields as "events[2].name"."""
    values = fields.left.pop("events", [])
    if not isinstance(values, list):
        fields.fault("events 应是一列事件")
        return (), []
    events: list[Event] = []
    unknown: list[str] = []
    for place, value in enumerate(cast(list[object], values), start=1):
        if not isinstance(value, dict):
            faults.append(f'第{place}个事件应是一个对象，如 {{"kind": "replied", "on": "2022-03-20"}}')
            continue
        inner = _Fields(cast(dict[str, Any], value), f"第{place}个事件的 ", faults)
        events.append(_event(inner, place))
        unknown += [f"events[{place}].{key}" for key in inner.left]
    return tuple(events), unknown


def _event(fields: _Fields, place: int) -> Event:
    return Event(
        kind=fields.required_choice("kind", Kind),
        on=fields.required_day("on"),
        party=fields.text("party"),
        received_on=fields.day("received_on"),
        joint=fields.truth("joint"),
        until=fields.day("until"),
        reason=fields.text("reason"),
        working_days=fields.number("working_days", "days"),
        consent=fields.text("consent"),
        notified_on=fields.day("notified_on"),
        ground=fields.choice("ground", Ground),
        means=fields.choice("means", Means),
        place=place,
    )
