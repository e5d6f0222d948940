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
    return carried_title(letter) or following or (told.group(1) if told else "")


def is_cover(sections: Sequence[Section], title: str) -> bool:
    """Whether the first section only carries the plan after it: it says 印发《…》, and that title follows."""
    if len(sections) < 2:
        return False
    letter = sections[0]
    known = _bare(title + carried_title(letter) + "".join(line.text for line in letter.lines[:6]))
    sends = re.search(r"印发|转发|下发", title + "".join(line.text for line in letter.lines[:6])) is not None
    plans = (section for section in sections[1:] if section.title and (section.lines or section.tables))
    return sends and any(_bare(plan.title or "") in known for plan in plans)


def _bare(text: str) -> str:
    return re.sub(r"\W", "", fold(text))
