"""From the grids of a document to the three tables: by what rows and columns say, not by where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from mingtang.law.annual.cells import Grid, GridCell, Number, distinct, in_ten_thousands, is_value, number, squeezed
from mingtang.law.annual.schema import (
    COLUMN_PATTERNS,
    DISPUTE_GROUPS,
    NORM_COLUMNS,
    NORM_DEFAULTS,
    NORM_ROWS,
    OTHER_GROUP,
    OTHER_ROW,
    OUTCOMES,
    REQUEST_COLUMNS,
    REQUEST_ROWS,
    Form,
)
from mingtang.law.annual.stream import norms_in_text, requests_in_text, standings_in_text
from mingtang.law.annual.tables import Problem, Tables


@dataclass
class _Found:
    """What has been read so far."""

    norms: dict[str, dict[str, Number]] = field(default_factory=dict[str, dict[str, Number]])
    requests: dict[str, dict[str, Number]] = field(default_factory=dict[str, dict[str, Number]])
    disputes: dict[str, dict[str, Number]] = field(default_factory=dict[str, dict[str, Number]])
    problems: list[Problem] = field(default_factory=list[Problem])
    form: Form = "2021"
    charge_unit: str = "万元"


def read_tables(grids: Sequence[Grid], text: str = "") -> Tables:
    """The tables of a report.

    `grids` are its tables as rows of cells, in reading order; a table broken over pages may come as several. `text` is
    the whole text: where a table is missing among the grids (a file that lost its lines), its rows are sought there.
    """
    found = _Found()
    columns: dict[str, int] | None = None
    for grid in grids:
        if not grid:
            continue
        heads = _request_columns(grid)
        columns = heads if heads is not None else columns
        if heads or _has_request_rows(grid):
            _read_requests(grid, columns, found)
        if _is_disputes(grid):
            _read_disputes(grid, found)
        _read_norms(grid, found)
    if not found.requests:
        found.requests.update(requests_in_text(text))
    if not found.disputes:
        found.disputes.update(standings_in_text(text))
    if not found.norms:
        found.norms.update(norms_in_text(text))
    for row, name in (("requests", "表二"), ("disputes", "表三"), ("norms", "表一")):
        if not getattr(found, row):
            found.problems.append(Problem(name, f"没有找到{name}，或它不是表格。"))
    return Tables(found.norms, found.requests, found.disputes, found.form, found.charge_unit, tuple(found.problems))


def _request_columns(grid: Grid) -> dict[str, int] | None:
    """Which column of the grid holds which kind of applicant, or None when this is not table 2's head."""
    first = next((at for at, row in enumerate(grid) if any(squeezed(cell.text) == "自然人" for cell in row)), None)
    if first is None:
        return None
    found: dict[str, int] = {}
    for row in grid[max(0, first - 1) : first + 4]:
        for index, cell in enumerate(row):
            text = squeezed(cell.text)
            for key, pattern in COLUMN_PATTERNS:
                if key not in found and pattern.search(text):
                    found[key] = index
                    break
        if set(found) >= set(REQUEST_COLUMNS):
            break
    enough = len(found) >= 5 and "natural" in found and "legal_service" in found
    if not enough:
        return None
    places = [found.get(key, -1) for key in REQUEST_COLUMNS]
    ordered = all(a < b for a, b in pairwise(places)) and -1 not in places
    return found if ordered or _in_one_row(grid, found) else {}


def _in_one_row(grid: Grid, found: dict[str, int]) -> bool:
    """Whether one row names all seven columns, so that their places are sure whatever their order."""
    if len(set(found.values())) < len(REQUEST_COLUMNS):
        return False
    named = [{key for key, pattern in COLUMN_PATTERNS for cell in row if pattern.search(squeezed(cell.text))}
             for row in grid[:6]]  # fmt: skip
    return any(keys >= set(REQUEST_COLUMNS) for keys in named)


#: Words that stand in the head of table 2 and in none of its rows.
_HEAD_WORDS = tuple(pattern for key, pattern in COLUMN_PATTERNS if key not in ("other", "total"))


def _is_head(row: Sequence[GridCell]) -> bool:
    """Whether a row names kinds of applicant: a head, also one repeated on the next page."""
    return any(pattern.search(squeezed(cell.text)) for cell in row for pattern in _HEAD_WORDS)


def _has_request_rows(grid: Grid) -> bool:
    rows = sum(1 for row in grid if (kind := _row_kind(row)) and kind not in ("granted", "other"))
    return rows >= 2 and any(len(distinct(row)) >= 7 for row in grid)


