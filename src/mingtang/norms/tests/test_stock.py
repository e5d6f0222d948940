"""A folder and its corrected sheet are taken into the library: once, whole or not at all, with what it repeals."""

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from mingtang.norms.models import Norm
from mingtang.norms.stock.cleanups import beside, proposals_of, read_proposals
from mingtang.norms.stock.cleanups import sheet_of as proposals_sheet
from mingtang.norms.stock.committing import Report, commit, settle
from mingtang.norms.stock.folder import Read, files_in, read_files
from mingtang.norms.stock.intake import Desk
from mingtang.norms.stock.sheet import entry_of, read_sheet, review_sheet
from mingtang.trace.models import Event
from tests.county import MORNING, Place

OLD = """云岭旗教育局关于印发《云岭旗校车管理暂行办法》的通知
云教发〔2015〕3号
各学校：
现印发给你们。
云岭旗教育局
2015年3月2日
云岭旗校车管理暂行办法
第一条 为了管理校车，制定本办法。
第二条 校车由专人值守。
第三条 本办法自2015年4月1日起施行。
"""
NEW = """云岭旗教育局 云岭旗公安局关于印发《云岭旗校车管理办法》的通知
云教发〔2022〕8号
各学校：
现印发给你们。
云岭旗教育局
云岭旗公安局
2022年3月2日
云岭旗校车管理办法
第一章 总则
第一条 为了管理校车，保障“安全”<第一>，制定本办法。
第二章 附则
第二条 校车由专人值守。
第三条 本办法自2022年4月1日起施行，有效期5年。《云岭旗校车管理暂行办法》（云教发〔2015〕3号）同时废止。
"""
NOTICE = "云岭旗教育局关于召开校车安全会议的通知\n云教发〔2022〕9号\n各学校：\n请参加。\n云岭旗教育局\n2022年3月3日\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two norms, one of which ends the other, a notice, and a broken file."""
    found = tmp_path / "in"
    found.mkdir()
    (found / "a-new.txt").write_text(NEW)
    (found / "b-old.txt").write_text(OLD)
    (found / "c-notice.txt").write_text(NOTICE)
    (found / "d-broken.docx").write_bytes(b"PK\x03\x04broken")
    return found


def sheet_of(folder: Path, **cells: dict[str, Any]) -> Path:
    """The review sheet of a folder; `cells`: corrections by the beginning of a file's name."""
    found = [one for one in read_files(files_in(folder)) if isinstance(one, Read)]
    path = folder.parent / "核对.xlsx"
    path.write_bytes(review_sheet((entry_of(one, folder), one.draft.confidence) for one in found))
    book = openpyxl.load_workbook(path)
    page: Any = book.active
    columns = {cell.value: cell.column for cell in page[2]}
    for row in range(3, page.max_row + 1):
        for heading, value in cells.get(str(page.cell(row, columns["文件"]).value)[0], {}).items():
            page.cell(row, columns[heading]).value = value
    book.save(path)
    return path


def taken(folder: Path, place: Place, sheet: Path | None = None) -> Report:
    corrected = read_sheet(sheet) if sheet else None
    desk = Desk(place.column, "旗政府原网站")
    return commit(files_in(folder), folder, corrected, desk, actor="system:import", moment=MORNING)


def test_the_corrected_sheet_is_taken_in_and_the_same_again_changes_nothing(folder: Path, place: Place):
    sheet = sheet_of(folder, a={"标题": "云岭旗教育局等部门关于印发《云岭旗校车管理办法》的通知", "主题分类": "教育"})
    report = taken(folder, place, sheet)
    assert (report.added, report.left_out, report.acts, report.refused) == (2, 1, 1, [])
    assert len(report.unread) == 1 and "d-broken.docx" in report.unread[0]
    new = Norm.objects.get(document_number="云教发〔2022〕8号")
    assert new.title == "云岭旗教育局等部门关于印发《云岭旗校车管理办法》的通知"
    assert (new.effective_on, new.expires_on, new.topic) == (date(2022, 4, 1), date(2027, 3, 31), "J02")
    assert [str(one) for one in new.joint.all()] == ["云岭旗公安局"]
    assert "<h2>第一章总则</h2>" in new.text and "保障“安全”&lt;第一&gt;" in new.text
    assert new.stock_source == "旗政府原网站：a-new.txt"
    old = Norm.objects.get(document_number="云教发〔2015〕3号")
    assert (old.validity, old.acts.get().by_id) == ("repealed", new.pk)
    events = Event.objects.count()
    again = taken(folder, place, sheet)
    assert (again.added, again.unchanged, again.acts) == (0, 2, 0)
    assert Event.objects.count() == events


