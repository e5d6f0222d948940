"""An office's own register of correct names, posts and terms, and where a text departs from it.

One CSV file, with a head: 类别 (机构, 人员, 用语), 正确写法, 错误写法 (several by ；), 说明. For 人员 the right form is
the name and the post in one cell, parted by a blank: 某某某 副县长. What is politically right is for people to judge:
the register is the office's, the product ships none.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mingtang.text.errors import UnreadableFile
from mingtang.text.screening.finding import Finding
from mingtang.text.screening.sieve import Sieve, Sought

KINDS = ("机构", "人员", "用语")
_HEADS = ("类别", "正确写法", "错误写法", "说明")
_POSTS = (
    r"(?:常务副|副|代理?|党组|党委|县委|旗委|市委|常委|政府|一级|二级|三级|四级)*"
    r"(?:书记|县长|旗长|市长|区长|盟长|州长|主席|主任|局长|科长|股长|镇长|乡长|苏木达|部长|政委|院长|检察长|秘书长|调研员|所长|队长|站长|校长|总经理|董事长)"
)
MOST_ROWS = 5000


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the register: its kind, the right form, the wrong or former ones, why."""

    kind: str
    right: str
    wrong: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Register:
    """The rows, and the patterns that seek them together."""

    rows: tuple[Row, ...]
    sieve: Sieve | None

    def departures(self, text: str) -> Iterator[Finding]:
        """Where the text has a wrong or former name, or gives a person another post than the register."""
        if self.sieve is None:
            return
        for sought, match in self.sieve.matches(text):
            row = self.rows[int(sought.name)]
            if row.kind == "人员" and match.groups():
                yield from _post(row, match)
            elif not text.startswith(row.right, match.start()):
                yield _finding(row, match.start(), match.end(), match.group())


def read_register(text: str) -> Register:
    """The register in a CSV text; raises `UnreadableFile` naming each line that is wrong."""
    lines = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
    if not lines or [cell.strip() for cell in lines[0][:2]] != list(_HEADS[:2]):
        raise UnreadableFile(f"名录第1行应是表头：{'、'.join(_HEADS)}，请补上。")
    if len(lines) > MOST_ROWS:
        raise UnreadableFile(f"名录超过 {MOST_ROWS} 行，请拆分。")
    rows: list[Row] = []
    faults: list[str] = []
    for number, cells in enumerate(lines[1:], start=2):
        given = [*(cell.strip() for cell in cells), "", "", "", ""][:4]
        if not any(given):
            continue
        kind, right, wrong, why = given
        if kind not in KINDS or not right:
            faults.append(f"名录第{number}行：类别应为{'、'.join(KINDS)}之一，正确写法不能空。")
        elif kind == "人员" and len(right.split()) != 2:
            faults.append(f"名录第{number}行：人员的正确写法应是“姓名 职务”，中间空一格。")
        else:
            rows.append(Row(kind, right, tuple(one for one in re.split(r"[；;]", wrong) if one.strip()), why))
    if faults:
        raise UnreadableFile("".join(faults[:20]))
    sought = [one for index, row in enumerate(rows) for one in _sought(index, row)]
    return Register(tuple(rows), Sieve(sought) if sought else None)


def _sought(index: int, row: Row) -> Iterator[Sought]:
    for wrong in row.wrong:
        yield Sought(str(index), re.compile(re.escape(wrong)), (wrong,))
    if row.kind == "人员":
        name = row.right.split()[0]
        before = rf"([一-龥]{{0,10}}?{_POSTS})(?:、?{_POSTS}){{0,3}}\s?{re.escape(name)}"
        yield Sought(str(index), re.compile(before), (name,))
        yield Sought(str(index), re.compile(rf"{re.escape(name)}(?:同志)?(?:，)?({_POSTS})"), (name,))


def _post(row: Row, match: re.Match[str]) -> Iterator[Finding]:
    _name, post = row.right.split()
    if post in match.group() or match.group(1).endswith(post):
        return
    yield _finding(row, match.start(), match.end(), match.group())


def _finding(row: Row, start: int, end: int, quote: str) -> Finding:
    why = f"（{row.why}）" if row.why else ""
    right = row.right.replace(" ", "，职务为")
    return Finding(
        "register", "politics", "warn", start, end, quote,
        f"与本单位名录不一致：应为“{right}”{why}，请由人核对。", (), None if row.kind == "人员" else row.right,
    )  # fmt: skip


EMPTY: Register = Register((), None)
__all__: Sequence[str] = ("EMPTY", "KINDS", "Register", "Row", "read_register")
