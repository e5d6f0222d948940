"""The named styles of a docx: what Word and WPS list under 样式, so that an office can go on writing in them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from mingtang.press.geometry import GB9704
from mingtang.press.office_xml import element, insert, parse, serialize, tag

FANGSONG, KAITI, HEITI, XIAOBIAOSONG, SONG = "仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体", "宋体"
#: What stands in on machines without the first: every Windows has the second.
ALTERNATIVES = {FANGSONG: "仿宋", KAITI: "楷体", XIAOBIAOSONG: "华文中宋"}
RED = "E60012"


class Style(StrEnum):
    """Names of our styles; headings use Word's own, for its navigation."""

    BODY = "公文正文"
    ADDRESSEE = "公文主送机关"
    MASTHEAD = "公文发文机关标志"
    MARK = "公文标识"
    NUMBER = "公文发文字号"
    NUMBER_RIGHT = "公文发文字号（信函）"
    TITLE = "公文标题"
    ATTACHMENTS = "公文附件说明"
    SIGNATURE = "公文署名"
    DATE = "公文成文日期"
    CAPTION = "公文表题"
    CELL = "公文表格"
    RECORD = "公文版记"
    FOLIO = "公文页码"


@dataclass(frozen=True, slots=True)
class _Look:
    face: str = FANGSONG
    points: float = GB9704.body_points
    align: str = "both"
    first: float = 0.0  # characters
    red: bool = False
    keep: bool = False  # with the next paragraph
    loose: bool = False  # line height by the size instead of the page's grid


_LOOKS: dict[str, _Look] = {
    Style.BODY: _Look(first=2),
    Style.ADDRESSEE: _Look(align="left"),
    Style.MASTHEAD: _Look(XIAOBIAOSONG, 52, "center", red=True, loose=True),
    Style.MARK: _Look(HEITI, align="left"),
    Style.NUMBER: _Look(align="center"),
    Style.NUMBER_RIGHT: _Look(align="right"),
    Style.TITLE: _Look(XIAOBIAOSONG, GB9704.title_points, "center", keep=True),
    Style.ATTACHMENTS: _Look(align="left"),
    Style.SIGNATURE: _Look(align="right", keep=True),
    Style.DATE: _Look(align="right"),
    Style.CAPTION: _Look(HEITI, GB9704.table_points, "center", keep=True),
    Style.CELL: _Look(points=GB9704.table_points, align="left", loose=True),
    Style.RECORD: _Look(points=GB9704.small_points, align="left", loose=True),
    Style.FOLIO: _Look(SONG, GB9704.small_points, loose=True),
    "Heading 1": _Look(HEITI, first=2, keep=True),
    "Heading 2": _Look(KAITI, first=2, keep=True),
    "Heading 3": _Look(first=2, keep=True),
    "Heading 4": _Look(first=2, keep=True),
}


def add_styles(file: Any) -> None:
    """Gives the file our styles, sets its normal one to body text and names the fonts' stand-ins."""
    from docx.enum.style import WD_STYLE_TYPE

    normal = file.styles["Normal"]
    _dress(normal, _Look())
    for name, look in _LOOKS.items():
        if isinstance(name, Style):
            style = file.styles.add_style(str(name), WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = normal
            style.quick_style = True
        else:
            style = file.styles[name]
        _dress(style, look)
    _name_alternatives(file)


def _dress(style: Any, look: _Look) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
    from docx.shared import Pt, RGBColor

    font = style.font
    font.name, font.size, font.bold, font.italic = look.face, Pt(look.points), False, False
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(tag(kind), look.face)
    font.color.rgb = RGBColor.from_string(RED if look.red else "000000")
    if look.points == GB9704.body_points:
        insert(
            style.element.rPr, element("spacing", val=CLOSER_TWIPS), after=("rFonts", "b", "bCs", "i", "iCs", "color")
        )
    form = style.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.widow_control = False
    form.keep_with_next = look.keep
    form.keep_together = False
    form.alignment = {
        "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
        "left": WD_ALIGN_PARAGRAPH.LEFT,
        "center": WD_ALIGN_PARAGRAPH.CENTER,
        "right": WD_ALIGN_PARAGRAPH.RIGHT,
    }[look.align]
    form.first_line_indent = Pt(look.first * GB9704.character_points)
    if look.loose:
        form.line_spacing_rule = WD_LINE_SPACING.SINGLE
    else:
        form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        form.line_spacing = Pt(LINE_TWIPS / 20)


#: How much closer than their size characters stand, in twentieths of a point, so that 28 of them fit a line. The
#: grid of characters would say the same, but each program reckons it from another font.
CLOSER_TWIPS = -5
#: A line of the grid in twentieths of a point, so that 22 of them stay within the page's text.
LINE_TWIPS = 579


def _name_alternatives(file: Any) -> None:
    table = next((part for part in file.part.package.iter_parts() if part.partname == "/word/fontTable.xml"), None)
    if table is None:
        return
    root = parse(table.blob)
    for name in (FANGSONG, KAITI, HEITI, XIAOBIAOSONG):
        font = element("font", name=name)
        if name in ALTERNATIVES:
            font.append(element("altName", val=ALTERNATIVES[name]))
        font.append(element("charset", val="86"))
        root.append(font)
    table._blob = serialize(root)
