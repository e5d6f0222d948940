"""`mingtang review`: its JSON, its words, its ends."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from mingtang.cli import mingtang
from mingtang.text.screening.finding import CODES
from tests.text.screening.making import identity_number, mobile


def run(*arguments: str) -> Result:
    return CliRunner().invoke(mingtang, ["review", *arguments])


def test_a_clean_file_ends_with_nought(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("2022年6月30日，各村补贴名单已在公开栏公布。")
    result = run(str(file))
    assert result.exit_code == 0
    assert "没有发现问题" in result.stdout


def test_the_json_has_the_promised_shape_and_shows_nothing_whole(tmp_path: Path) -> None:
    file, number, phone = tmp_path / "a.txt", identity_number(5), mobile(5)
    text = f"李某，身份证{number}，手机{phone}，依据桐政办发[2021]3号。"
    file.write_text(text)
    result = run(str(file), "--format", "json")
    assert result.exit_code == 1
    assert number not in result.output
    assert phone not in result.output
    (entry,) = json.loads(result.stdout)["files"]
    assert [each["code"] for each in entry["findings"]] == ["id_number", "phone", "document_number"]
    first = entry["findings"][0]
    assert {"code", "gate", "severity", "start", "end", "quote", "message", "rules"} <= set(first)
    assert (first["gate"], first["severity"], text[first["start"] : first["end"]]) == ("secrecy", "block", number)
    assert entry["findings"][2]["mend"] == "桐政办发〔2021〕3号"
    assert {each["code"] for each in entry["findings"]} <= set(CODES)


def test_a_file_that_cannot_be_read_is_one_line_and_the_others_are_checked(tmp_path: Path) -> None:
    good, bad = tmp_path / "a.txt", tmp_path / "b.txt"
    good.write_text("机密★5年\n正文如下。")
    bad.write_bytes(b"")
    result = run(str(good), str(bad))
    assert result.exit_code == 2
    assert "密级标志" in result.stdout
    assert result.stderr.count("\n") == 1
    assert str(bad) in result.stderr


def test_the_clause_stands_beside_each_finding(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(f"手机{mobile(9)}")
    assert "第十五条" in run(str(file)).stdout
