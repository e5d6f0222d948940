"""Reports that say the same: what a pair of similar narratives means, and when wording carries no facts."""

import re
from collections.abc import Iterator, Sequence

from mingtang.law.annual.finding import Finding, Severity
from mingtang.law.annual.form import same_place
from mingtang.law.annual.report import Report

FORMAT = "annual-report-format.chapters"
#: From which share of shared words a pair is told, and from which it is a warning: with one's own last report, where
#: standing facts recur, and with another body's.
OWN = (0.35, 0.6)
OTHERS = (0.15, 0.3)
#: A fact: a number that counts something, a day, a document, a named measure; not the law itself, the year, a number of
#: a heading or of a document.
_FACT = re.compile(
    r"(?<![〔\d])\d+(?:\.\d+)?(?!\d|年|号|〕|[.、．])|《(?![^》]{0,20}(?:信息公开条例|报告格式))[^》]{2,40}》|“(?!以?公开为)[^”]{2,20}”"
)


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


_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
#: A sentence counts as common when so much of it lies in common passages.
_COVERED = 0.7


def common_sentences(text: str, spans: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """The sentences of a text that common passages cover, in reading order."""
    found: list[str] = []
    for match in _SENTENCE.finditer(text):
        covered = sum(max(0, min(match.end(), end) - max(match.start(), start)) for start, end in spans)
        if len(match.group()) >= 10 and covered >= len(match.group()) * _COVERED:
            found.append(match.group().strip())
    return tuple(dict.fromkeys(found))


def sentence_at(text: str, start: int, end: int) -> str:
    """The whole sentences that a passage of a text stands in."""
    begin = max(text.rfind(mark, 0, start) for mark in "。！？\n") + 1
    ends = [at for mark in "。！？\n" if (at := text.find(mark, max(start, end - 1))) >= 0]
    return text[begin : min(ends, default=len(text) - 1) + 1].strip()


def name_left(report: Report, other: Report, text: str) -> Finding | None:
    """The finding that another body's full name stands in a report; None for bodies of one place or one above it."""
    if same_place(report.key, other.key):
        return None
    at = max(text.find(other.body), 0)
    return Finding(
        "other_body", "warning", "正文",
        f"报告是“{report.body}”的，正文出现“{other.body}”，请核对是否照搬了那份报告的文字。",
        report.body, other.body, sentence_at(text, at, at + len(other.body))[:80], (FORMAT,),
    )  # fmt: skip


def perfunctory(report: Report) -> Iterator[Finding]:
    """A narrative of formulas: fewer than one fact (a number, a named document or measure) in 150 characters.

    It is a note that explains itself, never a verdict.
    """
    text = "\n".join(text for text, _, chapter in report.passages if chapter in (1, 5))
    written = [sentence for sentence in _SENTENCE.findall(text) if len(sentence) >= 10]
    bare = sum(1 for sentence in written if not _FACT.search(sentence))
    characters = len("".join(text.split()))
    facts = len(_FACT.findall(text))
    if characters >= 300 and facts * 150 < characters:
        yield Finding(
            "perfunctory", "note", "正文",
            f"第一、五部分共 {characters} 字，只有 {facts} 处数字、文件名或具体事项，{len(written)} 句里有 {bare} 句"
            "一处也没有；请写出具体做法、数量和实例。",
            f"不少于 {characters // 150} 处", str(facts), rules=(FORMAT,),
        )  # fmt: skip
