"""Tables of a docx: rules, widths, cells over several rows and columns, heads repeated on each page."""

from typing import Any

from mingtang.press.document import Table
from mingtang.press.geometry import GB9704, MM
from mingtang.press.office_xml import element, text
from mingtang.press.plain_text import plain
from mingtang.press.table_grid import Align, Cell, Placed, place
from mingtang.press.word_parts import Sheet
from mingtang.press.word_styles import HEITI, Style


def add_table(sheet: Sheet, table: Table) -> None:
    """Appends the table; its XML is built at once, since python-docx looks up cells one by one."""
    total = GB9704.text_width * MM * 20
    widths = [round(total * width / sum(table.widths)) for width in table.widths]
    grid = element("tblGrid", *(element("gridCol", w=width) for width in widths))
    made = element("tbl", _properties(sum(widths)), grid)
    points = table.points or GB9704.table_points
    for row in place(table.head_lines, len(widths)):
        made.append(_row(sheet, row, widths, points, head=True))
    for at, row in enumerate(place(table.rows, len(widths)), start=1):
        made.append(_row(sheet, row, widths, points, head=False))
        if table.together and at < len(table.rows):
            _keep_with_next(made[-1])
    body = sheet.file.element.body
    body.insert(len(body) - 1, made)  # before the section's measures, which end the body


def _keep_with_next(row: Any) -> None:
    """Word keeps a row with the next one when its paragraphs say so."""
    for properties in row.iter(f"{{{row.nsmap['w']}}}pPr"):
        properties.insert(1, element("keepNext"))


def _properties(width: int) -> Any:
    made = element("tblPr")
    made.append(element("tblW", w=width, type="dxa"))
    borders = element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(side, val="single", sz=4, space=0, color="000000"))
    made.append(borders)
    made.append(element("tblLayout", type="fixed"))
    margins = element("tblCellMar")
    for side, points in (("top", 4), ("left", 4), ("bottom", 4), ("right", 4)):
        margins.append(element(side, w=points * 20, type="dxa"))
    made.append(margins)
    return made


def _row(sheet: Sheet, cells: list[Placed], widths: list[int], points: float, *, head: bool) -> Any:
    made = element("tr")
    properties = element("trPr")
    properties.append(element("cantSplit"))
    least = max((each.cell.lines for each in cells if each.cell.rows == 1), default=1)
    if least > 1:
        properties.append(element("trHeight", val=round(least * points * 1.55 * 20), hRule="atLeast"))
    if head:
        properties.append(element("tblHeader"))
    made.append(properties)
    for each in cells:
        made.append(_cell(sheet, each, sum(widths[each.column : each.column + each.cell.columns]), points, head=head))
    return made


def _cell(sheet: Sheet, placed: Placed, width: int, points: float, *, head: bool) -> Any:
    cell = placed.cell
    made = element("tc")
    properties = element("tcPr")
    properties.append(element("tcW", w=width, type="dxa"))
    if cell.columns > 1:
        properties.append(element("gridSpan", val=cell.columns))
    if cell.rows > 1:
        properties.append(element("vMerge") if placed.continues else element("vMerge", val="restart"))
    properties.append(element("vAlign", val="center"))
    made.append(properties)
    for line in [""] if placed.continues else plain(cell.text).split("\n"):
        made.append(_line(sheet, line, cell, points, head=head))
    return made


def _line(sheet: Sheet, words: str, cell: Cell, points: float, *, head: bool) -> Any:
    paragraph = element("p")
    properties = element("pPr")
    properties.append(element("pStyle", val=sheet.file.styles[str(Style.CELL)].style_id))
    align = Align.CENTRE if head else cell.align
    if align is not Align.LEFT:
        properties.append(element("jc", val=align.value))
    paragraph.append(properties)
    if words:
        run = element("r")
        dressed = element("rPr")
        if head or cell.strong:
            dressed.append(element("rFonts", ascii=HEITI, hAnsi=HEITI, eastAsia=HEITI))
        if points != GB9704.table_points:
            dressed.append(element("sz", val=round(points * 2)))
        if len(dressed):
            run.append(dressed)
        run.append(text(words))
        paragraph.append(run)
    return paragraph
