"""Tables that a copy of a page flattened into plain text (cells between lines of |, in lines of a | b, or by tabs)."""

import re
from collections.abc import Iterator

from mingtang.text.chrome import fact_name
from mingtang.text.cleaning import clean_lines
from mingtang.text.columns import column_kind, is_header
from mingtang.text.formats.counted import counts, grid_of_lines, lines_of_cells, tabs_as_pipes
from mingtang.text.formats.gridding import Grid, fits, grid_of, tail_of

_PIPES = str.maketrans({"｜": "|", "│": "|", "┃": "|"})
_RULE = re.compile(r"^[\s|:+\-—─]*[-—─]{2,}[\s|:+\-—─]*$")
_LONE = re.compile(r"^[\s|]*\|[\s|]*$")
#: A cell of a flattened table holds at most this many lines.
_CELL_LINES = 12
_FIELDS = re.compile(r"\t+| {2,}|\u3000{1,}")


def segments(text: str) -> Iterator[str | Grid]:
    """The text cut into what is plain and the tables flattened in it, in reading order."""
    lines = re.split(r"\r\n|[\r\n\x0b\x0c\u2028]", text)
    if "\t" in text:
        lines = tabs_as_pipes(lines) if counts(text) else list(_tabs_as_pipes(lines))
    piped = [line.translate(_PIPES) for line in lines]
    plain: list[str] = []
    index = 0
    while index < len(lines):
        end = _region_end(piped, index) if "|" in piped[index] else index
        if end == index:
            plain.append(lines[index])
            index += 1
            continue
        before = _first_cell(piped[index], plain)
        head, grid, rest = _table([*before, *piped[index:end]])
        if before:
            plain.pop()
        plain.extend(head)
        if grid is not None:
            yield "\n".join(plain)
            yield grid
            plain = []
        plain.extend(rest)
        index = end
    yield "\n".join(plain)


def _tabs_as_pipes(lines: list[str]) -> Iterator[str]:
    """Lines with tabs under a header of a task table, written with |; all other lines as they are."""
    inside = False
    for index, line in enumerate(lines):
        fields = [field.strip() for field in _FIELDS.split(line.strip())]
        if "\t" in line.strip() and is_header(fields):
            inside = True
        elif inside and line.strip() and "\t" not in line:
            following = next((other for other in lines[index + 1 : index + 4] if other.strip()), "")
            inside = "\t" in following.strip() and len(line) < 60
        tabbed = inside and line.strip() != ""
        yield " | ".join(field.strip() for field in line.strip("\r\n").split("\t")) + " |" if tabbed else line


def _region_end(piped: list[str], start: int) -> int:
    """The line after the last of a region of | that begins at `start`: between two of them stands at most one cell."""
    last = start
    for index in range(start + 1, len(piped)):
        if "|" in piped[index]:
            last = index
        elif sum(1 for line in piped[last + 1 : index + 1] if line.strip()) > _CELL_LINES:
            break
    return last + 1


def _first_cell(line: str, plain: list[str]) -> list[str]:
    """The line before a region, when the region begins with the | after it."""
    return plain[-1:] if _LONE.match(line) and plain and plain[-1].strip() else []


def _table(lines: list[str]) -> tuple[list[str], Grid | None, list[str]]:
    """The lines before a table, the table (None: there is none), and the lines after it."""
    if counts("\n".join(lines)):
        return ([], grid_of_lines(lines), []) if _in_lines(lines) else (lines_of_cells(lines), None, [])
    lines = [line for line in lines if not _RULE.match(line) or "-" not in line.replace("|", "").strip()[:2]]
    rows, rest = _rows(lines)
    start = next((index for index, row in enumerate(rows) if is_header(row)), None)
    if start is not None:
        header = [text for text in rows[start] if text]
        body = [row for row in rows[start + 1 :] if any(row)]
        lead = [text for row in rows[:start] for text in row if text]
        return lead, grid_of(header, body), rest
    labels = sum(1 for row in rows for text in row if text and len(text) < 40 and fact_name(text)[0])
    if labels >= 2:
        width = max(map(len, rows))
        return [], Grid([[*row, *[None] * (width - len(row))] for row in rows], {}), rest
    return [re.sub(r"(?:\s*\|)+\s*$", "", line) for line in lines if not _LONE.match(line)], None, []


