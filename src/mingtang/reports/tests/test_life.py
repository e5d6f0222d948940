"""A report goes from filling to the public, and back into the open when it is corrected."""

from datetime import timedelta
from decimal import Decimal

import pytest

from mingtang.law.annual.written import as_json
from mingtang.records.editions import TEXT_ACTS
from mingtang.reports import actions, filling, queries, versions
from mingtang.reports.errors import Blocked, FileRefused, Invalid, Stale, WrongState
from mingtang.reports.models import AnnualReport
from mingtang.reports.tests.conftest import JANUARY, NUMBERS, ON, YEAR, County
from mingtang.review import actions as review
from mingtang.trace.queries import history

LATER = JANUARY + timedelta(days=20)


def test_a_report_is_published_as_a_record_with_the_numbers_that_were_submitted(county: County):
    report = county.published(county.opened())
    assert (report.stage, report.edition, report.is_settled) == ("published", 1, True)
    out = queries.published(report)
    assert out is not None
    assert out.tables.norm("licences", "decisions") == 12
    assert out.tables.norm("charges", "amount") == Decimal("1.5")
    assert [p.edition for p in out.publications] == [1]
    assert report.record is not None and "行政事业性收费" in report.record.text


def test_an_empty_report_cannot_be_submitted_and_says_what_is_missing(county: County):
    with pytest.raises(Blocked) as refused:
        actions.submit(county.opened(), actor=county.clerk, moment=JANUARY)
    assert any("总体情况" in problem for problem in refused.value.problems)


def test_a_returned_report_is_counted_live_again_and_its_remarks_are_answered(county: County):
    report = county.submitted(county.opened())
    assert report.frozen is not None
    back = actions.give_back(report, [("第一部分", "请写明做法和数量")], actor=county.clerk, moment=JANUARY)
    assert (back.stage, back.frozen) == ("returned", None)
    remark = back.remarks.get()
    actions.answer(remark, "已补充", actor=county.writer, moment=JANUARY)
    again = actions.submit(back, actor=county.writer, moment=JANUARY)
    assert again.stage == "submitted"


def test_two_clerks_who_submit_or_release_at_once_make_one(county: County):
    report = county.filled(county.opened())
    stale = AnnualReport.objects.get(pk=report.pk)
    actions.submit(report, actor=county.writer, moment=JANUARY)
    with pytest.raises(WrongState):
        actions.submit(stale, actor=county.clerk, moment=JANUARY)
    actions.accept(report, actor=county.clerk, moment=JANUARY)
    actions.release(report, actor=county.clerk, moment=JANUARY)
    with pytest.raises(WrongState):
        actions.release(stale, actor=county.second_clerk, moment=JANUARY)
    assert report.versions.count() == 1


def test_two_writers_of_one_chapter_lose_nothing(county: County):
    report = county.opened()
    first = actions.write_text(report, 1, "甲写的一段。", version=0, actor=county.writer, moment=JANUARY)
    with pytest.raises(Stale):
        actions.write_text(report, 1, "乙写的一段。", version=0, actor=county.colleague, moment=JANUARY)
    actions.write_text(
        report, 1, "甲写的一段。\n乙写的一段。", version=first.version, actor=county.colleague, moment=JANUARY
    )
    text = queries.text_of(report, 1)
    assert text is not None and text.paragraphs == ("甲写的一段。", "乙写的一段。")


def test_a_correction_needs_a_reason_and_stays_visible(county: County):
    report = county.filled(county.opened())
    with pytest.raises(Invalid):
        actions.correct(report, "norms", "licences", "decisions", Decimal(13), "", actor=county.writer, moment=JANUARY)
    place = ("norms", "licences", "decisions")
    actions.correct(report, *place, Decimal(13), "漏报一件，见台账", actor=county.writer, moment=JANUARY)
    assert filling.sheet(report).value(*place) == 13
    actions.lift(report, *place, "台账核对后未漏报", actor=county.writer, moment=JANUARY)
    assert filling.sheet(report).value(*place) == 12
    seen = queries.written(report, on=ON).corrections
    assert [(each.old, each.new, each.by) for each in seen] == [(12, 13, "云岭旗教育局"), (13, 12, "云岭旗教育局")]


def test_totals_are_sums_that_nobody_types(county: County):
    report = county.opened()
    with pytest.raises(Invalid):
        actions.correct(report, "requests", "new", "total", Decimal(1), "想改合计", actor=county.clerk, moment=JANUARY)
    by = {"actor": county.clerk, "moment": JANUARY}
    for row in ("new", "granted"):
        actions.correct(report, "requests", row, "natural", Decimal(2), "登记簿补录", **by)
    sheet = filling.sheet(report)
    assert (sheet.value("requests", "total", "total"), sheet.value("requests", "new", "total")) == (2, 2)


