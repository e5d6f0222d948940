"""The tables give the same numbers in whatever shape an office, a site or a copy of a page puts them."""

import io
import re
from collections.abc import Callable

import pytest

from mingtang.law.annual import Report, check
from mingtang.law.annual.schema import DISPUTE_GROUPS, OUTCOMES
from tests.law.annual.corpus import HEADS, Model, model
from tests.law.annual.test_reading import report
from tests.law.annual.writing import _grid, _tables, html

MADE = model(4)
PAGE = html(MADE).decode()
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def same(found: Report, made: Model = MADE) -> None:
    assert found.tables.as_json() == {"norms": made.norms, "requests": made.requests, "disputes": made.disputes}


def _words(changes: dict[str, str]) -> str:
    page = PAGE
    for old, new in changes.items():
        page = page.replace(f">{old}", f">{new}").replace(f".{old}", f".{new}")
    return page


ABBREVIATED = {
    "一、本年新收政府信息公开申请数量": "一、本年新收", "二、上年结转政府信息公开申请数量": "二、上年结转",
    "四、结转下年度继续办理": "四、结转下年", "属于国家秘密": "国家秘密", "其他法律行政法规禁止公开": "法律法规禁止",
    "危及“三安全一稳定”": "危及三安全", "保护第三方合法权益": "第三方权益", "属于三类内部事务信息": "三类内部信息",
    "属于四类过程性信息": "过程信息", "属于行政执法案卷": "执法案卷", "属于行政查询事项": "查询事项",
    "本机关不掌握相关政府信息": "信息不存在", "没有现成信息需要另行制作": "需另行制作",
    "补正后申请内容仍不明确": "内容不明确", "信访举报投诉类申请": "信访投诉", "重复申请": "重复",
    "要求提供公开出版物": "公开出版物", "无正当理由大量反复申请": "大量反复", "行政规范性文件": "规范性文件",
    "要求行政机关确认或重新出具已获取信息": "要求确认或重新出具", "（七）总计": "（七）小计",
    "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请": "逾期不补正",
    "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请": "逾期不缴费",
}  # fmt: skip


def _break_with_head(page: str) -> str:
    """The table goes on over the page with its head repeated."""
    at = next(line for line in page.splitlines() if "2.重复申请" in line)
    head = "".join(line for line in page.splitlines() if "申请人情况" in line or "法人或其他组织</td>" in line)
    kinds = next(line for line in page.splitlines() if "科研机构" in line)
    return page.replace(at, f"</table><p>— 5 —</p><table border='1'>{head}{kinds}{at}")


