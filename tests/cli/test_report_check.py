"""`mingtang report check` and `mingtang similar`: what they print, what they write, how they end."""

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from mingtang.cli import mingtang
from mingtang.law.annual import CODES
from tests.law.annual.corpus import model, planted
from tests.law.annual.plants import PLANTS
from tests.law.annual.writing import docx, html


def run(*arguments: str) -> Result:
    return CliRunner().invoke(mingtang, arguments)


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    file = tmp_path / "sound.html"
    file.write_bytes(html(model(1)))
    return file


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    made = planted(next(plant for plant in PLANTS if plant.name == "新收总计错"), 100)
    assert made is not None
    file = tmp_path / "wrong.docx"
    file.write_bytes(docx(made))
    return file


def test_a_sound_report_ends_with_nought_and_says_so(sound: Path) -> None:
    result = run("report", "check", str(sound))
    assert result.exit_code == 0
    assert "没有发现问题" in result.stdout


def test_a_wrong_report_ends_with_one_and_shows_the_clause(wrong: Path) -> None:
    result = run("report", "check", str(wrong))
    assert result.exit_code == 1
    assert "行合计" in result.stdout
    assert "国办公开办函〔2021〕30号" in result.stdout


def test_the_json_has_the_promised_shape(sound: Path, wrong: Path) -> None:
    value = json.loads(run("report", "check", str(sound), str(wrong), "--format", "json").stdout)
    first = value["reports"][0]
    assert first["file"] == str(sound)
    assert set(first["tables"]) == {"norms", "requests", "disputes"}
    assert first["tables"]["requests"]["new"]["total"] == model(1).total("new")
    finding = value["reports"][1]["findings"][0]
    assert {"code", "severity", "where", "expected", "found", "quote", "message", "rules"} <= set(finding)
    assert {f["code"] for report in value["reports"] for f in report["findings"]} <= set(CODES)


def test_a_folder_stands_for_its_files_and_many_are_shared_between_processes(tmp_path: Path) -> None:
    for seed in range(14):
        (tmp_path / f"{seed}.html").write_bytes(html(model(seed * 5)))
    value = json.loads(run("report", "check", str(tmp_path), "--format", "json").stdout)
    assert len(value["reports"]) == 14


def test_the_same_narrative_under_another_name_is_told(tmp_path: Path) -> None:
    made = model(2)
    (tmp_path / "a.html").write_bytes(html(made))
    (tmp_path / "b.html").write_bytes(html(made).replace(made.body.encode(), "黄杨县人民政府".encode()))
    result = run("report", "check", str(tmp_path / "a.html"), str(tmp_path / "b.html"), "--format", "json")
    across = json.loads(result.stdout)["across"]
    assert [each["code"] for each in across] == ["similar"]
    assert across[0]["files"] == [str(tmp_path / "a.html"), str(tmp_path / "b.html")]
    assert "群众最常问" in across[0]["quote"]


def test_sarif_names_rules_places_and_files(wrong: Path) -> None:
    value = json.loads(run("report", "check", str(wrong), "--format", "sarif").stdout)
    run_ = value["runs"][0]
    assert value["version"] == "2.1.0"
    known = {rule["id"] for rule in run_["tool"]["driver"]["rules"]}
    assert run_["results"]
    for result in run_["results"]:
        assert result["ruleId"] in known
        assert result["level"] in ("error", "warning", "note")
        assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].endswith("wrong.docx")


def test_the_workbook_lists_each_finding(wrong: Path, tmp_path: Path) -> None:
    target = tmp_path / "结果.xlsx"
    assert run("report", "check", str(wrong), "--format", "xlsx", "-o", str(target)).exit_code == 1
    rows = list(openpyxl.load_workbook(target).active.iter_rows(values_only=True))
    assert rows[1][:3] == ("序号", "文件", "机关")
    assert any("行合计" in str(row) for row in rows[2:])
    summary = list(openpyxl.load_workbook(target)["各份报告"].iter_rows(values_only=True))
    head, line = summary[1], summary[2]
    assert line[head.index("错误")] >= 1
    assert "行合计" in line[head.index("问题类别")]
    assert line[head.index("机关")]


@pytest.mark.parametrize(
    ("content", "words"), [(b"", "空的"), ("今天天气很好。".encode(), "不像"), (b"PK\x03\x04broken", "")]
)
def test_what_is_no_report_is_one_line_and_ends_with_two(tmp_path: Path, content: bytes, words: str) -> None:
    file = tmp_path / "x.txt"
    file.write_bytes(content)
    result = run("report", "check", str(file))
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert str(file) in result.stderr
    assert words in result.stderr
    assert result.stdout == ""


def test_similar_names_the_passages_by_their_places(tmp_path: Path) -> None:
    common = "各村把补贴名单贴在公开栏里，满三十日才可以取下，取下后由会计装订存档备查。"
    one, other = f"第一份。{common}其余不同。", f"另外一份写得早些。{common}到此为止。"
    (tmp_path / "a.txt").write_text(one)
    (tmp_path / "b.txt").write_text(other)
    result = run("similar", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), "--format", "json")
    assert result.exit_code == 1
    (pair,) = json.loads(result.stdout)["pairs"]
    passage = pair["passages"][0]
    assert one[slice(*passage["a"])] == other[slice(*passage["b"])]
    assert "公开栏" in one[slice(*passage["a"])]
    assert 0.5 < pair["score"] <= 1


def test_texts_that_share_nothing_end_with_nought(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("草原上的水渠今年修好了两条，用水户都按户登记。")
    (tmp_path / "b.txt").write_text("城里新开的公园有三个入口，周末人最多。")
    assert run("similar", str(tmp_path / "a.txt"), str(tmp_path / "b.txt")).exit_code == 0