def test_a_number_corrected_after_publication_is_shown_with_its_reason_and_nothing_is_lost(county: County):
    report = county.published(county.opened())
    first = queries.published(report)
    assert first is not None
    before = report.record.text
    actions.reopen(report, "行政处罚漏报两件", actor=county.head, moment=LATER)
    report = AnnualReport.objects.select_related("body", "record").get(pk=report.pk)
    assert report.stage == "correcting"
    place = ("norms", "penalties", "decisions")
    actions.correct(report, *place, Decimal(5), "漏报两件，见案卷", actor=county.writer, moment=LATER)
    # What is public stays as it was until the next edition is signed.
    assert as_json(queries.published(report))["tables"] == as_json(first)["tables"]
    assert report.record.text == before
    actions.submit(report, actor=county.writer, moment=LATER)
    actions.accept(report, actor=county.clerk, moment=LATER)
    report = county.signed(actions.release(report, actor=county.clerk, moment=LATER), LATER)
    out = queries.published(report)
    assert out is not None and (out.edition, out.reason) == (2, "行政处罚漏报两件")
    assert [(each.old, each.new, each.reason, each.after) for each in out.corrections] == [
        (3, 5, "漏报两件，见案卷", 1)
    ]
    assert [p.reason for p in out.publications] == ["", "行政处罚漏报两件"]
    assert "由 3 更正为 5" in report.record.text and "漏报两件，见案卷" in report.record.text
    kept = [versions.written_of(version).tables.norm("penalties", "decisions") for version in report.versions.all()]
    assert kept == [3, 5]
    assert history(report.record).filter(verb__in=TEXT_ACTS).count() == 2


def test_what_review_sends_back_is_mended_in_the_report(county: County):
    report = actions.release(county.accepted(county.opened()), actor=county.clerk, moment=JANUARY)
    review.return_for_changes(report.record, actor=county.reviewer, moment=JANUARY, reason="第五部分请写具体")
    report = AnnualReport.objects.select_related("body", "record").get(pk=report.pk)
    assert report.stage == "sent_back"
    actions.resume(report, actor=county.clerk, moment=JANUARY)
    text = queries.text_of(report, 5)
    actions.write_text(report, 5, "问题是说理不足。", version=text.version, actor=county.clerk, moment=JANUARY)
    actions.submit(report, actor=county.clerk, moment=JANUARY)
    actions.accept(report, actor=county.clerk, moment=JANUARY)
    again = county.signed(actions.release(report, actor=county.clerk, moment=JANUARY))
    assert (again.stage, again.edition, again.versions.count()) == ("published", 1, 2)


def test_last_years_published_report_locks_what_is_carried_over(county: County):
    before = county.opened(year=YEAR - 1)
    by = {"actor": county.clerk, "moment": JANUARY}
    for row in ("new", "carried_forward"):
        actions.correct(before, "requests", row, "natural", Decimal(4), "登记簿补录", **by)
    county.published(before)
    report = county.opened()
    cell = filling.sheet(report).cell("requests", "carried_over", "natural")
    assert (cell.value, cell.origin) == (4, filling.Origin.CARRIED)
    with pytest.raises(Invalid, match="上年"):
        actions.correct(report, *cell.place, Decimal(1), "想改上年结转", actor=county.clerk, moment=JANUARY)


def test_the_numbers_of_a_file_come_whole_or_not_at_all(county: County):
    bad = "机构,事项,数量\n云岭旗教育局,行政许可,十二件半\n无此局,行政处罚,1\n云岭旗教育局,行政许克,1\n"
    with pytest.raises(FileRefused) as refused:
        actions.import_numbers(bad.encode(), "坏.csv", year=YEAR, system="测试", actor=county.clerk, moment=JANUARY)
    assert [problem.split("：")[0] for problem in refused.value.problems] == ["第 2 行", "第 3 行", "第 4 行"]
    assert not AnnualReport.objects.exists()
    good = NUMBERS.format(name="云岭旗教育局").encode("gb18030")
    actions.import_numbers(good, "好.csv", year=YEAR, system="政务服务系统", actor=county.clerk, moment=JANUARY)
    report = AnnualReport.objects.get()
    source = queries.written(report, on=ON).sources[0]
    assert (source.system, source.file, source.by) == ("政务服务系统", "好.csv", "云岭旗政务公开办")
