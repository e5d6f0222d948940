"""Files made for the guard's tests: sound ones, and each trick built from a sound one."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import docx
import openpyxl
import pikepdf
from PIL import Image

DOS_PROGRAM = (
    b"MZ\x90\x00\x03\x00\x00\x00\x04\x00" + b"\x00" * 50 + struct.pack("<I", 128) + b"\x00" * 64 + b"PE\x00\x00"
)


#: How a PDF is saved without its streams being packed anew.
UNTOUCHED: dict[str, object] = {"compress_streams": False, "stream_decode_level": pikepdf.StreamDecodeLevel.none}


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30)) -> bytes:
    """A small picture."""
    out = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, kind)
    return out.getvalue()


def png_bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """A PNG that says it is huge, its rows deflated to next to nothing."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\x00" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def document(*lines: str) -> bytes:
    """A docx as an office program writes it."""
    made = docx.Document()
    for line in lines or ("申请公开道路养护合同",):
        made.add_paragraph(line)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def workbook() -> bytes:
    """An xlsx."""
    made = openpyxl.Workbook()
    made["Sheet"]["A1"] = "项目"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def package(base: bytes, added: dict[str, bytes], change: Callable[[str, bytes], bytes] | None = None) -> bytes:
    """A package with members added and others changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(base)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(name, content) if change else content)
        for name, content in added.items():
            new.writestr(name, content)
    return out.getvalue()


def archive(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A plain zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as new:
        for name, content in members.items():
            new.writestr(name, content)
    return out.getvalue()


def nested_bomb(levels: int = 4, width: int = 8, kernel: int = 8 << 20) -> bytes:
    """A zip of zips of zips like the famous 42 kB one: 8⁴ times 8 MB are 32 GB, in some kilobytes."""
    inner = archive({"0": b"\x00" * kernel})
    for _ in range(levels):
        inner = archive({f"{number}.zip": inner for number in range(width)})
    return inner


def overlapping_bomb(members: int = 200) -> bytes:
    """Members of a zip that all share one deflated kernel: the table of contents names it many times."""
    whole = archive({"word/document.xml": b"\x00" * (1 << 20)})
    with zipfile.ZipFile(io.BytesIO(whole)) as one:
        start = one.start_dir
    entry = whole[start : whole.rfind(b"PK\x05\x06")]
    name_length = struct.unpack_from("<H", entry, 28)[0]
    entries = b""
    for number in range(members):
        name = f"word/{number:04d}.xml".encode().ljust(name_length, b"x")[:name_length]
        entries += entry[:46] + name + entry[46 + name_length :]
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, members, members, len(entries), start, 0)
    return whole[:start] + entries + end


def pdf(change: Callable[[pikepdf.Pdf], None] | None = None, pages: int = 1, **saving: object) -> bytes:
    """A PDF of empty pages, changed before it is saved."""
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page()
    if change:
        change(made)
    out = io.BytesIO()
    made.save(out, **saving)  # type: ignore[arg-type]
    return out.getvalue()


def script_on_open(made: pikepdf.Pdf) -> None:
    """Let a PDF run a script when it is opened."""
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def launch_on_link(made: pikepdf.Pdf) -> None:
    """Let a link start a program; the action stands two levels deep in a direct object."""
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        Rect=[0, 0, 9, 9],
        A=pikepdf.Dictionary(S=pikepdf.Name.GoTo, Next=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")),
    )
    made.pages[0].Annots = pikepdf.Array([link])


def form_sent_out(made: pikepdf.Pdf) -> None:
    """Let a button send the form away."""
    action = pikepdf.Dictionary(S=pikepdf.Name.SubmitForm, F="https://example.invalid/")
    made.pages[0].AA = pikepdf.Dictionary(O=action)


def with_attachment(made: pikepdf.Pdf) -> None:
    """Put a file into a PDF."""
    made.attachments["a.exe"] = DOS_PROGRAM


def with_film(made: pikepdf.Pdf) -> None:
    """Put a film on a page."""
    made.pages[0].Annots = pikepdf.Array(
        [pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.RichMedia, Rect=[0, 0, 9, 9])]
    )


def with_xfa(made: pikepdf.Pdf) -> None:
    """Give a PDF a form that is a program."""
    made.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=made.make_stream(b"<xdp/>"))


def swelling(made: pikepdf.Pdf) -> None:
    """Content that unpacks to 300 MB."""
    packed = zlib.compressobj(9)
    data = b"".join(packed.compress(b"\x00" * (1 << 20)) for _ in range(300)) + packed.flush()
    stream = pikepdf.Stream(made, data)
    stream.Filter = pikepdf.Name.FlateDecode
    made.pages[0].Contents = stream


def swelling_twice(made: pikepdf.Pdf) -> None:
    """Content deflated twice, of which the first unpacking is small."""
    stream = pikepdf.Stream(made, zlib.compress(zlib.compress(b"\x00" * (8 << 20))))
    stream.Filter = pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode])
    made.pages[0].Contents = stream
