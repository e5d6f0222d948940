"""The bodies a notice is addressed to, read from the line before its text that ends with a colon."""

import re

from mingtang.text.bodies import is_body, rejoined
from mingtang.text.cleaning import fold
from mingtang.text.markers import marker_of
from mingtang.text.sentences import depths


def addressees_in(text: str) -> tuple[str, ...]:
    """The bodies a line ending with a colon is addressed to; () when it is not such a line."""
    folded = fold(text)
    if not folded.endswith(":") or len(text) > 300 or "。" in text or marker_of(text):
        return ()
    bare = text[:-1].strip()
    names: list[str] = []
    for group in _split_outside(bare, "，,；; "):
        parts = rejoined(_split_outside(group, "、"))
        whole = [part for part in parts if len(part) >= 3 and is_body(part)]
        names.extend(parts if len(whole) == len(parts) else [group])
    folded_names = [fold(name) for name in names]
    if not names or any(
        len(name) > 60 or re.search(r"通知如下|如下|意见|要求|提出|以下|事项|包括", name) for name in folded_names
    ):
        return ()
    named = sum(
        1
        for name in names
        if is_body(name)
        or re.search(r"(?:政府|部门|单位|各|委|局|办|镇|街|区|县|市|旗|处|室|中心|公司|院|校|科|会|所|站|厅)", name)
    )
    return tuple(names) if named == len(names) else ()


def _split_outside(text: str, marks: str) -> list[str]:
    depth = depths(text)
    pieces: list[str] = []
    start = 0
    for index, char in enumerate(text):
        if char in marks and depth[index] == 0:
            pieces.append(text[start:index].strip())
            start = index + 1
    pieces.append(text[start:].strip())
    return [piece for piece in pieces if piece]
