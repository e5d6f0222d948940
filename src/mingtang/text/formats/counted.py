"""Tables of counts that a copy flattened into text (| between cells, or tabs): blank cells keep their places."""

import re
from collections.abc import Sequence

from mingtang.text.formats.gridding import Grid

#: Words of the heads of such tables: applicants, counts of documents, outcomes of disputes.
_HEADS = re.compile(r"自然人[\s\S]{0,120}法律\s*服务|制发件数|新\s*制作\s*数量|结果\s*维持[\s\S]{0,40}纠正")
#: A row of a table in Markdown that only draws the line under the head.
_DRAWN = re.compile(r"^[\s|:+-]*-{2,}[\s|:+-]*$")


def counts(text: str) -> bool:
    """Whether a text holds the head of a table of counts."""
    return _HEADS.search(text) is not None


def tabs_as_pipes(lines: Sequence[str]) -> list[str]:
    """Lines with cells divided by tabs, written with |; a blank cell stays one."""
    return [
        " | ".join(cell.strip() for cell in line.rstrip("\r\n").split("\t")) + " |" if "\t" in line.strip() else line
        for line in lines
    ]


def grid_of_lines(lines: Sequence[str]) -> Grid:
    """Rows that stand in a line each; cells before the first word of a row that is shorter than the widest are none."""
    rows = [_cells(line) for line in lines if line.strip() and not _DRAWN.match(line)]
    width = max(map(len, rows), default=0)
    even = sum(1 for row in rows if len(row) == width) * 2 > len(rows)
    kept = [row if even and len(row) == width else _without_lead(row) for row in rows]
    return Grid([[*row, *[None] * (width - len(row))] for row in kept], {})


def _cells(line: str) -> list[str | None]:
    cells = [cell.strip() for cell in line.strip().removeprefix("|").split("|")]
    return list(cells[:-1] if line.rstrip().endswith("|") else cells)


def _without_lead(row: list[str | None]) -> list[str | None]:
    first = next((at for at, cell in enumerate(row) if cell), 0)
    return row[first:]


def lines_of_cells(lines: Sequence[str]) -> list[str]:
    """Cells that stand in a line each, as plain lines; a blank cell is “/”, the rest of a merged cell (||) is none."""
    plain: list[str] = []
    closed = True
    for line in lines:
        bare = line.strip()
        if bare == "|" and closed:
            plain.append("/")
        elif bare.strip("| "):
            plain.extend(cell.strip() or "/" for cell in bare.removesuffix("|").split("|"))
        closed = not bare or bare.endswith("|")
    return plain