def _rows(lines: list[str]) -> tuple[list[list[str]], list[str]]:
    """The rows of a region, and the lines after its last |."""
    if _in_lines(lines):
        return [_fields(line) for line in lines if line.strip()], []
    return _rows_of_stream("\n".join(lines))


def _in_lines(lines: list[str]) -> bool:
    """Whether each line of a region is a row of cells."""
    filled = [[field for field in line.split("|") if field.strip()] for line in lines if "|" in line]
    in_line = sum(1 for fields in filled if len(fields) >= 2)
    return in_line * 2 > sum(1 for fields in filled if fields)


def _fields(line: str) -> list[str]:
    fields = [field.strip() for field in line.strip().removeprefix("|").split("|")]
    return fields[:-1] if line.rstrip().endswith("|") else fields


def _rows_of_stream(text: str) -> tuple[list[list[str]], list[str]]:
    """Cells that stand one after another, cut into rows."""
    opens = text.lstrip().startswith("|")
    *pieces, tail = text.split("|")
    cells = ["\n".join(clean_lines(piece)) for piece in pieces]
    rest = [line for line in tail.split("\n") if line.strip()]
    start, end = _header_cells(cells)
    if end == start:
        return [[cell] for cell in cells if cell], rest
    first = cells[start].split("\n")
    lead = [[line] for cell in cells[:start] for line in cell.split("\n") if line] + [[line] for line in first[:-1]]
    header = [first[-1], *cells[start + 1 : end]]
    body = cells[end:]
    if opens and start and not cells[start - 1]:
        rows = _rows_between_blanks(body)
    else:
        rows = _rows_of_width(header, body) or _rows_by_meaning(header, body)
    last = rows[-1] if rows else header
    if rest and len([text for text in last if text]) == len([text for text in header if text]) - 1:
        last.append(rest.pop(0).strip())
    return [*lead, header, *rows], rest


def _header_cells(cells: list[str]) -> tuple[int, int]:
    """Where the header stands among the cells, blank cells after it included; (n, n) when there is none."""
    for start in range(min(len(cells), 40)):
        end = start
        while end < len(cells) and column_kind(cells[end].split("\n")[-1] if end == start else cells[end]):
            end += 1
        if end - start >= 2 and is_header([cells[start].split("\n")[-1], *cells[start + 1 : end]]):
            while end < len(cells) and not cells[end] and (start == 0 or cells[start - 1]):
                end += 1
            return start, end
    return 0, 0


def _rows_between_blanks(cells: list[str]) -> list[list[str]]:
    """Rows that begin and end with a | of their own, so that a blank stands between two of them."""
    rows: list[list[str]] = [[]]
    for cell in cells:
        if cell:
            rows[-1].append(cell)
        elif rows[-1]:
            rows.append([])
    return [row for row in rows if row]


def _rows_of_width(header: list[str], cells: list[str]) -> list[list[str]] | None:
    """Rows as wide as the header, when that gives columns of one kind; else None."""
    width = len(header)
    if len(cells) % width > 1 and len(cells) % width != width - 1:
        return None
    rows = [cells[place : place + width] for place in range(0, len(cells), width)]
    kinds = [column_kind(text) or "" for text in header]
    scores = [
        fits(kind, text)
        for row in rows
        for kind, text in zip(kinds, row, strict=False)
        if kind not in ("text", "remark", "") and text
    ]
    wrong = sum(1 for score in scores if score < 0)
    return rows if scores and wrong * 6 <= len(scores) else None


def _rows_by_meaning(header: list[str], cells: list[str]) -> list[list[str]]:
    """Rows of unequal length (merged cells left out): each ends where its last cells are those of the last columns."""
    tail = tail_of(header)
    rows: list[list[str]] = []
    row: list[str] = []
    for cell in cells:
        if not cell:
            continue
        row.append(cell)
        ends = row[-len(tail) :] if tail else []
        if len(row) > len(tail) and tail and all(fits(k, text) > 0 for k, text in zip(tail, ends, strict=True)):
            rows.append(row)
            row = []
    return [*rows, row] if row else rows
