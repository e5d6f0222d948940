"""The numbered structure of a document: a tree of headings with their lines, and the faults of its numbers."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from mingtang.text.draft import Problem
from mingtang.text.markers import ORDER, Kind, Marker, marker_of
from mingtang.text.sentences import Span, depths, sentences

#: A heading longer than this is a sentence, not a title.
LONGEST_TITLE = 60


@dataclass(slots=True)
class Node:
    """A numbered place: its title, where it begins, the lines of its own text, and the places under it.

    `title_span` is the title's line without its number; `bare` is true when the title was the whole line, so that
    the heading itself may be what is to be done.
    """

    kind: Kind
    number: int
    title: str
    title_span: Span
    start: int
    end: int
    bare: bool
    lines: list[Span] = field(default_factory=list[Span])
    children: list["Node"] = field(default_factory=list["Node"])

    def walk(self) -> Iterator["Node"]:
        """This node and all under it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def all_lines(self) -> list[Span]:
        """Its own lines and, numbers included, those of everything under it."""
        lines = list(self.lines)
        for child in self.children:
            lines.append(child.title_span)
            lines.extend(child.all_lines())
        return lines


@dataclass(frozen=True, slots=True)
class Outline:
    """`preamble` stands before the first number; `roots` are the outermost places."""

    preamble: tuple[Span, ...]
    roots: tuple[Node, ...]
    problems: tuple[Problem, ...]


def outline_of(lines: Iterable[Span], speaks: Callable[[str], bool] | None = None) -> Outline:
    """The outline of lines of text (paragraphs with their offsets).

    `speaks` tells whether a first sentence binds somebody; then it is text, not only a title. Numbers are taken as
    printed; gaps, doubles and steps back are reported, never mended.
    """
    pieces = list(_split_inline(lines))
    rank = _ranks(pieces)
    preamble: list[Span] = []
    roots: list[Node] = []
    stack: list[Node] = []
    index = 0
    while index < len(pieces):
        line = pieces[index]
        marker = marker_of(line.text)
        index += 1
        if marker is None:
            (stack[-1].lines if stack else preamble).append(line)
        else:
            following = pieces[index : index + 2]
            node, taken = _node(line, marker, following, speaks)
            index += taken
            while stack and rank[stack[-1].kind] >= rank[marker.kind]:
                stack.pop()
            (stack[-1].children if stack else roots).append(node)
            stack.append(node)
        for open_node in stack:
            open_node.end = max(open_node.end, pieces[index - 1].end)
    return Outline(tuple(preamble), tuple(roots), tuple(number_problems(roots)))


def _ranks(pieces: list[Span]) -> dict[Kind, int]:
    """How deep each kind of number stands: the habit of official documents, unless the text plainly does otherwise."""
    kinds = [marker.kind for marker in map(marker_of, (piece.text for piece in pieces)) if marker]
    order = list(ORDER)
    restarts = sum(1 for piece in pieces if (m := marker_of(piece.text)) and m.kind == "han_bracket" and m.number == 1)
    if "han" not in kinds and kinds[:1] == ["arabic"] and restarts > 1:
        # 1. … （一）… （二）… 2. … （一）…
        order.remove("arabic")
        order.insert(order.index("han_bracket"), "arabic")
    return {kind: index for index, kind in enumerate(order)}


_INLINE_KINDS = ("han", "han_bracket", "arabic")


def _split_inline(lines: Iterable[Span]) -> Iterator[Span]:
    """Lines cut before a number that begins a new place in the middle of a paragraph (…。（二）…, …。2.…)."""
    last: dict[str, int] = {}
    for line in lines:
        start = 0
        marker = marker_of(line.text)
        if marker:
            last[marker.kind] = marker.number
        for place in _inline_places(line.text):
            inner = marker_of(line.text[place : place + 16])
            if inner is None or inner.kind not in _INLINE_KINDS:
                continue
            if inner.number != 1 and inner.number != last.get(inner.kind, -1) + 1:
                continue
            if inner.number == 1 and inner.kind == "arabic" and not _continues(line.text[place:]):
                continue
            last[inner.kind] = inner.number
            piece = line.cut(start, place).stripped()
            if piece.text:
                yield piece
            start = place
        rest = line.cut(start, len(line.text)).stripped()
        if rest.text:
            yield rest


def _continues(text: str) -> bool:
    return re.search(r"2\s?[.、．]", text) is not None


_TITLE_BRACKET = re.compile(r"[一二三四五六七八九十]{1,3}[、.．][^。；：;:（(]{2,40}?(?=[（(]一[）)]|1[.．、](?!\d))")


#: a note that ends without a stop, and the next number (…10月底前2.完善…)
_AFTER_NOTE = re.compile(r"(?:前|推进|坚持|完成|开展)(?=\d{1,2}[.．、](?!\d))")


def _inline_places(text: str) -> list[int]:
    """Where a new place may begin inside a paragraph: after a full stop outside brackets, or right after a title."""
    depth = depths(text)
    places: list[int] = []
    stops = [
        i + 1
        for i, char in enumerate(text[:-1])
        if depth[i] == 0 and (char == "。" or (char in "：:" and text.startswith(("一、", "一．"), i + 1)))
    ]
    for start in [0, *stops]:
        if start:
            places.append(start)
        head = _TITLE_BRACKET.match(text, start)
        if head:
            places.append(head.end())
    places.extend(match.end() for match in _AFTER_NOTE.finditer(text) if depth[match.end() - 1] == 0)
    places = sorted(set(places))
    return [place + len(text[place:]) - len(text[place:].lstrip()) for place in places]


