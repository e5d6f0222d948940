"""Tables that lost their cells: the rows of tables 2 and 3 sought in plain text, a label and then its numbers."""

import re

from mingtang.law.annual.cells import Number, number, squeezed
from mingtang.law.annual.schema import (
    DISPUTE_GROUPS,
    NORM_DEFAULTS,
    NORM_ROWS,
    OTHER_GROUP,
    OUTCOMES,
    REQUEST_COLUMNS,
    REQUEST_ROWS,
)

#: A numbered label (1.属于…), a number, a mark for nothing, or other words; labels and numbers may touch each other.
_TOKEN = re.compile(r"\d{1,2}[.．、](?!\d)[^\d\s|│┃]*|-?\d[\d,]*(?:\.\d+)?|[/／—-]+(?=[\s\d])|[^\s\d|│┃]+")
_NUMBERED = re.compile(r"^[（(]?[一二三四五六七八\d][）)、.．]")
_HEAD = re.compile(r"自然人")
_TABLE_3 = re.compile(r"(行政)?复议.{0,20}(行政)?诉讼")


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text)


def _is_number(token: str) -> bool:
    return number(token).readable


def requests_in_text(text: str) -> dict[str, dict[str, Number]]:
    """The rows of table 2 that stand in `text` as a label followed by seven numbers.

    A row with fewer or more than seven numbers is left out: which column they belong to cannot be told.
    """
    head = _HEAD.search(text)
    if head is None:
        return {}
    found: dict[str, dict[str, Number]] = {}
    label: list[str] = []
    values: list[str] = []
    for token in [*_tokens(text[head.start() :]), "。"]:
        if _is_number(token):
            values.append(token)
            continue
        if values:
            _keep(label, values, found)
            label, values = [], []
        label.append(token)
        if "carried_forward" in found:
            break
    return found


def _keep(label: list[str], values: list[str], found: dict[str, dict[str, Number]]) -> None:
    key = _kind(label)
    if key and key not in found and len(values) == len(REQUEST_COLUMNS):
        found[key] = dict(zip(REQUEST_COLUMNS, map(number, values), strict=True))


def _kind(label: list[str]) -> str | None:
    """The row that the last words of a label name: from its last numbered piece on, else the last pieces."""
    start = next((i for i in range(len(label) - 1, -1, -1) if _NUMBERED.match(label[i])), max(0, len(label) - 3))
    own = squeezed("".join(label[start:]))
    if re.search(r"^([（(]?[3三][）)、.．]?)?其[他它]$", own) or OTHER_GROUP.search(own):
        return "other"
    return next((kind.key for kind in REQUEST_ROWS if kind.pattern.search(own)), None)


def standings_in_text(text: str) -> dict[str, dict[str, Number]]:
    """The fifteen numbers of table 3 where they stand in `text` one after the other behind its head."""
    if "维持" not in text:
        return {}
    for match in _TABLE_3.finditer(text):
        numbers: list[str] = []
        for token in _tokens(text[match.end() : match.end() + 1500]):
            if _is_number(token):
                numbers.append(token)
            elif numbers:
                break
        if len(numbers) == 15:
            return {
                group: dict(zip(OUTCOMES, map(number, numbers[i * 5 : i * 5 + 5]), strict=True))
                for i, group in enumerate(DISPUTE_GROUPS)
            }
    return {}


_TABLE_1 = re.compile(r"第?二十条第?[（(]?一[）)]?项")


def norms_in_text(text: str) -> dict[str, dict[str, Number]]:
    """The rows of table 1 that stand in `text` between its head and that of table 2."""
    head = _TABLE_1.search(text)
    if head is None:
        return {}
    end = _HEAD.search(text, head.end())
    tokens = [*_tokens(text[head.end() : end.start() if end else head.end() + 1500]), "。"]
    found: dict[str, dict[str, Number]] = {}
    key: str | None = None
    values: list[str] = []
    for token in tokens:
        if _is_number(token):
            values.append(token)
            continue
        if key and values and key not in found:
            names = next((names for names in NORM_DEFAULTS[key] if len(names) == len(values)), ())
            if names:
                found[key] = dict(zip(names, map(number, values), strict=True))
        values = []
        key = next((name for name, _, pattern in NORM_ROWS if pattern.search(squeezed(token))), None)
    return found
