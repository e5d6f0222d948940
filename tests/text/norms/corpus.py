"""The corpus of norms: each as text, in an old encoding, as web page with chrome, docx and PDF, and what is right."""

import io
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

import docx

from mingtang.press.document import Block, Document, Layout, Paragraph, Table
from mingtang.press.typesetting import pdf

DOCUMENTS = Path(__file__).parents[2] / "data" / "norms" / "documents.toml"
FORMATS = ("txt", "gb18030", "html", "docx", "pdf")
FIELDS = (
    "kind", "title", "document_number", "issuer", "made_on", "published_on", "effective_on", "expires_on",
    "index_number", "articles", "repeals", "cleanup",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """A document in one format, and the values that its fields must have."""

    name: str
    format: str
    data: bytes
    expected: dict[str, Any]


def cases(formats: tuple[str, ...] = FORMATS) -> Iterator[Case]:
    """Every document in every format."""
    with DOCUMENTS.open("rb") as stream:
        documents = tomllib.load(stream)
    for name, document in documents.items():
        text = document.pop("text").strip("\n")
        expected = {key: (value if value != "" else None) for key, value in document.items()}
        # What stands above a text on a web page is not printed.
        web = text.startswith(("索", "关于《")) and "：" in text[:60]
        for format_ in formats:
            if format_ == "pdf" and web:
                continue
            yield Case(name, format_, written(text, format_), expected)


def written(text: str, format_: str) -> bytes:
    """The text in a format, as offices and their web pages have it."""
    match format_:
        case "txt":
            return text.encode()
        case "gb18030":
            return text.replace("\n", "\r\n").encode("gb18030")
        case "html":
            return _page(text)
        case "docx":
            return _docx(text)
        case _:
            return pdf(_document(text), moment=datetime(2024, 1, 1, tzinfo=UTC))


def _runs(text: str) -> Iterator[str | list[list[str]]]:
    """Lines, and tables where lines have tabs."""
    rows: list[list[str]] = []
    for line in text.splitlines():
        if "\t" in line:
            rows.append(line.split("\t"))
            continue
        if rows:
            yield rows
            rows = []
        yield line
    if rows:
        yield rows


def _page(text: str) -> bytes:
    parts: list[str] = []
    for run in _runs(text):
        if isinstance(run, str):
            parts.append(f"<p>{escape(run)}</p>")
        else:
            rows = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in run)
            parts.append(f"<table>{rows}</table>")
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>云岭旗人民政府门户网站</title>
<script>var a = "第九条";</script><style>p{{color:red}}</style></head><body>
<div class="header"><a href="/">首页</a> <a href="/zwgk">政务公开</a> <a href="/login">登录</a></div>
<div class="position">您当前的位置：<a href="/">首页</a> &gt; 政务公开 &gt; 规范性文件</div>
<div class="content">{"".join(parts)}</div>
<div class="tools">【字体：大 中 小】 打印本页 关闭窗口</div>
<div class="footer">主办单位：云岭旗人民政府办公室　蒙ICP备00000000号　网站标识码：0000000000　技术支持：某公司</div>
</body></html>""".encode()


def _docx(text: str) -> bytes:
    document = docx.Document()
    for run in _runs(text):
        if isinstance(run, str):
            document.add_paragraph(run)
            continue
        table = document.add_table(len(run), max(map(len, run)))
        for i, row in enumerate(run):
            for j, cell in enumerate(row):
                table.cell(i, j).text = cell
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _document(text: str) -> Document:
    blocks: list[Block] = []
    lines = text.splitlines()
    ends = next(
        (
            at
            for at, line in enumerate(lines)
            if line.endswith(("：", "。")) or line.startswith("（") or "号" in line[-2:]
        ),
        1,
    )
    for run in _runs("\n".join(lines[ends:])):
        if isinstance(run, str):
            blocks.append(Paragraph(run, indented=not run.endswith("：")))
        else:
            width = max(map(len, run))
            blocks.append(Table(tuple(tuple(row) for row in run), (1.0,) * width))
    return Document(title="\n".join(lines[:ends]), layout=Layout.PLAIN, body=tuple(blocks))
