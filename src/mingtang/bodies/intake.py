"""Import of bodies from a table: good rows become bodies one by one, each bad row is told with its column and mend."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import DatabaseError, transaction

from mingtang.bodies import tables
from mingtang.bodies.entries import Outcome, Register
from mingtang.bodies.errors import BodiesError, FileRefused, Invalid
from mingtang.bodies.permissions import require
from mingtang.bodies.tables import Row

#: Column of the table → name of the value; other spellings of the same heading follow it.
COLUMNS = {
    "全称": "name",
    "简称": "short_name",
    "类别": "kind",
    "层级": "level",
    "上级机构": "parent",
    "统一社会信用代码": "credit_code",
    "别名": "aliases",
    "办公地址": "address",
    "办公时间": "office_hours",
    "公开工作机构": "openness_office",
    "电话": "openness_phone",
    "邮箱": "openness_email",
    "职责": "duties",
    "区划代码": "area",
    "机构代码": "code",
}
OTHER_SPELLINGS = {
    "机构全称": "全称", "机构名称": "全称", "单位名称": "全称", "名称": "全称", "机构简称": "简称", "机构类别": "类别",
    "上级": "上级机构", "主管机构": "上级机构", "信用代码": "统一社会信用代码", "地址": "办公地址", "联系电话": "电话",
    "公开工作电话": "电话", "电子邮箱": "邮箱", "公开工作邮箱": "邮箱", "主要职责": "职责", "行政区划代码": "区划代码",
}  # fmt: skip
LABELS = {value: label for label, value in COLUMNS.items()}


@dataclass(frozen=True)
class Rejection:
    """Why a row was not imported: `row` is its number in the file, `column` the heading ("" for the row as a whole)."""

    row: int
    column: str
    value: str
    what: str
    mend: str


@dataclass
class Report:
    """What an import did, or with `dry_run` would do; row counts add up to `rows`."""

    file: str
    dry_run: bool
    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: list[Rejection] = field(default_factory=list[Rejection])
    ignored_columns: list[str] = field(default_factory=list[str])

    @property
    def rejected_rows(self) -> int:
        """How many rows were not imported (a row may have several problems)."""
        return len({rejection.row for rejection in self.rejected})

    def as_json(self) -> dict[str, Any]:
        """The report as plain values."""
        return asdict(self) | {"rejected_rows": self.rejected_rows}


@dataclass(frozen=True)
class Table:
    """A read table: its heading row, what each of its columns means, and the rows below."""

    heading: Row
    columns: dict[str, int]
    ignored: tuple[str, ...]
    rows: Sequence[Row]

    def values(self, row: Row) -> dict[str, str]:
        """Named values of a row; blank cells and absent columns are left out."""
        cells = {name: row.cells[at] for name, at in self.columns.items() if at < len(row.cells)}
        return {name: value for name, value in cells.items() if value}


def read_table(path: Path) -> Table:
    """Read a file and find its heading row. Raises `FileRefused`."""
    rows = tables.read(path)
    labelled = ([_label(cell) for cell in row.cells] for row in rows[: tables.HEADER_WITHIN])
    at, labels = next((found for found in enumerate(labelled) if "全称" in found[1]), (-1, []))
    if at < 0:
        raise FileRefused(f"{path.name}：没有找到含“全称”的表头：第一行请写列名：{'、'.join(COLUMNS)}。")
    row = rows[at]
    if doubled := sorted({label for label in labels if label in COLUMNS and labels.count(label) > 1}):
        raise FileRefused(f"{path.name}：第 {row.number} 行表头里“{doubled[0]}”出现了两次：请只留一列。")
    columns = {COLUMNS[label]: at for at, label in enumerate(labels) if label in COLUMNS}
    if "kind" not in columns:
        raise FileRefused(f"{path.name}：第 {row.number} 行表头缺“类别”一列：请补上，写明政府部门、苏木、镇等。")
    return Table(row, columns, tuple(x for x in labels if x and x not in COLUMNS), rows[at + 1 :])


def import_bodies(path: Path, *, actor: Any, moment: datetime, dry_run: bool = False) -> Report:
    """Import a file and report. The same file again changes nothing; an interrupted import is completed by a rerun.

    Blank cells leave what is stored. With `dry_run` everything is tried in a transaction that is rolled back.
    Raises `NotPermitted`, `FileRefused`.
    """
    require(actor, "bodies.import", moment=moment)
    table = read_table(path)
    report = Report(path.name, dry_run, rows=len(table.rows), ignored_columns=list(table.ignored))
    if not dry_run:
        _take_all(table, report, Register(actor=actor, moment=moment))
        return report
    with transaction.atomic():
        _take_all(table, report, Register(actor=actor, moment=moment))
        transaction.set_rollback(True)
    return report


def _take_all(table: Table, report: Report, register: Register) -> None:
    refused: dict[str, int] = {}
    first_with: dict[str, int] = {}
    for row in table.rows:
        first_with.setdefault(table.values(row).get("name", ""), row.number)
    for row, above in _parents_first(table):
        values = table.values(row)
        try:
            if above is None:
                raise Invalid({"parent": ["各行的上级机构互为上级，成了循环：请改正其中一行。"]})
            if (at := first_with[values.get("name", "")]) != row.number and "name" in values:
                raise Invalid({"name": [f"与第 {at} 行重复：请只留一行"]})
            if (at := refused.get(values.get("parent", ""))) is not None:
                raise Invalid({"parent": [f"上级机构所在的第 {at} 行未能导入：请先改正那一行。"]})
            outcome = _take(values, register)
        except BodiesError as error:
            report.rejected += _rejections(row, values, error)
            for name in (values.get("name"), values.get("short_name")):
                if name and not register.knows(name):
                    refused.setdefault(name, row.number)
        else:
            setattr(report, outcome, getattr(report, outcome) + 1)
    report.rejected.sort(key=lambda rejection: rejection.row)


def _take(values: dict[str, str], register: Register) -> Outcome:
    """One row in one transaction: a body with its aliases, area and events, or nothing of it."""
    try:
        with transaction.atomic():
            outcome = register.take(values)
    except DatabaseError as error:
        raise Invalid({"__all__": [f"数据库未接受此行（{error}）：请核对本行各列"]}) from error
    register.learn()
    return outcome


def _parents_first(table: Table) -> Iterator[tuple[Row, Row | None]]:
    """Rows with each parent before its children; a row in a circle of parents comes with None beside it."""
    by_name: dict[str, Row] = {}
    for row in table.rows:
        values = table.values(row)
        for name in (values.get("name"), values.get("short_name")):
            if name:
                by_name.setdefault(name, row)
    done: set[int] = set()
    for row in table.rows:
        chain: list[Row] = []
        current: Row | None = row
        while current is not None and current.number not in done and current not in chain:
            chain.append(current)
            current = by_name.get(table.values(current).get("parent", ""))
        circle = chain.index(current) if current is not None and current in chain else len(chain)
        for at, each in reversed(list(enumerate(chain))):
            done.add(each.number)
            yield each, None if at >= circle else each


def _rejections(row: Row, values: dict[str, str], error: BodiesError) -> list[Rejection]:
    problems = error.problems if isinstance(error, Invalid) else {"name": [str(error)]}
    found: list[Rejection] = []
    for name, messages in problems.items():
        for message in messages:
            what, _, mend = message.partition("：") if "：" in message else message.partition("，请")
            mend = mend.rstrip("。") or MENDS
            found.append(
                Rejection(row.number, LABELS.get(name, ""), values.get(name, "")[:60], what.rstrip("。"), mend)
            )
    return found


MENDS = "请改正后重新导入，已导入的行不会重复"


def _label(cell: str) -> str:
    label = "".join(cell.split()).strip("*＊：:")
    return OTHER_SPELLINGS.get(label, label)
