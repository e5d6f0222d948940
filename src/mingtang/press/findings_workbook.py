"""The findings about many reports as one xlsx list, for the office that checks two hundred bodies."""

from collections.abc import Sequence

from mingtang.press.list_workbook import Column, list_workbook

_COLUMNS = (
    Column("序号", 6),
    Column("文件", 28),
    Column("机关", 20),
    Column("年份", 8),
    Column("程度", 8),
    Column("类别", 16),
    Column("位置", 24),
    Column("说明", 60),
    Column("原文", 40),
    Column("应为", 14),
    Column("写为", 14),
    Column("依据", 36),
)


def findings_workbook(rows: Sequence[Sequence[str]]) -> bytes:
    """The bytes of an xlsx file, a line a finding; each row holds the columns after 序号."""
    return list_workbook("年度报告检查结果", _COLUMNS, ((number, *row) for number, row in enumerate(rows, start=1)))
