"""Read txt, html, docx, pdf and xlsx into one document value; what a file is, its first bytes say, not its name."""

from pathlib import Path

from mingtang.text.document import Composer, Document
from mingtang.text.errors import NoTextLayer, UnreadableFile
from mingtang.text.formats.detect import Kind, kind_of

#: Larger files are refused before a byte is read; the longest notices with all annexes are far below.
MAX_BYTES = 50 * 1024 * 1024
#: A text longer than this is no notice; reading stops here.
MAX_CHARACTERS = 2_000_000


def read(path: str | Path, *, recognize: bool = False) -> Document:
    """The document in a file of at most 50 MB; `recognize` as in `read_bytes`.

    Raises `UnreadableFile` with one Chinese line when the file gives no text.
    """
    return read_bytes(bytes_of(path), recognize=recognize)


def bytes_of(path: str | Path) -> bytes:
    """The bytes of a file of at most 50 MB; raises `UnreadableFile` saying why it is not read."""
    file = Path(path)
    try:
        if file.is_dir():
            raise UnreadableFile("这是一个文件夹，请给出其中的一个文件。")
        size = file.stat().st_size
        if size > MAX_BYTES:
            raise UnreadableFile(
                f"文件有 {size / 1048576:.0f} MB，"
                f"超过 {MAX_BYTES // 1048576} MB 的上限，未读取；请拆分或压缩图片后再试。"
            )
        # A device or a pipe has no size and may have no end: no more is taken than what shows that it is too much.
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise UnreadableFile("找不到这个文件，请核对路径。") from None
    except OSError as error:
        raise UnreadableFile(f"文件打不开（{error.strerror}），请检查权限或重新复制。") from None


def read_bytes(data: bytes, *, recognize: bool = False) -> Document:
    """The document in the bytes of a file; raises `UnreadableFile`.

    `recognize`: read scans and pictures by text recognition (some seconds a page, needs the extra `ocr`); without it
    they raise `NoTextLayer`.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableFile(f"文件超过 {MAX_BYTES // 1048576} MB 的上限，请拆分或压缩图片后再试。")
    if not data.strip(b"\x00 \t\r\n"):
        raise UnreadableFile("文件是空的，请换一个有内容的文件。")
    document = _document(data, recognize)
    if len(document.text) > MAX_CHARACTERS:
        raise UnreadableFile(f"文件的文字超过 {MAX_CHARACTERS} 字，不像一份公文，请拆分后再试。")
    if not document.text.strip():
        raise UnreadableFile("文件里没有文字，请换一个有内容的文件。")
    return document


def _document(data: bytes, recognize: bool) -> Document:
    try:
        return _reader(kind_of(data))(data)
    except NoTextLayer:
        if not recognize:
            raise
    from mingtang.text.formats import scanned

    return scanned.read(data)


def document_from_text(text: str) -> Document:
    """The document of a text already in memory (pasted at the desk)."""
    from mingtang.text.formats.plain import compose

    return compose(text)


def _reader(kind: Kind):
    if kind == "pdf":
        from mingtang.text.formats import pdf

        return pdf.read
    if kind == "docx":
        from mingtang.text.formats import word

        return word.read
    if kind == "xlsx":
        from mingtang.text.formats import workbook

        return workbook.read
    if kind == "html":
        from mingtang.text.formats import html

        return html.read
    from mingtang.text.formats import plain

    return plain.read


__all__ = ["MAX_BYTES", "Composer", "UnreadableFile", "bytes_of", "document_from_text", "read", "read_bytes"]
