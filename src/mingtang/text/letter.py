"""The letter that carries a plan (现将《…》印发给你们): what it carries, and the title it gives."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from mingtang.text.cleaning import fold
from mingtang.text.document import Table
from mingtang.text.sentences import Span


@dataclass(slots=True)
class Section:
    """A part of the text under one title: the notice itself, then each plan or annex; lines and tables in order."""

    title: str | None
    lines: list[Span] = field(default_factory=list[Span])
    tables: list[Table] = field(default_factory=list[Table])


_CARRIED = re.compile(
    r"(?:现将|将|制定了?|随文印发)《([^《》]{4,60}(?:《[^《》]{1,60}》[^《》]{0,30})?)》"
    r"|《([^《》]{4,60}(?:《[^《》]{1,60}》[^《》]{0,30})?)》(?:[(][^()]{1,30}[)])?[,]?(?:已|业)?经"
)
_TOLD = re.compile(
    r"现(?:就|将|对)([^,，。;；《》]{4,40}?)(?:的?(?:有关|相关)?(?:事项|事宜|工作|要求))?"
    r"(?:通知|安排|分解|明确|部署|布置)*如下"
)


def carried_title(letter: Section) -> str:
    """The title in 《》 of the plan that a letter says it carries, or ""."""
    for line in letter.lines:
        match = _CARRIED.search(fold(line.text))
        if match:
            group = 1 if match.group(1) else 2
            return line.text[match.start(group) : match.end(group)]
    return ""


def title_of_letter(sections: Sequence[Section]) -> str:
    """A title for a notice that prints none: the plan it carries or is followed by, what it is about, or ""."""
    letter = sections[0]
    following = next((section.title for section in sections[1:] if section.title), None)
    told = next((match for line in letter.lines if (match := _TOLD.search(line.text))), None)
    carried = carried_title(letter)
    if following and (not carried or _bare(following) == _bare(carried)):
        return following
    return carried or (told.group(1) if told else "")


def is_cover(sections: Sequence[Section], title: str) -> bool:
    """Whether the first section only carries the plan after it: it says 印发《…》, and that title follows."""
    if len(sections) < 2:
        return False
    letter = sections[0]
    opening = "".join(line.text for line in letter.lines[:6])
    if "印发" not in title and not re.search(r"(?:印发|转发|下发)给|现予?以?(?:印发|转发|下发)|现将《", opening):
        return False
    named = (_bare(title), _bare(carried_title(letter)))
    for plan in sections[1:]:
        bare = _bare(plan.title or "")
        if bare and (plan.lines or plan.tables) and (bare in _bare(opening) or any(_same(bare, one) for one in named)):
            return True
    return False


def _same(plan: str, named: str) -> bool:
    """Whether a plan is the one named, though one of the two leaves out the place or the year."""
    return plan in named or (len(plan) >= 8 and plan[-8:] in named)


def _bare(text: str) -> str:
    return re.sub(r"\W", "", fold(text))
