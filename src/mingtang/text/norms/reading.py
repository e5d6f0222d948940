"""A document into the draft of a library entry: what it is, and every field that its own words give."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from mingtang.text.chinese_dates import find_date
from mingtang.text.document import Document
from mingtang.text.head import read_head
from mingtang.text.norms.attachments import attachments_of
from mingtang.text.norms.certainty import confidence_of
from mingtang.text.norms.cleanups import Cleanup, cleanup_of
from mingtang.text.norms.heading import amended_by, heading_of, without_quotations
from mingtang.text.norms.kinds import Kind, kind_of
from mingtang.text.norms.terms import terms_of

_ARTICLE = re.compile(r"^\s*第([零〇一二三四五六七八九十百]+|\d+)条(?!第|的|规定|、|和|至)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class NormDraft:
    """What was read; None where the document does not say it. `problems` tell what a person should look at."""

    kind: Kind
    title: str
    document_number: str | None
    issuer: str | None
    made_on: date | None
    published_on: date | None
    effective_on: date | None
    expires_on: date | None
    index_number: str | None
    articles: int
    repeals: tuple[str, ...]
    cleanup: Cleanup | None
    problems: tuple[str, ...]
    amends: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    #: how sure each field is (0–1); only fields that were read
    confidence: Mapping[str, float] = field(default_factory=dict[str, float])

    def as_json(self) -> dict[str, object]:
        """The shape that `mingtang import norms --dry-run --format json` promises, the file's name aside."""
        days = ("made_on", "published_on", "effective_on", "expires_on")
        return {
            "kind": self.kind,
            "title": self.title,
            "document_number": self.document_number,
            "issuer": self.issuer,
            **{name: _iso(getattr(self, name)) for name in days},
            "index_number": self.index_number,
            "articles": self.articles,
            "repeals": list(self.repeals),
            "cleanup": self.cleanup.as_json() if self.cleanup else None,
            "problems": list(self.problems),
            "amends": list(self.amends),
            "attachments": list(self.attachments),
            "decides": [entry.as_json() for entry in self.cleanup.entries] if self.cleanup else [],
            "confidence": dict(self.confidence),
        }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def read_norm(document: Document) -> NormDraft:
    """The draft entry of a document.

    The issuer is the body that signs, not the one that posts. A clean-up's result gives its numbers; only a norm has
    terms.
    """
    head = read_head(document)
    facts = {name: value for name, value in reversed((*document.facts, *head.facts)) if value}
    heading = heading_of(document.text, head)
    published_on = _day(facts.get("发布日期"))
    made_on = heading.made_on or head.made_on or _day(facts.get("成文日期"))
    articles = _articles(document.text)
    amends = amended_by(heading.title)
    words = without_quotations(document.text) if amends else document.text
    terms = terms_of(words, made_on=made_on, published_on=published_on)
    ends = bool(terms.repeals or terms.expires_on)
    kind = kind_of(heading.title, heading.number, articles, in_force_clause=terms.stated, ends=ends)
    norm = kind == "norm"
    cleanup = cleanup_of(document) if kind == "cleanup" else None
    effective_on = terms.effective_on or _day(facts.get("生效日期"))
    expires_on = terms.expires_on or _day(facts.get("废止日期"))
    draft = NormDraft(
        kind, heading.title, heading.number, heading.issuer, made_on, published_on,
        effective_on if norm else None, expires_on if norm else None,
        facts.get("索引号"), articles, terms.repeals if norm else (), cleanup, (),
        amends=amends if norm else (), attachments=attachments_of(document.text),
        confidence=confidence_of(document, head, heading, terms if norm else None),
    )  # fmt: skip
    return _with_problems(draft)


def _day(words: str | None) -> date | None:
    found = find_date(words) if words else None
    return found[0] if found else None


def _articles(text: str) -> int:
    """How many articles a text has; one that is quoted twice counts once."""
    return len({match.group(1) for match in _ARTICLE.finditer(text)})


def _with_problems(draft: NormDraft) -> NormDraft:
    problems: list[str] = []
    if not draft.title:
        problems.append("没有读到标题，请补填。")
    if draft.kind in ("norm", "cleanup"):
        if not draft.issuer:
            problems.append("没有读到制定机关，请补填。")
        if not draft.made_on:
            problems.append("没有读到成文日期，请补填。")
    if draft.kind == "norm":
        problems.extend(_norm_problems(draft))
    if draft.cleanup is not None:
        problems.extend(draft.cleanup.problems)
        if not draft.cleanup.total:
            problems.append("清理结果没有列出文件，请核对附件是否齐全。")
    return replace(draft, problems=tuple(problems))


def _norm_problems(draft: NormDraft) -> list[str]:
    problems: list[str] = []
    if not draft.document_number:
        problems.append("没有读到发文字号，请补填。")
    if draft.effective_on and draft.made_on and draft.effective_on < draft.made_on:
        problems.append(f"施行日期 {draft.effective_on} 早于成文日期 {draft.made_on}，请核对。")
    if draft.expires_on and draft.effective_on and draft.expires_on <= draft.effective_on:
        problems.append(f"失效日期 {draft.expires_on} 不晚于施行日期 {draft.effective_on}，请核对。")
    if draft.title in draft.repeals:
        problems.append("废止清单里有文件自己，请核对。")
    return problems
