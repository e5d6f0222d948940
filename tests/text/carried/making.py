"""Files that carry one secret each in one hiding place, made with libraries that are not ours."""

import io
import zipfile
from collections.abc import Callable

import docx
import openpyxl
import pikepdf
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from openpyxl.comments import Comment
from openpyxl.styles import Font
from PIL import Image
from reportlab.lib.colors import black, white
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

SEEN = "各村补贴发放情况已经公布，欢迎监督。"


def bytes_of_docx(document: docx.document.Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _word(change: Callable[[docx.document.Document], None]) -> bytes:
    document = docx.Document()
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.add_paragraph(SEEN)
    change(document)
    return bytes_of_docx(document)


def word_hidden(secret: str) -> bytes:
    def change(document: docx.document.Document) -> None:
        document.add_paragraph("正文继续。").add_run(secret).font.hidden = True

    return _word(change)


def word_white(secret: str) -> bytes:
    def change(document: docx.document.Document) -> None:
        document.add_paragraph("正文继续。").add_run(secret).font.color.rgb = RGBColor(255, 255, 255)

    return _word(change)


def word_tiny(secret: str) -> bytes:
    def change(document: docx.document.Document) -> None:
        document.add_paragraph("正文继续。").add_run(secret).font.size = Pt(1)

    return _word(change)


def word_comment(secret: str) -> bytes:
    def change(document: docx.document.Document) -> None:
        paragraph = document.add_paragraph("正文继续。")
        document.add_comment(paragraph.runs, text=secret, author="甲", initials="j")

    return _word(change)


def _tracked(secret: str, tag: str, words: str) -> bytes:
    def change(document: docx.document.Document) -> None:
        paragraph = document.add_paragraph("正文继续。")
        mark = OxmlElement(tag)
        mark.set(qn("w:author"), "甲")
        mark.set(qn("w:id"), "9")
        run = OxmlElement("w:r")
        text = OxmlElement(words)
        text.text = secret
        run.append(text)
        mark.append(run)
        paragraph._p.append(mark)

    return _word(change)


def word_deleted(secret: str) -> bytes:
    return _tracked(secret, "w:del", "w:delText")


def word_inserted(secret: str) -> bytes:
    return _tracked(secret, "w:ins", "w:t")


def word_header(secret: str) -> bytes:
    def change(document: docx.document.Document) -> None:
        document.sections[0].header.paragraphs[0].text = secret

    return _word(change)


def word_property(secret: str) -> bytes:
    def change(document: docx.document.Document) -> None:
        document.core_properties.keywords = secret

    return _word(change)


def word_embedded(secret: str) -> bytes:
    base = _word(lambda _document: None)
    out = io.BytesIO(base)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/embeddings/list.xlsx", book_plain(secret))
    return out.getvalue()


def _book(change: Callable[[openpyxl.worksheet.worksheet.Worksheet], None], properties: str = "") -> bytes:
    book = openpyxl.Workbook()
    book.properties.creator = properties
    sheet = book.active
    sheet.title = "名单"
    sheet.append(["姓名", "村", "金额"])
    sheet.append(["某甲", "红旗村", 300])
    change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def book_plain(secret: str) -> bytes:
    return _book(lambda sheet: sheet.append([secret]))


def book_sheet(secret: str) -> bytes:
    def change(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        other = sheet.parent.create_sheet("底稿")
        other["A1"] = secret
        other.sheet_state = "hidden"

    return _book(change)


def book_column(secret: str) -> bytes:
    def change(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet["D2"] = secret
        sheet.column_dimensions["D"].hidden = True

    return _book(change)


def book_row(secret: str) -> bytes:
    def change(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet["A3"] = secret
        sheet.row_dimensions[3].hidden = True

    return _book(change)


def book_white(secret: str) -> bytes:
    def change(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet["D2"] = secret
        sheet["D2"].font = Font(color="FFFFFFFF")

    return _book(change)


def book_comment(secret: str) -> bytes:
    def change(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet["A2"].comment = Comment(secret, "甲")

    return _book(change)


def book_property(secret: str) -> bytes:
    return _book(lambda _sheet: None, properties=secret)


def _pdf(draw: Callable[[Canvas], None], **options: object) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, **options)
    canvas.setFont("STSong-Light", 14)
    canvas.drawString(80, 760, SEEN)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def pdf_bar(secret: str) -> bytes:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(80, 700, secret)
        canvas.setFillColor(black)
        canvas.rect(75, 695, 14 * len(secret) + 10, 20, stroke=0, fill=1)

    return _pdf(draw)


def pdf_bar_on_part(secret: str) -> bytes:
    """The bar lies over the end of a line only, as it does on real blackened pages."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 14)
        before = "Number: "
        canvas.drawString(80, 700, before + secret)
        left = 80 + canvas.stringWidth(before, "Helvetica", 14)
        canvas.rect(left - 1, 695, canvas.stringWidth(secret, "Helvetica", 14) + 2, 20, stroke=0, fill=1)

    return _pdf(draw)


def pdf_note_bar(secret: str) -> bytes:
    base = pikepdf.open(io.BytesIO(_pdf(lambda canvas: canvas.drawString(80, 700, secret))))
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Square,
        Rect=[70, 690, 90 + 14 * len(secret), 718],
        IC=[0, 0, 0],
        F=4,
    )
    base.pages[0].obj.Annots = base.make_indirect(pikepdf.Array([base.make_indirect(note)]))
    return saved(base)


def pdf_white(secret: str) -> bytes:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(white)
        canvas.drawString(80, 700, secret)

    return _pdf(draw)


def pdf_no_ink(secret: str) -> bytes:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(80, 700)
        text.setTextRenderMode(3)
        text.textOut(secret)
        canvas.drawText(text)

    return _pdf(draw)


def pdf_off_page(secret: str) -> bytes:
    return _pdf(lambda canvas: canvas.drawString(900, 700, secret))


def pdf_note(secret: str) -> bytes:
    base = pikepdf.open(io.BytesIO(_pdf(lambda _canvas: None)))
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[5, 5, 25, 25], Contents=pikepdf.String(secret)
    )
    base.pages[0].obj.Annots = base.make_indirect(pikepdf.Array([base.make_indirect(note)]))
    return saved(base)


def pdf_property(secret: str) -> bytes:
    base = pikepdf.open(io.BytesIO(_pdf(lambda _canvas: None)))
    base.docinfo["/Keywords"] = secret
    return saved(base)


def pdf_attachment(secret: str) -> bytes:
    base = pikepdf.open(io.BytesIO(_pdf(lambda _canvas: None)))
    base.attachments["a.txt"] = secret.encode()
    return saved(base)


def pdf_layer(secret: str) -> bytes:
    base = pikepdf.open(io.BytesIO(_pdf(lambda _canvas: None)))
    layer = base.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="draft"))
    base.Root.OCProperties = pikepdf.Dictionary(OCGs=[layer], D=pikepdf.Dictionary(OFF=[layer], Order=[]))
    page = base.pages[0]
    page.obj.Resources.Properties = pikepdf.Dictionary(L=layer)
    page.obj.Resources.Font.Plain = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page.contents_add(base.make_stream(b"/OC /L BDC BT /Plain 12 Tf 80 650 Td (" + secret.encode() + b") Tj ET EMC"))
    return saved(base)


def pdf_remains(secret: str) -> bytes:
    """An earlier version of the page is still at the head of the file: one update appended by hand."""
    old = pikepdf.open(io.BytesIO(_pdf(lambda canvas: canvas.drawString(80, 700, secret))))
    out = io.BytesIO()
    old.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    first = out.getvalue()
    numbers = pikepdf.open(io.BytesIO(first))
    content = numbers.pages[0].obj.Contents
    number = content.objgen[0]
    start = int(first.rpartition(b"startxref")[2].split()[0])
    at = len(first)
    stream = b"BT ET"
    thing = b"%d 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (number, len(stream), stream)
    root = numbers.Root.objgen[0]
    size = len(numbers.objects) + 1
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<< /Size %d /Root %d 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (
        number, at, size, root, start, at + len(thing),
    )  # fmt: skip
    return first + thing + table


def saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def photograph(note: str = "") -> bytes:
    """A JPEG that says where it was taken, and what is given as its description."""
    picture = Image.new("RGB", (64, 48), (120, 160, 120))
    exif = picture.getexif()
    exif[0x010E] = note or "site"
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (44.0, 36.0, 30.0), "E", (115.0, 20.0, 12.0)
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


def page_hidden(secret: str) -> bytes:
    return f"<html><body><p>{SEEN}</p><p style='display: none'>{secret}</p></body></html>".encode()


def page_comment(secret: str) -> bytes:
    return f"<html><body><p>{SEEN}</p><!-- {secret} --></body></html>".encode()


#: file's ending, maker, the manner in which the secret is carried
HIDING_PLACES: tuple[tuple[str, Callable[[str], bytes], str], ...] = (
    ("docx", word_hidden, "hidden"),
    ("docx", word_white, "hidden"),
    ("docx", word_tiny, "hidden"),
    ("docx", word_comment, "comment"),
    ("docx", word_deleted, "deleted"),
    ("docx", word_inserted, "inserted"),
    ("docx", word_header, "aside"),
    ("docx", word_property, "property"),
    ("docx", word_embedded, "embedded"),
    ("xlsx", book_sheet, "sheet"),
    ("xlsx", book_column, "cells"),
    ("xlsx", book_row, "cells"),
    ("xlsx", book_white, "hidden"),
    ("xlsx", book_comment, "comment"),
    ("xlsx", book_property, "property"),
    ("pdf", pdf_bar, "covered"),
    ("pdf", pdf_bar_on_part, "covered"),
    ("pdf", pdf_note_bar, "covered"),
    ("pdf", pdf_white, "invisible"),
    ("pdf", pdf_no_ink, "invisible"),
    ("pdf", pdf_off_page, "invisible"),
    ("pdf", pdf_note, "annotation"),
    ("pdf", pdf_property, "property"),
    ("pdf", pdf_attachment, "embedded"),
    ("pdf", pdf_layer, "layer"),
    ("pdf", pdf_remains, "remains"),
    ("jpg", photograph, "property"),
    ("html", page_hidden, "hidden"),
    ("html", page_comment, "comment"),
)
