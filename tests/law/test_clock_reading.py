"""A request's history is read from plain data; every fault is said at once, with its place and the mend."""

import datetime

import pytest

from mingtang.law.clock import Event, Kind, Means, history_from
from mingtang.law.errors import HistoryError, ImpossibleHistory
from mingtang.law.requests import Ground

D = datetime.date


def faults(value: object) -> list[str]:
    with pytest.raises(HistoryError) as caught:
        history_from(value)
    return caught.value.faults


def test_every_field_is_read() -> None:
    history, unknown = history_from(
        {
            "received_on": "2022-03-01",
            "events": [
                {"kind": "correction_asked", "on": "2022-03-02", "until": "2022-03-09"},
                {"kind": "correction_received", "on": "2022-03-10", "reason": "住院"},
                {
                    "kind": "body_asked",
                    "on": "2022-03-11",
                    "party": "民政局",
                    "joint": True,
                    "received_on": "2022-03-12",
                },
                {
                    "kind": "extended",
                    "on": "2022-03-13",
                    "working_days": 7,
                    "consent": "王",
                    "notified_on": "2022-03-14",
                },
                {"kind": "replied", "on": "2022-03-20", "ground": "privacy"},
                {"kind": "delivered", "on": "2022-03-21", "means": "post"},
            ],
        }
    )
    assert unknown == ()
    assert history.received_on == D(2022, 3, 1)
    assert history.receipt is None
    assert history.events == (
        Event(Kind.CORRECTION_ASKED, D(2022, 3, 2), until=D(2022, 3, 9)),
        Event(Kind.CORRECTION_RECEIVED, D(2022, 3, 10), reason="住院"),
        Event(Kind.BODY_ASKED, D(2022, 3, 11), party="民政局", joint=True, received_on=D(2022, 3, 12)),
        Event(Kind.EXTENDED, D(2022, 3, 13), working_days=7, consent="王", notified_on=D(2022, 3, 14)),
        Event(Kind.REPLIED, D(2022, 3, 20), ground=Ground.PRIVACY),
        Event(Kind.DELIVERED, D(2022, 3, 21), means=Means.POST),
    )
    assert [event.place for event in history.events] == [1, 2, 3, 4, 5, 6]


def test_days_are_working_days_and_nulls_are_absent() -> None:
    value = {
        "received_on": "2022-03-01",
        "channel": None,
        "events": [{"kind": "extended", "on": "2022-03-02", "days": 3}],
    }
    assert history_from(value)[0].events[0].working_days == 3
    assert history_from({"received_on": "2022-03-01"})[0].events == ()
    bare = {"kind": "replied", "on": "2022-03-02", "until": None, "party": None, "joint": None, "working_days": None}
    assert history_from({"received_on": "2022-03-01", "events": [bare]})[0].events == (
        Event(Kind.REPLIED, D(2022, 3, 2)),
    )


def test_fields_that_nobody_knows_are_named() -> None:
    value = {"received_on": "2022-03-01", "number": 7, "events": [{"kind": "replied", "on": "2022-03-02", "by": "x"}]}
    assert history_from(value)[1] == ("number", "events[1].by")


def test_the_day_follows_from_the_channel() -> None:
    history, _ = history_from({"channel": "fax", "arrived_on": "2022-03-01", "confirmed_on": "2022-03-03"})
    assert history.received_on == D(2022, 3, 3)
    assert history.receipt is not None
    open_history, _ = history_from({"channel": "online", "arrived_on": "2022-03-01", "events": []})
    assert open_history.received_on is None
    assert open_history.receipt.confirm_by == D(2022, 3, 1)
    other, _ = history_from({"channel": "other", "arrived_on": "2022-03-01", "counted_on": "2022-03-04"})
    assert other.received_on == D(2022, 3, 4)
    agreed, _ = history_from({"received_on": "2022-03-01", "channel": "post", "arrived_on": "2022-03-01"})
    assert agreed.received_on == D(2022, 3, 1)
    named, unknown = history_from({"received_on": "2022-03-01", "channel": "post"})
    assert (named.received_on, named.receipt, unknown) == (D(2022, 3, 1), None, ())


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ([], ['应是一个对象，如 {"received_on": "2022-03-01", "events": []}']),
        ({}, ["缺少 received_on：请写收到申请之日，如 2022-03-01，或者写 channel 和 arrived_on"]),
        ({"received_on": "2022-02-30"}, ["received_on “2022-02-30”不是日期：请写成 2022-03-01 的样子"]),
        ({"received_on": "20220301"}, ["received_on “20220301”不是日期：请写成 2022-03-01 的样子"]),
        ({"received_on": "2022-W09-2"}, ["received_on “2022-W09-2”不是日期：请写成 2022-03-01 的样子"]),
        ({"received_on": 20220301}, ["received_on “20220301”不是日期：请写成 2022-03-01 的样子"]),
        ({"received_on": "2022-03-01", "events": {}}, ["events 应是一列事件"]),
        (
            {"received_on": "2022-03-01", "events": ["x"]},
            ['第1个事件应是一个对象，如 {"kind": "replied", "on": "2022-03-20"}'],
        ),
        ({"arrived_on": "2022-03-01"}, ["写了 arrived_on 就要写 channel（申请的渠道）"]),
        (
            {"received_on": "2022-03-02", "channel": "post", "arrived_on": "2022-03-01"},
            ["received_on（2022-03-02）与按渠道确定的收到之日（2022-03-01）不符，请核对"],
        ),
        (
            {"received_on": "2022-03-01", "channel": "fax", "arrived_on": "2022-03-01"},
            ["received_on（2022-03-01）与按渠道确定的收到之日（尚未确认）不符，请核对"],
        ),
        (
            {"channel": "pigeon"},
            ["channel 不认识“pigeon”，可用：counter、post、plain_post、other_unit、online、email、fax、other"],
        ),
    ],
)
def test_a_fault_says_what_and_how_to_mend_it(value: object, expected: list[str]) -> None:
    assert faults(value) == expected


def test_every_fault_of_every_event_is_said() -> None:
    found = faults(
        {
            "received_on": "2022-03-01",
            "events": [
                {"on": "2022-03-02"},
                {"kind": "answered", "on": "2022-03-02"},
                {"kind": "replied"},
                {"kind": "extended", "on": None, "working_days": "ten", "consent": 7},
                {"kind": "extended", "on": "2022-03-02", "working_days": True},
                {"kind": "extended", "on": "2022-03-02", "working_days": 1, "days": 1},
                {"kind": "body_asked", "on": "2022-03-02", "joint": "yes"},
                {"kind": "replied", "on": "2022-03-02", "ground": "none"},
                {"kind": ["replied"], "on": "2022-03-02"},
            ],
        }
    )
    assert [fault.partition("：")[0].partition("，可用")[0] for fault in found] == [
        "第1个事件的 缺少 kind",
        "第2个事件的 kind 不认识“answered”",
        "第3个事件的 缺少 on",
        "第4个事件的 缺少 on",
        "第4个事件的 working_days “ten”不是整数",
        "第4个事件的 consent 应写成一行文字",
        "第5个事件的 working_days “True”不是整数",
        "第6个事件的 working_days 和 days 只写一个",
        "第7个事件的 joint 应写成 true 或 false",
        "第8个事件的 ground 不认识“none”",
        "第9个事件的 kind 不认识“['replied']”",
    ]
    assert "correction_asked、correction_received" in found[0]


def test_days_of_the_channel_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(ImpossibleHistory, match="早于申请到达的日子"):
        history_from({"channel": "fax", "arrived_on": "2022-03-02", "confirmed_on": "2022-03-01"})
