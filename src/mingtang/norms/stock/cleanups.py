"""What announcements of clean-up results decide, as acts proposed in a sheet of its own beside the review sheet."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from mingtang.norms.stock.folder import Read
from mingtang.press.list_workbook import Column, list_workbook
from mingtang.text.chinese_dates import find_date

FATES = {"valid": "继续有效", "lapsed": "失效", "repealed": "废止", "amended": "修改"}
#: Fates that end a document; the others stay for people to act on.
ENDS = ("lapsed", "repealed")
_COLUMNS = (
    Column("登记", 8), Column("文件标题", 44), Column("文号", 20), Column("结果", 12), Column("生效日期", 14),
    Column("公告", 44), Column("公告文号", 20),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Proposal:
    """An act proposed: what shall become of a document, from which day, by which announcement."""

    record: bool
    title: str
    document_number: str
    fate: str
    on: date | None
    announcement: str
    announcement_number: str

    @property
    def by_title(self) -> str:
        """The announcement as an act names it."""
        number = f"（{self.announcement_number}）" if self.announcement_number else ""
        return f"《{self.announcement}》{number}"


def beside(sheet: Path) -> Path:
    """Where the sheet of proposals lies: 核对表.xlsx → 核对表-清理.xlsx."""
    return sheet.with_name(f"{sheet.stem}-清理.xlsx")


def proposals_of(read: Read) -> Iterator[Proposal]:
    """The acts that an announcement proposes; none for any other document."""
    draft = read.draft
    for entry in draft.cleanup.entries if draft.cleanup else ():
        yield Proposal(
            entry.fate in ENDS, entry.title, entry.document_number or "", entry.fate, draft.made_on,
            draft.title, draft.document_number or "",
        )  # fmt: skip


def sheet_of(proposals: Iterable[Proposal]) -> bytes:
    """The sheet as xlsx."""
    lines = (
        ("是" if one.record else "否", one.title, one.document_number, FATES[one.fate], one.on, one.announcement,
         one.announcement_number)
        for one in proposals
    )  # fmt: skip
    return list_workbook("清理结果核对表（改正后随 --sheet 一并登记）", _COLUMNS, lines)


def read_proposals(path: Path, problems: list[str]) -> list[Proposal]:
    """The corrected proposals that are to be recorded; wrong cells are told in `problems` and left out."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
        rows = [list(row) for row in book.worksheets[0].iter_rows(min_row=2, max_row=20_010, values_only=True)]
        book.close()
    except Exception:
        # openpyxl raises whatever its parsers raise on a broken file: BadZipFile, KeyError, ValueError …
        problems.append(f"{path}：打不开，不是完好的 xlsx 表格，请另存后再试。")
        return []
    headings = [str(cell or "") for cell in rows[0]] if rows else []
    fates = {label: fate for fate, label in FATES.items()}
    found: list[Proposal] = []
    for number, row in enumerate(rows[1:], start=3):
        cells: dict[str, Any] = dict(zip(headings, row, strict=False))
        if str(cells.get("登记") or "").strip() != "是":
            continue
        fate = fates.get(str(cells.get("结果") or "").strip())
        day = find_date(str(cells.get("生效日期") or ""))
        if fate is None or day is None:
            what = "结果应为继续有效、失效、废止或修改" if fate is None else "生效日期不是日期"
            problems.append(f"{path}：第 {number} 行{what}，请改正。")
            continue
        text = {name: str(cells.get(name) or "").strip() for name in ("文件标题", "文号", "公告", "公告文号")}
        found.append(Proposal(True, text["文件标题"], text["文号"], fate, day[0], text["公告"], text["公告文号"]))
    return found
