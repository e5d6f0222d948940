"""What the public may have of annual reports as data: the shapes of their pages."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from mingtang.law.annual.tables import Cells, Tables
from mingtang.trace.shapes import (
    DAY,
    FLAG,
    LINK,
    MOMENT,
    NAMED,
    NUMBER,
    TEXT,
    Kind,
    Named,
    Shape,
    field_of,
    many,
    maybe,
)


def _value(number: Decimal) -> int | str:
    """A whole number as such, another as text: money is never a float."""
    return int(number) if number == number.to_integral() else f"{number.normalize():f}"


def _cells(cells: Cells) -> dict[str, dict[str, int | str | None]]:
    return {
        row: {column: _value(cell.worth) if cell.readable else None for column, cell in columns.items()}
        for row, columns in cells.items()
    }


AMOUNT = Kind({"type": ["integer", "string"]}, _value)
#: A table: row → column → number, by the codes that `mingtang report check --format json` uses.
CELLS = Kind(
    {
        "type": "object",
        "additionalProperties": {
            "type": "object",
            "additionalProperties": {"type": ["integer", "string", "null"]},
        },
    },
    _cells,
)


def _named(report: Any) -> Named:
    return Named(report.body.code, report.body.name, f"bodies/{report.body.code}/")


_HEAD = (
    field_of("year", _("年度"), NUMBER, "report.year"),
    field_of("body", _("机关"), NAMED.kind, lambda row: _named(row.report)),
    field_of("government", _("是否政府汇总的报告"), FLAG, "report.is_government"),
    field_of("url", _("页面地址"), maybe(LINK), lambda row: row.path if row.published_on else None),
    field_of("published_on", _("公布日期"), maybe(DAY)),
    field_of("due_on", _("最迟公布日期"), DAY, "due.due"),
    field_of("days_late", _("晚了几天"), NUMBER, "late_by"),
    field_of("edition", _("第几版"), NUMBER, "editions"),
)
HEAD = Shape("AnnualReportHead", _("一份年度报告及其公布情况。"), _HEAD)
CHAPTER = Shape(
    "AnnualReportChapter",
    _("报告的一个部分。"),
    (
        field_of("number", _("序号"), NUMBER),
        field_of("title", _("标题"), TEXT),
        field_of("paragraphs", _("段落"), many(TEXT)),
    ),
)
CORRECTION = Shape(
    "AnnualReportCorrection",
    _("一处数据更正。"),
    (
        field_of("place", _("位置"), TEXT),
        field_of("old", _("原数"), maybe(AMOUNT)),
        field_of("new", _("更正为"), AMOUNT),
        field_of("reason", _("理由"), TEXT),
        field_of("at", _("时间"), MOMENT),
        field_of("after_edition", _("在第几版公布之后；0 为公布之前"), NUMBER, "after"),
    ),
)
EXCLUSION = Shape(
    "AnnualReportExclusion",
    _("汇总时剔除的重复数。"),
    (
        field_of("place", _("位置"), TEXT),
        field_of("number", _("剔除"), AMOUNT),
        field_of("reason", _("理由"), TEXT),
    ),
)
PUBLICATION = Shape(
    "AnnualReportEdition",
    _("报告的一版。"),
    (
        field_of("edition", _("版次"), NUMBER),
        field_of("at", _("公布时间"), MOMENT),
        field_of("reason", _("更正的理由"), maybe(TEXT)),
    ),
)
FULFILMENT = Shape(
    "AnnualReportFulfilment",
    _("工作台账一项的落实情况。"),
    (
        field_of("item", _("条目序号"), TEXT),
        field_of("title", _("条目"), TEXT),
        field_of("duties", _("责任任务数"), NUMBER),
        field_of("done", _("完成数"), NUMBER),
        field_of("late", _("超过期限数"), NUMBER),
        field_of("state", _("状态"), TEXT, "label"),
        field_of("url", _("台账页面"), maybe(LINK), "path"),
    ),
)
DOWNLOAD = Shape(
    "AnnualReportFile",
    _("报告的一个文件。"),
    (
        field_of("kind", _("类别"), TEXT),
        field_of("title", _("名称"), TEXT),
        field_of("url", _("地址"), LINK, "path"),
        field_of("bytes", _("字节数"), NUMBER, "size"),
        field_of("sha256", _("SHA-256"), TEXT),
    ),
)


def _tables(page: Any) -> Tables:
    return page["shown"].written.tables


#: The page of one report.
REPORT = Shape(
    "AnnualReport",
    _("一份政府信息公开工作年度报告。"),
    (
        *(
            field_of(each.name, each.says, each.kind, lambda page, each=each: each.read(page["shown"]))
            for each in _HEAD
        ),
        field_of("title", _("标题"), TEXT, lambda page: page["shown"].written.title),
        field_of("norms", _("表一：行、列、数"), CELLS, lambda page: _tables(page).norms),
        field_of("requests", _("表二：行、列、数"), CELLS, lambda page: _tables(page).requests),
        field_of("disputes", _("表三：行、列、数"), CELLS, lambda page: _tables(page).disputes),
        field_of("charge_unit", _("收费金额的单位"), TEXT, lambda page: _tables(page).charge_unit),
        field_of("chapters", _("正文"), many(CHAPTER.kind), lambda page: page["shown"].written.chapters),
        field_of("corrections", _("数据更正"), many(CORRECTION.kind), lambda page: page["shown"].written.corrections),
        field_of("exclusions", _("剔除的重复数"), many(EXCLUSION.kind), lambda page: page["shown"].written.exclusions),
        field_of(
            "fulfilment", _("工作台账落实情况"), many(FULFILMENT.kind), lambda page: page["shown"].written.fulfilment
        ),
        field_of("fees", _("收取的信息处理费（元）"), AMOUNT, lambda page: page["shown"].written.fees.amount),
        field_of("publications", _("各版"), many(PUBLICATION.kind), lambda page: page["shown"].written.publications),
        field_of("files", _("文件"), many(DOWNLOAD.kind), lambda page: page["shown"].files),
    ),
)
#: The page of all reports.
REPORTS = Shape(
    "AnnualReportsPage",
    _("全部年度报告。"),
    (
        field_of(
            "reports", _("报告"), many(HEAD.kind), lambda page: [row for _year, rows in page["years"] for row in rows]
        ),
    ),
)
#: The page of a year.
YEAR = Shape(
    "AnnualReportsOfYear",
    _("一个年度各机关的报告。"),
    (
        field_of("year", _("年度"), NUMBER, lambda page: page["year"]),
        field_of("reports", _("报告"), many(HEAD.kind), lambda page: page["rows"]),
    ),
)
#: The page of a body's reports.
BODY = Shape(
    "AnnualReportsOfBody",
    _("一个机关各年度的报告。"),
    (
        field_of("body", _("机关"), NAMED.kind, lambda page: Named(page["body"].code, page["body"].name)),
        field_of("reports", _("报告"), many(HEAD.kind), lambda page: page["rows"]),
    ),
)
