"""A report model as the files an office would have: html, docx, xlsx, PDF and text, with their merged cells."""

import io
import json
import tempfile
from html import escape
from pathlib import Path
from typing import Any

from mingtang.law.annual.schema import DISPUTE_GROUPS, OUTCOMES, REQUEST_COLUMNS
from mingtang.law.requests import Row
from tests.law.annual.corpus import HEADS, RESULTS, SECTION_HEADS, Model, label

#: A cell: text, columns it spans, rows it spans.
Cell = tuple[str, int, int]
Rows = list[list[Cell]]


def cell(text: object, across: int = 1, down: int = 1) -> Cell:
    return str(text), across, down


def norms_rows(m: Model) -> Rows:
    """Table 1 of the form of 2021."""
    rows: Rows = [[cell("第二十条第（一）项", 4)]]
    rows.append([cell(text) for text in ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")])
    for key, name in (("regulations", "规章"), ("normative_documents", "行政规范性文件")):
        rows.append([cell(name), *(cell(m.norms[key][column]) for column in ("made", "repealed", "valid"))])
    rows.append([cell("第二十条第（五）项", 4)])
    rows.append([cell("信息内容"), cell("本年处理决定数量", 3)])
    rows.append([cell("行政许可"), cell(m.norms["licences"]["decisions"], 3)])
    rows.append([cell("第二十条第（六）项", 4)])
    rows.append([cell("信息内容"), cell("本年处理决定数量", 3)])
    rows.append([cell("行政处罚"), cell(m.norms["penalties"]["decisions"], 3)])
    rows.append([cell("行政强制"), cell(m.norms["coercion"]["decisions"], 3)])
    rows.append([cell("第二十条第（八）项", 4)])
    rows.append([cell("信息内容"), cell("本年收费金额（单位：万元）", 3)])
    rows.append([cell("行政事业性收费"), cell(m.norms["charges"]["amount"], 3)])
    return rows


def request_rows(m: Model) -> Rows:
    """Table 2."""
    rows: Rows = [
        [cell("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3), cell("申请人情况", 7)],
        [cell("自然人", 1, 2), cell("法人或其他组织", 5), cell("总计", 1, 2)],
        [cell(text) for text in ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")],
    ]

    def numbers(row: str) -> list[Cell]:
        return [cell(m.requests[row][column]) for column in REQUEST_COLUMNS]

    rows.append([cell(label("new"), 3), *numbers("new")])
    rows.append([cell(label("carried_over"), 3), *numbers("carried_over")])
    section_rows: dict[Any, int] = {}
    for key in RESULTS:
        section_rows[Row(key).section] = section_rows.get(Row(key).section, 0) + 1
    begun: set[object] = set()
    for position, key in enumerate(RESULTS):
        section = Row(key).section
        line: list[Cell] = [cell("三、本年度办理结果", 1, len(RESULTS) + 1)] if position == 0 else []
        if section in SECTION_HEADS:
            if section not in begun:
                line.append(cell(SECTION_HEADS[section], 1, section_rows[section]))
                begun.add(section)
            number = [k for k in RESULTS if Row(k).section is section].index(key) + 1
            line.append(cell(f"{number}.{label(key)}"))
        else:
            line.append(cell(f"（{'一二'[section.value - 1]}）{label(key)}", 2))
        rows.append([*line, *numbers(key)])
    rows.append([cell("（七）总计", 2), *numbers("total")])
    rows.append([cell(label("carried_forward"), 3), *numbers("carried_forward")])
    return rows


def dispute_rows(m: Model) -> Rows:
    """Table 3."""
    heads = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    return [
        [cell("行政复议", 5), cell("行政诉讼", 10)],
        [*(cell(text, 1, 2) for text in heads), cell("未经复议直接起诉", 5), cell("复议后起诉", 5)],
        [cell(text) for _ in range(2) for text in heads],
        [cell(m.disputes[group][outcome]) for group in DISPUTE_GROUPS for outcome in OUTCOMES],
    ]


def _tables(m: Model) -> dict[int, Rows]:
    return {2: norms_rows(m), 3: request_rows(m), 4: dispute_rows(m)}


def html(m: Model) -> bytes:
    """As a page of a portal."""
    pieces = [
        f"<!DOCTYPE html><html lang='zh'><head><meta charset='utf-8'><title>{escape(m.title)}</title></head><body>",
        f"<h1>{escape(m.title)}</h1><p>发布日期：{m.published}　来源：本站</p><p>{escape(m.opening)}</p>",
    ]
    for number, head in HEADS.items():
        if number not in m.paragraphs:
            continue
        pieces.append(f"<p><b>{escape(head)}</b></p>")
        if number in _tables(m):
            pieces.append("<table border='1'>")
            for row in _tables(m)[number]:
                cells = (f"<td colspan='{a}' rowspan='{d}'>{escape(text)}</td>" for text, a, d in row)
                pieces.append(f"<tr>{''.join(cells)}</tr>")
            pieces.append("</table>")
        pieces += [f"<p>{escape(text)}</p>" for text in m.paragraphs[number]]
    return "\n".join([*pieces, "</body></html>"]).encode()


def text(m: Model) -> bytes:
    """As plain text: a table row is a line, its cells divided by tabs; merged cells stand once."""
    lines = [m.title, m.opening]
    for number, head in HEADS.items():
        if number not in m.paragraphs:
            continue
        lines.append(head)
        lines += ["\t".join(text for text, _, _ in row) for row in _tables(m).get(number, [])]
        lines += m.paragraphs[number]
    return "\n".join(lines).encode("gb18030")


def _grid(rows: Rows) -> tuple[int, dict[tuple[int, int], Cell]]:
    """The width of a table and its cells by their upper left place."""
    taken: set[tuple[int, int]] = set()
    placed: dict[tuple[int, int], Cell] = {}
    for i, row in enumerate(rows):
        j = 0
        for one in row:
            while (i, j) in taken:
                j += 1
            placed[(i, j)] = one
            taken |= {(i + di, j + dj) for di in range(one[2]) for dj in range(one[1])}
    return max(j for _, j in taken) + 1, placed


def docx(m: Model) -> bytes:
    """As a Word file with merged cells."""
    import docx as word

    document = word.Document()
    document.add_heading(m.title, 0)
    document.add_paragraph(m.opening)
    for number, head in HEADS.items():
        if number not in m.paragraphs:
            continue
        document.add_paragraph(head)
        if number in _tables(m):
            rows = _tables(m)[number]
            width, placed = _grid(rows)
            table = document.add_table(len(rows), width)
            for (i, j), (words, across, down) in placed.items():
                first = table.cell(i, j)
                if across > 1 or down > 1:
                    first = first.merge(table.cell(i + down - 1, j + across - 1))
                first.text = words
        for words in m.paragraphs[number]:
            document.add_paragraph(words)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


_TYPST = """
#set page(paper: "a4", margin: 2cm)
#set text(font: "Noto Serif CJK SC", size: 9pt, lang: "zh")
#let report = json("report.json")
#align(center, text(size: 16pt, report.title))
#report.opening
#for part in report.parts [
  #par(text(weight: "bold", part.head))
  #if part.cells != none {
    table(columns: (1fr,) * part.width, stroke: 0.5pt, inset: 3pt,
      ..part.cells.map(c => table.cell(x: c.x, y: c.y, colspan: c.across, rowspan: c.down, c.text)))
  }
  #for words in part.paragraphs { par(words) }
]
"""


def pdf(m: Model) -> bytes:
    """As a PDF with ruled tables that break over pages."""
    import typst

    parts: list[dict[str, Any]] = []
    for number, head in HEADS.items():
        if number not in m.paragraphs:
            continue
        part: dict[str, Any] = {"head": head, "cells": None, "width": 1, "paragraphs": m.paragraphs[number]}
        if number in _tables(m):
            width, placed = _grid(_tables(m)[number])
            part["width"] = width
            part["cells"] = [
                {"x": j, "y": i, "across": across, "down": down, "text": words}
                for (i, j), (words, across, down) in placed.items()
            ]
        parts.append(part)
    with tempfile.TemporaryDirectory() as folder:
        value = {"title": m.title, "opening": m.opening, "parts": parts}
        (Path(folder) / "report.json").write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
        (Path(folder) / "report.typ").write_text(_TYPST, encoding="utf-8")
        return typst.compile(str(Path(folder) / "report.typ"))


def xlsx(m: Model) -> bytes:
    """As a workbook: the narrative in the first column, the tables below their headings."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append([m.title])
    sheet.append([m.opening])
    at = 3
    for number, head in HEADS.items():
        if number not in m.paragraphs:
            continue
        sheet.cell(at, 1, head)
        at += 1
        if number in _tables(m):
            rows = _tables(m)[number]
            _, placed = _grid(rows)
            for (i, j), (words, across, down) in placed.items():
                sheet.cell(at + i, j + 1, int(words) if words.isdigit() else words)
                if across > 1 or down > 1:
                    sheet.merge_cells(
                        start_row=at + i, start_column=j + 1, end_row=at + i + down - 1, end_column=j + across
                    )
            at += len(rows)
        for words in m.paragraphs[number]:
            sheet.cell(at, 1, words)
            at += 1
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


WRITERS = {"html": html, "docx": docx, "xlsx": xlsx, "txt": text, "pdf": pdf}
