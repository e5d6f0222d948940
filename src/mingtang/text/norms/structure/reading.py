"""The text of a normative document into its parts; nothing is dropped: the parts joined are the text, blanks aside."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from mingtang.text.bodies import is_body
from mingtang.text.chinese_dates import lone_date
from mingtang.text.cleaning import fold
from mingtang.text.markers import Kind as MarkerKind
from mingtang.text.markers import marker_of
from mingtang.text.norms.structure.parts import Attachment, Kind, Number, Part, Structure, article_label, number_id
from mingtang.text.numerals import COUNTING, to_int

_N = rf"([{COUNTING}千]{{1,7}}|\d{{1,4}})"
#: A label is none when what follows makes it a reference: 第三条第二款, 第三条规定的, 第三条和第四条.
_ARTICLE = re.compile(
    rf"^第\s?{_N}\s?条(?:\s?之\s?([{COUNTING}]{{1,3}}))?(?!第|的|所|中|规定|、|和|及|至|或|款|项|明确|列|修改|删)[\s:：]*"
)
_CONTAINERS = (
    (Kind.BOOK, re.compile(rf"^第\s?{_N}\s?编[\s:：]*")),
    (Kind.CHAPTER, re.compile(rf"^第\s?{_N}\s?章[\s:：]*")),
    (Kind.SECTION, re.compile(rf"^第\s?{_N}\s?节[\s:：]*")),
)
_CONTENTS = re.compile(r"^目\s*[录次]$")
_ATTACHMENT = re.compile(rf"^[(\[]?附\s?[件表录]\s?(\d{{1,2}}|[{COUNTING}]{{1,2}})?\s?[:]?[)\]]?$")
_ATTACHMENT_TITLED = re.compile(r"^附\s?[件表录]\s?\d{1,2}[\s:]+(?=.{4,40}$)")
_ATTACHMENT_LIST = re.compile(r"^附\s?件\s?\d{0,2}\s?:(?=.)|^附\s?:")
_TAIL = re.compile(
    r"^\(?(?:此件|本件|公开方式|信息公开选项).{0,12}公开.{0,6}\)?$|^(?:抄送|分送|主送|印发机关)\s?[:：]?|[印制]发$|^\(盖章\)$"
)
#: 【立法目的】 after an article's number
_ARTICLE_HEADING = re.compile(r"^(?:【[^【】]{1,30}】|\[[^\[\]]{1,30}\])\s*")
_ITEM_INSIDE = re.compile(r"(?<=[；;。：:])\s?(?=[（(][一二三四五六七八九十]{1,3}[）)])")

_BY_MARKER: dict[MarkerKind, Kind] = {
    "division": Kind.FIRST,
    "han": Kind.FIRST,
    "han_bracket": Kind.SECOND,
    "arabic": Kind.THIRD,
    "arabic_bracket": Kind.FOURTH,
}
_BELOW_ARTICLE: dict[MarkerKind, Kind] = {
    "han_bracket": Kind.ITEM,
    "arabic": Kind.POINT,
    "arabic_bracket": Kind.SUBPOINT,
    "circle": Kind.SUBPOINT,
}
_RANK = {
    Kind.BOOK: 0, Kind.CHAPTER: 1, Kind.SECTION: 2, Kind.ARTICLE: 3, Kind.PARAGRAPH: 4, Kind.ITEM: 5, Kind.POINT: 6,
    Kind.SUBPOINT: 7, Kind.FIRST: 1, Kind.SECOND: 2, Kind.THIRD: 3, Kind.FOURTH: 4,
}  # fmt: skip


@dataclass(slots=True)
class _Open:
    """A part that is being read."""

    kind: Kind
    number: Number
    label: str = ""
    heading: str = ""
    text: str = ""
    children: list["_Open"] = field(default_factory=list["_Open"])

    def count(self, kind: Kind) -> int:
        """How many 款 or tables it has so far: they are counted, so the last one's number tells."""
        return next((child.number[0] for child in reversed(self.children) if child.kind is kind), 0)


