"""A report as open data: its tables, chapters and corrections as CSV in a Frictionless data package."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from mingtang.law.annual.data_notes import day_of
from mingtang.law.annual.schema import (
    CHAPTERS,
    COLUMN_LABELS,
    DISPUTE_GROUPS,
    DISPUTE_LABELS,
    NORM_COLUMN_LABELS,
    NORM_LABELS,
    OUTCOME_LABELS,
    OUTCOMES,
    REQUEST_COLUMNS,
    ROW_LABELS,
    ROW_ORDER,
)
from mingtang.law.annual.written import NORM_FORM, Correction, WrittenReport
from mingtang.press.data_package import Field, Resource, data_package

_COUNT = {"required": True, "minimum": 0}
_CODE = {"required": True, "pattern": "[a-z_0-9]+"}


def package_of(written: WrittenReport) -> bytes:
    """The zip of the data package."""
    return data_package(facts_of(written), resources_of(written))


def facts_of(written: WrittenReport) -> dict[str, Any]:
    """What is said of the whole package."""
    day = written.published_on
    return {
        "name": f"annual-report-{_slug(written.body_code)}-{written.year}",
        "title": written.title,
        "description": "政府信息公开工作年度报告的三张表、正文和更正，依国办公开办函〔2021〕30号的格式。",
        "version": f"{written.year}.{max(written.edition, 1)}.0",
        "keywords": ["政府信息公开", "年度报告", written.body, str(written.year)],
        "contributors": [{"title": written.body, "role": "publisher"}],
        **({"created": f"{day.isoformat()}T00:00:00+08:00"} if day else {}),
    }


def _slug(code: str) -> str:
    return "".join(each if each.isascii() and (each.isalnum() or each in "-._") else "-" for each in code.lower())


def resources_of(written: WrittenReport) -> tuple[Resource, ...]:
    """The tables in the order of the report."""
    tables = written.tables
    return (
        Resource(
            "norms", "表一　主动公开政府信息情况",
            (Field("row", "string", "项目代码", _CODE), Field("label", "string", "项目"),
             Field("column", "string", "指标代码", _CODE), Field("column_label", "string", "指标"),
             Field("number", "number", "数值", _COUNT), Field("unit", "string", "单位")),
            ("row", "column"),
            [
                (row, NORM_LABELS[row], column, NORM_COLUMN_LABELS[column], spelled(tables.norm(row, column)),
                 tables.charge_unit if row == "charges" else "件")
                for row, columns in NORM_FORM.items() for column in columns
            ],
        ),
        Resource(
            "requests", "表二　收到和处理政府信息公开申请情况",
            (Field("row", "string", "行代码", _CODE), Field("label", "string", "行"),
             *(Field(name, "integer", COLUMN_LABELS[name], _COUNT) for name in REQUEST_COLUMNS)),
            ("row",),
            [
                (row, ROW_LABELS[row], *(spelled(tables.request(row, name)) for name in REQUEST_COLUMNS))
                for row in ROW_ORDER
            ],
        ),
        Resource(
            "disputes", "表三　政府信息公开行政复议、行政诉讼情况",
            (Field("group", "string", "类别代码", _CODE), Field("label", "string", "类别"),
             *(Field(name, "integer", OUTCOME_LABELS[name], _COUNT) for name in OUTCOMES)),
            ("group",),
            [
                (group, DISPUTE_LABELS[group], *(spelled(tables.dispute(group, name)) for name in OUTCOMES))
                for group in DISPUTE_GROUPS
            ],
        ),
        _chapters(written),
        _corrections(written),
    )  # fmt: skip


def _chapters(written: WrittenReport) -> Resource:
    return Resource(
        "chapters", "正文",
        (Field("number", "integer", "部分", {"required": True, "minimum": 1, "maximum": 6}),
         Field("title", "string", "标题", {"required": True}), Field("text", "string", "正文，每段一行")),
        ("number",),
        [(number, title, "\n".join(written.chapter(number).paragraphs)) for number, title, _ in CHAPTERS],
    )  # fmt: skip


def _corrections(written: WrittenReport) -> Resource:
    return Resource(
        "corrections", "数据更正",
        (Field("order", "integer", "序号", {"required": True, "minimum": 1}),
         Field("place", "string", "位置", {"required": True}), Field("old", "number", "原数"),
         Field("new", "number", "更正为", _COUNT), Field("reason", "string", "理由", {"required": True}),
         Field("on", "string", "日期", {"required": True}), Field("after_edition", "integer", "在第几版公布之后")),
        ("order",),
        list(_correction_rows(written.corrections)),
    )  # fmt: skip


def _correction_rows(corrections: tuple[Correction, ...]) -> Iterator[tuple[str | int | None, ...]]:
    for order, each in enumerate(corrections, start=1):
        old, new = spelled(each.old) if each.old is not None else None, spelled(each.new)
        yield order, each.place, old, new, each.reason, day_of(each.at), each.after


def spelled(number: Decimal | None) -> str | int:
    """A number as the file holds it: a whole one without places; a blank is 0, as the form says."""
    if number is None:
        return 0
    return int(number) if number == number.to_integral() else f"{number.normalize():f}"
