"""What the clock tells at any moment: what is next, by when, under which rule, how much is left, what to look at."""

import datetime

import pytest

from mingtang.law.added_years import AddedYear
from mingtang.law.calendar import WorkCalendar, national
from mingtang.law.clock import Event, History, Kind, Means, Owner, State, fold
from mingtang.law.errors import ImpossibleHistory, NotInForce, UnknownYear
from mingtang.law.receipt import Channel, receipt
from mingtang.law.requests import Ground
from tests.law.clock_cases import event

RECEIVED = datetime.date(2022, 3, 1)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def at(as_of: str | None, *lines: str):
    events = tuple(event(line, place) for place, line in enumerate(lines, start=1))
    return fold(History(RECEIVED, events), as_of=day(as_of) if as_of else None)


def test_next_is_the_reply_with_the_working_days_left() -> None:
    standing = at("2022-03-14")
    assert standing.next is not None
    assert (standing.next.what, standing.next.owner, standing.next.due) == ("答复申请人", Owner.BODY, day("2022-03-29"))
    assert standing.remaining == 11
    assert standing.next.rules[0].article == "第三十三条第二款"
    assert at("2022-03-29").remaining == 0
    assert at("2022-04-01").remaining == -3


def test_while_a_third_party_is_asked_its_answer_is_next_and_the_paused_days_are_not_left() -> None:
    standing = at("2022-03-14", "2022-03-08 征求第三方意见 party=甲公司")
    assert standing.state is State.PAUSED
    assert standing.paused_by == ("征求甲公司意见",)
    assert standing.next is not None
    assert (standing.next.what, standing.next.owner, standing.next.due) == (
        "甲公司答复意见",
        Owner.THIRD_PARTY,
        day("2022-03-29"),
    )
    assert standing.remaining == 15
    (reply,) = [each for each in standing.deadlines if each.what == "答复申请人"]
    assert reply.provisional
    assert [each.what for each in standing.deadlines if each.provisional] == ["答复申请人"]


def test_an_answer_that_never_came_is_not_waited_for() -> None:
    standing = at("2022-04-01", "2022-03-08 征求第三方意见")
    assert standing.next is not None
    assert standing.next.what == "答复申请人"
    assert standing.paused_by == ()
    assert not standing.next.provisional


def test_what_the_body_missed_stays_next_and_a_closed_request_has_no_next() -> None:
    assert at("2022-05-01").next.due == day("2022-03-29")
    assert at(None, "2022-03-10 答复").next is None
    assert at(None, "2022-03-10 答复").remaining is None
    assert at(None, "2022-03-10 申请人撤回").next is None


def test_while_a_correction_is_awaited_the_applicant_is_next() -> None:
    standing = at(None, "2022-03-04 告知补正 until=2022-03-18")
    assert (standing.next.what, standing.next.owner, standing.next.due) == (
        "补正申请",
        Owner.APPLICANT,
        day("2022-03-18"),
    )
    assert standing.remaining is None
    assert standing.next.days(national()) == ()
    assert at(None, "2022-03-04 告知补正").next is None
    assert at(None, "2022-03-04 告知补正 until=2022-03-04").next.due == day("2022-03-04")


def test_deadlines_come_in_the_order_of_their_days() -> None:
    standing = at(None, "2022-03-08 征求第三方意见", "2022-03-15 第三方答复", "2022-03-28 延长答复期限")
    dues = [each.due for each in standing.deadlines]
    assert dues == sorted(dues)
    assert [each.what for each in standing.deadlines] == [
        "要求补正",
        "第三方答复意见",
        "告知延长答复期限",
        "答复申请人",
    ]


def test_the_count_shows_the_asking_beside_each_day_that_does_not_count() -> None:
    standing = at(
        None,
        "2022-03-08 征求第三方意见",
        "2022-03-10 征求其他机关意见",
        "2022-03-11 第三方答复",
        "2022-03-15 其他机关答复",
    )
    (reply,) = [each for each in standing.deadlines if each.what == "答复申请人"]
    shown = {each.day.date.isoformat(): (each.number, each.why) for each in reply.days(national())}
    assert shown["2022-03-08"] == (5, "")
    assert shown["2022-03-09"] == (None, "征求第三方意见")
    assert shown["2022-03-11"] == (None, "征求第三方意见、征求其他机关意见")
    assert shown["2022-03-12"] == (None, "周六")
    assert shown["2022-03-15"] == (None, "征求其他机关意见")
    assert shown["2022-03-16"] == (6, "")
    assert shown["2022-04-02"] == (19, "清明节调休上班")


def counted(standing, what: str) -> int:
    """How many days the count of a deadline numbers."""
    (found,) = [each for each in standing.deadlines if each.what == what]
    return sum(each.number is not None for each in found.days(national()))