def structure_of(text: str) -> Structure:
    """The structure of a text, a paragraph a line; rows of tables have tabs between their cells."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    first = _first_part(lines)
    preamble, rest = lines[:first], lines[first:]
    cuts = _attachment_heads(rest)
    main, tails = rest[: cuts[0] if cuts else len(rest)], _groups(rest, cuts)
    parts_lines, closing = _without_closing(main)
    problems: list[str] = []
    body = _parts(parts_lines, "", problems)
    taken: set[str] = set()
    attachments = tuple(_attachment(group, at, taken, problems) for at, group in enumerate(tails, start=1))
    return Structure(tuple(preamble), body, tuple(closing), attachments, tuple(problems))


def is_article(line: str) -> bool:
    """Whether a paragraph begins an article."""
    return _ARTICLE.match(line) is not None


def _first_part(lines: Sequence[str]) -> int:
    """Where the parts begin: at the first article or the chapter before it, else at the first number."""
    articles = [at for at, line in enumerate(lines) if _ARTICLE.match(line)]
    if articles:
        first, rank = articles[0], _RANK[Kind.ARTICLE]
        # 编, 章, 节 before the first article; what runs the other way is a table of contents.
        while first and (before := _container(lines[first - 1])) and _RANK[before[0]] < rank:
            first, rank = first - 1, _RANK[before[0]]
        return first
    numbers = [(at, marker) for at, line in enumerate(lines) if "\t" not in line and (marker := marker_of(line))]
    numbered = [at for at, marker in numbers if marker.kind in ("han", "division") and marker.number == 1]
    numbered = numbered or [at for at, marker in numbers if marker.number == 1]
    listed = next((at for at, line in enumerate(lines) if _ATTACHMENT_LIST.match(fold(line))), len(lines))
    return next((at for at in numbered if at < listed), _letter_start(lines))


def _letter_start(lines: Sequence[str]) -> int:
    """A document without numbers: its text begins after the addressee, else after the title."""
    for at, line in enumerate(lines[:12]):
        if line.endswith(("：", ":")) and len(line) < 120:
            return at + 1
    return next((at for at, line in enumerate(lines) if line.endswith("。")), len(lines))


def _container(line: str) -> tuple[Kind, int, str, str] | None:
    """The 编, 章 or 节 that a line heads: kind, number, label, title."""
    if len(line) > 50 or line.endswith(("。", "；", "，")):
        return None
    for kind, pattern in _CONTAINERS:
        match = pattern.match(line)
        if match and (number := to_int(match.group(1))):
            return kind, number, re.sub(r"\s", "", match.group()), line[match.end() :]
    return None


def _attachment_heads(lines: Sequence[str]) -> list[int]:
    return [
        at
        for at, line in enumerate(map(fold, lines))
        if at and (_ATTACHMENT.match(line) or (_ATTACHMENT_TITLED.match(line) and _ends(lines[at - 1])))
    ]


def _ends(line: str) -> bool:
    return line.endswith(("。", "日", "）", ")"))


def _groups(lines: Sequence[str], cuts: Sequence[int]) -> list[Sequence[str]]:
    if not cuts:
        return []
    return [lines[start:end] for start, end in zip(cuts, [*cuts[1:], len(lines)], strict=True)]


def _without_closing(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """The lines of the parts, and the closing: list of attachments, signature, date, marks, record of copies."""
    for at, line in enumerate(lines):
        folded = fold(line)
        if at and (_ATTACHMENT_LIST.match(folded) or (_TAIL.search(folded) and len(line) < 60)):
            return list(lines[:at]), list(lines[at:])
        if at and _signs(lines, at):
            return list(lines[:at]), list(lines[at:])
    return list(lines), []


def _signs(lines: Sequence[str], at: int) -> bool:
    """Whether a signature begins at a line: up to five names of bodies and a date, or a date alone."""
    for ahead in range(at, min(at + 6, len(lines))):
        line = lines[ahead]
        if lone_date(line):
            return True
        if len(line) > 40 or line.endswith("。") or not all(is_body(piece) for piece in line.split()):
            return False
    return False


def _attachment(lines: Sequence[str], at: int, taken: set[str], problems: list[str]) -> Attachment:
    titled = _ATTACHMENT_TITLED.match(fold(lines[0]))
    label = (lines[0][: titled.end()] if titled else lines[0]).strip()
    rest = [lines[0][titled.end() :], *lines[1:]] if titled else list(lines[1:])
    title = rest.pop(0) if rest and _is_title(rest[0]) else ""
    number = re.search(rf"\d+|[{COUNTING}]+", label)
    id_ = f"att_{(to_int(number.group()) if number else None) or at}"
    while id_ in taken:
        id_ += ".2"
    taken.add(id_)
    first = _first_part(rest) if any(marker_of(line) or _ARTICLE.match(line) for line in rest) else 0
    return Attachment(id_, label, title, tuple(rest[:first]), _parts(rest[first:], id_ + "__", problems))


def _is_title(line: str) -> bool:
    return len(line) <= 60 and "\t" not in line and not line.endswith(("。", "；", "：")) and marker_of(line) is None


def _parts(lines: Sequence[str], prefix: str, problems: list[str]) -> tuple[Part, ...]:
    root = _Open(Kind.BOOK, ())
    articled = any(_ARTICLE.match(line) for line in lines)
    reader = _Articles(root) if articled else _Headings(root)
    for line in lines:
        for piece in _ITEM_INSIDE.split(line) if "\t" not in line else [line]:
            reader.take(piece)
    seen: dict[str, int] = {}
    parts = tuple(_closed(child, prefix, prefix, seen, problems) for child in root.children)
    problems.extend(_gaps(parts))
    return parts


def _closed(part: _Open, parent: str, root: str, seen: dict[str, int], problems: list[str]) -> Part:
    base = root if part.kind is Kind.ARTICLE else parent
    id_ = f"{base}{part.kind.value}_{number_id(part.number)}"
    seen[id_] = seen.get(id_, 0) + 1
    if seen[id_] > 1:
        problems.append(f"{part.label or '一处'}在文中出现两次，请核对原文。")
        id_ = f"{id_}.{seen[id_]}"
    children = tuple(_closed(child, id_ + "__", root, seen, problems) for child in part.children)
    return Part(part.kind, part.number, id_, part.label, part.heading, part.text, children)


def _gaps(parts: Sequence[Part]) -> list[str]:
    """Numbers of articles that are left out."""
    numbers = [part.number for top in parts for part in top.walk() if part.kind is Kind.ARTICLE]
    missing = [article_label((before[0] + 1,)) for before, after in pairwise(numbers) if after[0] > before[0] + 1]
    return [f"条文序号不连续，{one}没有读到，请核对原文。" for one in missing]


class _Articles:
    """Reads a document in articles: containers, articles, their 款, 项, 目."""

    def __init__(self, root: _Open) -> None:
        self._root = root
        self._stack: list[_Open] = [root]
        self._last: Number = ()

    def take(self, line: str) -> None:
        container = _container(line)
        if container:
            kind, number, label, heading = container
            self._push(_Open(kind, (number,), label, heading))
            return
        article = self._article(line)
        if article:
            self._push(article)
            return
        if "\t" in line:
            self._table(line)
            return
        marker = marker_of(line)
        kind = _BELOW_ARTICLE.get(marker.kind) if marker else None
        if marker and kind and self._may_hold(kind):
            self._push(_Open(kind, (marker.number,), line[: marker.length].rstrip(), text=line[marker.length :]))
        else:
            self._paragraph(line)

    def _article(self, line: str) -> _Open | None:
        match = _ARTICLE.match(line)
        number = to_int(match.group(1)) if match else None
        if match is None or number is None:
            return None
        whole: Number = (number, to_int(match.group(2)) or 1) if match.group(2) else (number,)
        label = re.sub(r"\s", "", match.group())
        if whole <= self._last and not re.search(r"\s$", match.group()):
            return None
        self._last = whole
        article = _Open(Kind.ARTICLE, whole, label)
        rest = line[match.end() :]
        heading = _ARTICLE_HEADING.match(rest)
        if heading:
            article.heading, rest = heading.group().strip(), rest[heading.end() :]
        if rest:
            article.children.append(_Open(Kind.PARAGRAPH, (1,), text=rest))
        return article

    def _may_hold(self, kind: Kind) -> bool:
        """Whether an open 款 (or 项) can take a part of this kind."""
        return any(part.kind is Kind.PARAGRAPH and _RANK[kind] > _RANK[part.kind] for part in self._stack)

    def _push(self, part: _Open) -> None:
        while len(self._stack) > 1 and _RANK[self._stack[-1].kind] >= _RANK[part.kind]:
            self._stack.pop()
        self._stack[-1].children.append(part)
        self._stack.append(part)
        if part.kind is Kind.ARTICLE and part.children:
            self._stack.append(part.children[0])

    def _paragraph(self, line: str) -> None:
        while len(self._stack) > 1 and _RANK[self._stack[-1].kind] >= _RANK[Kind.PARAGRAPH]:
            self._stack.pop()
        holder = self._stack[-1]
        paragraph = _Open(Kind.PARAGRAPH, (holder.count(Kind.PARAGRAPH) + 1,), text=line)
        holder.children.append(paragraph)
        self._stack.append(paragraph)

    def _table(self, line: str) -> None:
        holder = next(
            (p for p in reversed(self._stack) if _RANK[p.kind] <= _RANK[Kind.ARTICLE]), self._root
        )  # fmt: skip
        _add_row(holder, line)


class _Headings:
    """Reads a document without articles: 一、（一）1.（1）, each with its paragraphs."""

    def __init__(self, root: _Open) -> None:
        self._stack: list[_Open] = [root]

    def take(self, line: str) -> None:
        if "\t" in line:
            _add_row(self._stack[-1], line)
            return
        marker = marker_of(line)
        kind = _BY_MARKER.get(marker.kind) if marker else None
        if marker is None or kind is None:
            holder = self._stack[-1]
            holder.children.append(_Open(Kind.PARAGRAPH, (holder.count(Kind.PARAGRAPH) + 1,), text=line))
            return
        while len(self._stack) > 1 and _RANK[self._stack[-1].kind] >= _RANK[kind]:
            self._stack.pop()
        rest = line[marker.length :]
        part = _Open(kind, (marker.number,), line[: marker.length].rstrip())
        if len(rest) <= 40 and not rest.endswith(("。", "；", "：")):
            part.heading = rest
        elif rest:
            part.children.append(_Open(Kind.PARAGRAPH, (1,), text=rest))
        self._stack[-1].children.append(part)
        self._stack.append(part)


def _add_row(holder: _Open, line: str) -> None:
    if holder.children and holder.children[-1].kind is Kind.TABLE:
        holder.children[-1].text += "\n" + line
    else:
        holder.children.append(_Open(Kind.TABLE, (holder.count(Kind.TABLE) + 1,), text=line))