def _labels(row: Sequence[GridCell]) -> list[str]:
    """The texts before the numbers, each merged cell once."""
    labels: list[str] = []
    for cell in distinct(row):
        if squeezed(cell.text) and is_value(cell.text):
            break
        if text := squeezed(cell.text):
            labels.append(text)
    return labels


def _row_kind(row: Sequence[GridCell]) -> str | None:
    """Which row of table 2 this is: by its own label, and where that says only 其他, by its group."""
    labels = _labels(row)
    return _kind_of(labels[-1]) if labels else None


def _kind_of(own: str) -> str | None:
    """Which row of table 2 a label names."""
    if OTHER_ROW.pattern.search(own):
        return OTHER_ROW.key
    if OTHER_GROUP.search(own):
        return "other_group"
    for kind in REQUEST_ROWS:
        if kind.pattern.search(own):
            return kind.key
    return None


def _read_requests(grid: Grid, columns: dict[str, int] | None, found: _Found) -> None:
    rows = [row for row in grid if not _is_head(row)]
    for place, row in enumerate(rows):
        before = rows[place - 1] if place else None
        key, numbers = _row_kind(row), row
        if before is not None and (whole := _broken_off(before, row, columns)):
            key, numbers = whole, before
        if key is None:
            following = rows[place + 1] if place + 1 < len(rows) else None
            if following is None or not _broken_off(row, following, columns):
                _unknown_row(row, found)
            continue
        cells = _request_cells(numbers, columns)
        if cells is None:
            continue
        if key == "other_group":
            key = "other"
            found.form = "2019"
        if key in found.requests:
            if [cell.worth for cell in found.requests[key].values()] != [cell.worth for cell in cells.values()]:
                label = _labels(row)[-1][:30]
                found.problems.append(Problem(f"表二“{label}”", "同一行出现两次，数字不同，按先出现的读取。"))
            continue
        found.requests[key] = cells


def _broken_off(upper: Sequence[GridCell], lower: Sequence[GridCell], columns: dict[str, int] | None) -> str | None:
    """The row whose label was broken over two pages: unknown numbers above, the rest of the label with blanks below."""
    above, below = _labels(upper), _labels(lower)
    if not above or not below or _kind_of(above[-1]) is not None:
        return None
    told, rest = _request_cells(upper, columns), _request_cells(lower, columns)
    if told is None or all(cell.value is None for cell in told.values()):
        return None
    if rest is not None and any(cell.value is not None for cell in rest.values()):
        return None
    return _kind_of(above[-1] + below[-1])


def _unknown_row(row: Sequence[GridCell], found: _Found) -> None:
    """A row with seven numbers whose label says nothing known is told, not guessed."""
    labels = _labels(row)
    values = [cell for cell in distinct(row)[len(labels) :] if is_value(cell.text)]
    if labels and len([cell for cell in values if number(cell.text).value is not None]) >= 6:
        found.problems.append(Problem("表二", f"认不出“{labels[-1][:30]}”这一行，没有读取。"))


def _request_cells(row: Sequence[GridCell], columns: dict[str, int] | None) -> dict[str, Number] | None:
    """The seven numbers of a row; None when the row has no place for them (a heading).

    They stand in the columns of the head, unless the row was moved: the rest of a table on the next page lacks the
    columns of the labels that were merged on the page before.
    """
    if columns and max(columns.values()) < len(row):
        cells = {key: number(row[columns[key]].text) for key in REQUEST_COLUMNS}
        begin = min(columns.values())
        labels = {cell.start for cell in row[:begin] if cell.text.strip()}
        standing = all(row[columns[key]].start not in labels for key in REQUEST_COLUMNS) and not any(
            number(cell.text).value is not None for cell in row[:begin]
        )
        if standing and any(cell.readable for cell in cells.values()):
            return cells
    cells = distinct(row)
    named = [at for at, cell in enumerate(cells) if not is_value(cell.text)]
    values = cells[named[len(_labels(row)) - 1] + 1 :] if named else cells
    while len(values) > len(REQUEST_COLUMNS) and not values[-1].text.strip():
        values.pop()  # a row that is shorter than the widest is filled up at its end
    if len(values) < len(REQUEST_COLUMNS):
        return None
    return dict(zip(REQUEST_COLUMNS, (number(cell.text) for cell in values[-7:]), strict=True))


