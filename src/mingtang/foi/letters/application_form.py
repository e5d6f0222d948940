"""The printable application form: for a person, and for a legal person or other organisation; filled in by hand."""

from collections.abc import Iterable

from mingtang.foi.facts import BodyFacts
from mingtang.foi.letters.clauses import cite
from mingtang.foi.letters.words import REGULATION
from mingtang.foi.models import Handover, Provision
from mingtang.law.requests import Applicant
from mingtang.press.document import Cell, Document, Layout, Table
from mingtang.press.table_grid import Align

BOX = "□"
#: Lines that a row is high, so that one can write by hand.
_HIGH = 1.5
_Row = tuple[Cell | str, ...]
_WIDTHS = (2.0, 2.2, 3.6, 2.2, 3.6)
#: Ways that an applicant can choose; by another body is the office's own choice.
_WAYS = tuple(way for way in Handover if way is not Handover.OTHER_BODY)


def application_form(body: BodyFacts, *, natural: bool) -> Document:
    """One page with what article 29 wants: who asks, how to reach them, what is wanted and in what form."""
    whom = "公民" if natural else "法人、其他组织"
    rows = (
        _body(body),
        *(_person() if natural else _organisation()),
        *_wanted(natural=natural),
        *_signed(),
        *_office(),
    )
    return Document(
        layout=Layout.PLAIN,
        title=f"政府信息公开申请表（{whom}）",
        body=(Table((*rows, (Cell(_notes(body, natural=natural), columns=5),)), _WIDTHS),),
    )


def _body(body: BodyFacts) -> _Row:
    return (_side("受理机关"), Cell(body.name, columns=4, lines=_HIGH))


def _person() -> Iterable[_Row]:
    return (
        (_side("申请人\n信息", 3), _name("姓名"), _space(), _name("联系电话"), _space()),
        (_name("证件名称"), _space(), _name("证件号码"), _space()),
        (_name("通信地址"), _space(), _name("邮编、\n电子邮箱"), _space()),
    )


def _organisation() -> Iterable[_Row]:
    kinds = [f"{BOX}{each.label}" for each in Applicant if not each.is_natural_person]
    return (
        (_side("申请人\n信息", 5), _name("名称"), Cell("", columns=3, lines=_HIGH)),
        (_name("性质"), Cell(f"{'  '.join(kinds[:3])}\n{'  '.join(kinds[3:])}", columns=3)),
        (_name("统一社会\n信用代码"), _space(), _name("法定代表人\n或负责人"), _space()),
        (_name("联系人"), _space(), _name("联系电话"), _space()),
        (_name("通信地址"), _space(), _name("邮编、\n电子邮箱"), _space()),
    )


def _wanted(*, natural: bool) -> Iterable[_Row]:
    forms = "  ".join(f"{BOX}{each.label}" for each in Provision)
    ways = "  ".join(f"{BOX}{each.label}" for each in _WAYS)
    return (
        (
            _side("所需信息\n情况", 3),
            _name("名称、文号\n或者其他\n特征性描述"),
            Cell("", columns=3, lines=9 if natural else 4),
        ),
        (_name("提供的形式"), Cell(forms, columns=3, lines=_HIGH)),
        (_name("获取的方式"), Cell(ways, columns=3, lines=_HIGH)),
    )


def _signed() -> Iterable[_Row]:
    words = "签名（盖章）：　　　　　　　　　　　　　　　　年　　月　　日"
    return ((_side("申请人"), Cell(words, columns=4, lines=2)),)


def _office() -> Iterable[_Row]:
    return (
        (_side("受理机关\n填写", 2), _name("申请编号"), _space(), _name("收到日期"), _space()),
        (_name("收到渠道"), _space(), _name("经办人"), _space()),
    )


def _notes(body: BodyFacts, *, natural: bool) -> str:
    proof = "身份证件复印件" if natural else "主体资格证明复印件和经办人身份证件复印件"
    known = (("地址", body.address), ("电话", body.phone), ("电子邮箱", body.email))
    reach = "；".join(f"{name}：{value}" for name, value in known if value)
    return (
        f"1. 依据{cite(f'{REGULATION}.29')}填写，并附{proof}；填写确有困难的，可以口头提出，由工作人员代为填写。\n"
        f"2. 提交至{body.name}{body.office}。{reach}"
    )


def _space() -> Cell:
    """Room to write by hand."""
    return Cell("", lines=_HIGH)


def _side(words: str, rows: int = 1) -> Cell:
    return Cell(words, rows=rows, align=Align.CENTRE, strong=True)


def _name(words: str) -> Cell:
    return Cell(words, align=Align.CENTRE)
