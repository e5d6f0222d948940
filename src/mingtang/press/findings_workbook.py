"""The findings about many reports as one xlsx list, for the office that checks two hundred bodies."""

from collections.abc import Sequence

from mingtang.press.list_workbook import Column, Listing, lists_workbook

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


_BODIES = (
    Column("序号", 6),
    Column("文件", 28),
    Column("机关", 24),
    Column("年份", 8),
    Column("公布日期", 12),
    Column("本年新收", 10),
    Column("办理结果总计", 12),
    Column("错误", 8),
    Column("疑点", 8),
    Column("提示", 8),
    Column("与他份最高雷同", 14),
    Column("问题类别", 50),
)


def findings_workbook(rows: Sequence[Sequence[str]], bodies: Sequence[Sequence[object]]) -> bytes:
    """The bytes of an xlsx file: a line a finding, and on a second sheet a line a report.

    Each row holds the columns after 序号.
    """
    found = ((number, *row) for number, row in enumerate(rows, start=1))
    reports = ((number, *row) for number, row in enumerate(bodies, start=1))
    return lists_workbook(
        [
            Listing("清单", "年度报告检查结果", _COLUMNS, found),
            Listing("各份报告", "年度报告检查结果汇总", _BODIES, reports),
        ]
    )
