"""The review sheet: what was read of each document, with how sure it is; corrected in a table and read again."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from mingtang.norms.stock.folder import Read
from mingtang.norms.stock.topics import proposed_label
from mingtang.press.list_workbook import Column, list_workbook
from mingtang.text.chinese_dates import find_date
from mingtang.text.norms.amending import read_amendments
from mingtang.text.norms.certainty import LOOK

KINDS = {
    "norm": "规范性文件",
    "cleanup": "清理结果",
    "notice": "通知",
    "reply": "批复、复函",
    "appointment": "任免",
    "other": "其他",
}
#: heading → field of `Entry`; the first seven are what people correct
COLUMNS = {
    "收入": "include", "文件": "file", "类别": "kind", "标题": "title", "文号": "document_number",
    "制定机关": "issuers", "成文日期": "made_on", "公布日期": "published_on", "施行日期": "effective_on",
    "有效期至": "expires_on", "主题分类": "topic", "同时废止": "repeals", "要看的": "look", "把握": "confidence",
    "识读方式": "reading", "摘要": "digest",
}  # fmt: skip
_OTHER_HEADINGS = {
    "文件名称": "标题", "名称": "标题", "文件标题": "标题", "发文字号": "文号", "文件编号": "文号",
    "制发机关": "制定机关", "发文机关": "制定机关", "发文单位": "制定机关", "印发日期": "成文日期",
    "发文日期": "成文日期", "发布日期": "公布日期", "实施日期": "施行日期", "生效日期": "施行日期",
    "失效日期": "有效期至", "文件名": "文件",
}  # fmt: skip
_WIDTHS = {"标题": 44, "文件": 30, "制定机关": 24, "同时废止": 30, "要看的": 44, "把握": 30, "文号": 20, "摘要": 12}
_DAYS = ("made_on", "published_on", "effective_on", "expires_on")
_LABELS = {field: heading for heading, field in COLUMNS.items()}
_YES, _NO = "是", "否"


class SheetRefused(Exception):
    """The sheet cannot be read at all; the message is one Chinese line."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document as it is to be taken in. `include` False: left out by the reader or by a person."""

    file: str
    digest: str
    include: bool
    kind: str
    title: str
    document_number: str = ""
    issuers: tuple[str, ...] = ()
    made_on: date | None = None
    published_on: date | None = None
    effective_on: date | None = None
    expires_on: date | None = None
    topic: str = ""
    repeals: tuple[str, ...] = ()
    recognized: bool = False
    doubts: tuple[str, ...] = ()
    #: documents that this one amends, each with the clauses that it names
    amends: tuple[tuple[str, tuple[str, ...]], ...] = ()


def entry_of(read: Read, folder: Path) -> Entry:
    """What was read of a document, as a line of the sheet."""
    draft = read.draft
    return Entry(
        _name(read.file, folder), read.digest, draft.kind == "norm", draft.kind, draft.title,
        draft.document_number or "", tuple(draft.issuer.split("、")) if draft.issuer else (),
        draft.made_on, draft.published_on, draft.effective_on, draft.expires_on,
        proposed_label(read.document.fact("主题分类"), draft.title), draft.repeals,
        bool(read.document.recognized), tuple(doubts_of(read)), tuple(_amends(read)),
    )  # fmt: skip


def _amends(read: Read) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The documents that an act amends, each with the places it names, in order."""
    if not read.draft.amends:
        return
    orders = read_amendments(read.document.text)
    for title in read.draft.amends:
        places = [one.where for one in orders.on(title).operations if one.where]
        yield title, tuple(dict.fromkeys(places))


def _name(file: Path, folder: Path) -> str:
    return file.relative_to(folder).as_posix() if file.is_relative_to(folder) else file.name


def doubts_of(read: Read) -> Iterator[str]:
    """What a person should look at: the problems, and the fields that are not sure."""
    yield from read.draft.problems
    for name, value in read.draft.confidence.items():
        if value < LOOK and name in _FIELDS:
            yield f"{_FIELDS[name]}把握只有 {value:.0%}，请核对。"


_FIELDS = {
    "title": "标题", "document_number": "文号", "issuer": "制定机关", "made_on": "成文日期",
    "effective_on": "施行日期", "expires_on": "有效期至", "repeals": "同时废止",
}  # fmt: skip


def review_sheet(entries: Iterable[tuple[Entry, Mapping[str, float]]]) -> bytes:
    """The sheet as xlsx; each entry with the confidence of its fields."""
    columns = [Column(heading, _WIDTHS.get(heading, 13)) for heading in COLUMNS]
    return list_workbook("规范性文件核对表（改正后用 --sheet 收入）", columns, (_line(*one) for one in entries))


def _line(entry: Entry, confidence: Mapping[str, float]) -> list[object]:
    sure = "；".join(f"{_FIELDS[name]} {value:.0%}" for name, value in confidence.items() if name in _FIELDS)
    return [
        _YES if entry.include else _NO, entry.file, KINDS[entry.kind], entry.title, entry.document_number,
        "、".join(entry.issuers), *(getattr(entry, name) for name in _DAYS), entry.topic, "；".join(entry.repeals),
        "\n".join(entry.doubts), sure, "文字识别" if entry.recognized else "文字", entry.digest,
    ]  # fmt: skip


def read_sheet(path: Path) -> "Sheet":
    """A corrected sheet, or an office's own catalogue of documents; raises `SheetRefused`."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except FileNotFoundError:
        raise SheetRefused(f"{path}：找不到这个表格，请核对路径。") from None
    except Exception:
        # openpyxl raises whatever its parsers raise on a broken file: BadZipFile, KeyError, ValueError …
        raise SheetRefused(f"{path}：打不开，不是完好的 xlsx 表格，请另存后再试。") from None
    try:
        rows = [list(row) for row in book.worksheets[0].iter_rows(max_row=20_010, max_col=60, values_only=True)]
    finally:
        book.close()
    for at, row in enumerate(rows[:10]):
        headings = [_heading(cell) for cell in row]
        if "标题" in headings and ("文号" in headings or "文件" in headings):
            return Sheet(path, headings, rows[at + 1 :], at + 2)
    raise SheetRefused(f"{path}：没有找到表头，请保留“标题”和“文号”两列。")


