"""The pages of a docx: paper, margins, 22 lines, page numbers, the head of a letter."""

from typing import Any

from mingtang.press.document import Document, Layout
from mingtang.press.geometry import GB9704, MM
from mingtang.press.office_xml import element, tag
from mingtang.press.plain_text import plain
from mingtang.press.word_parts import Sheet, add_page_number, indents, rule
from mingtang.press.word_styles import LINE_TWIPS, RED, Style


def set_up_pages(sheet: Sheet, document: Document) -> None:
    """Measures of the paper and what repeats on each page."""
    from docx.shared import Mm

    geometry, section = GB9704, sheet.file.sections[0]
    section.page_width, section.page_height = Mm(geometry.page_width), Mm(geometry.page_height)
    section.top_margin, section.bottom_margin = Mm(geometry.top), Mm(geometry.bottom)
    section.left_margin, section.right_margin = Mm(geometry.left), Mm(geometry.right)
    section.header_distance = Mm(geometry.letter_head)
    section.footer_distance = Mm(geometry.bottom - geometry.number_drop - 5)
    _grid(section)
    sheet.file.settings.odd_and_even_pages_header_footer = True
    _folio(section.footer, right=True)
    _folio(section.even_page_footer, right=False)
    if document.layout is Layout.LETTER and document.masthead:
        _letter(section, document)


def _grid(section: Any) -> None:
    for old in section._sectPr.findall(tag("docGrid")):
        section._sectPr.remove(old)
    section._sectPr.append(element("docGrid", type="lines", linePitch=LINE_TWIPS))


def _folio(footer: Any, *, right: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.style = str(Style.FOLIO)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT
    edge = GB9704.small_points
    indents(paragraph, **({"right": edge} if right else {"left": edge}))
    add_page_number(paragraph)


def _letter(section: Any, document: Document) -> None:
    """The first page of a letter: name and double rule above, double rule below, no number (10.1)."""
    from docx.shared import Mm, Pt

    geometry = GB9704
    outside = (geometry.page_width - geometry.letter_rule_width) / 2
    left, right = (outside - geometry.left) * MM, (outside - geometry.right) * MM
    section.different_first_page_header_footer = True
    header = section.first_page_header
    header.is_linked_to_previous = False
    paragraph: Any = header.paragraphs[0]
    for at, name in enumerate(document.masthead):
        paragraph = paragraph if at == 0 else header.add_paragraph()
        paragraph.style = str(Style.MASTHEAD)
        run = paragraph.add_run(plain(name))
        widest = max(len(each) for each in document.masthead)
        run.font.size = Pt(min(40.0, geometry.text_width * MM / widest * 0.98))
    indents(paragraph, left=left, right=right)
    rule(paragraph, "bottom", RED, eighths=24, kind="thickThinSmallGap", space=round(geometry.letter_rule_below * MM))
    footer = section.first_page_footer
    footer.is_linked_to_previous = False
    foot = footer.paragraphs[0]
    foot.style = str(Style.FOLIO)
    indents(foot, left=left, right=right)
    foot.paragraph_format.line_spacing = Pt(1)
    rule(foot, "top", RED, eighths=24, kind="thinThickSmallGap")
    section.footer_distance = Mm(geometry.letter_foot)
