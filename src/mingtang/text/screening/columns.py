"""Whole columns of personal data in tables, told by their heads and by what stands in them."""

import re
from collections.abc import Callable, Iterator, Sequence

from mingtang.text.cleaning import fold
from mingtang.text.document import Cell, Table
from mingtang.text.screening.finding import Finding
from mingtang.text.screening.holdings import passes_luhn
from mingtang.text.screening.identity import PRIVACY, is_identity_number

#: What a head says → what the column holds, and whether that is looked at only (warn) or never published (block).
_HEADS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r"身份证|身份号码|证件号|公民身份|社会保障号|残疾证号|残疾人证|学籍号|护照"), "证件号码", "block"),
    (re.compile(r"(银行|一卡通|开户|收款|惠农|社保)?[卡账帐折](户)?号|银行账户|银行卡|存折"), "银行账号", "block"),
    (re.compile(r"手机|联系电话|联系方式|电话|移动电话|联系号码"), "电话", "block"),
    (re.compile(r"(家庭|详细|现|居住|户籍|常住)?(住址|地址)|门牌|户籍所在地|房号|室号"), "住址", "block"),
    (
        re.compile(r"病情|诊断|患病|病种|疾病|病史|病因|检查结果|残疾类别|残疾等级|残疾程度|伤情|精神状况"),
        "健康状况",
        "block",
    ),
    (re.compile(r"监护人|家长姓名|父亲姓名|母亲姓名|配偶姓名|家庭成员"), "家庭成员", "block"),
    (re.compile(r"微信|QQ|qq|邮箱|电子邮件|E-?mail", re.IGNORECASE), "网络联系方式", "block"),
    (re.compile(r"车牌|号牌"), "机动车号牌", "block"),
    (re.compile(r"致贫原因|困难原因|救助原因|家庭收入|收入情况|婚姻状况|宗教信仰|贷款|负债"), "家庭情况", "warn"),
    (re.compile(r"出生日期|出生年月|年龄|生日"), "出生日期", "warn"),
)
#: Heads that make a table one of persons; an office's contacts list is none.
_PERSON = re.compile(
    r"姓名|户主|申请人|补贴对象|受益人|领取人|学生|村民|牧民|农户|牧户|承租人|当事人|被处罚人|考生|患者|参保人|救助对象|低保对象|发放对象|人员名单|名单"
)
#: Heads of office lists: numbers in them are for calling.
_OFFICE = re.compile(r"职务|科室|部门|单位|办公|机构|窗口|服务|网点|企业|公司|学校|负责人|法定代表人")
_MASKED = re.compile(r"[*＊×xX●]{2,}")
_PROMISED = ("——", "无", "/", "略", "-", "—", "暂无", "不详")
_MOBILE = re.compile(r"^1[3-9]\d[ -]?\d{4}[ -]?\d{4}$")
#: What a column holds by its content: its name, and whether a value is one.
_CONTENTS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("证件号码", is_identity_number),
    ("电话", lambda value: _MOBILE.match(value) is not None),
    ("银行账号", lambda value: 16 <= len(value) <= 19 and value.isdigit() and value[0] == "6" and passes_luhn(value)),
)
#: So many cells, and this share of them, make a column of one kind by its content.
_FEW, _SHARE = 3, 0.6


def private_columns(tables: Sequence[Table]) -> Iterator[Finding]:
    """A finding for each column that holds personal data unmasked: by its head in a table of persons, or by content."""
    for table in tables:
        at = _head_row(table)
        named: set[int] = set()
        if at is not None:
            for column, cell in enumerate(table.rows[at]):
                if column and cell is table.rows[at][column - 1]:
                    continue
                for finding in _by_head(table, at, column, cell):
                    named.add(column)
                    yield finding
        for column in range(max(map(len, table.rows), default=0)):
            if column not in named:
                yield from _by_content(table, column)


def _head_row(table: Table) -> int | None:
    """The row that heads a table of persons."""
    for at, head in enumerate(table.rows[:4]):
        if any(_PERSON.search(_label(cell)) and len(_label(cell)) <= 14 for cell in head):
            return at
    return None


def _label(cell: Cell) -> str:
    return "".join(cell.text.split())


def _by_head(table: Table, at: int, column: int, head: Cell) -> Iterator[Finding]:
    label = _label(head)
    named, severity = next(((name, how) for pattern, name, how in _HEADS if pattern.search(label)), ("", ""))
    if not named or len(label) > 14 or re.search(r"是否|办公|单位|工作", label):
        return
    full = [row[column] for row in table.rows[at + 1 :] if column < len(row) and _is_full(row[column].text, named)]
    if not full:
        return
    if named == "电话" and any(_OFFICE.search(_label(cell)) for cell in table.rows[at]):
        full = [cell for cell in full if _MOBILE.match(fold(cell.text).strip())]
        if not full:
            return
        severity = "warn"  # a contacts list that gives mobile numbers
    first = full[0]
    yield Finding(
        "private_column",
        "secrecy",
        "warn" if severity == "warn" else "block",
        first.start,
        first.end,
        f"“{label}”列",
        f"“{label}”列有 {len(full)} 行没有遮盖的{named}，请整列删除或遮盖后再发布。",
        PRIVACY,
    )


def _is_full(text: str, named: str) -> bool:
    """Whether a cell holds something of its kind, not masked."""
    bare = fold(text).strip()
    if len(bare) < 2 or bare in _PROMISED or _MASKED.search(bare):
        return False
    if named in ("证件号码", "银行账号", "电话"):
        return len(re.sub(r"\D", "", bare)) >= 7
    if named == "住址":
        return re.search(r"\d|[一二三四五六七八九十]+[号组社栋单]", bare) is not None
    return True


def _by_content(table: Table, column: int) -> Iterator[Finding]:
    """A column whose head says nothing, but whose cells are identity numbers, mobile or card numbers."""
    cells = [row[column] for row in table.rows if column < len(row) and row[column].text.strip()]
    bare = [re.sub(r"[ \u00a0-]", "", fold(cell.text).strip()) for cell in cells]
    for name, test in _CONTENTS:
        hits = [cell for cell, value in zip(cells, bare, strict=True) if test(value)]
        if len(hits) >= _FEW and len(hits) >= _SHARE * max(len(cells) - 1, 1):
            yield Finding(
                "private_column", "secrecy", "block", hits[0].start, hits[0].end, f"第{column + 1}列",
                f"第{column + 1}列有 {len(hits)} 行是没有遮盖的{name}，请整列删除或遮盖后再发布。", PRIVACY,
            )  # fmt: skip
            return
