"""What a web page carries besides what it shows: comments, hidden elements, its author."""

import re
from collections.abc import Iterator
from typing import Any

from mingtang.text.carried.part import Part
from mingtang.text.formats.detect import decode
from mingtang.text.formats.markup import COMMENT, MARKUP_ERRORS, as_html, html_tree

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0(?![.\d])")


def parts(data: bytes) -> Iterator[Part]:
    """Comments, elements that are not shown, and the metadata that names people."""
    try:
        root: Any = html_tree(decode(data))
    except MARKUP_ERRORS:
        return
    for node in root.iter():
        if node.tag is COMMENT:
            if text := (node.text or "").strip():
                yield Part("网页注释", "comment", text)
        elif not isinstance(node.tag, str):
            continue
        elif node.tag == "meta" and str(node.get("name", "")).lower() in ("author", "generator-user"):
            if text := str(node.get("content") or "").strip():
                yield Part("网页作者", "property", text)
        elif _is_hidden(node) and (text := " ".join(node.text_content().split())):
            yield Part("隐藏的网页元素", "hidden", text)


def _is_hidden(node: Any) -> bool:
    if node.tag in ("script", "style", "template"):
        return False
    return node.get("hidden") is not None or _HIDDEN.search(str(node.get("style") or "").lower()) is not None


def without_hidden(text: str) -> str:
    """The page without the elements that are not shown; raises `MARKUP_ERRORS` when there is no page."""
    root: Any = html_tree(text)
    for node in [*root.iter()]:
        parent = node.getparent()
        if isinstance(node.tag, str) and parent is not None and _is_hidden(node):
            node.drop_tree()
    return as_html(root)
