"""Mongolian in a text: passages in the traditional script stand upright in blocks of their own, words are marked.

The script is written from the top down, its lines from left to right (Unicode, chapter 13.4); a browser sets it so once
it is told `writing-mode: vertical-lr`, and a screen reader finds its voice by the language `mn-Mong`.
"""

import re

from lxml import html

LANGUAGE = "mn-Mong"
CLASS = "mongolian"
#: Letters, digits and marks of the traditional script, and the birga of its supplement.
LETTER = "\u1800-\u180a\u1810-\u18aa\U00011660-\U0001166c"
#: A run: letters with the selectors, joiners and narrow spaces that belong between them.
RUN = re.compile(f"[{LETTER}][{LETTER}\u180b-\u180f\u200c\u200d\u202f ]*[{LETTER}\u180b-\u180f]|[{LETTER}]")
HAN = re.compile("[\u3400-\u9fff]")
#: So many letters to one Chinese character make a passage.
HARDLY = 8
ONE = re.compile(f"[{LETTER}]")
BLOCKS = frozenset({"p", "h2", "h3", "h4", "h5", "li", "td", "th", "blockquote"})


def is_in(text: str) -> bool:
    """Whether a text has any of it."""
    return ONE.search(text) is not None


def set_apart(root: html.HtmlElement) -> None:
    """Turn passages upright and mark words, in place."""
    for block in [each for each in root.iter() if each.tag in BLOCKS and _is_passage(each)]:
        block.set("lang", LANGUAGE)
        if block.tag in ("li", "td", "th"):
            block.set("class", CLASS)
    for first in [each for each in root.iter("p", "h2", "h3", "h4", "h5", "blockquote") if each.get("lang")]:
        if first.getparent() is not None and first.getparent().get("class") != CLASS:
            _stand_up(first)
    for element in list(root.iter()):
        if element.get("lang") != LANGUAGE and not any(
            above.get("lang") == LANGUAGE for above in element.iterancestors()
        ):
            _mark_words(element)


def _is_passage(block: html.HtmlElement) -> bool:
    """Whether a block is in the script, but for a few characters: a word has some six letters, a Chinese one two."""
    words = block.text_content()
    return len(ONE.findall(words)) >= HARDLY * len(HAN.findall(words)) + 1


def _stand_up(first: html.HtmlElement) -> None:
    """Put a passage and those that follow it at once into one upright block, which scrolls by itself."""
    frame = html.Element(
        "div", {"class": CLASS, "lang": LANGUAGE, "tabindex": "0", "role": "region", "aria-label": "蒙古文"}
    )
    parent = first.getparent()
    if parent is None:
        return
    parent.insert(parent.index(first), frame)
    passage: html.HtmlElement | None = first
    while passage is not None and passage.get("lang") == LANGUAGE:
        following = passage.getnext()
        del passage.attrib["lang"]
        frame.append(passage)  # its tail, the white space between blocks, goes with it
        passage = following


def _mark_words(element: html.HtmlElement) -> None:
    if element.text and is_in(element.text):
        element.text, spans = _cut(element.text)
        for place, span in enumerate(spans):
            element.insert(place, span)
    for child in list(element):
        if child.tail and is_in(child.tail):
            child.tail, spans = _cut(child.tail)
            for place, span in enumerate(spans, element.index(child) + 1):
                element.insert(place, span)


def _cut(text: str) -> tuple[str, list[html.HtmlElement]]:
    """The text before the first word, and a span for each, with what follows as its tail."""
    spans: list[html.HtmlElement] = []
    matches = list(RUN.finditer(text))
    for match, following in zip(matches, [*matches[1:], None], strict=True):
        span = html.Element("span", {"lang": LANGUAGE})
        span.text = match[0]
        span.tail = text[match.end() : following.start() if following else len(text)]
        spans.append(span)
    return text[: matches[0].start()], spans
