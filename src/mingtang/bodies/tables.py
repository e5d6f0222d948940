"""Reading a table that somebody uploads (xlsx or csv) within limits, whatever the file really holds."""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl

from mingtang.bodies.errors import FileRefused

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 50_000
MAX_COLUMNS = 200
#: What a workbook may hold when unpacked: tables of 50,000 rows stay well below, zip bombs do not.
MAX_UNPACKED = 400 * 1024 * 1024
HEADER_WITHIN = 20


@dataclass(frozen=True)
class Row:
    """One row: its number in the file (from 1) and its cells as trimmed text, empty ones as ""."""

    number: int
    cells: tuple[str, ...]


def read(path: Path) -> list[Row]:
    """All rows that hold anything. Raises `FileRefused` with one Chinese line that says the mend."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise FileRefused(f"{path.name}：文件有 {size / 1024 / 1024:.0f} MB，超过 20 MB：请分成几个文件导入。")
        content = path.read_bytes()
    except OSError as error:
        raise FileRefused(f"{path.name}：无法读取（{error.strerror}）：请核对路径与权限。") from error
    return read_content(content, path.name)


def read_content(content: bytes, name: str) -> list[Row]:
    """The same of a file that was sent: its bytes, and the name it came with."""
    if len(content) > MAX_BYTES:
        raise FileRefused(f"{name}：文件超过 20 MB：请分成几个文件导入。")
    if not content.strip():
        raise FileRefused(f"{name}：文件是空的：请选择有内容的表格。")
    try:
        rows = list(_rows(content, name))
    except UnicodeDecodeError as error:
        raise FileRefused(f"{name}：既不是 UTF-8 也不是 GB18030 文字：请另存为 xlsx 或 UTF-8 的 csv。") from error
    if not rows:
        raise FileRefused(f"{name}：表格里没有内容：请核对是否选错了文件。")
    return rows


def _rows(content: bytes, name: str) -> Iterator[Row]:
    if content.startswith(b"PK\x03\x04"):
        raw = _workbook_rows(content, name)
    elif content.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileRefused(f"{name}：旧版 xls 或加密的工作簿：请去掉密码，另存为 xlsx。")
    elif content.startswith(b"%PDF"):
        raise FileRefused(f"{name}：这是 PDF，不是表格：请提供 xlsx 或 csv。")
    else:
        raw = _csv_rows(_decoded(content), name)
    kept = 0
    for number, values in raw:
        cells = tuple(_text(value) for value in values[:MAX_COLUMNS])
        if any(cells):
            kept += 1
            yield Row(number, cells)
        if kept > MAX_ROWS or number > 4 * MAX_ROWS:
            raise FileRefused(f"{name}：超过 {MAX_ROWS:,} 行：请分成几个文件导入。")


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def _csv_rows(text: str, name: str) -> Iterator[tuple[int, list[Any]]]:
    first = text.partition("\n")[0]
    delimiter = max(",\t;", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        begins = 1
        for values in reader:
            yield begins, values
            begins = reader.line_num + 1
    except csv.Error as error:
        raise FileRefused(
            f"{name}：第 {reader.line_num} 行的引号或分隔不成对：请用表格软件打开后另存为 xlsx。"
        ) from error


def _workbook_rows(content: bytes, name: str) -> Iterator[tuple[int, tuple[Any, ...]]]:
    _unpacks_within_limits(content, name)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises whatever its parsers raise on a broken file
        raise FileRefused(f"{name}：工作簿已损坏或不是 xlsx：请用表格软件打开后重新保存。") from error
    try:
        sheet = next(s for s in book.worksheets if s.sheet_state == "visible")
        sheet.reset_dimensions()  # a sheet's own word about its size may be wrong
        yield from enumerate(sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS), start=1)
    except (StopIteration, KeyError, ValueError, TypeError, SyntaxError, zipfile.BadZipFile) as error:
        raise FileRefused(f"{name}：工作簿里没有可读的工作表：请用表格软件打开后重新保存。") from error
    finally:
        book.close()


def _unpacks_within_limits(content: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members) > MAX_UNPACKED or len(members) > 10_000:
                raise FileRefused(f"{name}：解开后过大，疑似压缩炸弹，未读取：请用表格软件重新保存。")
            for member in members:
                if member.filename.endswith((".xml", ".rels")):
                    with archive.open(member) as part:
                        if b"<!DOCTYPE" in part.read(4096):
                            raise FileRefused(f"{name}：工作簿里有 XML 实体定义，未读取：请用表格软件重新保存。")
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as error:
        raise FileRefused(f"{name}：文件已损坏、加密或不是 xlsx：请用表格软件打开后重新保存。") from error


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # a code typed as a number
    if isinstance(value, datetime):
        return value.date().isoformat() if not value.time().replace(microsecond=0) else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip().strip("\u3000\ufeff")
