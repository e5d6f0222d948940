"""A piece of what a file carries, with its place, and how it is carried: seen, hidden, remembered."""

from dataclasses import dataclass
from typing import Literal

from mingtang.text.document import Document

Manner = Literal[
    "aside",  # seen, but beside the text: header, footer, footnote, text box
    "hidden",  # hidden text, white or tiny type
    "comment",
    "inserted",  # a tracked change that is not settled
    "deleted",
    "property",  # author, company, keywords, custom properties, XMP
    "embedded",  # a file inside the file
    "sheet",  # a hidden sheet
    "cells",  # hidden rows or columns
    "covered",  # text under a drawing
    "invisible",  # text that is drawn without ink, or outside the page
    "layer",  # a layer that is switched off
    "annotation",
    "remains",  # an earlier version kept at the file's head
    "position",  # where a picture was taken
    "picture",  # text read in a picture
    "formula",  # what a formula or a link to another file says
]

#: What each manner is called.
MANNERS: dict[Manner, str] = {
    "aside": "页眉、页脚、脚注",
    "hidden": "隐藏文字",
    "comment": "批注",
    "inserted": "修订（插入）",
    "deleted": "修订（删除）",
    "property": "文件属性",
    "embedded": "内嵌文件",
    "sheet": "隐藏的工作表",
    "cells": "隐藏的行、列",
    "covered": "遮盖物下的文字",
    "invisible": "看不见的文字",
    "layer": "关闭的图层",
    "annotation": "注释",
    "remains": "旧版本残留",
    "position": "拍摄位置",
    "picture": "图片中的文字",
    "formula": "公式、外部链接",
}


@dataclass(frozen=True, slots=True)
class Part:
    """Text that a file carries: where (for people), how, and what it says; `sure` below 1 where it was recognised.

    `in_text`: the same words also stand in the document's own text, so that they need not be screened twice.
    """

    place: str
    manner: Manner
    text: str
    sure: float = 1.0
    in_text: bool = False


@dataclass(frozen=True, slots=True)
class Carried:
    """All that a file carries: the document that is read (None where there is none), the parts beside it, and notes.

    `notes` say what could not be looked into, and why.
    """

    kind: str
    document: Document | None
    parts: tuple[Part, ...] = ()
    notes: tuple[str, ...] = ()
