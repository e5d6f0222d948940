"""The values of the law room: an instrument, its rules, and the dated numbers that they set."""

import datetime
from dataclasses import dataclass
from enum import Enum

from mingtang.law.errors import NotInForce, UnknownRule


class Unit(Enum):
    """What a parameter's number counts; the value is its code in the files, the label what people read."""

    WORKING_DAYS = "working_days"
    DAYS = "days"
    MONTH_DAY = "month_day"
    PERIOD = "period"
    TIMES_A_YEAR = "times_a_year"
    COUNT = "count"
    MILLIMETRES = "millimetres"
    MONTHS = "months"
    ITEMS = "items"
    PAGES = "pages"
    YUAN = "yuan"
    WORD = "word"

    @property
    def label(self) -> str:
        return _UNIT_LABELS[self]


_UNIT_LABELS = {
    Unit.WORKING_DAYS: "个工作日",
    Unit.DAYS: "日",
    Unit.MONTH_DAY: "（月-日）",
    Unit.PERIOD: "（周期）",
    Unit.TIMES_A_YEAR: "次／年",
    Unit.COUNT: "项",
    Unit.MILLIMETRES: "毫米",
    Unit.MONTHS: "个月",
    Unit.ITEMS: "件",
    Unit.PAGES: "页",
    Unit.YUAN: "元",
    Unit.WORD: "（取值）",
}


class Tag(Enum):
    """What a rule is about; the value is its code in the files."""

    DISCLOSURE = "disclosure"
    EXCEPTION = "exception"
    PUBLICATION = "publication"
    INTERPRETATION = "interpretation"
    REPORT = "report"
    LEDGER = "ledger"
    CALENDAR = "calendar"
    DOCUMENT = "document"
    REQUEST = "request"
    FEE = "fee"

    @property
    def label(self) -> str:
        return _TAG_LABELS[self]


_TAG_LABELS = {
    Tag.DISCLOSURE: "公开",
    Tag.EXCEPTION: "不予公开",
    Tag.PUBLICATION: "公开期限",
    Tag.INTERPRETATION: "解读",
    Tag.REPORT: "年度报告",
    Tag.LEDGER: "台账",
    Tag.CALENDAR: "期间计算",
    Tag.DOCUMENT: "公文",
    Tag.REQUEST: "依申请公开",
    Tag.FEE: "信息处理费",
}


@dataclass(frozen=True)
class Parameter:
    """A number that a rule sets, and the days between which it holds."""

    name: str
    value: int | str
    unit: Unit
    since: datetime.date
    until: datetime.date | None

    def holds(self, on: datetime.date) -> bool:
        """Whether this value is the law on that day."""
        return self.since <= on and (self.until is None or on <= self.until)

    @property
    def number(self) -> int:
        """The value as a whole number; TypeError when the value is a day or a period."""
        if not isinstance(self.value, int):
            raise TypeError(f"{self.name} is {self.value!r}, not a number")
        return self.value


@dataclass(frozen=True)
class Rule:
    """One rule in our words, with where it stands in the law and when it holds."""

    id: str
    instrument_id: str
    title: str
    number: str
    article: str
    says: str
    tags: tuple[Tag, ...]
    source: str
    checked: str
    since: datetime.date
    until: datetime.date | None
    parameters: tuple[Parameter, ...]

    @property
    def citation(self) -> str:
        """The clause as documents cite it: 《title》（number）article; a title within the title in 〈〉."""
        inner = self.title.replace("《", "〈").replace("》", "〉")
        return f"《{inner}》（{self.number}）{self.article}"

    @property
    def is_checked(self) -> bool:
        """Whether a public page was found that says it; if not, screens mark the rule 待核."""
        return bool(self.checked)

    def holds(self, on: datetime.date) -> bool:
        """Whether the instrument is in force on that day."""
        return self.since <= on and (self.until is None or on <= self.until)

    def parameter(self, name: str, on: datetime.date) -> Parameter:
        """The parameter of this name that holds on that day; NotInForce when none does, or the rule itself does not."""
        for parameter in self.parameters:
            if parameter.name == name and parameter.holds(on) and self.holds(on):
                return parameter
        raise NotInForce(f"{self.citation}在{on.isoformat()}没有生效的“{name}”：请核对规则的起止日期")


@dataclass(frozen=True)
class Instrument:
    """One legal instrument with its rules."""

    id: str
    title: str
    issuer: str
    number: str
    made: datetime.date
    since: datetime.date
    until: datetime.date | None
    source: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Library:
    """All instruments, and their rules by id."""

    instruments: tuple[Instrument, ...]
    by_id: dict[str, Rule]

    def rule(self, rule_id: str) -> Rule:
        """The rule of this id; UnknownRule when there is none."""
        try:
            return self.by_id[rule_id]
        except KeyError:
            raise UnknownRule(rule_id) from None
