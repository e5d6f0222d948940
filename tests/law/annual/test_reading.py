"""Reports are read alike from every kind of file, in both forms, with whatever offices write into cells."""

from pathlib import Path

import pytest

from mingtang.cli.report_reading import report_from
from mingtang.law.annual import Report, check
from mingtang.law.annual.cells import number
from mingtang.text import read, read_bytes
from tests.law.annual.corpus import model
from tests.law.annual.writing import WRITERS, html


def report(data: bytes, file: str = "报告") -> Report:
    return report_from(file, read_bytes(data))


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("seed", range(6))
def test_every_kind_of_file_gives_the_same_numbers(kind: str, seed: int) -> None:
    made = model(seed)
    found = report(WRITERS[kind](made))
    assert found.tables.as_json() == {"norms": made.norms, "requests": made.requests, "disputes": made.disputes}
    assert (found.body, found.year) == (made.body, made.year)
    assert [chapter.number for chapter in found.chapters] == [1, 2, 3, 4, 5, 6]
    assert not found.tables.problems


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("３，５２５", 3525), ("3,525", 3525), (" 12 件", 12), ("0.00", 0), ("1 234", 1234), ("+5", 5), ("-3", -3),
        ("45万元", 45),
    ],
)  # fmt: skip
def test_a_number_is_read_however_it_is_written(written: str, value: int) -> None:
    assert number(written).value == value


@pytest.mark.parametrize("written", ["", " ", "/", "—", "－", "无", "\\", "——"])
def test_what_stands_for_nothing_is_a_blank_and_counts_as_zero(written: str) -> None:
    assert number(written).blank
    assert number(written).worth == 0


@pytest.mark.parametrize("written", ["见附件", "12+3", "1.2.3", "约10"])
def test_what_is_no_number_is_said_not_guessed(written: str) -> None:
    assert not number(written).readable


def test_a_cell_that_cannot_be_read_is_null_and_named() -> None:
    made = model(2)
    page = html(made).decode()
    line = next(line for line in page.splitlines() if "信访举报投诉" in line)
    cells = line.split("<td")
    cells[-2] = " colspan='1' rowspan='1'>见附件</td>"
    found = report(page.replace(line, "<td".join(cells)).encode())
    assert found.tables.as_json()["requests"]["petition"]["other"] is None
    assert [f.where for f in check(found) if f.code == "unreadable"] == ["表二“信访举报投诉类申请”行“其他”列"]


def test_rows_out_of_order_and_with_short_labels_are_known_by_their_words() -> None:
    made = model(3)
    page = html(made).decode()
    rows = [line for line in page.splitlines() if "重复申请" in line or "公开出版物" in line]
    swapped = page.replace(rows[0], "@").replace(rows[1], rows[0]).replace("@", rows[1])
    short = swapped.replace("申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "逾期不补正").replace(
        "本年新收政府信息公开申请数量", "本年新收"
    )
    assert report(short.encode()).tables.as_json()["requests"] == made.requests


def test_the_form_of_2019_is_read_with_its_own_columns() -> None:
    page = """<html><body><h1>青槐县水务局2020年政府信息公开工作年度报告</h1><p>一、总体情况</p>
    <p>二、主动公开政府信息情况</p>
    <table><tr><td colspan=4>第二十条第（一）项</td></tr>
    <tr><td>信息内容</td><td>本年新<br>制作数量</td><td>本年新<br>公开数量</td><td>对外公开总数量</td></tr>
    <tr><td>规章</td><td>0</td><td>0</td><td>0</td></tr><tr><td>规范性文件</td><td>3</td><td>2</td><td>31</td></tr>
    <tr><td colspan=4>第二十条第（五）项</td></tr>
    <tr><td>信息内容</td><td>上一年项目数量</td><td>本年增/减</td><td>处理决定数量</td></tr>
    <tr><td>行政许可</td><td>12</td><td>-2</td><td>345</td></tr>
    <tr><td>其他对外管理服务事项</td><td>5</td><td>+1</td><td>77</td></tr>
    <tr><td colspan=4>第二十条第（九）项</td></tr>
    <tr><td>信息内容</td><td colspan=2>采购项目数量</td><td>采购总金额</td></tr>
    <tr><td>政府集中采购</td><td colspan=2>4</td><td>56.70</td></tr></table></body></html>"""
    tables = report(page.encode()).tables
    assert tables.form == "2019"
    norms = tables.as_json()["norms"]
    assert norms["normative_documents"] == {"made": 3, "newly_public": 2, "valid": 31}
    assert norms["licences"] == {"last_year": 12, "change": -2, "decisions": 345}
    assert norms["procurement"] == {"items": 4, "amount": "56.70"}


def test_a_table_broken_over_two_pages_is_one_table() -> None:
    made = model(4)
    page = html(made).decode()
    at = next(line for line in page.splitlines() if "重复申请" in line)
    broken = page.replace(at, f"</table><p></p><table border='1'>{at}")
    assert report(broken.encode()).tables.as_json()["requests"] == made.requests


def test_the_real_tables_of_a_city_are_read_whole(cases: Path) -> None:
    file = cases / "report-hangzhou-2025.html"
    tables = report_from(str(file), read(file)).tables
    requests = tables.as_json()["requests"]
    assert len(requests) == 25
    assert requests["new"]["total"] == 14069
    assert requests["carried_forward"]["natural"] == 783
    assert tables.as_json()["disputes"]["litigation_after_review"]["total"] == 156
    assert tables.as_json()["norms"]["charges"] == {"amount": 316441}
