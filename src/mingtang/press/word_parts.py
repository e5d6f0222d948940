"""Small pieces of a docx that python-docx has no words for: runs with breaks, rules, frames, fields."""

from typing import Any

from mingtang.press.geometry import GB9704, MM
from mingtang.press.office_xml import element, insert, tag, text
from mingtang.press.plain_text import plain
from mingtang.press.word_styles import KAITI, Style

_SIDES = ("top", "left", "bottom", "right")
#: What the schema wants before a paragraph's frame and its rules.
_BEFORE_FRAME = ("pStyle", "keepNext", "keepLines", "pageBreakBefore")
_BEFORE_BORDERS = (*_BEFORE_FRAME, "framePr", "widowControl", "numPr", "suppressLineNumbers")


class Sheet:
    """The file that is written, one paragraph after the other."""

    def __init__(self, file: Any) -> None:
        self.file = file

    def add(self, words: str, style: str, lead: str = "") -> Any:
        """A paragraph in a style; line feeds become breaks, tabs stay only where our own words have them."""
        paragraph = self.file.add_paragraph(style=str(style))
        if lead:
            dress(paragraph.add_run(plain(lead)), KAITI)
        for number, part in enumerate(words.split("\t")):
            if number:
                paragraph.add_run().add_tab()
            add_words(paragraph, plain(part))
        return paragraph

    def blank(self, lines: int) -> None:
        """Empty lines of the grid."""
        for _ in range(lines):
            self.file.add_paragraph(style=str(Style.ADDRESSEE))

    def upward(self, paragraph: Any, signer: str) -> None:
        """Number to the left and 签发人 to the right, one character from either edge (7.2.6)."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
        from docx.shared import Pt

        unit = GB9704.character_points
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
        indents(paragraph, left=unit)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Pt(GB9704.text_width * MM - unit), WD_TAB_ALIGNMENT.RIGHT)
        dress(paragraph.add_run(plain(signer)), KAITI)


def add_words(paragraph: Any, words: str) -> None:
    """Plain words with line feeds as breaks."""
    for number, line in enumerate(words.split("\n")):
        run = paragraph.add_run()
        if number:
            run.add_break()
        if line:
            run.add_text(line)


def dress(run: Any, face: str) -> None:
    """Sets a run in another face, for Chinese and Latin alike."""
    fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("ascii", "hAnsi", "eastAsia"):
        fonts.set(tag(kind), face)


def indents(paragraph: Any, left: float = 0.0, right: float = 0.0, first: float = 0.0) -> None:
    """Indents in points."""
    from docx.shared import Pt

    form = paragraph.paragraph_format
    form.left_indent, form.right_indent, form.first_line_indent = Pt(left), Pt(right), Pt(first)


def rule(paragraph: Any, side: str, colour: str, *, eighths: int, space: int = 0, kind: str = "single") -> None:
    """A rule along one side of a paragraph; its strength in eighths of a point, its distance in points."""
    properties = paragraph._p.get_or_add_pPr()
    borders = properties.find(tag("pBdr"))
    if borders is None:
        borders = element("pBdr")
        insert(properties, borders, after=_BEFORE_BORDERS)
    later = _SIDES[_SIDES.index(side) + 1 :]
    place = next((at for at, each in enumerate(borders) if each.tag in map(tag, later)), len(borders))
    borders.insert(place, element(side, val=kind, sz=eighths, space=min(31, space), color=colour))


def framed(paragraph: Any, width: float) -> None:
    """Puts a paragraph into the frame at the foot of the text; neighbours in frames of the same measures share one."""
    frame = element(
        "framePr",
        w=round(width * 20),
        wrap="around",
        vAnchor="margin",
        hAnchor="margin",
        xAlign="left",
        yAlign="bottom",
    )
    insert(paragraph._p.get_or_add_pPr(), frame, after=_BEFORE_FRAME)


def add_page_number(paragraph: Any) -> None:
    """— 1 —: the page's number between dashes (7.5)."""
    paragraph.add_run("— ")
    paragraph._p.append(element("fldSimple", element("r", text("1")), instr="PAGE"))
    paragraph.add_run(" —")
