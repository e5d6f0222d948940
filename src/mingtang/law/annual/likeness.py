"""Reports that say the same: what a pair of similar narratives means, and when wording carries no facts."""

import re
from collections.abc import Iterator

from mingtang.law.annual.finding import Finding, Severity
from mingtang.law.annual.report import Report

FORMAT = "annual-report-format.chapters"
#: From which share of shared words a pair is told, and from which it is a warning: with one's own last report, where
#: standing facts recur, and with another body's.
OWN = (0.35, 0.6)
OTHERS = (0.15, 0.3)
_FACT = re.compile(r"\d+(?:\.\d+)?|《[^》]{2,40}》|“[^”]{2,20}”")


def likeness(report: Report, other: Report, score: float, quotes: list[str]) -> Finding | None:
    """The finding about a pair: `score` is the share of shared words, `quotes` the passages, longest first."""
    own = report.key == other.key
    least, warn = OWN if own else OTHERS
    if score < least:
        return None
    severity: Severity = "warning" if score >= warn else "note"
    whose = f"本机关 {other.year} 年的报告" if own else f"“{other.body or other.file}”{other.year or ''} 年的报告"
    return Finding(
        "similar", severity, "正文",
        f"与{whose}有 {score:.0%} 的文字相同（法定和上级规定的表述不计），请改写为本年、本机关的做法和数据。",
        f"低于 {least:.0%}", f"{score:.0%}", " …… ".join(quote[:80] for quote in quotes[:3]), (FORMAT,),
    )  # fmt: skip


def perfunctory(report: Report) -> Iterator[Finding]:
    """A narrative of formulas: fewer than one fact (a number, a named document or measure) in 150 characters.

    It is a note that explains itself, never a verdict.
    """
    text = "".join(text for text, _, chapter in report.passages if chapter in (0, 1, 5))
    characters = len("".join(text.split()))
    facts = len(_FACT.findall(text))
    if characters >= 300 and facts * 150 < characters:
        yield Finding(
            "perfunctory", "note", "正文",
            f"第一、五部分共 {characters} 字，只有 {facts} 处数字、文件名或具体事项；请写出具体做法、数量和实例。",
            f"不少于 {characters // 150} 处", str(facts), rules=(FORMAT,),
        )  # fmt: skip