def test_without_a_sheet_what_is_doubtful_is_not_taken_in(folder: Path, place: Place):
    (folder / "b-old.txt").write_text(OLD.replace("云教发〔2015〕3号\n", "", 1))
    report = taken(folder, place)
    assert report.added == 1
    assert "发文字号" in report.refused[0] and "b-old.txt" in report.refused[0]
    assert report.open_acts == ["a-new.txt：废止的《云岭旗校车管理暂行办法》不在库中，收入后再登记。"]


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"制定机关": "无此局"}, "“无此局”不在机构库中"),
        ({"制定机关": ""}, "没有制定机关"),
        ({"成文日期": ""}, "没有成文日期"),
        ({"主题分类": "没有的类"}, "不在目录中"),
        ({"有效期至": "2010-01-01"}, "日期矛盾"),
        ({"标题": ""}, "没有标题"),
    ],
)
def test_a_line_that_cannot_be_is_refused_by_itself(folder: Path, place: Place, cells: dict[str, Any], problem: str):
    report = taken(folder, place, sheet_of(folder, a=cells))
    assert report.added == 1
    (line,) = report.refused
    assert problem in line and "a-new.txt" in line
    assert not Norm.objects.filter(document_number="云教发〔2022〕8号").exists()


def test_the_same_number_twice_is_taken_in_once(folder: Path, place: Place):
    (folder / "e-again.txt").write_text(OLD + "\n")
    report = taken(folder, place, sheet_of(folder))
    assert report.added == 2
    (line,) = report.refused
    assert "e-again.txt" in line and "云教发〔2015〕3号" in line


AMENDING = """云岭旗教育局关于修改《云岭旗校车管理暂行办法》的决定
云教发〔2018〕2号
决定对《云岭旗校车管理暂行办法》作如下修改：
一、将第二条修改为：“校车由两人值守。”
本决定自2018年6月1日起施行。
云岭旗教育局
2018年5月2日
"""
CLEANUP = """云岭旗教育局关于公布规范性文件清理结果的公告
云教告〔2023〕1号
现将清理结果公布如下：
废止的文件目录
1.云岭旗教育局关于印发《云岭旗校车管理暂行办法》的通知（云教发〔2015〕3号）
2.云岭旗教育局关于没有收入的办法（云教发〔2009〕1号）
云岭旗教育局
2023年2月1日
"""


def test_an_amending_document_becomes_an_act_on_what_it_amends(folder: Path, place: Place):
    (folder / "a-new.txt").unlink()
    (folder / "e-amending.txt").write_text(AMENDING)
    report = taken(folder, place, sheet_of(folder))
    assert (report.added, report.acts, report.refused) == (2, 1, [])
    act = Norm.objects.get(document_number="云教发〔2015〕3号").acts.get()
    assert (act.kind, act.clauses, act.effective_on) == ("amended", ["第二条"], date(2018, 6, 1))
    assert taken(folder, place, sheet_of(folder)).acts == 0


def test_a_clean_up_is_proposed_in_a_sheet_and_recorded_once_it_is_corrected(folder: Path, place: Place):
    (folder / "a-new.txt").unlink()
    (folder / "e-cleanup.txt").write_text(CLEANUP)
    sheet = sheet_of(folder)
    report = taken(folder, place, sheet)
    found = [one for one in read_files(files_in(folder)) if isinstance(one, Read)]
    beside(sheet).write_bytes(proposals_sheet(p for one in found for p in proposals_of(one)))
    proposals = read_proposals(beside(sheet), report.refused)
    settle(proposals, report, actor="system:import", moment=MORNING)
    assert (report.acts, report.refused) == (1, [])
    assert "没有收入的办法" in report.open_acts[0]
    norm = Norm.objects.get(document_number="云教发〔2015〕3号")
    assert (norm.validity, norm.acts.get().by_title) == (
        "repealed", "《云岭旗教育局关于公布规范性文件清理结果的公告》（云教告〔2023〕1号）",
    )  # fmt: skip
    settle(proposals, report, actor="system:import", moment=MORNING)
    assert report.acts == 1
