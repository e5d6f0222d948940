"""The ledger (台账) as the xlsx workbook that an office circulates: filters, a fixed head, and print set-up for A4."""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

#: the states a person may choose in the status column; the first is that of a new task
STATES = ("未开始", "进行中", "已完成", "已延期", "不适用")

_COLUMNS: tuple[tuple[str, float], ...] = (
    ("序号", 6),
    ("章", 16),
    ("事项", 22),
    ("任务", 52),
    ("牵头单位", 16),
    ("责任单位", 20),
    ("配合单位", 16),
    ("时限", 16),
    ("截止日期", 12),
    ("数量要求", 20),
    ("佐证形式", 18),
    ("状态", 9),
    ("备注", 18),
)
_HEAD_ROW = 3
_CENTRED = frozenset({0, 8, 11})
#: Characters that XML 1.0 does not allow; openpyxl refuses them.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One task as a line of the ledger; lists are already in reading order."""

    chapter: str
    item: str
    task: str
    lead: Sequence[str] = ()
    bodies: Sequence[str] = ()
    supporting: Sequence[str] = ()
    deadline: str = ""
    due: date | None = None
    quotas: str = ""
    evidence: str = ""
    status: str = STATES[0]
    remarks: str = ""


def ledger_workbook(title: str, rows: Iterable[LedgerRow], subtitle: str = "", states: Sequence[str] = STATES) -> bytes:
    """The bytes of an xlsx file with one sheet, a line a row.

    `states` are offered in the status column. Text that begins like a formula stays text.
    """
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "台账"
    _write_head(sheet, title, subtitle)
    last = _HEAD_ROW
    for number, row in enumerate(rows, start=1):
        last = _HEAD_ROW + number
        _write_row(sheet, last, number, row)
    _set_up(sheet, last, states, title)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _text(value: str) -> str:
    return _CONTROL.sub("", value)


def _write_head(sheet: Any, title: str, subtitle: str) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    width = len(_COLUMNS)
    for row, text, size in ((1, title, 16), (2, subtitle, 10)):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)
        cell = sheet.cell(row=row, column=1, value=_text(text))
        cell.data_type = "s"
        cell.font = Font(name="SimSun", size=size, bold=row == 1)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.row_dimensions[1].height = 36
    side = Side(style="thin", color="808080")
    for index, (name, breadth) in enumerate(_COLUMNS, start=1):
        cell = sheet.cell(row=_HEAD_ROW, column=index, value=name)
        cell.font = Font(name="SimHei", size=10, bold=True)
        cell.fill = PatternFill("solid", fgColor="EDEAE2")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.border = Border(left=side, right=side, top=side, bottom=side)
        sheet.column_dimensions[cell.column_letter].width = breadth
    sheet.row_dimensions[_HEAD_ROW].height = 24


def _write_row(sheet: Any, at: int, number: int, row: LedgerRow) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side

    side = Side(style="thin", color="808080")
    border = Border(left=side, right=side, top=side, bottom=side)
    values: tuple[object, ...] = (
        number,
        row.chapter,
        row.item,
        row.task,
        "、".join(row.lead),
        "、".join(row.bodies),
        "、".join(row.supporting),
        row.deadline,
        row.due,
        row.quotas,
        row.evidence,
        row.status,
        row.remarks,
    )
    for index, value in enumerate(values):
        cell = sheet.cell(row=at, column=index + 1)
        cell.value = _text(value) if isinstance(value, str) else value
        if isinstance(value, str):
            cell.data_type = "s"
        if isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"
        cell.font = Font(name="SimSun", size=10)
        horizontal = "center" if index in _CENTRED else "left"
        cell.alignment = Alignment(horizontal=horizontal, vertical="center", wrap_text=True)
        cell.border = border
    sheet.row_dimensions[at].height = _height(values)


def _height(values: Sequence[object]) -> float:
    """Points that the fullest cell needs: a Chinese character is two widths, a line 14 points."""
    lines = 1
    for value, (_, width) in zip(values, _COLUMNS, strict=True):
        if isinstance(value, str) and value:
            needed = sum(-(-max(1, 2 * len(line)) // max(1, int(width) - 1)) for line in value.split("\n"))
            lines = max(lines, needed)
    return min(400, lines * 14 + 6)


def _set_up(sheet: Any, last: int, states: Sequence[str], title: str) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.properties import PageSetupProperties

    end = get_column_letter(len(_COLUMNS))
    sheet.freeze_panes = f"D{_HEAD_ROW + 1}"
    sheet.auto_filter.ref = f"A{_HEAD_ROW}:{end}{last}"
    sheet.print_title_rows = f"{_HEAD_ROW}:{_HEAD_ROW}"
    sheet.print_area = f"A1:{end}{last}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.6
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    if last > _HEAD_ROW:
        column = get_column_letter(next(i for i, (name, _) in enumerate(_COLUMNS, start=1) if name == "状态"))
        choice: Any = DataValidation(type="list", formula1=f'"{",".join(states)}"', allow_blank=True)
        choice.errorTitle, choice.error = "状态", "请从列表中选择状态。"
        choice.showErrorMessage = True
        sheet.add_data_validation(choice)
        choice.add(f"{column}{_HEAD_ROW + 1}:{column}{last}")
