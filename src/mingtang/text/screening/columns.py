"""Whole columns of personal data in tables, told by their heads and by what stands in them."""

import re
from collections.abc import Iterator, Sequence

from mingtang.text.document import Cell, Table
from mingtang.text.screening.finding import Finding
from mingtang.text.screening.privacy import PRIVACY

_HEADS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r"身份证|身份号码|证件号"), "id_number", "证件号码"),
    (re.compile(r"(银行|一卡通|开户|收款)?[卡账帐](户)?号|银行账户"), "bank_card", "银行账号"),
    (re.compile(r"(手机|联系电话|联系方式|电话)"), "phone", "电话"),
    (re.compile(r"(家庭|详细|现)?住址|家庭地址|户籍地址"), "address", "住址"),
    (re.compile(r"病情|诊断|患病|病种|疾病"), "health", "健康状况"),
    (re.compile(r"出生日期|出生年月|年龄"), "birth", "出生日期"),
)
#: Heads that make a table one of persons; an office's contacts list is none.
_PERSON = re.compile(r"姓名|户主|申请人|补贴对象|受益人|领取人|学生")
_MASKED = re.compile(r"[*＊×xX●]{2,}")


def private_columns(tables: Sequence[Table]) -> Iterator[Finding]:
    """A finding for each column of a table of persons that holds personal data unmasked."""
    for table in tables:
        for at, head in enumerate(table.rows[:4]):
            if not any(_PERSON.search(cell.text) for cell in head):
                continue
            for column, cell in enumerate(head):
                yield from _column(table, at, column, cell)
            break


def _column(table: Table, at: int, column: int, head: Cell) -> Iterator[Finding]:
    label = "".join(head.text.split())
    named = next((name for pattern, _, name in _HEADS if pattern.search(label)), None)
    if named is None or len(label) > 14:
        return
    full = [row[column] for row in table.rows[at + 1 :] if column < len(row) and _is_full(row[column].text)]
    if not full:
        return
    first = full[0]
    yield Finding(
        "private_column", "secrecy", "warn" if named == "出生日期" else "block", first.start, first.end, f"“{label}”列",
        f"“{label}”列有 {len(full)} 行没有遮盖的{named}，请整列删除或遮盖后再发布。", PRIVACY,
    )  # fmt: skip


def _is_full(text: str) -> bool:
    """Whether a cell holds something, not masked."""
    bare = text.strip()
    return len(bare) >= 2 and bare not in ("——", "无", "/", "略") and not _MASKED.search(bare)
