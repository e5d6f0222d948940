"""A written report keeps everything as JSON, and is checked like any other report."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from mingtang.law.annual import check
from mingtang.law.annual.schema import APPLICANTS
from mingtang.law.annual.tables import Tables
from mingtang.law.annual.written import (
    Chapter,
    Correction,
    Exclusion,
    Fees,
    FollowUp,
    Fulfilment,
    Included,
    Problem,
    Publication,
    Source,
    WrittenReport,
    as_json,
    cells_from,
    chapter_title,
    empty_tables,
    from_json,
    tables_as_json,
    tables_from_json,
    to_report,
)

AT = datetime(2024, 1, 20, 2, 0, tzinfo=UTC)


def tables(**numbers: int) -> Tables:
    """The form with zeros everywhere and these rows of table 2 given to natural persons."""
    plain = tables_as_json(empty_tables())
    filled = {name: {row: dict.fromkeys(columns, "0") for row, columns in rows.items()} for name, rows in plain.items()}
    for row, number in numbers.items():
        filled["requests"][row] |= {"natural": str(number), "total": str(number)}
    return tables_from_json(filled)


def written(**given: object) -> WrittenReport:
    """A short report of a bureau that does not exist."""
    chapters = tuple(Chapter(n, chapter_title(n), ("本机关无此项情况。",)) for n in range(1, 7))
    value = WrittenReport(
        "云岭旗教育局", "jyj", 2023, False, 1, chapters, tables(new=3, granted=2, total=2, carried_forward=1),
        corrections=(Correction("requests", "new", "natural", None, Decimal(3), "登记簿补录一件", "演示甲", AT, 1),),
        exclusions=(Exclusion("norms", "normative_documents", "made", Decimal(1), "两部门联合制发", "own"),),
        sources=(Source("norms", "licences", "decisions", "政务服务系统", "许可.xlsx", "演示甲", AT),),
        problems=(Problem("答复说理不足", "每季度抽查"),),
        follow_ups=(FollowUp("目录更新慢", "定人定岗", "partly", "已缩短"),),
        fulfilment=(Fulfilment("2023年要点", "3", "政策解读", 4, 3, 1, "ledger/2023/"),),
        fees=Fees(1, Decimal("200.00")),
        included=(Included("wjw", "云岭旗卫生健康委员会"),), earlier=((2022, tables(new=2, total=2)),),
        publications=(Publication(1, AT),),
    )  # fmt: skip
    return replace(value, **given)


def test_what_was_written_comes_back_from_its_json():
    value = written()
    kept = json.loads(json.dumps(as_json(value)))
    again = from_json(kept)
    assert as_json(again) == as_json(value)
    assert replace(again, tables=value.tables, earlier=value.earlier) == value


def test_another_format_is_refused():
    with pytest.raises(ValueError, match="annual-report"):
        from_json({"format": "other"})


def test_a_written_report_is_checked_with_its_six_chapters_and_its_tables():
    report = to_report(written())
    assert (report.body, report.year, [c.number for c in report.chapters]) == ("云岭旗教育局", 2023, [1, 2, 3, 4, 5, 6])
    assert report.published_on is not None
    assert not [finding for finding in check(report) if finding.severity != "note"]


def test_an_identity_that_fails_is_found_in_the_report_in_work():
    report = to_report(written(tables=tables(new=3, granted=1, total=1)))
    assert {finding.code for finding in check(report)} >= {"identity"}


def test_a_number_of_the_narrative_is_compared_with_the_table():
    chapters = (Chapter(3, chapter_title(3), ("2023年，本机关新收政府信息公开申请5件。",)),)
    assert "text_vs_table" in {finding.code for finding in check(to_report(written(chapters=chapters)))}


def test_blank_and_zero_stay_apart():
    cells = cells_from({"new": dict.fromkeys(APPLICANTS), "total": {"natural": "0"}})
    assert cells["new"]["natural"].blank
    assert not cells["total"]["natural"].blank