def test_every_period_shows_as_many_working_days_as_the_law_gives() -> None:
    standing = at(None, "2022-03-08 征求第三方意见", "2022-03-15 第三方答复", "2022-03-16 发出收费通知",
                  "2022-03-18 缴纳信息处理费", "2022-03-28 延长答复期限 working_days=10")  # fmt: skip
    numbers = {each.what: counted(standing, each.what) for each in standing.deadlines}
    assert numbers == {
        "要求补正": 7,
        "第三方答复意见": 15,
        "缴纳信息处理费": 20,
        "发出收费通知": 20,
        "告知延长答复期限": 20,
        "答复申请人": 30,
    }


def test_a_day_that_was_set_is_not_counted() -> None:
    standing = at(None, "2022-03-08 征求第三方意见", "2022-03-10 第三方答复", "2022-03-15 征求第三方意见",
                  "2022-03-16 第三方答复", "2022-03-20 确定延迟答复的期限 until=2022-06-30",
                  "2022-05-10 发出收费通知", "2022-05-11 缴纳信息处理费")  # fmt: skip
    found = {each.what: each for each in standing.deadlines}
    assert found["答复申请人"].days(national()) == ()
    assert found["答复申请人"].pauses == ()
    assert (found["发出收费通知"].due, found["发出收费通知"].days(national())) == (day("2022-06-30"), ())
    assert found["发出收费通知"].pauses == ()
    told = found["告知延迟答复的期限"]
    assert (told.due, told.done_on, told.met) == (day("2022-04-01"), day("2022-03-20"), True)
    assert counted(standing, "告知延迟答复的期限") == 20


@pytest.mark.parametrize(
    "lines",
    [
        ("2022-03-04 告知补正 until=2022-03-18", "2022-03-10 答复"),
        ("2022-03-08 发出收费通知", "2022-03-10 答复"),
    ],
)
def test_what_has_been_replied_to_is_never_abandoned(lines: tuple[str, ...]) -> None:
    assert at("2022-12-30", *lines).state is State.REPLIED


def test_two_letters_to_parties_without_a_name_are_shown_once() -> None:
    standing = at(None, "2022-03-08 征求第三方意见", "2022-03-08 征求第三方意见", "2022-03-10 第三方答复")
    (reply,) = [each for each in standing.deadlines if each.what == "答复申请人"]
    assert reply.days(national())[7].why == "征求第三方意见"


def test_information_made_jointly_rests_on_article_34_and_other_asking_on_article_33() -> None:
    joint = at(None, "2022-03-08 征求其他机关意见 joint=true").deadlines[1]
    other = at(None, "2022-03-08 征求其他机关意见").deadlines[1]
    assert [rule.article for rule in joint.rules] == ["第三十四条"]
    assert (joint.owner, joint.what) == (Owner.OTHER_BODY, "其他机关答复意见")
    assert [rule.article for rule in other.rules] == ["第三十三条第三款", "第三十四条"]


def test_a_reply_names_its_ground_and_its_delivery() -> None:
    standing = at(None, "2022-03-10 答复 ground=privacy", "2022-03-11 送达 means=post")
    (reply,) = [each for each in standing.deadlines if each.what == "答复申请人"]
    assert reply.rules[-2:] == (Ground.PRIVACY.rule, reply.rules[-1])
    assert reply.rules[-1].id == "request-delivery.posted"
    assert reply.done_on == day("2022-03-11")
    assert at(None, "2022-03-10 答复", "2022-03-11 送达").deadlines[-1].rules[-1].id == "request-delivery.means"


COUNTING = ["working-time.7", "holidays.arrangement", "civil-code.201"]


def test_a_plain_request_rests_on_the_reply_period_alone_and_a_later_date_on_article_35() -> None:
    plain, later = at(None), at(None, "2022-03-20 确定延迟答复的期限 until=2022-06-30")
    assert [rule.id for rule in plain.deadlines[-1].rules] == ["disclosure-regulation.33-reply", *COUNTING]
    assert [rule.id for rule in later.deadlines[-1].rules] == ["disclosure-regulation.35-later"]


def test_while_a_correction_is_awaited_nothing_is_paused() -> None:
    standing = at(None, "2022-03-03 征求第三方意见", "2022-03-04 告知补正")
    assert (standing.state, standing.paused_by) == (State.CORRECTING, ())
    assert at(None, "2022-03-03 征求第三方意见", "2022-03-04 申请人撤回").paused_by == ()


