"""PDFs made for the tests of redaction, by several programs, and readers of them that share no code with ours."""

import io
import re
import subprocess
import zlib
from pathlib import Path

import pikepdf
import typst
from pdfminer.high_level import extract_text_to_fp

SECRET = "云岭甲"
SECRET_PHONE = "13900000000"


def set_by_typst(lines: list[str], extra: str = "") -> bytes:
    """Pages of Chinese set by Typst: one paragraph a line, a line "===" begins a new page."""
    body = "\n\n".join("#pagebreak()" if line == "===" else f"#[{line}]" for line in lines)
    head = '#set page(width: 400pt, height: 300pt, margin: 30pt)\n#set text(font: "Noto Serif CJK SC", size: 12pt)\n'
    return typst.compile((head + extra + body).encode(), format="pdf")


def written_by_hand(content: bytes, resources: pikepdf.Dictionary | None = None, **page: object) -> bytes:
    """One page with given content and Helvetica, whose widths the file does not state."""
    made = pikepdf.new()
    sheet = made.add_blank_page(page_size=(400, 300))
    sheet.obj.Contents = made.make_stream(content)
    fonts = pikepdf.Dictionary(
        F=pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    )
    sheet.obj.Resources = resources or pikepdf.Dictionary(Font=fonts)
    for key, value in page.items():
        sheet.obj[f"/{key}"] = value
    return written(made)


def written(made: pikepdf.Pdf) -> bytes:
    """The bytes of a PDF."""
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def with_everything(base: bytes, secret: str) -> bytes:
    """A PDF that says the secret in every place around its pages: metadata, outline, attachment, note, field, tag."""
    made = pikepdf.open(io.BytesIO(base))
    made.docinfo["/Title"] = secret
    with made.open_metadata() as metadata:
        metadata["dc:title"] = secret
    with made.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(secret, 0))
    made.attachments[f"{secret}.txt"] = secret.encode()
    page = made.pages[0]
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[5, 5, 15, 15], Contents=pikepdf.String(secret), F=2
    )
    field = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, Rect=[5, 5, 6, 6], T="name",
        V=pikepdf.String(secret), F=2,
    )  # fmt: skip
    page.obj.Annots = pikepdf.Array([made.make_indirect(note), made.make_indirect(field)])
    made.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([page.obj.Annots[1]]))
    page.obj.PieceInfo = pikepdf.Dictionary(X=pikepdf.Dictionary(Private=pikepdf.String(secret)))
    element = pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.P, ActualText=pikepdf.String(secret))
    made.Root.StructTreeRoot = pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot, K=made.make_indirect(element))
    return written(made)


def revised(base: bytes, secret: str) -> bytes:
    """A PDF whose earlier version, still in the file, says the secret: an object written anew behind the old end."""
    start = base.rfind(b"startxref")
    old_table = int(base[start:].split()[1])
    with pikepdf.open(io.BytesIO(base)) as pdf:
        count = len(pdf.objects) + 1
        root = pdf.Root.objgen[0]
    place = len(base)
    body = f"{count} 0 obj\n({secret})\nendobj\n".encode()
    table = (
        f"xref\n{count} 1\n{place:010d} 00000 n \ntrailer\n<< /Size {count + 1} /Root {root} 0 R /Prev {old_table} >>\n"
    )
    return base + body + table.encode() + f"startxref\n{place + len(body)}\n%%EOF\n".encode()


def by_pdftotext(data: bytes, folder: Path) -> str:
    """The text as poppler reads it, in the order of the file, without blanks."""
    path = folder / "read.pdf"
    path.write_bytes(data)
    done = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", str(path), "-"], capture_output=True, check=True)
    return squeezed(done.stdout.decode())


def by_pdfminer(data: bytes) -> str:
    """The text as pdfminer reads it, in the order of the file, without blanks."""
    out = io.StringIO()
    extract_text_to_fp(io.BytesIO(data), out, laparams=None)
    return squeezed(out.getvalue())


def squeezed(text: str) -> str:
    """Without blanks, line ends and form feeds."""
    return re.sub(r"\s+", "", text)


def sound(data: bytes, folder: Path) -> bool:
    """Whether qpdf finds nothing wrong."""
    path = folder / "checked.pdf"
    path.write_bytes(data)
    return subprocess.run(["qpdf", "--check", str(path)], capture_output=True, check=False).returncode == 0


def everything_in(data: bytes) -> bytes:
    """Every byte of a PDF: raw, each stream unpacked, each string in UTF-8; also what no longer hangs on anything."""
    pieces = [data]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream):
                try:
                    pieces.append(thing.read_bytes())
                except pikepdf.PdfError:
                    pieces.append(thing.read_raw_bytes())
            pieces += [str(text).encode() for text in _strings(thing, 0)]
    for match in re.finditer(rb"stream\r?\n", data):
        try:
            pieces.append(zlib.decompressobj().decompress(data[match.end() :]))
        except zlib.error:
            continue
    return b"\n".join(pieces)


def _strings(thing: object, depth: int) -> list[str]:
    if depth > 20:
        return []
    if isinstance(thing, pikepdf.String):
        return [str(thing)]
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        return [
            text
            for key in list(thing.keys())
            if not getattr(thing[key], "is_indirect", False)
            for text in _strings(thing[key], depth + 1)
        ]
    if isinstance(thing, pikepdf.Array):
        return [text for item in thing if not getattr(item, "is_indirect", False) for text in _strings(item, depth + 1)]
    return []
