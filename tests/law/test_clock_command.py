"""`mingtang clock` answers people and programs, refuses bad input line by line, and starts without Django."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mingtang.cli import mingtang

STORY = {
    "received_on": "2022-03-01",
    "events": [
        {"kind": "third_party_asked", "on": "2022-03-08"},
        {"kind": "third_party_answered", "on": "2022-03-15"},
        {"kind": "replied", "on": "2022-04-08"},
    ],
}


@pytest.fixture
def run(tmp_path: Path):
    def call(story: object, *arguments: str, encoding: str = "utf-8") -> Result:
        file = tmp_path / "申请.json"
        text = story if isinstance(story, str) else json.dumps(story, ensure_ascii=False)
        file.write_text(text, encoding=encoding)
        return CliRunner().invoke(mingtang, ["clock", str(file), *arguments])

    return call


def test_json_has_the_shape_that_others_build_on(run) -> None:
    result = run(STORY, "--format", "json")
    value = json.loads(result.stdout)
    assert result.exit_code == 0
    assert (value["reply_due"], value["state"], value["late_by"]) == ("2022-04-06", "replied", 2)
    reply = value["deadlines"][-1]
    assert (reply["what"], reply["due"], reply["met"]) == ("答复申请人", "2022-04-06", False)
    assert "《中华人民共和国政府信息公开条例》（国务院令第711号）第三十三条第三款" in reply["rules"]
    assert sum(day["counted"] for day in reply["days"]) == 20
    assert reply["days"][-1] == {"date": "2022-04-06", "counted": True, "number": 20, "reason": ""}
    assert (value["next"], value["remaining"], value["as_of"]) == (None, None, "2022-04-08")


def test_another_day_can_be_asked_for(run) -> None:
    value = json.loads(run(STORY, "--on", "2022-03-10", "--format", "json").stdout)
    assert (value["state"], value["paused_by"], value["remaining"]) == ("paused", ["征求第三方意见"], 15)
    assert value["next"] == {"what": "第三方答复意见", "due": "2022-03-29", "owner": "third_party"}
    assert value["deadlines"][-1]["provisional"]


def test_while_a_correction_is_awaited_there_is_no_day(run) -> None:
    story = {"received_on": "2022-03-01", "events": [{"kind": "correction_asked", "on": "2022-03-04"}]}
    value = json.loads(run(story, "--format", "json").stdout)
    assert (value["reply_due"], value["state"]) == (None, "correcting")


def test_people_read_the_answer_the_clause_and_every_day(run) -> None:
    lines = run(STORY).stdout.splitlines()
    assert lines[:3] == ["截至2022-04-08：已答复", "应于2022-04-06前（含当日）答复", "逾期2天"]
    assert "2022-04-06 本机关：答复申请人（2022-04-08办，逾期2天）" in lines
    assert "    2022-03-09 周三  不计（征求第三方意见）" in lines
    assert "    2022-04-02 周六  第19个工作日（清明节调休上班）" in lines
    assert any(line.startswith("  依据 《中华人民共和国政府信息公开条例》") for line in lines)
    open_lines = run(STORY, "--on", "2022-03-10").stdout.splitlines()
    assert open_lines[:3] == [
        "截至2022-03-10：办理中（期限暂停）：征求第三方意见",
        "应于2022-04-20前（含当日）答复，还有15个工作日，暂停结束得早则提前",
        "下一步：第三方第三方答复意见，最迟2022-03-29",
    ]
    late = run({"received_on": "2022-03-01"}, "--on", "2022-03-31").stdout.splitlines()
    assert late[1:3] == ["应于2022-03-29前（含当日）答复，已过2个工作日", "逾期2天"]


def test_unchecked_rules_are_marked_and_notes_are_said(run) -> None:
    story = {"received_on": "2022-03-01", "events": [{"kind": "fee_notified", "on": "2022-03-08"},
                                                     {"kind": "extended", "on": "2022-03-09"}]}  # fmt: skip
    text = run(story).stdout
    assert "第六条（待核）：" in text
    assert "注意：延长没有写明同意的政府信息公开工作机构负责人" in text


def test_unknown_fields_are_named_beside_the_answer(run) -> None:
    result = run({"received_on": "2022-03-01", "colour": "red"}, "--format", "json")
    assert json.loads(result.stdout)["reply_due"] == "2022-03-29"
    assert result.stderr.splitlines() == [
        line for line in result.stderr.splitlines() if "没有用到的字段：colour" in line
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_encoding_is_found_out(run, encoding: str) -> None:
    story = {
        "received_on": "2022-03-01",
        "events": [{"kind": "third_party_asked", "on": "2022-03-08", "party": "甲公司"}],
    }
    value = json.loads(run(story, "--format", "json", encoding=encoding).stdout)
    assert value["paused_by"] == ["征求甲公司意见"]


def test_each_fault_is_one_line_with_the_file_and_status_2(run) -> None:
    result = run({"received_on": "2022-02-30", "events": [{"kind": "x", "on": "2022-03-01"}, {"kind": "replied"}]})
    assert (result.exit_code, result.stdout) == (2, "")
    lines = result.stderr.splitlines()
    assert len(lines) == 3
    assert all("申请.json：" in line for line in lines)


@pytest.mark.parametrize(
    ("story", "reason"),
    [
        ({"received_on": "2022-03-01", "events": [{"kind": "replied", "on": "2022-02-01"}]}, "早于收到申请之日"),
        ({"received_on": "2098-03-01"}, "2098"),
        ({"received_on": "2018-03-01"}, "没有生效"),
        ("{", "第1行第2列不合 JSON 的写法"),
        ("[" * 100_000, "括号嵌套过深"),
        ("1" * 5000, "数字太长"),
        ([], "应是一个对象"),
    ],
)
def test_what_cannot_be_judged_is_refused_in_one_line(run, story: object, reason: str) -> None:
    result = run(story)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    assert reason in result.stderr


def test_a_missing_or_unreadable_file_and_a_wrong_day_are_refused(run, tmp_path: Path) -> None:
    missing = CliRunner().invoke(mingtang, ["clock", str(tmp_path / "nowhere.json")])
    assert (missing.exit_code, missing.stderr.count("\n")) == (2, 1)
    assert "读不出来" in missing.stderr
    binary = tmp_path / "b.json"
    binary.write_bytes(b"\xff\xff\xff\xff")
    assert "认不出文字编码" in CliRunner().invoke(mingtang, ["clock", str(binary)]).stderr
    wrong = run(STORY, "--on", "明天")
    assert (wrong.exit_code, wrong.stderr) == (2, "--on“明天”不是日期：请写成 2022-06-30 的样子\n")


def test_a_folder_of_added_years_moves_the_day(run, tmp_path: Path) -> None:
    folder = tmp_path / "calendar"
    folder.mkdir()
    (folder / "2022.toml").write_text(
        'year = 2022\nsource = "示例"\ncomplete = false\n[holidays]\n"临时" = ["2022-03-07"]\n', encoding="utf-8"
    )
    value = json.loads(run({"received_on": "2022-03-01"}, "--calendar", str(folder), "--format", "json").stdout)
    assert value["reply_due"] == "2022-03-30"
    (folder / "2022.toml").write_text("year = 2022\n", encoding="utf-8")
    broken = run({"received_on": "2022-03-01"}, "--calendar", str(folder))
    assert broken.exit_code == 2
    assert all(line.startswith("2022.toml：") for line in broken.stderr.splitlines())


@pytest.mark.parametrize("arguments", [["clock", "STORY"], ["fees", "items", "35"]])
def test_it_starts_without_django(tmp_path: Path, arguments: list[str]) -> None:
    story = tmp_path / "a.json"
    story.write_text(json.dumps(STORY), encoding="utf-8")
    words = [str(story) if word == "STORY" else word for word in arguments]
    script = (
        f"import sys\nfrom mingtang.cli import mingtang\nmingtang({words!r}, standalone_mode=False)\n"
        "heavy = {m.split('.')[0] for m in sys.modules} & {'django', 'wagtail', 'lxml', 'openpyxl', 'jinja2'}\n"
        "raise SystemExit(', '.join(sorted(heavy)) or 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.stderr, done.returncode) == ("", 0)
