"""A web page into a document: find the main content, keep its tables, leave navigation and the index table out."""

import re
from collections.abc import Iterator
from typing import Any

from mingtang.text.chrome import fact_name, facts_in, is_furniture, is_label
from mingtang.text.cleaning import clean_line, clean_lines
from mingtang.text.document import Composer, Document
from mingtang.text.errors import UnreadableFile
from mingtang.text.formats.detect import decode
from mingtang.text.formats.markup import COMMENT, MARKUP_ERRORS, html_tree

Element = Any

_DROPPED = frozenset(
    "script style noscript template iframe object form button select nav footer svg".split()  # noqa: SIM905
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "br",
    ]
)
#: the share of the page's sentences that the main container must hold
_SHARE = 0.8
#: A line end in the source of a page is a blank; only `br` and blocks break a line.
_SOURCE_BREAK = re.compile(r"[ \t]*[\r\n]\s*")
_BREAK = "\u2028"


def read(data: bytes) -> Document:
    """The document of a web page; raises `UnreadableFile` when the page holds no text."""
    root = _parse(decode(data))
    for node in list(root.iter(COMMENT, *_DROPPED)):
        _drop(node)
    for node in list(root.iter()):
        style = (node.get("style") or "").replace(" ", "").lower()
        if "display:none" in style and node.getparent() is not None:
            _drop(node)
    facts, stamps = _head_facts(root)
    for table in _index_tables(root):
        facts.extend(_index_facts(table))
        _drop(table)
    for menu in [node for node in root.iter("ul", "ol", "dl") if _is_menu(node)]:
        _drop(menu)
    composer = Composer()
    for block in _blocks(_main_content(root)):
        if not isinstance(block, str):
            _add_table(composer, block)
        elif is_furniture(block):
            continue
        elif stated := _frame_line(block):
            facts.extend(stated)
        else:
            composer.paragraph(block)
    return composer.document("html", (*facts, *stamps))


def _parse(text: str) -> Element:
    text = text.lstrip("\ufeff")
    if text.startswith("<?xml"):
        text = text.partition("?>")[2]
    try:
        return html_tree(text)
    except MARKUP_ERRORS:
        raise UnreadableFile("网页里没有内容，请另存整个网页后再试。") from None


def _drop(node: Element) -> None:
    """Remove a node but keep the text that follows it."""
    parent = node.getparent()
    if parent is None:
        return
    if node.tail:
        before = node.getprevious()
        if before is None:
            parent.text = (parent.text or "") + node.tail
        else:
            before.tail = (before.tail or "") + node.tail
    parent.remove(node)


def _head_facts(root: Element) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The title that the page's own head or first heading gives, and the day that only the head states."""
    facts: list[tuple[str, str]] = []
    stamps: list[tuple[str, str]] = []
    for meta in root.iter("meta"):
        name, content = (meta.get("name") or "").lower(), clean_line(meta.get("content") or "")
        if name == "articletitle" and content:
            facts.append(("标题", content))
        elif name == "pubdate" and content:
            stamps.append(("发布日期", content))
    for heading in root.iter("h1"):
        text = "".join(clean_lines(heading.text_content()))
        if text:
            facts.append(("标题", text))
    for title in root.iter("title"):
        text = clean_line((title.text_content() or "").replace("\n", " "))
        if text:
            facts.append(("标题", text.split("_")[0].split("|")[0].strip()))
    return facts, stamps


def _main_content(root: Element) -> Element:
    """The innermost element that holds most of the page's sentences."""
    weights: dict[Element, int] = {}
    _weigh(root, weights)
    body = root.find("body")
    node = root if body is None else body
    total = weights.get(node, 0)
    while total:
        heavy = max(node, key=lambda child: weights.get(child, 0), default=None)
        if (
            heavy is None
            or weights.get(heavy, 0) < total * _SHARE
            or heavy.tag in ("p", "table", "tbody", "tr", "span")
        ):
            break
        node = heavy
    return node


def _weigh(root: Element, weights: dict[Element, int]) -> None:
    """Weight of each element: characters of sentences in it that are not links."""
    for node in root.iter():
        if not isinstance(node.tag, str):
            continue
        parent = node.getparent()
        in_cell = node.tag in ("td", "th") or (parent is not None and parent.tag in ("td", "th"))
        weight = 0
        if node.tag not in ("a", "title", "head"):
            weight += _sentence_length(node.text, in_cell)
        for child in node:
            weight += _sentence_length(child.tail, in_cell)
        if not weight:
            continue
        place: Element | None = node
        while place is not None:
            if place.tag == "a":
                break
            weights[place] = weights.get(place, 0) + weight
            place = place.getparent()


def _sentence_length(text: str | None, in_cell: bool) -> int:
    """Characters that count as content: those of a sentence, or of a cell that says something."""
    if not text:
        return 0
    text = text.strip()
    return len(text) if any(mark in text for mark in "。，；、") or (in_cell and len(text) >= 6) else 0