def _node(line: Span, marker: Marker, following: list[Span], speaks: Callable[[str], bool] | None) -> tuple[Node, int]:
    """The node that a numbered line opens, and how many following lines its title takes."""
    body = line.cut(marker.length, len(line.text)).stripped()
    title, title_end = split_title(body.text)
    rest = body.cut(title_end, len(body.text)).stripped()
    taken = 0
    if not rest.text and _wraps(line.text, following):
        title += following[0].text.rstrip("。")
        taken = 1
    node = Node(
        kind=marker.kind,
        number=marker.number,
        title=title,
        title_span=body.cut(0, title_end).stripped() if rest.text else body,
        start=line.start,
        end=line.end,
        bare=not rest.text,
    )
    if rest.text:
        if body.text[:title_end].endswith(("，", ",", "；", ";")) or (
            speaks is not None and speaks(body.text[:title_end])
        ):
            rest = body
        node.lines.append(rest)
    return node, taken


def _wraps(heading: str, following: list[Span]) -> bool:
    """Whether a heading alone in its line runs on in the next: both short, no stop, and more text after it."""
    if not following or heading[-1] in "。；：！？;:!?）)":
        return False
    nxt = following[0].text
    if marker_of(nxt) is not None or len(nxt) > 22 or re.search(r"[。；：！？;:!?]", nxt):
        return False
    return len(heading) >= 16 and len(following) > 1


#: A first clause that may head a sentence too long to be a title itself; it says what to do, and not who or when.
_HEADING_CLAUSE = re.compile(r"^[一-鿿“”、（）()《》\d]{6,30}[，,；;](?=.)")
_NO_HEADING = re.compile(
    r"^(?:为|根据|按照|依据|对|在|以|各|凡|要|由|经|将|把|\d)|(?:要|应|须|应当|负责|后|时|前|中|基础上|方面)[，,；;]$|牵头"
)
_COLON_TITLE = re.compile(r"^[一-鿿]{2,16}[：:](?=.)")
_SPACE_TITLE = re.compile(r"^[一-鿿、，,“”]{2,36} (?=[一-鿿])")


def split_title(text: str) -> tuple[str, int]:
    """The title at the start of a numbered line (without its stop), and where it ends.

    A title ends at the first full stop, at a colon or blank that follows a few words, or with the line; a sentence
    too long for a title gives its first clause where that reads as a heading.
    """
    colon = _COLON_TITLE.match(text)
    space = _SPACE_TITLE.match(text)
    first = next(sentences(Span(text, 0)), None)
    if first is None:
        return "", 0
    end = first.end
    if space and space.end() < end:
        return space.group().strip(), space.end()
    if (
        colon
        and colon.end() < end
        and not re.search(r"(?:以下|如下|下列|包括|内容|单位|部门|时限)[：:]$", colon.group())
    ):
        return colon.group()[:-1], colon.end()
    clause = _HEADING_CLAUSE.match(text)
    if end > LONGEST_TITLE and clause and not _NO_HEADING.search(clause.group()):
        return clause.group()[:-1], clause.end()
    return first.text.rstrip("。.．；;！!"), end


_SUBJECT = {
    "division": "部分",
    "chapter": "章",
    "section": "节",
    "article": "条",
    "han": "一级标题",
    "han_bracket": "（）级标题",
}


def number_problems(roots: list[Node]) -> Iterator[Problem]:
    """Missing, doubled and backward numbers, level by level; a level may restart under each parent or run through."""
    running: dict[int, int] = {}
    last: dict[str, int] = {}
    for root in roots:
        for node in root.walk():
            running[id(node)] = last.get(node.kind, 0) + 1
            last[node.kind] = node.number
    yield from _level_problems([roots], running)


def _level_problems(groups: list[list[Node]], running: dict[int, int]) -> Iterator[Problem]:
    """`running` is the number each place would have if its kind ran through the whole notice."""
    for group in groups:
        last: dict[str, int] = {}
        for node in group:
            before = last.get(node.kind)
            allowed = {before + 1} if before is not None else {1, running[id(node)]}
            if node.number not in allowed:
                yield _problem(node, before if before is not None else 0)
            last[node.kind] = node.number
    deeper = [node.children for group in groups for node in group if node.children]
    if deeper:
        yield from _level_problems(deeper, running)


def _problem(node: Node, before: int) -> Problem:
    where = f"{node.number} {node.title}".strip()
    if before and node.number == before:
        return Problem("doubled_number", where, f"序号 {node.number} 出现两次，请核对原文。", node.start)
    if node.number > before:
        missing = "、".join(str(number) for number in range(before + 1, min(node.number, before + 6)))
        return Problem("missing_number", where, f"序号 {node.number} 之前缺少 {missing}，请核对原文。", node.start)
    return Problem("backward_number", where, f"序号 {node.number} 排在 {before} 之后，请核对原文。", node.start)
