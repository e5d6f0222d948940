"""An office can add a year's arrangement before the package knows it; a wrong file is refused with every fault."""

import datetime
from pathlib import Path

import pytest

from mingtang.law.added_years import read_added_year, read_added_years
from mingtang.law.calendar import WorkCalendar
from mingtang.law.errors import CalendarError

GOOD = """
year = 2099
source = "示例安排"
[holidays]
"元旦" = ["2099-01-01", 2099-01-02]
"国庆节" = ["2099-10-01"]
[workdays]
"元旦" = ["2098-12-28"]
"""


def test_a_file_of_one_year_is_read_with_days_of_the_december_before() -> None:
    year = read_added_year(GOOD, "2099.toml")
    assert year.complete
    assert year.holidays[datetime.date(2099, 1, 2)] == "元旦"
    assert year.workdays == {datetime.date(2098, 12, 28): "元旦"}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("year = 2099", ""), "缺少 year"),
        (("year = 2099", "year = '2099'"), "缺少 year"),
        (('source = "示例安排"', ""), "缺少 source"),
        (('source = "示例安排"', 'source = " "'), "source 是空的"),
        (("2099-01-01", "2099-02-30"), "“2099-02-30”不是日期"),
        (("2099-01-01", "2097-01-01"), "2097-01-01 不属于2099年"),
        (('"2099-01-01"', '"2099-01-02"'), "写了两次"),
        (("2098-12-28", "2099-10-01"), "既写成放假又写成上班"),
        (('"国庆节" = ["2099-10-01"]', ""), "应有10月1日"),
        (("[workdays]", "[workday]"), "不认识的字段 workday"),
        (("[holidays]", "complete = 1\n[holidays]"), "complete 应写成 true 或 false"),
        (('["2098-12-28"]', '"2098-12-28"'), "应写成一列日期"),
        (("year = 2099", "year 2099"), "不是合格的 TOML"),
    ],
)
def test_a_fault_is_named_with_its_file(change: tuple[str, str], fault: str) -> None:
    assert change[0] in GOOD
    with pytest.raises(CalendarError) as caught:
        read_added_year(GOOD.replace(*change), "2099.toml")
    assert any(line.startswith("2099.toml：") and fault in line for line in caught.value.faults)


def test_all_faults_of_a_folder_are_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "b.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "c.toml").write_bytes("year = 2098 # 节假日".encode("gb18030"))
    with pytest.raises(CalendarError) as caught:
        read_added_years(tmp_path)
    assert caught.value.faults == [
        "b.toml：2099年已由另一个文件给出，请并成一个",
        "c.toml：不是 UTF-8 文字，请另存为 UTF-8",
    ]


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(CalendarError, match="没有文件夹"):
        read_added_years(tmp_path / "nowhere")


def test_the_example_of_the_operations_page_is_a_calendar() -> None:
    page = (Path(__file__).parents[2] / "docs" / "operations.md").read_text(encoding="utf-8")
    example = page.partition("```toml\n")[2].partition("```")[0]
    year = read_added_year(example, "2099.toml")
    assert WorkCalendar([year]).day(datetime.date(2099, 1, 1)).reason == "元旦放假"
