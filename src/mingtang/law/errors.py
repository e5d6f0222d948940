"""What can go wrong in the law room.

LawError
├── InstrumentError     a rule file is not well formed (every fault at once)
├── UnknownRule         no rule has this id
├── UnknownProfile      no kind of publication has this name (in `profiles`)
├── NotInForce          the rule or parameter does not hold on the day asked about
├── CalendarError       an added calendar is not well formed (every fault at once)
├── UnknownYear         the calendar does not know the working days of a year
├── HistoryError        what happened to a request is not well written (every fault at once)
├── ImpossibleHistory   what is said to have happened to a request cannot have happened in law
├── ImpossibleFee       a number of items or pages that no fee can be reckoned for
├── UnknownFact         a sentence of an annual report names a number that there is not
└── MalformedNumber     a document number, credit code or index number is not well formed
"""

from collections.abc import Sequence


class LawError(Exception):
    """Base of the room's errors; the message is one Chinese line for people, or several joined by line breaks."""


class FaultsError(LawError):
    """An error that lists each fault of its input: file, place, mend."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class InstrumentError(FaultsError):
    """A file of rules breaks the form that `mingtang.law.rules` describes."""


class UnknownRule(LawError):
    """No instrument holds a rule of this id."""

    def __init__(self, rule_id: str) -> None:
        super().__init__(f"没有编号为“{rule_id}”的规则：请核对 law/instruments/ 里的编号")


class NotInForce(LawError):
    """Nothing of this name holds on this day."""


class CalendarError(FaultsError):
    """A file of added days breaks the form that `mingtang.law.calendar` describes."""


class UnknownYear(LawError):
    """The State Council's arrangement for a year is not known here."""

    def __init__(self, year: int, known: Sequence[int]) -> None:
        super().__init__(
            f"没有{year}年的工作日安排（已收录{_spans(known)}年）："
            f"待国务院办公厅公布该年放假安排后升级 chinesecalendar，"
            f"或在增补文件夹里放一个 {year}.toml（写法见 docs/operations.md“工作日历”）"
        )
        self.year = year


def _spans(years: Sequence[int]) -> str:
    """Years in order as spans: 2004—2026、2099."""
    spans: list[list[int]] = []
    for year in sorted(years):
        if spans and year == spans[-1][1] + 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    return "、".join(str(first) if first == last else f"{first}—{last}" for first, last in spans)


class MalformedNumber(LawError):
    """A number that documents or bodies carry does not have the form its rule gives."""


class HistoryError(FaultsError):
    """The written events of a request break the form that `mingtang.law.clock.reading` describes."""


class ImpossibleHistory(LawError):
    """A request's events that the law does not allow to follow each other; the message gives the reason."""


class ImpossibleFee(LawError):
    """A fee asked for a number that is no number of items or pages."""
