"""`mingtang fees` shows the fee band by band and refuses what is no number."""

import json

import pytest
from click.testing import CliRunner, Result

from mingtang.cli import mingtang


def run(*arguments: str) -> Result:
    return CliRunner().invoke(mingtang, ["fees", *arguments])


def test_json_has_the_shape_that_others_build_on() -> None:
    value = json.loads(run("items", "35", "--format", "json").stdout)
    assert value == {
        "amount": "3000.00",
        "currency": "CNY",
        "bands": [
            {"from": 11, "to": 30, "count": 20, "unit_price": "100.00", "amount": "2000.00"},
            {"from": 31, "to": 40, "count": 5, "unit_price": "200.00", "amount": "1000.00"},
        ],
        "rules": [
            "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）第四条",
            "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）第三条",
            "《中华人民共和国政府信息公开条例》（国务院令第711号）第四十二条",
        ],
        "free": 10,
    }
    pages = json.loads(run("pages", "240", "--format", "json").stdout)
    assert pages["amount"] == "4300.00"
    assert pages["bands"][-1] == {"from": 201, "to": None, "count": 40, "unit_price": "40.00", "amount": "1600.00"}


def test_nothing_to_pay_has_no_bands() -> None:
    assert json.loads(run("pages", "30", "--format", "json").stdout)["bands"] == []
    assert run("items", "0").stdout.splitlines()[0] == "应收 0.00 元"


def test_people_read_every_band_and_the_clauses() -> None:
    lines = run("pages", "240").stdout.splitlines()
    assert lines[:2] == ["应收 4300.00 元", "  免费 30 页"]
    assert "  第31—100页：70 页 × 10.00 元 = 700.00 元" in lines
    assert "  第201页以上：40 页 × 40.00 元 = 1600.00 元" in lines
    assert any("第五条：" in line for line in lines)


def test_the_items_before_in_the_month_are_counted_in() -> None:
    assert json.loads(run("items", "4", "--already", "28", "--format", "json").stdout)["amount"] == "600.00"


@pytest.mark.parametrize("number", ["-3", "三", "1.5", "", "1000000"])
def test_what_is_no_number_is_refused_in_one_line(number: str) -> None:
    for words, name in ((("items", number), "件"), (("pages", number), "页")):
        result = run(*words)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.splitlines() == [f"N“{number}”不是{name}数：请写 0 到 999999 的整数，如 35"]


def test_each_wrong_argument_gets_its_line() -> None:
    result = run("items", "x", "--already", "y", "--on", "z")
    assert result.exit_code == 2
    assert [line.partition("：")[0] for line in result.stderr.splitlines()] == [
        "N“x”不是件数",
        "--already“y”不是件数",
        "--on“z”不是日期",
    ]


@pytest.mark.parametrize("words", [("items", "11"), ("pages", "31")])
def test_a_day_before_the_measure_is_refused(words: tuple[str, ...]) -> None:
    result = run(*words, "--on", "2020-01-01")
    assert result.exit_code == 2
    assert "没有生效" in result.stderr
    assert result.stderr.count("\n") == 1
