"""`mingtang import norms FOLDER --dry-run`: needs no instance, writes nothing, gives the promised JSON."""

import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from mingtang.cli import mingtang
from mingtang.norms.stock import doubts
from mingtang.norms.stock.cleanups import read_proposals
from mingtang.norms.stock.folder import Read, read_files
from mingtang.norms.stock.sheet import entry_of, read_sheet
from mingtang.text.formats import ocr
from tests.text.norms.test_reading import HEAD, RULE, TAIL
from tests.text.test_recognition import page, saved


def run(*arguments: str) -> Result:
    return CliRunner().invoke(mingtang, ["import", "norms", *arguments])


def test_the_json_names_each_document_and_its_fields(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(RULE)
    (tmp_path / "b.txt").write_text(HEAD + "经清理，继续有效3件，废止2件。" + TAIL)
    result = run(str(tmp_path), "--dry-run", "--format", "json")
    assert result.exit_code == 0
    norm, cleanup = json.loads(result.stdout)["documents"]
    assert set(norm) == {
        "file", "kind", "title", "document_number", "issuer", "made_on", "published_on", "effective_on", "expires_on",
        "index_number", "articles", "repeals", "cleanup", "problems", "amends", "attachments", "decides", "confidence",
    }  # fmt: skip
    assert (norm["kind"], norm["effective_on"], norm["articles"]) == ("norm", "2022-04-20", 4)
    assert cleanup["cleanup"] == {"valid": 3, "lapsed": 0, "repealed": 2, "amended": 0}


def test_something_to_look_at_ends_with_one_and_an_unreadable_file_with_two(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(RULE.replace("云政规发〔2022〕3号\n", "", 1))
    assert run(str(tmp_path), "--dry-run").exit_code == 1
    (tmp_path / "b.docx").write_bytes(b"PK\x03\x04broken")
    result = run(str(tmp_path), "--dry-run")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "b.docx" in result.stderr


def test_a_folder_without_documents_and_a_file_are_refused(tmp_path: Path) -> None:
    assert run(str(tmp_path), "--dry-run").exit_code == 2
    (tmp_path / "a.txt").write_text(RULE)
    assert "不是文件夹" in run(str(tmp_path / "a.txt"), "--dry-run").stderr


def test_the_review_sheet_says_what_was_read_and_how_sure_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(RULE)
    (folder / "b.txt").write_text(HEAD + "经清理，继续有效3件，废止2件。" + TAIL)
    sheet = tmp_path / "核对.xlsx"
    result = run(str(folder), "--review", str(sheet))
    assert result.exit_code == 0
    rows = list(openpyxl.load_workbook(sheet).active.iter_rows(min_row=2, values_only=True))
    norm = dict(zip(rows[0], rows[1], strict=True))
    assert (norm["收入"], norm["文号"], norm["类别"]) == ("是", "云政规发〔2022〕3号", "规范性文件")
    assert norm["施行日期"].date().isoformat() == "2022-04-20"
    assert "施行日期 95%" in norm["把握"]
    assert dict(zip(rows[0], rows[2], strict=True))["收入"] == "否"


def test_the_sheet_is_read_back_with_its_corrections(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(RULE)
    sheet = tmp_path / "核对.xlsx"
    run(str(tmp_path), "--review", str(sheet))
    book = openpyxl.load_workbook(sheet)
    cells = book.active
    columns = {cell.value: cell.column for cell in cells[2]}
    cells.cell(3, columns["标题"], "云岭旗牧区饮水工程管理办法")
    cells.cell(3, columns["有效期至"], "长期有效")
    cells.cell(3, columns["施行日期"], "2022年5月1日")
    book.save(sheet)
    (read,) = read_files([tmp_path / "a.txt"])
    assert isinstance(read, Read)
    entry = read_sheet(sheet).corrected(entry_of(read, tmp_path))
    assert (entry.title, entry.expires_on, entry.effective_on) == (
        "云岭旗牧区饮水工程管理办法", None, date(2022, 5, 1),
    )  # fmt: skip


def test_an_offices_own_catalogue_fills_in_by_number(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(RULE)
    book = openpyxl.Workbook()
    book.active.append(["序号", "文件名称", "发文字号", "实施日期", "收入"])
    book.active.append([1, "云岭旗牧区饮水工程管理办法", "云政规发[2022]3号", "2022-06-01", "是"])
    book.active.append([2, "不在文件夹里的办法", "云政规发〔2022〕9号", "某日", ""])
    book.save(tmp_path / "目录.xlsx")
    (read,) = read_files([tmp_path / "a.txt"])
    assert isinstance(read, Read)
    sheet = read_sheet(tmp_path / "目录.xlsx")
    assert sheet.corrected(entry_of(read, tmp_path)).effective_on == date(2022, 6, 1)
    (line,) = sheet.unused()
    assert "第 3 行《不在文件夹里的办法》没有对应的文件" in line


@pytest.mark.parametrize(
    ("column", "value", "problem"),
    [("施行日期", "下个月", "不是日期"), ("收入", "大概", "请写“是”或“否”")],
)
def test_a_wrong_cell_leaves_its_document_out_and_is_told(
    tmp_path: Path, column: str, value: str, problem: str
) -> None:
    (tmp_path / "a.txt").write_text(RULE)
    run(str(tmp_path), "--review", str(tmp_path / "核对.xlsx"))
    book = openpyxl.load_workbook(tmp_path / "核对.xlsx")
    cells = book.active
    cells.cell(3, {cell.value: cell.column for cell in cells[2]}[column], value)
    book.save(tmp_path / "核对.xlsx")
    (read,) = read_files([tmp_path / "a.txt"])
    assert isinstance(read, Read)
    sheet = read_sheet(tmp_path / "核对.xlsx")
    assert not sheet.corrected(entry_of(read, tmp_path)).include
    assert problem in sheet.problems[0] and "第 3 行" in sheet.problems[0]


def test_a_sheet_that_is_none_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(RULE)
    (tmp_path / "坏.xlsx").write_bytes(b"PK broken")
    result = run(str(tmp_path), "--sheet", str(tmp_path / "坏.xlsx"), "--commit")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert run(str(tmp_path), "--sheet", str(tmp_path / "无.xlsx"), "--commit").exit_code == 2
    assert "请选择一项" in run(str(tmp_path)).stderr


def test_a_number_that_two_files_have_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(RULE)
    (tmp_path / "b.txt").write_text(RULE + "\n")
    result = run(str(tmp_path), "--dry-run")
    assert result.exit_code == 1
    assert "与 a.txt 相同" in result.stdout


@pytest.mark.skipif(not ocr.available(), reason="the extra ocr (rapidocr-onnxruntime) is not installed")
def test_a_scan_is_marked_and_its_doubtful_lines_shown_beside_their_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "扫描.png").write_bytes(saved(page(), "PNG"))
    monkeypatch.setattr(doubts, "DOUBTFUL", 1.1)
    assert run(str(folder), "--review", str(tmp_path / "核对.xlsx"), "--ocr").exit_code in (0, 1)
    rows = list(openpyxl.load_workbook(tmp_path / "核对.xlsx").active.iter_rows(min_row=2, values_only=True))
    assert dict(zip(rows[0], rows[1], strict=True))["识读方式"] == "文字识别"
    html = (tmp_path / "核对.html").read_text()
    assert html.count("data:image/png;base64,") >= 5
    assert "云岭旗草场巡护管理办法" in html
    assert "没有 docx" in run(str(folder), "--dry-run").stderr


def test_what_a_clean_up_decides_is_proposed_in_a_sheet_of_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    listed = "附件\n宣布失效的行政规范性文件目录\n1.云岭旗丙办法（云政发〔2010〕3号）\n"
    (folder / "b.txt").write_text(HEAD + "现将结果公布。" + TAIL + listed)
    result = run(str(folder), "--review", str(tmp_path / "核对.xlsx"))
    assert "核对-清理.xlsx" in result.stdout
    problems: list[str] = []
    (proposal,) = read_proposals(tmp_path / "核对-清理.xlsx", problems)
    assert (proposal.title, proposal.document_number, proposal.fate) == ("云岭旗丙办法", "云政发〔2010〕3号", "lapsed")
    assert proposal.on == date(2023, 5, 8) and problems == []
