"""A notice given as a table (任务 · 要求 · 责任单位 · 时限): find its header, read its rows into items and tasks."""

import re
from dataclasses import dataclass, replace

from mingtang.text.cleaning import fold
from mingtang.text.columns import column_kind
from mingtang.text.deadlines import Moment, deadline_of_cell
from mingtang.text.document import Cell, Table
from mingtang.text.draft import Item, Task
from mingtang.text.markers import ORDER, marker_of
from mingtang.text.numerals import to_int
from mingtang.text.obligations import Memory, tasks_in
from mingtang.text.outline import split_title
from mingtang.text.responsibility import Responsibility, joined, names_in_list, read_note
from mingtang.text.sentences import Span


@dataclass(frozen=True, slots=True)
class _Header:
    """Which column holds what: `texts` are those of tasks and requirements from left to right."""

    row: int
    texts: tuple[int, ...]
    serial: int | None
    columns: tuple[tuple[str, int], ...]

    def of(self, kind: str) -> list[int]:
        return [index for name, index in self.columns if name == kind]


def header_of(table: Table) -> _Header | None:
    """Where a task table's header stands and what its columns are, or None when it is no task table."""
    for index, row in enumerate(table.rows[:6]):
        kinds = [column_kind(cell.text) for cell in row]
        last = index
        if index + 1 < len(table.rows):
            below = [column_kind(cell.text) for cell in table.rows[index + 1]]
            split = any(b and b != a for a, b in zip(kinds, below, strict=True))
            if split and all(b or not cell.text for b, cell in zip(below, table.rows[index + 1], strict=True)):
                kinds, last = [b or a for a, b in zip(kinds, below, strict=True)], index + 1
        kinds = [
            "serial" if kind in (None, "text") and _counts(table, last, column) else kind
            for column, kind in enumerate(kinds)
        ]
        texts: list[int] = []
        seen: set[int] = set()
        for column, kind in enumerate(kinds):
            start = row[column].start
            if kind == "text" and start not in seen:
                texts.append(column)
                seen.add(start)
            elif kind == "text":
                texts.append(column)
        known = {kind for kind in kinds if kind}
        if texts and known & {"does", "lead", "time", "support"}:
            columns = tuple((kind, column) for column, kind in enumerate(kinds) if kind)
            serial = next((column for kind, column in columns if kind == "serial"), None)
            return _Header(last, tuple(texts), serial, columns)
    return None


def _counts(table: Table, header: int, column: int) -> bool:
    """Whether a column without a word of its own holds the serial numbers: nothing but numbers stands in it."""
    cells = {row[column].start: row[column].text for row in table.rows[header + 1 :] if column < len(row)}
    filled = [text for text in cells.values() if text and marker_of(text) is None]
    return bool(filled) and all(re.fullmatch(r"\d{1,3}", text) for text in filled)


@dataclass(slots=True)
class _Row:
    number: int | None
    title: str
    key: object
    group: str
    requirement: list[Span]
    cells: tuple[Cell, ...]


def items_of(table: Table, text: str, moment: Moment, addressees: tuple[str, ...]) -> tuple[Item, ...]:
    """The items of a task table; rows of one serial number or one merged task cell make one item."""
    header = header_of(table)
    if header is None:
        return ()
    rows = _rows(table, header, text)
    items: list[Item] = []
    index = 0
    while index < len(rows):
        group = [rows[index]]
        while index + len(group) < len(rows) and rows[index + len(group)].key == group[0].key:
            group.append(rows[index + len(group)])
        items.append(_item(group, header, len(items) + 1, moment, addressees, text))
        index += len(group)
    return tuple(items)


def _rows(table: Table, header: _Header, text: str) -> list[_Row]:
    rows: list[_Row] = []
    group = ""
    for row in table.rows[header.row + 1 :]:
        filled = {cell.start: cell for cell in row if cell.text}
        if not filled or _repeats_header(row):
            continue
        if len(filled) == 1 and (len({cell.start for cell in row}) == 1 or _is_group(next(iter(filled.values())).text)):
            group = _grouped(group, next(iter(filled.values())).text)
            continue
        texts = [row[column] for column in header.texts if column < len(row) and row[column].text]
        texts = list({cell.start: cell for cell in texts}.values())
        if not texts:
            continue
        serial = row[header.serial] if header.serial is not None else None
        number = to_int(re.sub(r"[^\d一二三四五六七八九十百]", "", fold(serial.text))) if serial else None
        heading = texts[-2] if len(texts) > 1 else texts[-1]
        marker = marker_of(heading.text)
        if number is None and marker and len(texts) > 1:
            number = marker.number
        rows.append(
            _Row(
                number=number,
                title=_title(heading, marker.length if marker else 0, len(texts) > 1),
                key=serial.start
                if serial and serial.text
                else (heading.start if len(texts) > 1 else row[header.texts[-1]].start),
                group=group if len(texts) < 3 else texts[0].text,
                requirement=_paragraphs(texts[-1], text),
                cells=row,
            )
        )
    return rows


