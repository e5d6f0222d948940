"""The numbers that Word writes itself before list paragraphs, computed from numbering.xml as Word would."""

import re
from dataclasses import dataclass, field
from typing import Any

from mingtang.text.numerals import to_chinese

Element = Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_HAN_FORMATS = {
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
    "ideographDigital",
    "koreanCounting",
}
_PLACEHOLDER = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how it counts, from what, and the text around its number."""

    format: str
    text: str
    start: int
    style: str | None = None


@dataclass(slots=True)
class _Counters:
    values: dict[int, int] = field(default_factory=dict[int, int])


def _value(node: Element | None, name: str) -> str | None:
    child = None if node is None else node.find(f"{W}{name}")
    return None if child is None else child.get(f"{W}val")


def _number(text: str | None, default: int) -> int:
    try:
        return int(text) if text is not None else default
    except ValueError:
        return default


class Numbering:
    """Walks a document's paragraphs in order and tells the label each one bears."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._abstract_of: dict[str, str] = {}
        self._style_lists: dict[str, tuple[str | None, int | None, str | None]] = {}
        self._counters: dict[str, _Counters] = {}
        if numbering is not None:
            self._read_lists(numbering)
        if styles is not None:
            self._read_styles(styles)

    def _read_lists(self, root: Element) -> None:
        abstract: dict[str, dict[int, Level]] = {}
        for node in root.iter(f"{W}abstractNum"):
            abstract[node.get(f"{W}abstractNumId") or ""] = _levels(node)
        for node in root.findall(f"{W}num"):
            number_id = node.get(f"{W}numId") or ""
            abstract_id = _value(node, "abstractNumId") or ""
            levels = dict(abstract.get(abstract_id, {}))
            overridden = False
            for override in node.findall(f"{W}lvlOverride"):
                index = _number(override.get(f"{W}ilvl"), 0)
                levels.update(_levels(override))
                start = _value(override, "startOverride")
                if start is not None and index in levels:
                    old = levels[index]
                    levels[index] = Level(old.format, old.text, _number(start, old.start), old.style)
                    overridden = True
            self._levels[number_id] = levels
            # Lists of one abstract definition count on through the document unless one restarts.
            self._abstract_of[number_id] = f"num{number_id}" if overridden else f"abstract{abstract_id}"

    def _read_styles(self, root: Element) -> None:
        for style in root.iter(f"{W}style"):
            properties = style.find(f"{W}pPr")
            list_properties = None if properties is None else properties.find(f"{W}numPr")
            level = _value(list_properties, "ilvl")
            self._style_lists[style.get(f"{W}styleId") or ""] = (
                _value(list_properties, "numId"),
                None if level is None else _number(level, 0),
                _value(style, "basedOn"),
            )

    def _list_of(self, paragraph: Element) -> tuple[str, int] | None:
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return None
        own = properties.find(f"{W}numPr")
        number_id, level = _value(own, "numId"), _value(own, "ilvl")
        style: str | None = _value(properties, "pStyle")
        style_level: int | None = None
        named = style
        for _ in range(20):
            if style is None or number_id is not None:
                break
            number_id, style_level, style = self._style_lists.get(style, (None, None, None))
        if number_id in (None, "0"):
            return None
        if level is None and style_level is None and named:
            levels = self._levels.get(number_id, {})
            style_level = next((index for index, one in levels.items() if one.style == named), 0)
        return number_id, _number(level, style_level or 0)

    def label_of(self, paragraph: Element) -> str:
        """The label of the next paragraph in document order, "" when it bears none."""
        place = self._list_of(paragraph)
        if place is None:
            return ""
        number_id, index = place
        levels = self._levels.get(number_id, {})
        level = levels.get(index)
        if level is None:
            return ""
        counters = self._counters.setdefault(self._abstract_of[number_id], _Counters()).values
        counters[index] = counters[index] + 1 if index in counters else level.start
        for deeper in [key for key in counters if key > index]:
            del counters[deeper]
        if level.format in ("bullet", "none"):
            return ""

        def shown(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            other = levels.get(at)
            return "" if other is None else written(counters.setdefault(at, other.start), other.format)

        return _PLACEHOLDER.sub(shown, level.text)


def _levels(node: Element) -> dict[int, Level]:
    levels: dict[int, Level] = {}
    for one in node.findall(f"{W}lvl"):
        levels[_number(one.get(f"{W}ilvl"), 0)] = Level(
            format=_value(one, "numFmt") or "decimal",
            text=_value(one, "lvlText") or "",
            start=_number(_value(one, "start"), 1),
            style=_value(one, "pStyle"),
        )
    return levels


def written(value: int, format_: str) -> str:
    """A number in one of Word's number formats; formats that official documents never use come out in digits."""
    if format_ in _HAN_FORMATS and 1 <= value <= 999:
        return to_chinese(value)
    if format_.startswith("decimalEnclosedCircle") and 1 <= value <= len(_CIRCLES):
        return _CIRCLES[value - 1]
    if format_ == "decimalEnclosedParen":
        return f"({value})"
    if format_ == "decimalEnclosedFullstop":
        return f"{value}."
    return str(value)