def test_each_clause_is_named_once_and_the_restart_and_extension_are_named() -> None:
    standing = at(None, "2022-03-04 告知补正", "2022-03-10 收到补正", "2022-03-11 征求第三方意见",
                  "2022-03-14 第三方答复", "2022-03-15 征求第三方意见", "2022-03-16 延长答复期限")  # fmt: skip
    (reply,) = [each for each in standing.deadlines if each.what == "答复申请人"]
    ids = [rule.id for rule in reply.rules]
    assert len(set(ids)) == len(ids)
    assert ids[:4] == [
        "disclosure-regulation.33-reply",
        "disclosure-regulation.30-restart",
        "disclosure-regulation.33-extension",
        "disclosure-regulation.33-asking",
    ]


@pytest.mark.parametrize(
    ("lines", "note"),
    [
        (("2022-03-11 告知补正 until=2022-03-20",), "超过了收到申请后7个工作日（2022-03-10）"),
        (("2022-03-04 告知补正",), "没有写明期限"),
        (("2022-03-28 延长答复期限",), "没有写明同意的政府信息公开工作机构负责人"),
        (("2022-03-04 告知补正 until=2022-03-10", "2022-03-14 收到补正"), "没有写明正当理由"),
        (("2022-03-08 发出收费通知", "2022-04-08 缴纳信息处理费"), "缴费（2022-04-08）已经逾期"),
    ],
)
def test_what_should_be_looked_at_is_said(lines: tuple[str, ...], note: str) -> None:
    (found,) = at(None, *lines).notes
    assert note in found


def test_nothing_is_said_where_all_is_well() -> None:
    standing = at(None, "2022-03-10 告知补正 until=2022-03-10", "2022-03-10 收到补正",
                  "2022-03-11 发出收费通知", "2022-03-14 缴纳信息处理费",
                  "2022-03-20 延长答复期限 consent=主任")  # fmt: skip
    assert standing.notes == ()


def test_an_unconfirmed_request_waits_for_the_confirmation() -> None:
    arrived = receipt(Channel.EMAIL, RECEIVED)
    standing = fold(History(None, receipt=arrived))
    assert (standing.state, standing.reply_due, standing.received_on) == (State.UNCONFIRMED, None, None)
    assert (standing.next.what, standing.next.due, standing.next.met) == ("与申请人确认收到", RECEIVED, None)
    assert standing.as_of == RECEIVED
    assert standing.late_by == 0
    assert not standing.next.provisional
    assert standing.next.days(national()) == ()
    later = fold(History(None, receipt=arrived), as_of=day("2022-03-03"))
    assert (later.next.met, later.next.late_by) == (False, 2)
    assert later.remaining is None


def test_an_unconfirmed_request_has_no_further_steps() -> None:
    with pytest.raises(ImpossibleHistory, match="还没有与申请人确认收到"):
        fold(History(None, (Event(Kind.REPLIED, RECEIVED),), receipt(Channel.FAX, RECEIVED)))
    with pytest.raises(ImpossibleHistory, match="没有收到申请之日"):
        fold(History(None))
    with pytest.raises(ImpossibleHistory, match="没有收到申请之日"):
        fold(History(None, (), receipt(Channel.COUNTER, RECEIVED)))


def test_a_changed_calendar_moves_the_day() -> None:
    extra = AddedYear(2022, "临时放假", complete=False, holidays={day("2022-03-07"): "临时"}, workdays={})
    assert fold(History(RECEIVED), WorkCalendar([extra])).reply_due == day("2022-03-30")


def test_a_request_from_before_the_law_or_beyond_the_calendar_is_refused_not_guessed() -> None:
    with pytest.raises(NotInForce):
        fold(History(day("2019-05-14")))
    with pytest.raises(UnknownYear):
        fold(History(datetime.date(max(national().years), 12, 20)))


def test_a_message_without_a_place_names_the_kind_and_the_day() -> None:
    with pytest.raises(ImpossibleHistory, match=r"^事件（缴纳信息处理费，2022-03-08）："):
        fold(History(RECEIVED, (Event(Kind.FEE_PAID, day("2022-03-08")),)))


def test_every_kind_state_owner_and_means_has_its_own_name_and_every_kind_its_clause() -> None:
    for enumeration in (Kind, State, Owner):
        assert len({member.label for member in enumeration}) == len(enumeration)
    assert all(kind.rule.article for kind in Kind)
    assert [state for state in State if state.is_open] == list(State)[:4]


def test_a_letter_counts_on_the_day_it_is_posted_and_any_other_delivery_when_it_is_signed_for() -> None:
    clauses = {means.label: means.rule.id for means in Means}
    assert clauses == {
        "直接送达": "request-delivery.signed",
        "委托其他行政机关送达": "request-delivery.signed",
        "邮寄": "request-delivery.posted",
    }
