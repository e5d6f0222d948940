"""`mingtang workdays` answers people and programs, and starts without Django."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mingtang.cli import mingtang


def run(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(mingtang, ["workdays", *arguments], env=environment)


def test_json_has_the_day_the_clauses_and_the_count() -> None:
    result = run("2022-09-28", "7", "--format", "json")
    value = json.loads(result.stdout)
    assert result.exit_code == 0
    assert value["date"] == "2022-10-12"
    assert "《国务院关于职工工作时间的规定》（国务院令第174号）第七条" in value["rules"]
    assert sum(day["counted"] for day in value["days"]) == 7


def test_people_read_every_day_with_its_reason() -> None:
    lines = run("2022-09-30", "1").stdout.splitlines()
    assert lines[0] == "2022-09-30（周五）之后第1个工作日：2022-10-08（周六）"
    assert "  2022-10-01 周六  不计（国庆节放假）" in lines
    assert "  2022-10-08 周六  第1个工作日（国庆节调休上班）" in lines
    assert lines.index("依据：") > 0


@pytest.mark.parametrize("start", ["2022-10-08", "2022/10/8", "2022年10月8日"])
def test_a_negative_number_counts_back_from_a_day_however_written(start: str) -> None:
    assert json.loads(run(start, "-1", "--format", "json").stdout)["date"] == "2022-09-30"


def test_no_working_days_is_the_day_itself() -> None:
    assert run("2022-10-01", "0").stdout.startswith("2022-10-01（周六）就是起始日")


def test_each_wrong_argument_gets_one_line_and_status_2() -> None:
    result = run("2022-02-30", "很多")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        "FROM“2022-02-30”不是日期：请写成 2022-06-30 的样子",
        "N“很多”不是六位以内的整数：请写工作日的个数，如 20；往前数写 -20",
    ]


def test_an_unknown_year_is_named_with_the_mend() -> None:
    result = run("2099-01-01", "1")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "没有2099年的工作日安排" in result.stderr


def test_a_folder_of_added_years_is_used_by_option_and_by_environment(tmp_path: Path) -> None:
    (tmp_path / "2099.toml").write_text(
        'year = 2099\nsource = "示例"\n[holidays]\n"元旦" = ["2099-01-01"]\n"国庆节" = ["2099-10-01"]\n',
        encoding="utf-8",
    )
    for result in (
        run("2099-01-01", "1", "--calendar", str(tmp_path)),
        run("2099-01-01", "1", MINGTANG_CALENDAR=str(tmp_path)),
    ):
        assert result.stdout.splitlines()[0].endswith("2099-01-02（周五）")


def test_every_fault_of_an_added_year_is_a_line(tmp_path: Path) -> None:
    (tmp_path / "2099.toml").write_text('year = 2099\n[holidays]\n"元旦" = ["元月一日"]\n', encoding="utf-8")
    result = run("2099-01-01", "1", "--calendar", str(tmp_path))
    assert result.exit_code == 2
    assert [line.partition("：")[0] for line in result.stderr.splitlines()] == ["2099.toml"] * 4


def test_it_starts_without_django() -> None:
    script = (
        "import sys\nfrom mingtang.cli import mingtang\n"
        "mingtang(['workdays', '2022-06-30', '7'], standalone_mode=False)\n"
        "heavy = {m.split('.')[0] for m in sys.modules} & {'django', 'wagtail', 'lxml', 'openpyxl', 'jinja2'}\n"
        "raise SystemExit(', '.join(sorted(heavy)) or 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.returncode == 0
