"""The ledger workbook: columns, filters, fixed head, print set-up, list of states; nothing runs as a formula."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest

from mingtang.press.ledger_workbook import STATES, LedgerRow, ledger_workbook

ROWS = [
    LedgerRow(
        chapter="1. 做好公开",
        item="1. 公开目录",
        task="县司法局要公布目录。",
        lead=("县司法局",),
        bodies=("县司法局", "各乡镇"),
        supporting=("各乡镇",),
        deadline="6月底前",
        due=date(2023, 6, 30),
        quotas="图解 每年至少 1 次",
        evidence="链接",
        status=STATES[1],
        remarks="=HYPERLINK(1)",
    ),
    LedgerRow(chapter="", item="", task="做好公示。\x07"),
]


@pytest.fixture(scope="module")
def sheet() -> Any:
    return openpyxl.load_workbook(io.BytesIO(ledger_workbook("某县台账", ROWS, subtitle="2023年"))).active


def test_it_has_the_columns_an_office_circulates(sheet: Any) -> None:
    head = [cell.value for cell in sheet[3]]
    assert head[:4] == ["序号", "章", "事项", "任务"]
    assert {"牵头单位", "责任单位", "配合单位", "时限", "截止日期", "佐证形式", "状态", "备注"} <= set(head)


def test_rows_hold_what_was_given(sheet: Any) -> None:
    values = [cell.value for cell in sheet[4]]
    assert values[0] == 1 and values[3] == "县司法局要公布目录。"
    assert values[4:7] == ["县司法局", "县司法局、各乡镇", "各乡镇"]
    assert values[8].date() == date(2023, 6, 30)
    assert values[11] == "进行中"
    assert sheet["D5"].value == "做好公示。" and sheet["L5"].value == STATES[0]


def test_text_that_begins_like_a_formula_stays_text(sheet: Any) -> None:
    assert sheet["M4"].value == "=HYPERLINK(1)" and sheet["M4"].data_type == "s"


def test_it_filters_and_keeps_its_head_in_sight(sheet: Any) -> None:
    assert sheet.auto_filter.ref == "A3:M5"
    assert sheet.freeze_panes == "D4"


def test_it_prints_on_a4_landscape_one_page_wide_with_the_head_on_each(sheet: Any) -> None:
    assert sheet.page_setup.orientation == "landscape" and int(sheet.page_setup.paperSize) == 9
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$3:$3"
    assert "$A$1:$M$5" in sheet.print_area


def test_the_status_is_chosen_from_a_list(sheet: Any) -> None:
    (choice,) = sheet.data_validations.dataValidation
    assert choice.type == "list" and str(choice.sqref) == "L4:L5"
    assert choice.formula1.strip('"').split(",") == list(STATES)


def test_an_empty_ledger_is_still_a_workbook() -> None:
    sheet: Any = openpyxl.load_workbook(io.BytesIO(ledger_workbook("空", []))).active
    assert sheet.max_row == 3