def _grouped(above: str, heading: str) -> str:
    """The headings a row stands under, outermost first: a heading replaces those of its own rank and below."""
    marker = marker_of(heading)
    if marker is None:
        return heading
    kept: list[str] = []
    for one in above.split(" / ") if above else []:
        outer = marker_of(one)
        if outer is None or ORDER.index(outer.kind) >= ORDER.index(marker.kind):
            break
        kept.append(one)
    return " / ".join([*kept, heading])


def _is_group(text: str) -> bool:
    marker = marker_of(text)
    return marker is not None and marker.kind in ("han", "han_bracket", "division", "chapter")


def _repeats_header(row: tuple[Cell, ...]) -> bool:
    return sum(1 for cell in row if column_kind(cell.text)) >= max(2, len(row) - 1) and all(
        len(cell.text) <= 12 for cell in row
    )


def _title(cell: Cell, skip: int, whole: bool) -> str:
    body = cell.text[skip:].strip()
    if whole:
        return body.replace("\n", "").rstrip("。；;")
    return split_title(body.replace("\n", ""))[0]


def _paragraphs(cell: Cell, text: str) -> list[Span]:
    """The paragraphs in a cell; lines broken in mid-sentence stay one."""
    spans: list[Span] = []
    place = cell.start
    for line in cell.text.split("\n"):
        start, end = place, place + len(line)
        place = end + 1
        if not line:
            continue
        if spans and spans[-1].text[-1] not in "。；;：:！" and marker_of(line) is None:
            spans[-1] = Span(text[spans[-1].start : end], spans[-1].start)
        else:
            marker = marker_of(line)
            skip = marker.length if marker and marker.length < len(line) else 0
            spans.append(Span(text[start + skip : end], start + skip))
    return spans


def _responsibility(cells: tuple[Cell, ...], header: _Header, moment: Moment) -> Responsibility:
    parts: list[Responsibility] = []
    for kind, column in header.columns:
        content = cells[column].text.strip() if column < len(cells) else ""
        if not content:
            continue
        if kind == "time":
            parts.append(Responsibility(deadlines=deadline_of_cell(content.replace("\n", ""), moment)))
            continue
        if kind not in ("lead", "does", "support"):
            continue
        note = (
            read_note(content.replace("\n", "、"), moment)
            if re.search(r"牵头|配合|负责|协助|单位[:：]", content)
            else None
        )
        names = tuple(names_in_list(content)) if note is None else note.bodies
        if note is not None and kind == "does":
            parts.append(note)
        elif kind == "lead":
            parts.append(Responsibility(lead=names))
        elif kind == "support":
            parts.append(Responsibility(supporting=names))
        else:
            parts.append(Responsibility(does=names))
    return joined(parts)


def _item(
    rows: list[_Row], header: _Header, count: int, moment: Moment, addressees: tuple[str, ...], text: str
) -> Item:
    tasks: list[Task] = []
    done: set[int] = set()
    for row in rows:
        if row.requirement and row.requirement[0].start in done:
            continue
        done.update(span.start for span in row.requirement)
        note = _responsibility(row.cells, header, moment)
        memory = Memory(moment=moment, addressees=addressees, note=note)
        found = tasks_in(row.requirement, memory) or tasks_in(row.requirement, memory, keep_all=True)
        tasks.extend(_as_row(task, note) for task in found)
    first, last = rows[0].requirement, rows[-1].requirement
    start = min(cell.start for cell in rows[0].cells)
    end = max(cell.end for cell in rows[-1].cells)
    return Item(
        number=rows[0].number or count,
        title=rows[0].title,
        text="\n".join(span.text for row in rows for span in row.requirement) if first or last else "",
        start=start,
        end=end,
        tasks=tuple(tasks),
        group=rows[0].group,
    )


def _as_row(task: Task, note: Responsibility) -> Task:
    """The task with the row's columns as what binds: the table's own columns outrank words in the sentence."""
    if not note.bodies:
        return task
    return replace(
        task, bodies=note.bodies, lead=note.lead, supporting=note.supporting, inherited=False, inferred=False
    )
