"""A finding of the check: what is wrong, where, how it reads, what would be right, and the rule that says so."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

Severity = Literal["error", "warning", "note"]

#: Code → what it is called; the codes are the contract of `mingtang report check`.
CODES: dict[str, str] = {
    "identity": "表内勾稽",
    "row_total": "行合计",
    "column_total": "办理结果合计",
    "group_total": "复议诉讼合计",
    "blank_row": "整行空白",
    "missing_row": "缺少表格行",
    "missing_table": "缺少表格",
    "unreadable": "读不出的单元格",
    "negative": "负数",
    "carry_over": "与上年结转衔接",
    "stock": "现行有效件数衔接",
    "text_vs_table": "正文与表格",
    "text_sum": "正文分项合计",
    "text_share": "正文占比",
    "text_growth": "正文增减",
    "fee": "信息处理费",
    "unit": "计量单位",
    "year_slip": "年份",
    "date": "日期",
    "other_body": "其他机关的名称",
    "missing_chapter": "缺少章节",
    "chapter_order": "章节顺序",
    "empty_chapter": "章节空白",
    "short": "篇幅过短",
    "perfunctory": "套话过多",
    "late": "公布时间",
    "similar": "内容雷同",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `quote` is the report's own wording; `mend` says what to do; `rules` are rule ids."""

    code: str
    severity: Severity
    where: str
    message: str
    expected: str = ""
    found: str = ""
    quote: str = ""
    rules: tuple[str, ...] = ()
    #: character offsets into the text that was read, where the finding has a place there
    start: int | None = None
    end: int | None = None

    def as_json(self) -> dict[str, object]:
        """The shape that `mingtang report check --format json` promises."""
        value: dict[str, object] = {
            "code": self.code,
            "severity": self.severity,
            "where": self.where,
            "expected": self.expected,
            "found": self.found,
            "quote": self.quote,
            "message": self.message,
            "rules": list(self.rules),
        }
        if self.start is not None:
            value |= {"start": self.start, "end": self.end}
        return value


def settled(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings without repetition: errors first, then by place in the text."""
    weight = {"error": 0, "warning": 1, "note": 2}
    unique = list(dict.fromkeys(replace(finding, quote=finding.quote.strip()) for finding in findings))
    return tuple(sorted(unique, key=lambda finding: (weight[finding.severity], finding.start or 0)))
