"""Addresses within a document's page: each article, chapter or first-level part gets one, 第三条 → #t3."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from typing import Any

from lxml import html
from markupsafe import Markup

from mingtang.text.numerals import to_int

_N = r"[零〇一二三四五六七八九十百千两]{1,7}|\d{1,4}"
#: As `norms.clauses`: what follows the number of an article tells whether words only point to one.
_ARTICLE = re.compile(rf"第\s?({_N})\s?条(?:\s?之\s?([一二三四五六七八九十]{{1,3}}))?(?!第|的|规定|、|和|至|或)")
_CHAPTER = re.compile(rf"第\s?({_N})\s?章")
_FIRST = re.compile(r"([一二三四五六七八九十]{1,3})、")
_BLOCKS = frozenset({"p", "h2", "h3", "h4", "h5", "li"})
#: Characters of an article that the table of contents shows.
SHOWN = 16


@dataclass(frozen=True)
class Place:
    """A line of the table of contents: its address in the page, its label, its first words, whether acts touched it."""

    anchor: str
    label: str
    words: str
    is_chapter: bool = False
    touched: bool = False


def with_anchors(text: Markup, touched: Container[int] = ()) -> tuple[Markup, list[Place]]:
    """Safe HTML with an address at each part, and the parts in order; `touched` are numbers of articles acted on.

    A number that comes again (as in an attachment) gets no second address.
    """
    root: Any = html.fragment_fromstring(str(text), create_parent=True)
    blocks = [each for each in root.iter() if each.tag in _BLOCKS]
    lines = [(block, "".join(block.itertext()).strip()) for block in blocks]
    articled = any(_ARTICLE.match(line) for _block, line in lines)
    found: dict[str, Place] = {}
    for block, line in lines:
        place = _place(line, articled)
        if place is None or place.anchor in found:
            continue
        number = int(re.sub(r"\D.*", "", place.anchor[1:])) if place.anchor.startswith("t") else 0
        block.set("id", place.anchor)
        found[place.anchor] = replace(place, touched=number in touched)
    return Markup("".join(_inner(root))), list(found.values())  # noqa: S704 - safe before, and only ids were added


def _place(line: str, articled: bool) -> Place | None:
    if articled and (match := _ARTICLE.match(line)):
        inserted = f"-{to_int(match[2])}" if match[2] else ""
        return Place(f"t{to_int(match[1])}{inserted}", match[0].replace(" ", ""), _words(line[match.end() :]))
    if articled and (match := _CHAPTER.match(line)):
        return Place(f"z{to_int(match[1])}", match[0].replace(" ", ""), _words(line[match.end() :]), is_chapter=True)
    if not articled and (match := _FIRST.match(line)):
        return Place(f"y{to_int(match[1])}", match[0], _words(line[match.end() :]))
    return None


def _words(rest: str) -> str:
    words = re.split(r"[，。；：]", rest.strip(), maxsplit=1)[0]
    return words if len(words) <= SHOWN else words[:SHOWN] + "…"


def _inner(root: Any) -> Iterator[str]:
    if root.text:
        yield str(Markup.escape(root.text))
    for child in root:
        yield str(html.tostring(child, encoding="unicode"))
