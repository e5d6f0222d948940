"""The identities of the tables: within table 2, within table 3, and across two years.

Source: the report format 国办公开办函〔2021〕30号 (a blank is a zero; 一 + 二 = 三(七) + 四 in every column).
"""

from collections.abc import Iterator
from decimal import Decimal

from mingtang.law.annual.cells import Number, shown
from mingtang.law.annual.finding import Finding
from mingtang.law.annual.schema import (
    APPLICANTS,
    COLUMN_LABELS,
    DISPUTE_GROUPS,
    DISPUTE_LABELS,
    OUTCOMES,
    REQUEST_COLUMNS,
    ROW_LABELS,
    ROW_ORDER,
)
from mingtang.law.annual.tables import (
    Cells,
    Tables,
    dispute_place,
    norm_place,
    request_place,
    unread,
)
from mingtang.law.requests import Row

TABLE_1 = "annual-report-format.table-1"
TABLE_2 = "annual-report-format.table-2"
TABLE_3 = "annual-report-format.table-3"
_RESULTS = tuple(row.value for row in Row)
#: Rows that the form of 2019 did not have.
_SINCE_2021 = {"not_corrected", "fee_not_paid"}


def within(tables: Tables) -> Iterator[Finding]:
    """What does not hold inside the tables of one report."""
    for problem in (*tables.problems, *unread(tables)):
        missing = problem.message.startswith("没有找到")
        code = "missing_table" if missing else "unreadable"
        yield Finding(code, "warning", problem.where, problem.message)
    if tables.requests:
        yield from _rows_present(tables)
        yield from _row_totals(tables)
        yield from _columns(tables)
    yield from _disputes(tables)
    yield from _negatives(tables)


def _rows_present(tables: Tables) -> Iterator[Finding]:
    for key in ROW_ORDER:
        row = tables.requests.get(key)
        if row is None:
            if tables.form == "2019" and key in _SINCE_2021:
                continue
            yield Finding(
                "missing_row", "warning", f"表二“{ROW_LABELS[key]}”", "没有读到这一行；请核对表格是否完整。",
                rules=(TABLE_2,),
            )  # fmt: skip
        elif all(cell.blank for cell in row.values()):
            yield Finding(
                "blank_row", "note", f"表二“{ROW_LABELS[key]}”", "整行没有填写，按 0 计算；没有发生的请填 0。",
                expected="0", rules=(TABLE_2,),
            )  # fmt: skip


def _row_totals(tables: Tables) -> Iterator[Finding]:
    for key in ROW_ORDER:
        row = tables.requests.get(key)
        if row is None or not all(row[name].readable for name in REQUEST_COLUMNS):
            continue
        total = sum((row[name].worth for name in APPLICANTS), Decimal(0))
        if total != row["total"].worth:
            said = "没有填写" if row["total"].blank else f"写的是 {shown(row['total'].worth)}"
            yield Finding(
                "row_total", "error", request_place(key, "total"),
                f"六类申请人之和是 {shown(total)}，总计列{said}，请核对这一行。",
                shown(total), shown(row["total"].worth), row["total"].raw, (TABLE_2,),
            )  # fmt: skip


def _columns(tables: Tables) -> Iterator[Finding]:
    for column in REQUEST_COLUMNS:
        cells = [tables.request(row, column) for row in _RESULTS]
        total = tables.request("total", column)
        known = [cell for row, cell in zip(_RESULTS, cells, strict=True) if not _excused(tables, row)]
        if total is not None and None not in known:
            summed = sum((cell for cell in known if cell is not None), Decimal(0))
            if summed != total:
                yield Finding(
                    "column_total", "error", request_place("total", column),
                    f"“{COLUMN_LABELS[column]}”列第（一）至（六）项之和是 {shown(summed)}，"
                    f"第（七）项总计写的是 {shown(total)}，请逐行核对。",
                    shown(summed), shown(total), rules=(TABLE_2,),
                )  # fmt: skip
        yield from _balance(tables, column)


def _excused(tables: Tables, row: str) -> bool:
    return tables.form == "2019" and row in _SINCE_2021 and row not in tables.requests


def _balance(tables: Tables, column: str) -> Iterator[Finding]:
    new, old = tables.request("new", column), tables.request("carried_over", column)
    done, left = tables.request("total", column), tables.request("carried_forward", column)
    if new is None or old is None or done is None or left is None or new + old == done + left:
        return
    yield Finding(
        "identity", "error", f"表二“{COLUMN_LABELS[column]}”列",
        f"本年新收 {shown(new)} 加上年结转 {shown(old)} 等于 {shown(new + old)}，"
        f"办理结果总计 {shown(done)} 加结转下年度 {shown(left)} 等于 {shown(done + left)}，两者应当相等。",
        shown(new + old), shown(done + left), rules=(TABLE_2,),
    )  # fmt: skip


def _disputes(tables: Tables) -> Iterator[Finding]:
    for group in DISPUTE_GROUPS:
        row = tables.disputes.get(group)
        if row is None or not all(cell.readable for cell in row.values()):
            continue
        total = sum((row[name].worth for name in OUTCOMES[:-1]), Decimal(0))
        if total != row["total"].worth:
            yield Finding(
                "group_total", "error", dispute_place(group, "total"),
                f"“{DISPUTE_LABELS[group]}”四种结果之和是 {shown(total)}，总计写的是 {shown(row['total'].worth)}。",
                shown(total), shown(row["total"].worth), row["total"].raw, (TABLE_3,),
            )  # fmt: skip


def _negatives(tables: Tables) -> Iterator[Finding]:
    for name, place in (("requests", request_place), ("disputes", dispute_place)):
        cells: Cells = getattr(tables, name)
        for row, column, cell in _each(cells):
            if cell.worth < 0 or (cell.worth != cell.worth.to_integral()):
                yield Finding(
                    "negative", "error", place(row, column), "件数应当是不小于 0 的整数。",
                    found=cell.raw.strip(), rules=(TABLE_2 if name == "requests" else TABLE_3,),
                )  # fmt: skip


def _each(cells: Cells) -> Iterator[tuple[str, str, Number]]:
    for row, columns in cells.items():
        for column, cell in columns.items():
            yield row, column, cell


def across(year: int, tables: Tables, before: Tables) -> Iterator[Finding]:
    """What does not hold between the report about `year` and the one about the year before."""
    for column in REQUEST_COLUMNS:
        now, then = tables.request("carried_over", column), before.request("carried_forward", column)
        if now is None or then is None or now == then:
            continue
        yield Finding(
            "carry_over", "error", request_place("carried_over", column),
            f"{year} 年报告的“上年结转”是 {shown(now)}，{year - 1} 年报告的“结转下年度”是 {shown(then)}，应当相等；"
            "有更正的请在报告中说明。",
            shown(then), shown(now), rules=(TABLE_2,),
        )  # fmt: skip
    for row in ("regulations", "normative_documents"):
        made, repealed = tables.norm(row, "made"), tables.norm(row, "repealed")
        now, then = tables.norm(row, "valid"), before.norm(row, "valid")
        if made is None or repealed is None or now is None or then is None:
            continue
        if then + made - repealed != now:
            yield Finding(
                "stock", "warning", norm_place(row, "valid"),
                f"上年现行有效 {shown(then)} 加本年制发 {shown(made)} 减本年废止 {shown(repealed)} "
                f"等于 {shown(then + made - repealed)}，报告写的是 {shown(now)}；有失效、划转等情形的请在报告中说明。",
                shown(then + made - repealed), shown(now), rules=(TABLE_1,),
            )  # fmt: skip