def _is_disputes(grid: Grid) -> bool:
    text = "".join(squeezed(cell.text) for row in grid for cell in distinct(row))
    return "维持" in text and "纠正" in text and ("复议" in text or "诉讼" in text or "起诉" in text)


def _read_disputes(grid: Grid, found: _Found) -> None:
    """The row of fifteen numbers; a table in three parts gives five, five and five, or five and ten."""
    numbers: list[Number] = []
    head = next(at for at, row in enumerate(grid) if any("维持" in squeezed(cell.text) for cell in row))
    for row in grid[head + 1 :]:
        cells = distinct(row)
        while cells and len(cells) > 15 and not squeezed(cells[0].text):
            cells = cells[1:]
        values = [cell for cell in cells if is_value(cell.text)]
        if len(values) < 5 or len(values) < len(cells) - 1 or not any(squeezed(cell.text) for cell in values):
            continue
        numbers.extend(number(cell.text) for cell in values)
    if not numbers:
        numbers = [
            number(cell.text) for row in grid for cell in distinct(row) if squeezed(cell.text) and is_value(cell.text)
        ]
    if len(numbers) != 15:
        if len(numbers) in (5, 10):
            _partial_disputes(grid, numbers, found)
        else:
            found.problems.append(Problem("表三", f"应有 15 个数字，只读到 {len(numbers)} 个，没有读取。"))
        return
    for position, group in enumerate(DISPUTE_GROUPS):
        part = numbers[position * 5 : position * 5 + 5]
        found.disputes[group] = dict(zip(OUTCOMES, part, strict=True))


def _partial_disputes(grid: Grid, numbers: list[Number], found: _Found) -> None:
    """A table 3 that was cut into one for reviews and one for litigation."""
    head = "".join(squeezed(cell.text) for row in grid for cell in distinct(row))
    if len(numbers) == 5 and ("复议后" in head or "经复议后" in head) and "未经复议" not in head:
        groups = DISPUTE_GROUPS[2:]
    else:
        groups = DISPUTE_GROUPS[:1] if "起诉" not in head and "诉讼" not in head else DISPUTE_GROUPS[1:]
    for position, group in enumerate(groups[: len(numbers) // 5]):
        found.disputes[group] = dict(zip(OUTCOMES, numbers[position * 5 : position * 5 + 5], strict=True))


def _norm_row(text: str) -> str | None:
    return next((key for key, _, pattern in NORM_ROWS if pattern.search(text)), None) if len(text) <= 24 else None


def _read_norms(grid: Grid, found: _Found) -> None:
    heads: list[str] = []
    for row in grid:
        cells = distinct(row)
        if not cells:
            continue
        texts = [squeezed(cell.text) for cell in cells]
        named = [head for text in texts[1:] if (head := _norm_head(text))]
        if named and not _norm_row_of_values(texts):
            heads = named
            if any("上一年项目" in text or "新制作" in text for text in texts):
                found.form = "2019"
            amounts = "".join(text for text in texts if "金额" in text)
            if amounts:
                found.charge_unit = next((unit for unit in ("万元", "亿元", "元") if unit in amounts), "万元")
            continue
        key = _norm_row(texts[0])
        if key is None or key in found.norms or len(cells) < 2:
            continue
        values = [number(cell.text) for cell in cells[1:]]
        while len(values) > max(1, len(heads)) and not values[-1].raw.strip():
            values.pop()  # a sheet is as wide as its widest table
        names = _norm_names(key, heads, len(values))
        if names:
            named_values = dict(zip(names, values, strict=False))
            if "amount" in named_values:
                named_values["amount"] = in_ten_thousands(named_values["amount"], found.charge_unit)
            found.norms[key] = named_values
        elif any(value.value is not None for value in values):
            found.problems.append(Problem(f"表一“{texts[0]}”", f"有 {len(values)} 个数字，表头认不出，没有读取。"))


def _norm_row_of_values(texts: list[str]) -> bool:
    return _norm_row(texts[0]) is not None and all(is_value(text) for text in texts[1:])


def _norm_head(text: str) -> str | None:
    return next((key for key, pattern in NORM_COLUMNS if pattern.search(text)), None)


def _norm_names(key: str, heads: list[str], count: int) -> Sequence[str]:
    """Which columns the numbers of a row of table 1 stand in: by the head, else by their count."""
    fitting = NORM_DEFAULTS[key]
    allowed = {name for names in fitting for name in names} | {"newly_public"}
    if len(heads) == count and set(heads) <= allowed:
        return heads
    return next((names for names in fitting if len(names) == count), ())
