"""Validity is computed from acts: against a slow computation that walks day by day, and by cases that read as rules."""

import random
from datetime import date, timedelta
from itertools import pairwise

import pytest

from mingtang.law.validity import Act, Kind, Span, Standing, on_day, spans

MADE = date(2020, 1, 1)
FORCE = date(2020, 2, 1)
END = date(2025, 1, 31)


def standing(day: date, *acts: Act, expires_on: date | None = END) -> Standing | None:
    span = on_day(spans(MADE, FORCE, expires_on, acts), day)
    return span.standing if span else None


def slowly(day: date, made: date, force: date | None, end: date | None, acts: list[Act]) -> Standing | None:
    """The same question answered by living through every day, without spans."""
    begins = force or made
    if day < min(made, begins):
        return None
    now, last, cursor = Standing.NOT_YET, end, min(made, begins)
    while cursor <= day:
        if cursor == begins:
            now = Standing.VALID
        if now.in_force and last is not None and cursor > last:
            now = Standing.LAPSED
        for act in sorted(acts, key=lambda each: each.effective_on):
            counts_on = max(act.effective_on, begins)
            if counts_on != cursor or not now.in_force:
                continue
            if act.kind is Kind.EXTENDED:
                last = act.until if act.until and act.until >= cursor else last
            elif act.kind in (Kind.REPEALED, Kind.REPLACED):
                now = Standing.REPEALED if act.whole else Standing.AMENDED
            elif act.kind in (Kind.LAPSED, Kind.INVALIDATED):
                now = Standing.LAPSED if act.whole else Standing.AMENDED
            elif act.kind is Kind.AMENDED:
                now = Standing.AMENDED
        cursor += timedelta(days=1)
    return now


@pytest.mark.parametrize(
    ("day", "acts", "expected"),
    [
        (date(2019, 12, 31), [], None),
        (date(2020, 1, 31), [], Standing.NOT_YET),
        (FORCE, [], Standing.VALID),
        (END, [], Standing.VALID),
        (END + timedelta(days=1), [], Standing.LAPSED),
        (date(2022, 1, 1), [Act(Kind.AMENDED, date(2022, 1, 1))], Standing.AMENDED),
        (date(2022, 1, 1), [Act(Kind.REPEALED, date(2022, 1, 1), whole=False)], Standing.AMENDED),
        (date(2022, 1, 1), [Act(Kind.REPLACED, date(2022, 1, 1))], Standing.REPEALED),
        (date(2021, 12, 31), [Act(Kind.REPEALED, date(2022, 1, 1))], Standing.VALID),
        (date(2030, 1, 1), [Act(Kind.REPEALED, date(2022, 1, 1))], Standing.REPEALED),
        (date(2023, 1, 1), [Act(Kind.INVALIDATED, date(2022, 1, 1))], Standing.LAPSED),
        (date(2022, 1, 1), [Act(Kind.INTERPRETED, date(2022, 1, 1))], Standing.VALID),
        (date(2026, 1, 1), [Act(Kind.EXTENDED, END, until=date(2027, 1, 31))], Standing.VALID),
        (date(2026, 1, 1), [Act(Kind.EXTENDED, date(2025, 2, 1), until=date(2027, 1, 31))], Standing.LAPSED),
        (date(2020, 1, 15), [Act(Kind.REPEALED, date(2020, 1, 10))], Standing.NOT_YET),
        (FORCE, [Act(Kind.REPEALED, date(2020, 1, 10))], Standing.REPEALED),
    ],
)
def test_a_document_is_worth_what_its_days_and_acts_say(day: date, acts: list[Act], expected: Standing | None):
    assert standing(day, *acts) is expected


def test_without_a_day_of_its_own_it_takes_effect_the_day_it_was_made():
    assert spans(MADE, None, None, []) == (Span(Standing.VALID, MADE, None),)


def test_every_standing_shows_its_rule():
    life = spans(MADE, FORCE, END, [Act(Kind.AMENDED, date(2022, 1, 1))])
    assert [span.rule.id for span in life] == [
        "normative-documents.three-unities",
        "normative-documents.three-unities",
        "normative-documents.catalogue",
        "norm-measures.term",
    ]


def test_two_hundred_lives_have_no_gap_and_equal_the_slow_computation_on_a_thousand_days():
    chance = random.Random(37)
    compared = 0
    for _ in range(200):
        made, force, end, acts = _life(chance)
        life = spans(made, force, end, acts)
        assert all(b.starts_on == (a.ends_on or date.max) + timedelta(days=1) for a, b in pairwise(life))
        assert life[-1].ends_on is None
        for _ in range(5):
            day = made + timedelta(days=chance.randrange(-20, 2500))
            span = on_day(life, day)
            assert (span.standing if span else None) is slowly(day, made, force, end, acts), (
                day,
                made,
                force,
                end,
                acts,
            )
            compared += 1
    assert compared == 1000


def _life(chance: random.Random) -> tuple[date, date | None, date | None, list[Act]]:
    made = date(2010, 1, 1) + timedelta(days=chance.randrange(3000))
    force = made + timedelta(days=chance.randrange(-3, 60)) if chance.random() < 0.8 else None
    end = (force or made) + timedelta(days=chance.randrange(1500)) if chance.random() < 0.7 else None
    acts = [
        Act(
            kind := chance.choice(list(Kind)),
            day := made + timedelta(days=chance.randrange(2000)),
            whole=kind is Kind.EXTENDED or chance.random() < 0.6,
            until=day + timedelta(days=chance.randrange(-50, 900)) if kind is Kind.EXTENDED else None,
        )
        for _ in range(chance.randrange(6))
    ]
    return made, force, end, acts