_SERIAL = re.compile(r"序\s*号")


def _index_tables(root: Element) -> list[Element]:
    """Tables and lists of the frame that hold 索引号, 发文机关 and the like."""
    found: list[Element] = []
    for node in root.iter("table", "ul", "dl", "ol"):
        if node.tag == "table" and any(True for _ in node.iterdescendants("table")):
            continue
        pieces = [
            piece for cell in node.iter("td", "th", "li", "dt", "dd") for piece in clean_lines(cell.text_content())
        ]
        if any(_SERIAL.fullmatch(piece) for piece in pieces):
            continue  # the head of a list
        labels = sum(1 for piece in pieces if is_label(piece))
        text = node.text_content()
        if labels >= 2 and len(text) < 1500 and ("索引" in text or "文号" in text or "字号" in text or labels >= 3):
            found.append(node)
    return found


def _is_menu(node: Element) -> bool:
    """Whether a list is nothing but links."""
    text = "".join(node.text_content().split())
    linked = "".join("".join(link.text_content().split()) for link in node.iter("a"))
    return node.getparent() is not None and bool(text) and len(linked) >= len(text) * 0.9


#: facts that only the frame of a page states
_FRAME_FACTS = frozenset(["浏览", "字号", "打印", "分享", "发布日期", "编辑", "来源"])


def _frame_line(line: str) -> list[tuple[str, str]]:
    """The facts of a line such as 发布日期：… 来源：… 浏览次数：…; [] when the line is content."""
    stated = facts_in(line) if len(line) < 120 else None
    if not stated or not any(name in _FRAME_FACTS for name, _ in stated):
        return []
    return [(name, value) for name, value in stated if value] or [("打印", line)]


def _index_facts(table: Element) -> Iterator[tuple[str, str]]:
    pieces = [piece for cell in table.iter("td", "th", "li", "dt", "dd") for piece in clean_lines(cell.text_content())]
    for i, piece in enumerate(pieces):
        name, value = fact_name(piece)
        if name and not value and i + 1 < len(pieces) and not fact_name(pieces[i + 1])[0]:
            value = pieces[i + 1]
        if name and value:
            yield name, value


def _blocks(node: Element) -> Iterator["str | Element"]:
    """Paragraph texts and table elements inside `node`, in reading order; the parser keeps nesting below 256."""
    inline: list[str] = [node.text or ""]
    if node.tag == "pre":
        yield from clean_lines(node.text_content())
        return
    for child in node:
        if not isinstance(child.tag, str):
            inline.append(child.tail or "")
            continue
        if child.tag == "br":
            inline.append(_BREAK)
        elif child.tag in _BLOCKS or any(True for _ in child.iterdescendants("p", "div", "table")):
            yield from _paragraphs(inline)
            inline = []
            if child.tag == "table" and _is_data_table(child):
                yield child
            else:
                yield from _blocks(child)
        else:
            inline.append(_inline_text(child))
        inline.append(child.tail or "")
    yield from _paragraphs(inline)


def _inline_text(node: Element) -> str:
    for br in node.iterdescendants("br"):
        br.tail = _BREAK + (br.tail or "")
    return node.text_content()


def _paragraphs(pieces: list[str]) -> list[str]:
    """The paragraphs of inline text."""
    return clean_lines(_SOURCE_BREAK.sub(" ", "".join(pieces)))


def _is_data_table(table: Element) -> bool:
    """Whether a table holds data, not the page's layout."""
    if any(True for _ in table.iterdescendants("table")):
        return False
    rows = list(table.iter("tr"))
    widest = max((sum(1 for cell in row if cell.tag in ("td", "th")) for row in rows), default=0)
    return len(rows) >= 2 and widest >= 2


def _span(cell: Element, name: str) -> int:
    try:
        return max(1, min(int(cell.get(name) or 1), 200))
    except ValueError:
        return 1


def _add_table(composer: Composer, table: Element) -> None:
    grid: list[list[str | None]] = []
    taken: dict[tuple[int, int], tuple[int, int]] = {}
    for i, row in enumerate(table.iter("tr")):
        texts: dict[int, str] = {}
        column = 0
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            while (i, column) in taken:
                column += 1
            for di in range(_span(cell, "rowspan")):
                for dj in range(_span(cell, "colspan")):
                    taken[(i + di, column + dj)] = (i, column)
            texts[column] = "\n".join(_cell_lines(cell))
            column += 1
        width = max((j for (r, j) in taken if r == i), default=-1) + 1
        grid.append([texts.get(j) for j in range(width)])
    merged = {place: origin for place, origin in taken.items() if place != origin and place[0] < len(grid)}
    _square(grid)
    composer.table(grid, merged)


def _square(grid: list[list[str | None]]) -> None:
    width = max(map(len, grid), default=0)
    for row in grid:
        row.extend([None] * (width - len(row)))


def _cell_lines(cell: Element) -> list[str]:
    return [block for block in _blocks(cell) if isinstance(block, str)]
