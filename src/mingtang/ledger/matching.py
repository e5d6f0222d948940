"""Whether a claim counts towards a duty: pure comparison of what the claim says with what the task wants."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mingtang.ledger.wants import Wants
from mingtang.records import classes
from mingtang.trace.evidence import Claim

#: Hits wanted when a task names several words; a mark that fits stands for one of them.
HITS = 2


@dataclass(frozen=True)
class Match:
    """That a claim fits, how well, and why in words for the person who confirms."""

    score: int
    reason: str


def match(claim: Claim, wants: Wants, *, all_marks: bool = False) -> Match | None:
    """How a claim fits what a task or quota wants, or None.

    Marks of one dimension (`topic:…`) are alternatives. A quota (`all_marks`) needs every dimension it names. A task
    needs two of its words (one, where it names only one), or one together with a fitting mark; without words, all its
    marks. What wants nothing is never matched.
    """
    fitting = [mark for mark in wants.marks if mark in claim.kinds]
    dimensions = {mark.partition(":")[0] for mark in wants.marks}
    met = {mark.partition(":")[0] for mark in fitting}
    said = f"{claim.title}\n{claim.words}"
    hits = [word for word in wants.words if word in said]
    if not wants.marks and not wants.words:
        return None
    if (all_marks or not wants.words) and met != dimensions:
        return None
    if wants.words and len(hits) < _needed(wants, met, all_marks=all_marks):
        return None
    return Match(2 * len(met) + len(hits), _reason(fitting, hits))


def _needed(wants: Wants, met: set[str], *, all_marks: bool) -> int:
    if all_marks:
        return 1
    return max(1, min(HITS, len(wants.words)) - (1 if met else 0))


def _reason(marks: Iterable[str], hits: Iterable[str]) -> str:
    named = "、".join(label(mark) for mark in marks)
    words = "".join(f"“{word}”" for word in hits)
    parts = [_("本单位发布"), named, _("提到%(words)s") % {"words": words} if words else ""]
    return "；".join(part for part in parts if part)[:300]


def label(mark: str) -> str:
    """A mark as people read it: `form:视频` → 形式：视频."""
    kind, _colon, value = mark.partition(":")
    if kind == "genre":
        return _("体裁：%(value)s") % {"value": classes.load().genres.get(value, value)}
    if kind == "topic":
        return _("主题：%(value)s") % {"value": classes.load().topics.get(value, value)}
    if kind == "form":
        return _("形式：%(value)s") % {"value": value}
    return {"record": _("已发布的信息")}.get(mark, mark)
