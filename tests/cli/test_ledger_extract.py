"""`mingtang ledger extract`: three formats, one clear line on bad input, no Django, nothing written by mistake."""

import io
import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from mingtang.cli import mingtang
from tests.text.scoring import NOTICES

NOTICE = NOTICES / "01-county-running.txt"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(mingtang, ["ledger", "extract", *arguments])


def test_json_is_one_value_of_the_documented_shape() -> None:
    result = run(str(NOTICE), "--format", "json")
    assert result.exit_code == 0
    value = json.loads(result.stdout)
    assert {"title", "issuer", "document_number", "made_on", "addressees", "year", "chapters", "cites"} <= value.keys()
    item = value["chapters"][0]["items"][0]
    assert {"number", "title", "text", "tasks"} <= item.keys() and "parts" not in item
    task = item["tasks"][0]
    assert {"text", "bodies", "lead", "deadline", "quotas"} <= task.keys()
    assert task["deadline"] == {"kind": "by", "on": "2023-06-30", "text": "于6月底前"}
    quota = value["chapters"][1]["items"][1]["tasks"][0]["quotas"][0]
    assert {"form", "at_least", "period", "text"} <= quota.keys()


def test_a_third_level_appears_as_parts() -> None:
    value = json.loads(run(str(NOTICES / "02-city-restart.gb18030.txt"), "--format", "json").stdout)
    parts = value["chapters"][1]["items"][0]["parts"]
    assert [part["number"] for part in parts] == [1, 2]
    assert {"number", "title", "text", "tasks"} <= parts[0].keys()


def test_text_tells_people_who_must_do_what_by_when() -> None:
    result = run(str(NOTICE))
    assert result.exit_code == 0
    assert "共 4 章 8 项" in result.stdout
    assert "牵头：县司法局" in result.stdout
    assert "2023-06-30" in result.stdout
    assert "数量：图表解读 每年至少 4 件" in result.stdout


def test_problems_are_shown_to_people() -> None:
    assert "出现两次" in run(str(NOTICES / "06-banner-faulty.txt")).stdout


def test_the_workbook_is_written_where_asked(tmp_path: Path) -> None:
    target = tmp_path / "台账.xlsx"
    result = run(str(NOTICE), "--format", "xlsx", "-o", str(target))
    assert result.exit_code == 0 and result.stdout == ""
    sheet = openpyxl.load_workbook(target).active
    assert "青禾县2023年政务公开工作要点" in sheet["A1"].value
    assert sheet.max_row == 3 + len(json.loads(run(str(NOTICE), "--format", "json").stdout)["chapters"]) + 5


def test_json_and_text_may_go_to_a_file_too(tmp_path: Path) -> None:
    target = tmp_path / "draft.json"
    assert run(str(NOTICE), "--format", "json", "-o", str(target)).exit_code == 0
    assert json.loads(target.read_text(encoding="utf-8"))["year"] == 2023


def test_a_workbook_without_a_place_is_refused() -> None:
    result = run(str(NOTICE), "--format", "xlsx")
    assert result.exit_code == 2 and "-o" in result.stderr and result.stdout == ""


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4 broken", b"PK\x03\x04....", "今天天气很好。".encode()])
def test_bad_input_is_one_line_and_status_two_and_nothing_is_written(data: bytes, tmp_path: Path) -> None:
    source, target = tmp_path / "坏文件.docx", tmp_path / "out.xlsx"
    source.write_bytes(data)
    result = run(str(source), "--format", "xlsx", "-o", str(target))
    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.strip().splitlines()) == 1
    assert str(source) in result.stderr
    assert not target.exists()


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    result = run(str(tmp_path / "没有.txt"))
    assert result.exit_code == 2 and len(result.stderr.strip().splitlines()) == 1


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    result = run(str(NOTICE), "--format", "json", "-o", str(tmp_path / "没有的文件夹" / "a.json"))
    assert result.exit_code == 2 and "写不进去" in result.stderr


HEAVY = ("django", "wagtail", "openpyxl", "lxml", "docx", "pypdfium2", "rjieba", "charset_normalizer")


def test_a_text_is_read_without_django_or_any_heavy_library() -> None:
    program = (
        "import sys\nfrom mingtang.cli import mingtang\n"
        f"mingtang(['ledger','extract',{str(NOTICE)!r},'--format','json'], standalone_mode=False)\n"
        "print(' '.join(sorted({name.split('.')[0] for name in sys.modules})), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = set(done.stderr.split())
    assert "mingtang" in loaded
    assert loaded.isdisjoint(HEAVY)


def test_a_word_file_needs_lxml_and_still_no_django() -> None:
    source = str(NOTICES / "09-word-numbering.docx")
    program = (
        "import sys\nfrom mingtang.text import extract_ledger, read\n"
        f"assert extract_ledger(read({source!r})).tasks\n"
        "print(' '.join(sorted({name.split('.')[0] for name in sys.modules})))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "lxml" in loaded and loaded.isdisjoint({"django", "wagtail", "openpyxl", "pypdfium2"})


def test_the_workbook_can_be_read_back_from_bytes(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    run(str(NOTICES / "12-task-sheet.xlsx"), "--format", "xlsx", "-o", str(target))
    assert openpyxl.load_workbook(io.BytesIO(target.read_bytes())).sheetnames == ["台账"]
