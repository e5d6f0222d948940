"""What a report's sentences may speak of: each fact by its Chinese name, live from the tables, and the cells behind it.

A sentence holds names in braces (`新收{新收}件`); they are evaluated whenever the sentence is shown, so that it follows
the tables until the report is frozen.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from mingtang.law.annual.cells import shown
from mingtang.law.annual.claims import cells_of
from mingtang.law.annual.narrative import value_of
from mingtang.law.annual.official import Place
from mingtang.law.annual.schema import RESULT_ROWS, ROW_LABELS
from mingtang.law.annual.tables import Tables
from mingtang.law.annual.written import Chapter, WrittenReport
from mingtang.law.errors import LawError
from mingtang.law.requests import Section

#: Name → what it means in the checker's words (`claims.cells_of`), so that writing and checking count the same.
MEANINGS: Mapping[str, str] = {
    "新收": "new",
    "上年结转": "carried_over",
    "办结": "total",
    "结转下年": "carried_forward",
    "自然人": "applicant:natural",
    "组织": "applicant:organisations",
    "予以公开": "granted",
    "部分公开": "partly_granted",
    "不予公开": "section:REFUSED",
    "无法提供": "section:CANNOT_PROVIDE",
    "不予处理": "section:NOT_PROCESSED",
    "其他处理": "section:OTHER",
    "复议": "dispute:review:total",
    "复议维持": "dispute:review:upheld",
    "复议纠正": "dispute:review:corrected",
    "复议其他": "dispute:review:other",
    "复议未结": "dispute:review:pending",
    "诉讼": "dispute:litigation:total",
    "直接起诉": "dispute:direct_litigation:total",
    "复议后起诉": "dispute:litigation_after_review:total",
    "诉讼纠正": "dispute:litigation:corrected",
    "文件制发": "norm:normative_documents:made",
    "文件废止": "norm:normative_documents:repealed",
    "文件现行有效": "norm:normative_documents:valid",
    "许可": "norm:licences:decisions",
    "处罚": "norm:penalties:decisions",
    "强制": "norm:coercion:decisions",
    "收费": "norm:charges:amount",
}
_SECTIONS = {section.label: section for section in Section}
#: Grounds whose full label would not stand in a list.
_SHORT = {"not_corrected": "申请人逾期不补正", "fee_not_paid": "申请人逾期未缴费用", "other": "其他情形"}
_NAMED = re.compile(r"\{([^{}\n]{1,40})\}")


class UnknownFact(LawError):
    """A sentence names a fact that there is not; `name` is as it was written."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name = name
        super().__init__(f"文字中的“{{{name}}}”认不出是哪个数；可用的有：{'、'.join(known)}。请改正花括号里的名称。")