PAGES: dict[str, Callable[[], str]] = {
    "blanks": lambda: re.sub(r">0<", "><", PAGE),
    "strokes": lambda: re.sub(r">0<", ">/<", PAGE),
    "dashes": lambda: re.sub(r">0<", ">—<", PAGE),
    "decimals": lambda: re.sub(r">(\d+)</td>", r">\1.00</td>", PAGE),
    "full width": lambda: re.sub(r">(\d+)<", lambda m: f">{m.group(1).translate(FULL_WIDTH)}<", PAGE),
    "thousands": lambda: re.sub(r">(\d{4,})<", lambda m: f">{int(m.group(1)):,}<", PAGE),
    "wide thousands": lambda: re.sub(r">(\d{4,})<", lambda m: f">{int(m.group(1)):,}<".replace(",", "，"), PAGE),
    "broken labels": lambda: re.sub(
        r">([^<>]{4,})</td>", lambda m: f"><p>{m.group(1)[:3]}<br/>{m.group(1)[3:]}</p></td>", PAGE
    ),
    "spread labels": lambda: re.sub(r">([^<>\d]{3,12})</td>", lambda m: f">{' '.join(m.group(1))}</td>", PAGE),
    "layout table": lambda: PAGE.replace("<body>", "<body><table><tr><td>导航</td><td>").replace(
        "</body>", "</td></tr></table></body>"
    ),
    "tables in tables": lambda: PAGE.replace("<table border='1'>", "<table><tr><td><table border='1'>").replace(
        "</table>", "</table></td></tr></table>"
    ),
    "abbreviated": lambda: _words(ABBREVIATED),
    "other heads": lambda: _words(
        {"自然人": "公民（自然人）", "总计": "合计", "商业企业": "企业", "社会公益组织": "公益组织"}
    ),
    "head repeated": lambda: _break_with_head(PAGE),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_gives_the_same_numbers_however_it_is_made(name: str) -> None:
    found = report(PAGES[name]().encode())
    same(found)
    assert {f.code for f in check(found)} <= {"blank_row"}


def test_a_page_in_gb18030_is_read() -> None:
    same(report(PAGE.replace("utf-8", "gb2312").encode("gb18030")))


def _text(rows: Callable[[list[str]], list[str]], blank: str = "0") -> bytes:
    """The report as text; `rows` writes the cells of a row."""
    lines = [MADE.title, MADE.opening]
    for number, head in HEADS.items():
        lines.append(head)
        for row in _tables(MADE).get(number, []):
            lines += rows([blank if text == "0" else text for text, _, _ in row])
        lines += MADE.paragraphs[number]
    return "\n".join(lines).encode()


FLATTENED: dict[str, Callable[[list[str]], list[str]]] = {
    "a cell a line": lambda cells: cells,
    "pipes": lambda cells: ["| " + " | ".join(cells) + " |"],
    "a cell and a pipe a line": lambda cells: [f"{cell} |" if cell else "|" for cell in cells],
    "tabs": lambda cells: ["\t".join(cells)],
}


@pytest.mark.parametrize("blank", ["0", "/", ""])
@pytest.mark.parametrize("name", FLATTENED)
def test_a_copy_of_a_page_as_text_keeps_its_numbers(name: str, blank: str) -> None:
    if name == "a cell a line" and not blank:
        pytest.skip("没有分隔又没有数字的空格，文字里看不出来")
    same(report(_text(FLATTENED[name], blank)))


def test_a_table_in_markdown_keeps_blank_cells_in_their_columns() -> None:
    lines = [MADE.title, MADE.opening]
    for number, head in HEADS.items():
        lines.append(head)
        if number in _tables(MADE):
            width, placed = _grid(_tables(MADE)[number])
            full = [[""] * width for _ in _tables(MADE)[number]]
            for (i, j), (text, _, _) in placed.items():
                full[i][j] = "" if text == "0" else text
            lines += [f"| {' | '.join(row)} |" for row in full]
            lines.insert(len(lines) - len(full) + 1, "|" + "---|" * width)
        lines += MADE.paragraphs[number]
    same(report("\n".join(lines).encode()))


def test_a_workbook_with_a_sheet_for_each_table_is_one_report() -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([MADE.title])
    sheet.append([MADE.opening])
    for number, head in HEADS.items():
        sheet.append([head])
        for text in MADE.paragraphs[number]:
            sheet.append([text])
    for number in _tables(MADE):
        table = book.create_sheet(f"表{number - 1}")
        for (i, j), (text, _, _) in _grid(_tables(MADE)[number])[1].items():
            table.cell(i + 1, j + 1, float(text) if text.isdigit() else text)
    stream = io.BytesIO()
    book.save(stream)
    found = report(stream.getvalue())
    same(found)
    assert check(found) == ()


def _disputes(kind: str) -> str:
    heads = "".join(f"<td>{text}</td>" for text in ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计"))
    names = ("行政复议", "行政诉讼（未经复议直接起诉）", "行政诉讼（复议后起诉）")
    numbers = ["".join(f"<td>{MADE.disputes[group][name]}</td>" for name in OUTCOMES) for group in DISPUTE_GROUPS]
    parts = [f"<tr><td colspan='5'>{name}</td></tr><tr>{heads}</tr><tr>{cells}</tr>"
             for name, cells in zip(names, numbers, strict=True)]  # fmt: skip
    if kind == "three tables":
        return "".join(f"<table>{part}</table>" for part in parts)
    if kind == "one above the other":
        return f"<table>{''.join(parts)}</table>"
    rows = "".join(f"<tr><td>{name}</td>{cells}</tr>" for name, cells in zip(names, numbers, strict=True))
    return f"<table><tr><td>类别</td>{heads}</tr>{rows}</table>"


@pytest.mark.parametrize("kind", ["three tables", "one above the other", "a row each"])
def test_the_disputes_are_read_in_parts(kind: str) -> None:
    start, end = PAGE.rindex("<table"), PAGE.rindex("</table>") + 8
    same(report((PAGE[:start] + _disputes(kind) + PAGE[end:]).encode()))


def test_charges_are_told_in_ten_thousands_whatever_the_heads_unit() -> None:
    amount = MADE.norms["charges"]["amount"]
    page = PAGE.replace("（单位：万元）", "（单位：元）").replace(f">{amount}<", f">{amount * 10000 + 5000}<")
    found = report(page.encode()).tables
    assert found.as_json()["norms"]["charges"] == {"amount": f"{amount}.5"}
    assert found.charge_unit == "元"


def test_columns_in_another_order_are_known_by_their_heads() -> None:
    rows = "".join(
        f"<tr><td>{name}</td><td>9</td><td>2</td><td>1</td><td>1</td><td>1</td><td>1</td><td>3</td></tr>"
        for name in ("一、本年新收政府信息公开申请数量", "（一）予以公开")
    )
    head = "".join(
        f"<td>{name}</td>"
        for name in ("项目", "总计", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "自然人")
    )
    page = f"<html><body><h1>{MADE.title}</h1><table><tr>{head}</tr>{rows}</table></body></html>"
    new = report(page.encode()).tables.as_json()["requests"]["new"]
    assert (new["total"], new["natural"], new["commercial"]) == (9, 3, 2)


def test_a_total_left_blank_is_one_finding_of_its_row() -> None:
    made = model(2)
    page = html(made).decode()
    line = next(line for line in page.splitlines() if "2.重复申请" in line)
    cells = line.split("<td")
    cells[-1] = " colspan='1' rowspan='1'></td></tr>"
    found = check(report(page.replace(line, "<td".join(cells)).encode()))
    expected = [] if made.total("repeated") == 0 else ["row_total"]
    assert [f.code for f in found] == expected


def test_a_notice_that_passes_the_report_on_does_not_lend_its_name() -> None:
    notice = (
        f"<p>沙枣旗人民政府办公室关于印发《{MADE.title}》的通知</p><p>各苏木镇人民政府：</p>"
        f"<p>现将《{MADE.title}》印发给你们。</p>"
    )
    found = report(re.sub(r"<title>.*?</title>", "", PAGE).replace(f"<h1>{MADE.title}</h1>", notice).encode())
    assert (found.body, found.year) == (MADE.body, MADE.year)


def test_without_a_title_the_opening_names_body_and_year() -> None:
    page = re.sub(r"<title>.*?</title>|<h1>.*?</h1>", "", PAGE)
    opening = f"本报告由青槐县水务局编制，所列数据的统计期限自{MADE.year}年1月1日至{MADE.year}年12月31日。"
    found = report(page.replace(MADE.opening, opening).encode())
    assert (found.body, found.year) == ("青槐县水务局", MADE.year)


def test_the_older_forms_signs_and_amounts_are_read() -> None:
    page = """<html><body><h1>青槐县水务局2020年政府信息公开工作年度报告</h1><p>二、主动公开政府信息情况</p><table>
    <tr><td>信息内容</td><td>上一年项目数量</td><td>本年增/减</td><td>处理决定数量</td></tr>
    <tr><td>行政许可</td><td>6</td><td>减4</td><td>2</td></tr>
    <tr><td>信息内容</td><td>上一年项目数量</td><td>本年增/减</td></tr>
    <tr><td>行政事业性收费</td><td>3</td><td>增1</td></tr>
    <tr><td>信息内容</td><td>采购项目数量</td><td>采购总金额</td></tr>
    <tr><td>政府集中采购</td><td>6</td><td>251000元</td></tr></table></body></html>"""
    norms = report(page.encode()).tables.as_json()["norms"]
    assert norms["licences"] == {"last_year": 6, "change": -4, "decisions": 2}
    assert norms["charges"] == {"last_year": 3, "change": 1}
    assert norms["procurement"] == {"items": 6, "amount": "25.1"}


def test_a_row_broken_over_two_pages_is_put_together() -> None:
    line = next(line for line in PAGE.splitlines() if "1.申请人无正当理由" in line)
    upper = line.replace("由逾期不补正、行政机关不再处理其政府信息公开申请", "")
    rest = "<td>由逾期不补正、行政机关不再处理其政府信息公开申请</td>" + "<td></td>" * 7
    broken = PAGE.replace(line, f"{upper}<tr>{rest}</tr>").replace("rowspan='22'", "rowspan='23'")
    assert report(broken.encode()).tables.as_json()["requests"] == MADE.requests


@pytest.mark.parametrize("blank", ["0", ""])
def test_tables_framed_by_a_table_in_word_are_read(blank: str) -> None:
    import docx

    document = docx.Document()
    document.add_paragraph(MADE.title)
    document.add_paragraph(MADE.opening)
    for number, head in HEADS.items():
        document.add_paragraph(head)
        if number in _tables(MADE):
            width, placed = _grid(_tables(MADE)[number])
            inner = document.add_table(1, 1).cell(0, 0).add_table(len(_tables(MADE)[number]), width)
            for (i, j), (text, _, _) in placed.items():
                inner.cell(i, j).text = blank if text == "0" else text
        for text in MADE.paragraphs[number]:
            document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    same(report(stream.getvalue()))