def _heading(cell: object) -> str:
    words = re.sub(r"\s", "", str(cell or ""))
    return _OTHER_HEADINGS.get(words, words)


class Sheet:
    """The lines of a sheet, found by what a document is: its digest, its file, its number, its title."""

    def __init__(self, path: Path, headings: Sequence[str], rows: Sequence[Sequence[Any]], first: int) -> None:
        self.path = path
        self.problems: list[str] = []
        self._lines: dict[tuple[str, str], tuple[int, dict[str, Any]]] = {}
        self._used: set[int] = set()
        self._all: list[tuple[int, dict[str, Any]]] = []
        for number, row in enumerate(rows, start=first):
            cells = {COLUMNS[h]: cell for h, cell in zip(headings, row, strict=False) if h in COLUMNS}
            if not any(cell not in (None, "") for cell in cells.values()):
                continue
            self._all.append((number, cells))
            for name in ("digest", "file", "document_number", "title"):
                key = (name, _bare(cells.get(name)))
                if key[1]:
                    self._lines.setdefault(key, (number, cells))

    def corrected(self, entry: Entry) -> Entry:
        """The entry with what the sheet says; wrong cells are told in `problems` and leave the document out."""
        for name in ("digest", "file", "document_number", "title"):
            line = self._lines.get((name, _bare(getattr(entry, name))))
            if line and getattr(entry, name):
                self._used.add(line[0])
                return self._merged(entry, *line)
        return replace(entry, include=False)

    def unused(self) -> Iterator[str]:
        """The lines for which no document was found."""
        for number, cells in self._all:
            if number not in self._used and str(cells.get("include") or _YES).strip() != _NO:
                yield f"{self.path}：第 {number} 行《{cells.get('title') or ''}》没有对应的文件，请核对文件夹。"

    def _merged(self, entry: Entry, number: int, cells: Mapping[str, Any]) -> Entry:
        values: dict[str, Any] = {}
        for name in ("title", "document_number", "topic"):
            if name in cells:
                values[name] = str(cells[name] or "").strip()
        if "issuers" in cells:
            values["issuers"] = tuple(n for n in re.split(r"[、,，;；\s]+", str(cells["issuers"] or "")) if n)
        if "repeals" in cells:
            values["repeals"] = tuple(n.strip("《》 ") for n in re.split(r"[;；\n]", str(cells["repeals"] or "")) if n)
        include = self._yes(number, cells, entry)
        for name in _DAYS:
            if name in cells:
                day, wrong = _day(cells[name])
                if wrong:
                    self.problems.append(f"{self.path}：第 {number} 行“{_LABELS[name]}”{wrong}")
                    include = False
                values[name] = day
        return replace(entry, include=include, doubts=(), **values)

    def _yes(self, number: int, cells: Mapping[str, Any], entry: Entry) -> bool:
        said = str(cells.get("include") if cells.get("include") is not None else "").strip()
        if said in (_YES, _NO):
            return said == _YES
        if said:
            self.problems.append(f"{self.path}：第 {number} 行“收入”写的是“{said}”，请写“是”或“否”。")
            return False
        return entry.include


def _bare(value: object) -> str:
    return re.sub(r"[\s\[\]〔〕（）()《》]", "", str(value or ""))


def _day(cell: object) -> tuple[date | None, str]:
    """The day in a cell, and what is wrong with it."""
    if cell is None or str(cell).strip() in ("", "-", "—", "无", "长期有效", "长期"):
        return None, ""
    if isinstance(cell, datetime):
        return cell.date(), ""
    if isinstance(cell, date):
        return cell, ""
    found = find_date(str(cell))
    if found:
        return found[0], ""
    return None, f"写的是“{str(cell)[:20]}”，不是日期，请写成 2022-05-01 这样。"
