"""Tell what a file is by its bytes, and its text by its encoding."""

import io
import re
import zipfile
from typing import Literal

from mingtang.text.errors import NoTextLayer, UnreadableFile

Kind = Literal["txt", "html", "docx", "pdf", "xlsx"]

#: Unpacked size allowed for an office file; a 50-page notice unpacks to about 2 MB.
MAX_UNPACKED = 150 * 1024 * 1024
#: Unpacked size of one member divided by its packed size; deflate of real XML stays below 50.
MAX_RATIO = 300

#: pictures that text recognition reads
_PICTURES = (
    (b"\x89PNG", "图片（PNG）"),
    (b"\xff\xd8\xff", "图片（JPEG）"),
)
_OTHER = (
    (b"GIF8", "图片（GIF）"),
    (b"II*\x00", "图片（TIFF）"),
    (b"MM\x00*", "图片（TIFF）"),
    (b"BM", "图片（BMP）"),
    (b"{\\rtf", "RTF 文件"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
    (b"\x1f\x8b", "gzip 压缩包"),
)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|div|table|p|meta|section|article)[\s>]", re.IGNORECASE)


def kind_of(data: bytes) -> Kind:
    """The kind of file; raises `UnreadableFile` for a kind that is not read, an encrypted or an exploding one."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK"):
        return _office_kind(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnreadableFile("文件加了密码，请先在 Word 或 WPS 中去掉密码再另存。")
        raise UnreadableFile("这是旧版 Office 文件（doc 或 xls），请另存为 docx 或 xlsx。")
    for magic, name in _PICTURES:
        if data.startswith(magic):
            raise NoTextLayer(f"这是{name}，不含可读的文字，请换成 txt、html、docx、pdf 或 xlsx。")
    for magic, name in _OTHER:
        if data.startswith(magic):
            raise UnreadableFile(f"这是{name}，不含可读的文字，请换成 txt、html、docx、pdf 或 xlsx。")
    head = decode(data[:8192], partial=True)
    return "html" if _HTML.search(head[:4096]) else "txt"


def _office_kind(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {info.filename: info for info in archive.infolist()}
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise UnreadableFile("文件已损坏（压缩结构不完整），请重新下载或另存后再试。") from None
    unpacked = sum(info.file_size for info in members.values())
    swollen = any(
        info.file_size > 1048576 * 8 and info.file_size > info.compress_size * MAX_RATIO for info in members.values()
    )
    if unpacked > MAX_UNPACKED or swollen:
        raise UnreadableFile("文件展开后大得异常，可能是压缩炸弹，已拒绝读取。")
    if any(info.flag_bits & 1 for info in members.values()):
        raise UnreadableFile("文件加了密码，请先去掉密码再另存。")
    if "word/document.xml" in members:
        return "docx"
    if "xl/workbook.xml" in members:
        return "xlsx"
    raise UnreadableFile("这是压缩包，不是 docx 或 xlsx；请解压后给出其中的文件。")


def decode(data: bytes, partial: bool = False) -> str:
    """The text of bytes in UTF-8, UTF-16 with a mark, GB18030, or what charset-normalizer finds.

    `partial`: the bytes may end inside a character. Raises `UnreadableFile` when they are no text.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="ignore" if partial else "replace").lstrip("\ufeff")
    if b"\x00" in data:
        raise UnreadableFile("文件不是文字（含二进制内容），请换成 txt、html、docx、pdf 或 xlsx。")
    for encoding in ("utf-8-sig", "gb18030"):
        for cut in range(4 if partial else 1):
            try:
                text = data[: len(data) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            if encoding == "utf-8-sig" or _plausible(text):
                return text
    from charset_normalizer import from_bytes

    best = from_bytes(data[:65536]).best()
    if best is None:
        raise UnreadableFile("认不出文件的文字编码，请另存为 UTF-8 后再试。")
    return data.decode(best.encoding, errors="replace")


def _plausible(text: str) -> bool:
    """Whether text decoded as GB18030 (which accepts almost any bytes) is mostly common Chinese and ASCII."""
    sample = text[:4000]
    odd = sum(
        1
        for char in sample
        if "\ue000" <= char <= "\uf8ff" or char == "\ufffd" or (ord(char) < 32 and char not in "\t\r\n\f")
    )
    return odd * 20 <= len(sample)
