"""The skeleton of a report says only what its tables say: the check finds nothing in it, and its numbers stay live."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingtang.law.annual import Tables, check
from mingtang.law.annual.facts import Count, Facts, UnknownFact, filled
from mingtang.law.annual.narrating import narrated, prompts, skeleton
from mingtang.law.annual.schema import APPLICANTS, OUTCOMES
from mingtang.law.annual.written import Problem, WrittenReport, cells_from, to_report
from mingtang.law.requests import Row
from tests.law.annual.years import COUNTS, raw, written

small = st.integers(0, 4)
SPARSE = st.one_of(st.just(0), st.just(0), small)


@st.composite
def tables(draw: st.DrawFn) -> Tables:
    """Tables whose identities hold, with zeros and gaps anywhere."""
    requests = {row.value: {who: draw(SPARSE) for who in APPLICANTS} for row in draw(st.sets(st.sampled_from(Row)))}
    requests = {row.value: requests.get(row.value, dict.fromkeys(APPLICANTS, 0)) for row in Row}
    requests["total"] = {who: sum(requests[row.value][who] for row in Row) for who in APPLICANTS}
    requests["carried_forward"] = {who: draw(SPARSE) for who in APPLICANTS}
    both = {who: requests["total"][who] + requests["carried_forward"][who] for who in APPLICANTS}
    requests["carried_over"] = {who: draw(st.integers(0, both[who])) for who in APPLICANTS}
    requests["new"] = {who: both[who] - requests["carried_over"][who] for who in APPLICANTS}
    for row in requests.values():
        row["total"] = sum(row[who] for who in APPLICANTS)
    groups = ("review", "direct_litigation", "litigation_after_review")
    disputes = {group: {name: draw(SPARSE) for name in OUTCOMES[:-1]} for group in groups}
    for cells in disputes.values():
        cells["total"] = sum(cells.values())
    norms = {
        "regulations": {"made": 0, "repealed": 0, "valid": 0},
        "normative_documents": {name: draw(SPARSE) for name in ("made", "repealed", "valid")},
        **{name: {"decisions": draw(st.integers(0, 99999))} for name in ("licences", "penalties", "coercion")},
        "charges": {"amount": draw(st.decimals(0, 9999, places=2))},
    }
    return Tables(cells_from(norms), cells_from(requests), cells_from(disputes))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(now=tables(), before=tables(), seed=st.integers(0, 40), alone=st.booleans())
def test_whatever_the_tables_say_the_check_finds_nothing_in_what_is_written(
    now: Tables, before: Tables, seed: int, alone: bool
) -> None:
    base = raw(seed)
    value = narrated(replace(base, tables=now, earlier=() if alone else ((base.year - 1, before),)), COUNTS)
    earlier = None if alone else to_report(replace(base, year=base.year - 1, tables=before))
    assert check(to_report(value), earlier) == ()


def test_numbers_follow_the_tables_until_they_are_put_in_place() -> None:
    one, other = raw(2), raw(4)
    draft = replace(one, chapters=skeleton(one))
    assert "新收政府信息公开申请{新收}件" in draft.chapter(1).paragraphs[2]
    moved = filled(replace(draft, tables=other.tables))
    assert f"新收政府信息公开申请{other.tables.request('new', 'total')}件" in moved.chapter(1).paragraphs[2]


def test_a_number_of_a_sentence_names_the_cells_behind_it() -> None:
    pieces = Facts(raw(2)).pieces("自然人申请{自然人}件，占{占比 自然人 新收}%。")
    assert [piece.cells for piece in pieces if piece.name] == [
        (("requests", "new", "natural"),),
        (("requests", "new", "natural"), ("requests", "new", "total")),
    ]
    assert "".join(piece.text for piece in pieces).startswith("自然人申请")


def test_a_name_that_is_no_fact_is_told_with_those_that_are() -> None:
    with pytest.raises(UnknownFact) as told:
        Facts(raw(2)).fill("收到{新受}件")
    assert "{新受}" in str(told.value)
    assert "新收" in str(told.value)
    with pytest.raises(UnknownFact):
        Facts(raw(2)).fill("占{占比 自然人 全部}%")


def test_what_a_person_wrote_is_no_fact() -> None:
    value = narrated(replace(raw(2), problems=(Problem("把{新收}写进了模板", "改正"),)))
    assert "把｛新收｝写进了模板" in value.chapter(5).paragraphs[-1]


def test_each_item_of_the_ledger_and_each_problem_of_last_year_is_told() -> None:
    value = written(4)
    sixth = "\n".join(value.chapter(6).paragraphs)
    assert all(
        f"第{line.item}项“{line.title}”：责任任务{line.duties}项，完成{line.done}项" in sixth
        for line in value.fulfilment
    )
    assert "其中1项超过期限" in sixth
    fifth = "\n".join(value.chapter(5).paragraphs)
    assert all(each.text in fifth and each.label in fifth for each in value.follow_ups)


@pytest.mark.parametrize(("seed", "said"), [(1, "元，已缴费的通知"), (3, "没有收取信息处理费")])
def test_fees_are_told_received_or_not(seed: int, said: str) -> None:
    assert said in written(seed).chapter(6).paragraphs[0]


def test_counts_of_the_platform_stand_in_the_first_chapter_and_stay_live() -> None:
    value = raw(2)
    draft = replace(value, chapters=skeleton(value, COUNTS))
    later = (Count(COUNTS[0].name, Decimal(7), "条"),)
    assert "通过统一平台主动公开信息7条" in filled(draft, later).chapter(1).paragraphs[1]


def test_what_no_data_says_is_asked_of_a_person_and_not_written() -> None:
    value: WrittenReport = replace(raw(2), problems=(), follow_ups=())
    asked = {prompt.chapter for prompt in prompts(value)}
    assert asked == {1, 5, 6}
    assert narrated(value).chapter(5).paragraphs == ()
    assert [f.code for f in check(to_report(narrated(value)))] == ["empty_chapter"]
