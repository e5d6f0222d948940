"""Reading a file of numbers from a system outside: one line a number, every wrong line named with its mend."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from mingtang.bodies import tables
from mingtang.bodies.errors import FileRefused as TableRefused
from mingtang.bodies.models import Body
from mingtang.bodies.queries import by_name
from mingtang.law.annual.cells import number
from mingtang.law.annual.schema import NORM_LABELS
from mingtang.reports.errors import FileRefused
from mingtang.reports.filling import source_of
from mingtang.reports.models.numbers import MOST, PLACES

#: What a line may be about: the words of the first chapter's table, each with its row and column.
MATTERS: Mapping[str, tuple[str, str]] = {
    NORM_LABELS["licences"]: ("licences", "decisions"),
    NORM_LABELS["penalties"]: ("penalties", "decisions"),
    NORM_LABELS["coercion"]: ("coercion", "decisions"),
    NORM_LABELS["charges"]: ("charges", "amount"),
}
BODY, MATTER, NUMBER, UNIT = "机构", "事项", "数量", "单位"
#: How much a unit of money is in 万元, the unit of table 1.
MONEY = {"": Decimal(1), "万元": Decimal(1), "元": Decimal("0.0001"), "亿元": Decimal(10000)}
COUNTED: tuple[str, ...] = ("", "件", "宗", "起", "项", "个")
MOST_PROBLEMS = 50


@dataclass(frozen=True)
class Line:
    """A number for a cell of a body's table 1; `number` is its line in the file."""

    number: int
    body: Body
    row: str
    column: str
    value: Decimal
    table: str = "norms"


def digest_of(data: bytes) -> str:
    """SHA-256 (hex) of a file."""
    return hashlib.sha256(data).hexdigest()


def read(data: bytes, name: str, *, body: Body | None = None) -> list[Line]:
    """The numbers of a file. Raises `FileRefused` with every fault, each with its line and how to mend it.

    Columns by their heads: 机构 (may be left out where `body` is given), 事项, 数量, 单位 (optional).
    """
    try:
        rows = tables.read_content(data, name)
    except TableRefused as error:
        raise FileRefused([str(error)]) from error
    heads = {head: at for at, head in enumerate(rows[0].cells)}
    wanted = [MATTER, NUMBER] if body is not None else [BODY, MATTER, NUMBER]
    if missing := [head for head in wanted if head not in heads]:
        raise FileRefused([
            _("第一行应当是表头“机构、事项、数量、单位”，缺少：%s。") % "、".join(missing)
        ])  # fmt: skip
    lines: list[Line] = []
    problems: list[str] = []
    for row in rows[1:]:
        cells = {head: row.cells[at] if at < len(row.cells) else "" for head, at in heads.items()}
        try:
            lines.append(_line(row.number, cells, body))
        except ValueError as error:
            problems.append(_("第 %(line)d 行：%(why)s") % {"line": row.number, "why": error})
    problems += _repeated(lines)
    if problems:
        raise FileRefused(problems[:MOST_PROBLEMS])
    if not lines:
        raise FileRefused([_("表头以下没有数据。")])
    return lines


def _line(at: int, cells: Mapping[str, str], body: Body | None) -> Line:
    """One line; ValueError with what is wrong and the mend."""
    name = cells.get(BODY, "")
    found = by_name(name) if name else body
    if not isinstance(found, Body):
        raise ValueError(_("不认识机构“%s”：请写机构名录里的全称或简称。") % name)
    if body is not None and found.pk != body.pk:
        raise ValueError(_("“%s”不是本机关：这里只能导入本机关的数据。") % name)
    place = MATTERS.get(cells[MATTER].strip())
    if place is None:
        raise ValueError(
            _("不认识事项“%(what)s”：应当是%(known)s之一。") % {"what": cells[MATTER], "known": "、".join(MATTERS)}
        )
    if source_of("norms", place[0]) is not None:
        raise ValueError(_("“%s”由本系统统计，不用导入；需要改的用“更正”。") % cells[MATTER])
    return Line(at, found, *place, _value(cells[NUMBER], cells.get(UNIT, "").strip(), money=place[1] == "amount"))


def _value(raw: str, unit: str, *, money: bool) -> Decimal:
    known: Mapping[str, Decimal] = MONEY if money else dict.fromkeys(COUNTED, Decimal(1))
    if unit not in known:
        wanted = "、".join(each for each in known if each)
        raise ValueError(_("单位“%(unit)s”不对：应当是%(wanted)s。") % {"unit": unit, "wanted": wanted})
    read_as = number(raw)
    if read_as.value is None:
        raise ValueError(_("数量“%s”不是数字：请填数字，没有的填 0。") % raw[:20])
    value = read_as.value * known[unit]
    if value < 0 or (not money and value != value.to_integral_value()):
        raise ValueError(_("数量“%s”不对：件数应当是不小于 0 的整数。") % raw[:20])
    if value >= Decimal(10) ** (MOST - PLACES) or value != value.quantize(Decimal(1).scaleb(-PLACES)):
        raise ValueError(_("数量“%s”过大，或小数位过多：请核对单位。") % raw[:20])
    return value


def _repeated(lines: Sequence[Line]) -> list[str]:
    first: dict[tuple[int, str, str], int] = {}
    problems: list[str] = []
    for line in lines:
        before = first.setdefault((line.body.pk, line.row, line.column), line.number)
        if before != line.number:
            problems.append(
                _("第 %(line)d 行：与第 %(before)d 行是同一机构的同一事项，请合成一行。")
                % {"line": line.number, "before": before}
            )
    return problems