@dataclass(frozen=True, slots=True)
class Count:
    """A number that no table holds, counted by the platform: its name, the measure word, a path to what it counts."""

    name: str
    number: Decimal
    unit: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a filled sentence: plain words, or (with a `name`) a fact and the cells whose sum it is."""

    text: str
    name: str = ""
    cells: tuple[Place, ...] = ()


class Facts:
    """The facts of one report."""

    def __init__(self, written: WrittenReport, counts: Sequence[Count] = ()) -> None:
        self._tables = written.tables
        self._before = before_of(written)
        duties = sum(line.duties for line in written.fulfilment)
        self._plain: dict[str, Decimal | str] = {
            "年": str(written.year),
            "单位": written.body,
            "收费单位": written.tables.charge_unit,
            "汇总单位": Decimal(len(written.included)),
            "信息处理费": written.fees.amount,
            "信息处理费件数": Decimal(written.fees.notices),
            "更正": Decimal(len(written.corrections)),
            "本年问题": Decimal(len(written.problems)),
            "上年问题": Decimal(len(written.follow_ups)),
            "上年问题解决": Decimal(sum(each.outcome == "solved" for each in written.follow_ups)),
            "台账条目": Decimal(len(written.fulfilment)),
            "台账任务": Decimal(duties),
            "台账完成": Decimal(sum(line.done for line in written.fulfilment)),
            "台账逾期": Decimal(sum(line.late for line in written.fulfilment)),
            **{count.name: count.number for count in counts},
        }

    def names(self) -> tuple[str, ...]:
        """All names that may stand in braces by themselves."""
        return (*MEANINGS, *self._plain)

    def number(self, name: str) -> Decimal | None:
        """A fact as a number; None where it is none, or the tables do not hold it."""
        if name in MEANINGS:
            return value_of(self._tables, MEANINGS[name])
        value = self._plain.get(name)
        return value if isinstance(value, Decimal) else None

    def before(self, name: str) -> Decimal | None:
        """The same number in last year's tables, where they are at hand."""
        return value_of(self._before, MEANINGS[name]) if self._before is not None and name in MEANINGS else None

    def pieces(self, text: str) -> tuple[Piece, ...]:
        """A sentence in its runs; `UnknownFact` when it names something that is not a fact."""
        found: list[Piece] = []
        at = 0
        for match in _NAMED.finditer(text):
            if match.start() > at:
                found.append(Piece(text[at : match.start()]))
            found.append(self._piece(match.group(1).strip()))
            at = match.end()
        return (*found, Piece(text[at:])) if at < len(text) else tuple(found)

    def fill(self, text: str) -> str:
        """The sentence with its facts in place."""
        return "".join(piece.text for piece in self.pieces(text))

    def _piece(self, named: str) -> Piece:
        word, *rest = named.split()
        if word == "占比" and len(rest) == 2:
            return Piece(self._share(*rest), named, (*self._cells(rest[0]), *self._cells(rest[1])))
        if word == "增减" and len(rest) == 1 and rest[0] in MEANINGS:
            return Piece(self._change(rest[0]), named, self._cells(rest[0]))
        if word == "理由" and len(rest) == 1 and rest[0] in _SECTIONS:
            return Piece(self._grounds(_SECTIONS[rest[0]]), named, self._cells(rest[0]))
        if rest or (word not in MEANINGS and word not in self._plain):
            raise UnknownFact(named, self.names())
        plain = self._plain.get(word)
        if isinstance(plain, str):
            return Piece(plain, word)
        number = self.number(word)
        return Piece("0" if number is None else shown(number), word, self._cells(word))

    def _cells(self, name: str) -> tuple[Place, ...]:
        return cells_of(MEANINGS[name]) if name in MEANINGS else ()

    def _share(self, part: str, whole: str) -> str:
        for name in (part, whole):
            if name not in self.names():
                raise UnknownFact(name, self.names())
        of, over = self.number(part), self.number(whole)
        return "0" if not of or not over else shown((of * 100 / over).quantize(Decimal("0.1"), ROUND_HALF_UP))

    def _change(self, name: str) -> str:
        """比上年增加 …: empty where last year's number is not known."""
        now, then = self.number(name), self.before(name)
        if now is None or then is None:
            return ""
        if now == then:
            return "，与上年持平"
        more = now > then
        by = f"，比上年{'增加' if more else '减少'}{shown(abs(now - then))}件"
        if not then:
            return by
        percent = (abs(now - then) * 100 / then).quantize(Decimal("0.1"), ROUND_HALF_UP)
        return f"{by}，{'增长' if more else '下降'}{shown(percent)}%"

    def _grounds(self, section: Section) -> str:
        """The rows of a group that are not zero, the most frequent first."""
        counted = [(self._tables.request(row, "total") or Decimal(0), row) for row in RESULT_ROWS[section]]
        told = sorted(((number, row) for number, row in counted if number), key=lambda each: -each[0])
        return "、".join(f"{_SHORT.get(row, ROW_LABELS[row])}{shown(number)}件" for number, row in told)


def before_of(written: WrittenReport) -> Tables | None:
    """The tables of the year before, where they are at hand."""
    return next((tables for year, tables in written.earlier if year == written.year - 1), None)


def filled(written: WrittenReport, counts: Sequence[Count] = ()) -> WrittenReport:
    """The report with all facts of its narrative in place: as it is shown, checked and frozen."""
    facts = Facts(written, counts)
    chapters = tuple(
        Chapter(each.number, each.title, tuple(facts.fill(text) for text in each.paragraphs))
        for each in written.chapters
    )
    return replace(written, chapters=chapters)
