"""The findings about many reports as one xlsx list, for the office that checks two hundred bodies."""

import io
import re
from collections.abc import Sequence
from typing import Any

_COLUMNS: tuple[tuple[str, float], ...] = (
    ("序号", 6),
    ("文件", 28),
    ("机关", 20),
    ("年份", 8),
    ("程度", 8),
    ("类别", 16),
    ("位置", 24),
    ("说明", 60),
    ("原文", 40),
    ("应为", 14),
    ("写为", 14),
    ("依据", 36),
)
#: Characters that XML 1.0 does not allow; openpyxl refuses them.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def findings_workbook(rows: Sequence[Sequence[str]]) -> bytes:
    """The bytes of an xlsx file, a line a finding; each row holds the columns after 序号. Formulas stay text."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "检查结果"
    for index, (name, width) in enumerate(_COLUMNS, start=1):
        cell = sheet.cell(row=1, column=index, value=name)
        cell.font = Font(name="SimHei", size=10, bold=True)
        cell.fill = PatternFill("solid", fgColor="EDEAE2")
        sheet.column_dimensions[cell.column_letter].width = width
    for number, row in enumerate(rows, start=1):
        for index, value in enumerate((number, *row), start=1):
            cell = sheet.cell(row=number + 1, column=index)
            cell.value = _CONTROL.sub("", value) if isinstance(value, str) else value
            if isinstance(value, str):
                cell.data_type = "s"
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:L{len(rows) + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.print_title_rows = "1:1"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
