"""What holds for every lawful history: pauses never shorten, order within a day is free, the past stays as it was."""

import datetime
import random

from hypothesis import assume, given
from hypothesis import strategies as st

from mingtang.law.calendar import national
from mingtang.law.clock import Event, History, Kind, Standing, fold
from mingtang.law.errors import ImpossibleHistory
from tests.law import day_by_day

RECEIVED = st.dates(datetime.date(2021, 1, 1), datetime.date(2025, 6, 30))
STEPS = st.lists(st.tuples(st.sampled_from(list(Kind)), st.integers(0, 9), st.integers(1, 20)), max_size=7)
QUESTIONS = st.lists(
    st.tuples(st.sampled_from((Kind.THIRD_PARTY_ASKED, Kind.BODY_ASKED)), st.integers(0, 40), st.integers(0, 30)),
    max_size=5,
)
ANSWER = {Kind.THIRD_PARTY_ASKED: Kind.THIRD_PARTY_ANSWERED, Kind.BODY_ASKED: Kind.BODY_ANSWERED}


def days(number: int) -> datetime.timedelta:
    return datetime.timedelta(days=number)


def lawful(received_on: datetime.date, steps: list[tuple[Kind, int, int]]) -> History:
    """A history of those of the steps that can lawfully follow each other; each lies some days after the last."""
    history, on = History(received_on), received_on
    for kind, gap, number in steps:
        later = on + days(gap)
        until = later + days(60 + number) if kind is Kind.POSTPONED else None
        event = Event(kind, later, working_days=number, until=until)
        longer = History(received_on, (*history.events, event))
        try:
            fold(longer)
        except ImpossibleHistory:
            continue
        history, on = longer, later
    return history


HISTORIES = st.builds(lawful, RECEIVED, STEPS)


def asked(received_on: datetime.date, questions: list[tuple[Kind, int, int]]) -> History:
    """Questions to others, each by a name of its own, with their answers."""
    events = []
    for number, (kind, after, waited) in enumerate(questions):
        on = received_on + days(after)
        events += [Event(kind, on, party=str(number)), Event(ANSWER[kind], on + days(waited), party=str(number))]
    return History(received_on, tuple(sorted(events, key=lambda event: event.on)))


@given(RECEIVED, QUESTIONS)
def test_pausing_never_shortens(received_on: datetime.date, questions: list[tuple[Kind, int, int]]) -> None:
    dues = [fold(asked(received_on, questions[:number])).reply_due for number in range(len(questions) + 1)]
    assert dues == sorted(dues)


@given(RECEIVED, QUESTIONS)
def test_overlapping_pauses_cost_no_more_than_their_sum(
    received_on: datetime.date, questions: list[tuple[Kind, int, int]]
) -> None:
    plain = fold(History(received_on)).reply_due
    together = fold(asked(received_on, questions)).reply_due
    waited = 0
    for _, after, length in questions:
        on = received_on + days(after)
        waited += min(15, national().elapsed(on, on + days(length)))
    assert national().elapsed(plain, together) <= waited


@given(HISTORIES, st.randoms(use_true_random=False))
def test_the_order_of_one_days_events_in_the_list_changes_nothing(history: History, chance: random.Random) -> None:
    events = list(history.events)
    chance.shuffle(events)
    events.sort(key=lambda event: event.on)
    assert fold(History(history.received_on, tuple(events))) == fold(history)


@given(RECEIVED, st.permutations(range(3)))
def test_letters_of_one_day_may_be_listed_in_any_order(received_on: datetime.date, order: list[int]) -> None:
    letters = [Event(Kind.BODY_ASKED, received_on, received_on=received_on + days(late)) for late in (0, 2, 4)]
    answers = [Event(Kind.BODY_ANSWERED, received_on + days(5))]
    one = History(received_on, (*letters, *answers))
    other = History(received_on, (*(letters[place] for place in order), *answers))
    assert fold(one) == fold(other)


def passed(standing: Standing, day: datetime.date) -> list[tuple[str, datetime.date]]:
    """The deadlines that lie before a day, the optional one left out."""
    return [(each.what, each.due) for each in standing.deadlines if each.due < day and not each.optional]


@given(HISTORIES, st.sampled_from(list(Kind)), st.integers(0, 80))
def test_a_later_event_never_changes_an_earlier_deadline(history: History, kind: Kind, gap: int) -> None:
    last = history.events[-1].on if history.events else history.received_on
    later = Event(kind, last + days(gap), until=last + days(gap + 90))
    before = fold(history, as_of=later.on)
    try:
        after = fold(History(history.received_on, (*history.events, later)))
    except ImpossibleHistory:
        assume(False)
    assert set(passed(before, later.on)) <= set(passed(after, later.on))


@given(HISTORIES, st.integers(0, 120))
def test_the_past_can_be_asked_for_and_knows_nothing_of_the_future(history: History, gap: int) -> None:
    day = history.received_on + days(gap)
    known = tuple(event for event in history.events if event.on <= day)
    assert fold(history, as_of=day) == fold(History(history.received_on, known), as_of=day)


@given(HISTORIES)
def test_a_second_way_of_counting_finds_the_same_day(history: History) -> None:
    assume(not any(event.kind in (Kind.POSTPONED, Kind.WITHDRAWN) for event in history.events))
    standing = fold(history)
    assume(standing.state.value != "abandoned")
    events = [(event.kind.value, event.on, event.working_days) for event in history.events]
    assert standing.reply_due == day_by_day.reply_due(history.received_on, events)


@given(HISTORIES)
def test_the_count_day_by_day_ends_on_the_day_due_with_the_right_number(history: History) -> None:
    for deadline in fold(history).deadlines:
        shown = deadline.days(national())
        if not deadline.counts_working_days:
            assert shown == ()
            continue
        numbers = [each.number for each in shown if each.number]
        assert numbers == list(range(1, len(numbers) + 1))
        assert shown[-1].day.date == deadline.due
        assert shown[-1].number == numbers[-1], "the last day counts"
        assert all(each.number or each.why for each in shown), "what does not count says why"


@given(HISTORIES, st.integers(0, 100))
def test_what_remains_is_what_is_still_to_be_counted(history: History, gap: int) -> None:
    standing = fold(history, as_of=history.received_on + days(gap))
    if standing.remaining is None:
        return
    (reply,) = [each for each in standing.deadlines if each.what == "答复申请人"]
    if standing.remaining < 0 or standing.as_of > reply.due:
        assert standing.remaining == -national().elapsed(reply.due, standing.as_of)
    elif reply.counts_working_days:
        after = [each for each in reply.days(national()) if each.day.date > standing.as_of and each.number]
        assert standing.remaining == len(after)


@given(HISTORIES)
def test_lateness_and_judgement_agree(history: History) -> None:
    for deadline in fold(history).deadlines:
        assert (deadline.late_by > 0) == (deadline.met is False)
        if deadline.done_on is not None:
            assert deadline.met == (deadline.done_on <= deadline.due)
