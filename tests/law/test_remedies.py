"""By when a reply can be taken to reconsideration or to court, and which must come first."""

import datetime

import pytest

from mingtang.law.errors import NotInForce
from mingtang.law.remedies import Remedy, comes_first, last_day
from mingtang.law.requests import Ground

DAY = datetime.date


@pytest.mark.parametrize(
    ("remedy", "known_on", "counted", "due"),
    [
        # 60 days after Monday 2 March 2026: Friday 1 May, a holiday until Tuesday 5 May; Wednesday is worked.
        (Remedy.RECONSIDERATION, DAY(2026, 3, 2), DAY(2026, 5, 1), DAY(2026, 5, 6)),
        (Remedy.RECONSIDERATION, DAY(2026, 3, 9), DAY(2026, 5, 8), DAY(2026, 5, 8)),
        # Saturday 9 May 2026 is worked for the holiday before it: nothing moves.
        (Remedy.RECONSIDERATION, DAY(2026, 3, 10), DAY(2026, 5, 9), DAY(2026, 5, 9)),
        (Remedy.LITIGATION, DAY(2025, 8, 31), DAY(2026, 2, 28), DAY(2026, 2, 28)),
        (Remedy.LITIGATION, DAY(2026, 1, 13), DAY(2026, 7, 13), DAY(2026, 7, 13)),
        (Remedy.LITIGATION_AFTER_REVIEW, DAY(2026, 6, 1), DAY(2026, 6, 16), DAY(2026, 6, 16)),
    ],
)
def test_the_last_day_for_a_remedy(remedy: Remedy, known_on: DAY, counted: DAY, due: DAY) -> None:
    last = last_day(remedy, known_on)
    assert (last.counted, last.due, last.is_certain) == (counted, due, True)
    moved = "civil-code.203" in {rule.id for rule in last.rules}
    assert moved == (due != counted)


def test_in_a_year_whose_holidays_are_not_known_only_weekends_move_the_day_and_it_is_said() -> None:
    last = last_day(Remedy.RECONSIDERATION, DAY(2040, 3, 7))
    assert last.counted == DAY(2040, 5, 6)  # a Sunday
    assert last.due == DAY(2040, 5, 7)
    assert not last.is_certain


def test_before_the_law_took_effect_there_is_no_such_time() -> None:
    with pytest.raises(NotInForce):
        last_day(Remedy.RECONSIDERATION, DAY(2023, 12, 31))


@pytest.mark.parametrize("ground", [Ground.STATE_SECRET, Ground.PRIVACY, Ground.DRAFT, Ground.PARTLY_PROVIDED])
def test_a_refusal_whole_or_in_part_goes_to_reconsideration_first(ground: Ground) -> None:
    first = comes_first(ground)
    assert first is not None
    assert first.id == "reconsideration-law.23"


def test_silence_goes_to_reconsideration_first() -> None:
    first = comes_first(None)
    assert first is not None
    assert first.id == "reconsideration-law.23-inaction"


@pytest.mark.parametrize("ground", [Ground.PROVIDED, Ground.DOES_NOT_EXIST, Ground.NOT_THIS_BODY, Ground.PETITION])
def test_of_other_replies_the_law_does_not_say_so(ground: Ground) -> None:
    assert comes_first(ground) is None
