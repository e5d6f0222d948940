"""The three tables as the official form sets them out: what stands in which cell, and how far it spans.

Source: the report format 国办公开办函〔2021〕30号. The layout is a value, so that pages, documents and workbooks agree.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from mingtang.law.annual.cells import Number, shown
from mingtang.law.annual.schema import (
    COLUMN_LABELS,
    DISPUTE_GROUPS,
    DISPUTE_LABELS,
    NORM_LABELS,
    OUTCOME_LABELS,
    OUTCOMES,
    REQUEST_COLUMNS,
    RESULT_ROWS,
    ROW_LABELS,
)
from mingtang.law.annual.tables import Tables
from mingtang.law.requests import Row, Section

#: Where a number stands: table (`norms`, `requests`, `disputes`), row, column.
Place = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell: its words, the columns and rows it spans, whether it is a heading, and the place of its number."""

    text: str
    across: int = 1
    down: int = 1
    head: bool = False
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """One table: its rows, how many of the first are its head, the parts of the width that its columns take."""

    name: str
    title: str
    rows: tuple[tuple[Slot, ...], ...]
    heads: int
    widths: tuple[float, ...]


def forms(tables: Tables) -> tuple[Form, Form, Form]:
    """Tables 1, 2 and 3; a cell that the tables do not hold is 0, one that could not be read shows what stood there."""
    return norms_form(tables), requests_form(tables), disputes_form(tables)


def norms_form(tables: Tables) -> Form:
    """Table 1: what was published on the body's own account."""
    rows: list[tuple[Slot, ...]] = [
        _band("第二十条第（一）项"),
        tuple(_head(words) for words in ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")),
    ]
    for row in ("regulations", "normative_documents"):
        cells = (_number(tables, "norms", row, column) for column in ("made", "repealed", "valid"))
        rows.append((_head(NORM_LABELS[row]), *cells))
    for item, names in (("五", ("licences",)), ("六", ("penalties", "coercion"))):
        rows += _decisions(tables, f"第二十条第（{item}）项", names)
    rows.append(_band("第二十条第（八）项"))
    rows.append((_head("信息内容"), _head(f"本年收费金额（单位：{tables.charge_unit}）", 3)))
    rows.append((_head(NORM_LABELS["charges"]), _number(tables, "norms", "charges", "amount", 3)))
    return Form("norms", "表一　主动公开政府信息情况", tuple(rows), 0, (1.25, 1, 1, 1))


def _decisions(tables: Tables, band: str, names: Iterable[str]) -> list[tuple[Slot, ...]]:
    rows = [_band(band), (_head("信息内容"), _head("本年处理决定数量", 3))]
    rows += [(_head(NORM_LABELS[name]), _number(tables, "norms", name, "decisions", 3)) for name in names]
    return rows


def _band(words: str) -> tuple[Slot, ...]:
    return (_head(words, 4),)


_RULE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
_ALONE = "（区分处理的，只计这一情形，不计其他情形）"
_ORDINALS = "一二三四五六"


def requests_form(tables: Tables) -> Form:
    """Table 2: what was asked for, by whom, and what became of it."""
    organisations = REQUEST_COLUMNS[1:-1]
    rows: list[tuple[Slot, ...]] = [
        (_head(_RULE, 3, 3), _head("申请人情况", 7)),
        (_head(COLUMN_LABELS["natural"], 1, 2), _head("法人或其他组织", 5), _head(COLUMN_LABELS["total"], 1, 2)),
        tuple(_head(COLUMN_LABELS[name]) for name in organisations),
        (_head(ROW_LABELS["new"], 3), *_of_request(tables, "new")),
        (_head(ROW_LABELS["carried_over"], 3), *_of_request(tables, "carried_over")),
        *_results(tables),
        (_head(ROW_LABELS["total"], 2), *_of_request(tables, "total")),
        (_head(ROW_LABELS["carried_forward"], 3), *_of_request(tables, "carried_forward")),
    ]
    widths = (0.95, 1.6, 4.6, *(1.2 for _ in REQUEST_COLUMNS))
    return Form("requests", "表二　收到和处理政府信息公开申请情况", tuple(rows), 3, widths)


def _results(tables: Tables) -> Iterable[tuple[Slot, ...]]:
    first: tuple[Slot, ...] = (_head("三、本年度办理结果", 1, len(Row) + 1),)
    for section, names in RESULT_ROWS.items():
        ordinal = f"（{_ORDINALS[section.value - 1]}）"
        for number, name in enumerate(names, start=1):
            if len(names) == 1:
                alone = _ALONE if section is Section.PARTLY_GRANTED else ""
                labels: tuple[Slot, ...] = (_head(f"{ordinal}{ROW_LABELS[name]}{alone}", 2),)
            else:
                group = (_head(ordinal + section.label, 1, len(names)),) if number == 1 else ()
                labels = (*group, _head(f"{number}.{ROW_LABELS[name]}"))
            yield (*first, *labels, *_of_request(tables, name))
            first = ()


def _of_request(tables: Tables, row: str) -> tuple[Slot, ...]:
    return tuple(_number(tables, "requests", row, column) for column in REQUEST_COLUMNS)


def disputes_form(tables: Tables) -> Form:
    """Table 3: reviews and litigation about disclosure."""
    outcomes = [OUTCOME_LABELS[name] for name in OUTCOMES]
    return Form(
        "disputes",
        "表三　政府信息公开行政复议、行政诉讼情况",
        (
            (_head("行政复议", 5), _head("行政诉讼", 10)),
            (
                *(_head(words, 1, 2) for words in outcomes),
                *(_head(DISPUTE_LABELS[group], 5) for group in DISPUTE_GROUPS[1:]),
            ),
            tuple(_head(words) for _ in DISPUTE_GROUPS[1:] for words in outcomes),
            tuple(_number(tables, "disputes", group, outcome) for group in DISPUTE_GROUPS for outcome in OUTCOMES),
        ),
        3,
        tuple(1.0 for _ in range(15)),
    )


def _head(words: str, across: int = 1, down: int = 1) -> Slot:
    return Slot(words, across, down, head=True)


def _number(tables: Tables, table: str, row: str, column: str, across: int = 1) -> Slot:
    cells = {"norms": tables.norms, "requests": tables.requests, "disputes": tables.disputes}[table]
    cell = cells.get(row, {}).get(column)
    return Slot(written(cell), across, place=(table, row, column))


def written(cell: Number | None) -> str:
    """A cell as the form shows it: 0 where there is nothing, as it stood where it could not be read."""
    if cell is None:
        return "0"
    return shown(cell.worth) if cell.readable else cell.raw.strip()
