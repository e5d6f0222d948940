"""Responsibility notes: （牵头单位：…；配合单位：…）, （…牵头，…配合，6月底前完成）, 责任单位：…"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from mingtang.text.bodies import is_body, plain_name, split_names
from mingtang.text.cleaning import fold
from mingtang.text.deadlines import Moment, deadline_of_cell, find_deadlines
from mingtang.text.draft import Deadline
from mingtang.text.sentences import Span, clauses


@dataclass(frozen=True, slots=True)
class Responsibility:
    """Who leads, who does, who co-operates, and by when, as a note states it."""

    lead: tuple[str, ...] = ()
    does: tuple[str, ...] = ()
    supporting: tuple[str, ...] = ()
    deadlines: tuple[Deadline, ...] = ()

    @property
    def bodies(self) -> tuple[str, ...]:
        """All who are bound, those who lead first."""
        return tuple(dict.fromkeys((*self.lead, *self.does, *self.supporting)))

    def __bool__(self) -> bool:
        return bool(self.bodies or self.deadlines)


def joined(parts: Iterable[Responsibility]) -> Responsibility:
    """Several notes as one."""
    all_parts = list(parts)
    return Responsibility(
        lead=tuple(dict.fromkeys(name for part in all_parts for name in part.lead)),
        does=tuple(dict.fromkeys(name for part in all_parts for name in part.does)),
        supporting=tuple(dict.fromkeys(name for part in all_parts for name in part.supporting)),
        deadlines=tuple(dict.fromkeys(one for part in all_parts for one in part.deadlines)),
    )


_LABEL = re.compile(
    r"(?P<role>牵头|责任|主办|承办|配合|协办|协同|协助|参与|参加|落实|实施|主体|主要责任|具体|主管|公开|工作|涉及|相关|完成|办理|时间|时限|进度)?"
    r"(?P<kind>单位|部门|科室|股室|处室|机构|主体|责任人|分工|领导|人员|时限|时间|期限|节点|要求|安排|人)\s?[:]\s?"
)
_LEAD_ROLES = ("牵头", "主办")
_SUPPORT_ROLES = ("配合", "协办", "协同", "协助", "参与", "参加")
_LABELLED = re.compile(
    r"^(?:牵头|责任|主办|承办|配合|协办|落实|实施|主要责任|参与|具体责任|主管|公开责任|公开)(?:单位|部门|科室|股室|处室|机构|主体|领导|人)(?:及(?:配合|责任|参与)单位)?\s?[:]"
    r"|^(?:完成|办理|工作|落实)?(?:时限|完成时间|期限|时间节点|完成时限)(?:要求)?\s?[:]|^(?:责任|职责)分工\s?[:]"
)
_ROLE_TAIL = re.compile(
    r"(?:等(?:部门|单位)?)?(?:按照?(?:各自)?(?:职责|职能)(?:分工)?|按(?:各自)?分工|根据职责(?:分工)?|分别|具体|共同|各自|依职责|依据职责)*"
    r"(?P<tail>牵头(?:负责|落实|组织|实施)?|配合(?:落实|做好|实施)?|协助|协同|参与|负责(?:落实|实施)?|落实|组织实施|承办|主办|会同)$"
)


def is_note(text: str) -> bool:
    """Whether a line or sentence is a responsibility note with a label (责任单位：…)."""
    return _LABELLED.match(fold(text).lstrip(" ([【")) is not None


def read_note(text: str, moment: Moment, labelled_only: bool = False) -> Responsibility | None:
    """What a note says, or None when the text is no note (（试行）, （以下简称…））."""
    text = text.strip(" 。；;，,")
    if not 2 <= len(text) <= 400:
        return None
    folded = fold(text)
    if _LABELLED.match(folded):
        return _labelled(text, folded, moment) or None
    if labelled_only:
        return None
    segments = list(clauses(Span(text, 0), marks="；;。"))
    if any(_LABELLED.match(fold(segment.text)) for segment in segments):
        # 某局牵头，某局配合。完成时限：…
        parts = [read_note(segment.text, moment) for segment in segments]
        return joined(part for part in parts if part) if all(parts) else None
    return _free(text, moment)


def _labelled(text: str, folded: str, moment: Moment) -> Responsibility:
    marks = list(_LABEL.finditer(folded))
    parts: list[Responsibility] = []
    for match, following in zip(marks, [*marks[1:], None], strict=False):
        content = text[match.end() : following.start() if following else len(text)].strip(" ，,；;。、")
        parts.append(_segment(match.group("role") or "", match.group("kind"), content, moment))
    return joined(parts)


def _segment(role: str, kind: str, content: str, moment: Moment) -> Responsibility:
    if kind in ("时限", "时间", "期限", "节点", "安排") or role in ("完成", "时间", "时限", "进度"):
        return Responsibility(deadlines=deadline_of_cell(content, moment))
    if kind in ("要求",):
        return Responsibility()
    free = _free(content, moment) if re.search(r"牵头|配合|协助|负责|月底前|完成", content) else None
    names = free.bodies if free else tuple(names_in_list(content))
    deadlines = free.deadlines if free else ()
    if free and (free.lead or free.supporting) and role not in (*_LEAD_ROLES, *_SUPPORT_ROLES):
        return free
    if role in _LEAD_ROLES:
        return Responsibility(lead=names, deadlines=deadlines)
    if role in _SUPPORT_ROLES:
        return Responsibility(supporting=names, deadlines=deadlines)
    return Responsibility(does=names, deadlines=deadlines)


def names_in_list(text: str) -> list[str]:
    """The bodies in a list that holds nothing else (a table cell, what follows 责任单位：)."""
    return [
        name
        for name in split_names(text.replace("\n", "、"))
        if is_body(name, strict=False) and name not in ("等", "无")
    ]


def _free(text: str, moment: Moment) -> Responsibility | None:
    """A note without labels: names with 牵头, 配合, 负责; or nothing but names."""
    parts: list[Responsibility] = []
    proven = False
    for clause in clauses(Span(text, 0)):
        part, role_named = _free_clause(clause.text, moment)
        if part is None:
            return None
        proven = proven or role_named
        parts.append(part)
    whole = joined(parts)
    if not whole:
        return None
    if not proven and not all(is_body(name) or name.startswith("各") for name in whole.bodies):
        return None
    return whole if whole.bodies or proven else None


def _free_clause(text: str, moment: Moment) -> tuple[Responsibility | None, bool]:
    deadlines = find_deadlines(text, moment)
    bare = text
    for deadline in deadlines:
        bare = bare.replace(deadline.text, "")
    bare = re.sub(r"^(?:由|并|请|其他)|(?:前)?完成$", "", bare.strip())
    if not bare or bare in ("完成", "推进", "实施", "落实", "推进实施", "坚持", "开展", "做好"):
        return (Responsibility(deadlines=deadlines), bool(deadlines)) if deadlines else (None, False)
    led = re.match(r"^(?P<lead>[^牵]{2,60}?)(?:等)?牵头[、和与及](?P<rest>.{2,})$", bare)
    if led:
        rest, _ = _free_clause(led.group("rest"), moment)
        return joined([Responsibility(lead=tuple(names_in_list(led.group("lead")))), rest or Responsibility()]), True
    tail = _ROLE_TAIL.search(bare)
    names = tuple(names_in_list(bare[: tail.start()] if tail else bare))
    pieces = split_names(bare[: tail.start()] if tail else bare)
    if not names or len(names) < len([piece for piece in pieces if len(piece) > 1]):
        return None, False
    role = tail.group("tail") if tail else ""
    if role.startswith(("牵头", "主办")):
        return Responsibility(lead=names, deadlines=deadlines), True
    if role.startswith(("配合", "协助", "协同", "参与")):
        return Responsibility(supporting=names, deadlines=deadlines), True
    return Responsibility(does=names, deadlines=deadlines), bool(role)


def merged_name(name: str) -> str:
    """A name without the words around it, for comparing."""
    return plain_name(name)
