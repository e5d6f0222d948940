"""The government's report: the sum of its bodies' reports and its own, what is counted twice left out by rule."""

from decimal import Decimal

import pytest

from mingtang.reports import actions, checking, filling
from mingtang.reports.errors import Blocked, Invalid
from mingtang.reports.tests.conftest import JANUARY, ON, County
from mingtang.trace import statistics
from mingtang.trace.statistics import Line, Statistic, Thing

PLACE = ("norms", "licences", "decisions")


@pytest.fixture
def gathered(county: County):
    """A government's report with those of two bodies taken in."""
    for body in (county.education, county.health):
        county.accepted(county.opened(body))
    report = county.opened(county.government)
    return actions.gather(county.filled(report), actor=county.clerk, moment=JANUARY)


def test_the_governments_numbers_are_the_sum_of_its_bodies(county: County, gathered):
    assert filling.sheet(gathered).value(*PLACE) == 24
    assert [each.member.body.code for each in gathered.included.all()] == ["jyj", "wjw"]
    out = county.signed(_released(county, gathered))
    assert out.stage == "published"


def _released(county: County, report):
    actions.submit(report, actor=county.clerk, moment=JANUARY)
    return actions.release(report, actor=county.clerk, moment=JANUARY)


def test_what_two_bodies_counted_outside_is_left_out_with_its_reason(county: County, gathered):
    bodies = [county.education, county.health]
    by = {"actor": county.clerk, "moment": JANUARY}
    with pytest.raises(Invalid):
        actions.exclude(gathered, *PLACE, Decimal(1), "同一许可", bodies[:1], **by)
    kept = actions.exclude(gathered, *PLACE, Decimal(1), "两局联合许可的同一件", bodies, **by)
    assert filling.sheet(gathered).value(*PLACE) == 23
    actions.drop_exclusion(kept, **by)
    assert filling.sheet(gathered).value(*PLACE) == 24


def test_a_thing_that_two_bodies_count_counts_once_by_rule(county: County, monkeypatch: pytest.MonkeyPatch):
    joint = {"jyj", "wjw"}

    def count(_year: int, bodies):
        return {("normative_documents", "made"): 1} if joint & set(bodies) else {}

    known = Statistic(
        "test.joint", "联合发文", "件", (Line("normative_documents", "规范性文件"),), (Line("made", "制发"),), count,
        lambda *_: [Thing("云旗发〔2023〕1号", "records.record:1")], fills="norms", precedence=99,
    )  # fmt: skip
    monkeypatch.setitem(statistics._statistics, known.name, known)
    for body in (county.education, county.health):
        county.accepted(county.opened(body))
    report = actions.gather(county.opened(county.government), actor=county.clerk, moment=JANUARY)
    assert filling.sheet(report).value("norms", "normative_documents", "made") == 1
    exclusion = report.exclusions.get()
    assert exclusion.automatic and {body.code for body in exclusion.bodies.all()} == joint


def test_a_member_that_changes_afterwards_must_be_gathered_again(county: County, gathered):
    member = gathered.included.first().member
    actions.give_back(member, [("表一", "请核对行政许可数")], actor=county.clerk, moment=JANUARY)
    actions.correct(member, *PLACE, Decimal(10), "核对后更正", actor=county.clerk, moment=JANUARY)
    assert "member_changed" in {finding.code for finding in checking.findings(gathered, on=ON)}
    with pytest.raises(Blocked):
        actions.submit(gathered, actor=county.clerk, moment=JANUARY)
    actions.submit(member, actor=county.clerk, moment=JANUARY)
    actions.accept(member, actor=county.clerk, moment=JANUARY)
    again = actions.gather(gathered, actor=county.clerk, moment=JANUARY)
    assert filling.sheet(again).value(*PLACE) == 22
