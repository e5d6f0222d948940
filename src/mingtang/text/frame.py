"""A document without the frame of the web page it was taken from, and the facts that the frame states."""

import re

from mingtang.text.chrome import fact_name, facts_in, is_furniture, is_value
from mingtang.text.document import Document, Paragraph, Table
from mingtang.text.markers import marker_of
from mingtang.text.sentences import Span


def content_of(document: Document, facts: list[tuple[str, str]]) -> list[Span | Table]:
    """The blocks without the page's frame; what the frame states is added to `facts`."""
    kept: list[Span | Table] = []
    in_front = True
    label = ""
    for block in document.blocks:
        value_of, label = label, ""
        if in_front and value_of and isinstance(block, Paragraph) and is_value(value_of, block.text):
            facts.append((value_of, block.text))
            continue
        if isinstance(block, Table):
            if in_front and not kept and _index_table(block, facts):
                continue
            kept.append(block)
            in_front = False
            continue
        if is_furniture(block.text):
            continue
        if in_front or len(block.text) < 80:
            stated = None if marker_of(block.text) else facts_in(block.text)
            if stated is not None and (
                in_front or any(name in ("浏览", "字号", "来源", "编辑", "打印", "分享") for name, _ in stated)
            ):
                facts.extend((name, value) for name, value in stated if value)
                label = stated[-1][0] if not stated[-1][1] else ""
                continue
        if in_front and fact_name(block.text) != (None, ""):
            name, value = fact_name(block.text)
            if name and value:
                facts.append((name, value))
            else:
                label = name or ""
            continue
        if marker_of(block.text) or (len(block.text) >= 40 and block.text[-1] in "。："):
            in_front = False
        kept.append(Span(block.text, block.start))
    return kept


def _index_table(table: Table, facts: list[tuple[str, str]]) -> bool:
    """Whether a table is the page's index table (索引号 …); its facts are taken."""
    cells = list(dict.fromkeys((cell.start, cell.text) for row in table.rows for cell in row if cell.text))
    names = [fact_name(text)[0] for _, text in cells]
    if any(re.fullmatch(r"序\s*号", text) for _, text in cells):
        return False  # the head of a list
    if sum(1 for name in names if name) < 2 or (
        "索引号" not in names and "文号" not in names and "发文机关" not in names
    ):
        return False
    for (_, text), following in zip(cells, [*cells[1:], (0, "")], strict=True):
        name, value = fact_name(text)
        if name and not value and not fact_name(following[1])[0]:
            value = following[1]
        if name and value:
            facts.append((name, value))
    return True
