"""What a file is by its first bytes, and whether a second kind of file hides in it."""

import re
import struct

from mingtang.text.guard.findings import Unfit

#: First bytes of what runs.
_PROGRAMS: tuple[tuple[bytes, str], ...] = (
    (b"MZ", "Windows 程序"),
    (b"\x7fELF", "Linux 程序"),
    (b"\xfe\xed\xfa\xce", "macOS 程序"),
    (b"\xfe\xed\xfa\xcf", "macOS 程序"),
    (b"\xcf\xfa\xed\xfe", "macOS 程序"),
    (b"\xce\xfa\xed\xfe", "macOS 程序"),
    (b"\xca\xfe\xba\xbe", "Java 程序"),
    (b"dex\n03", "安卓程序"),
    (b"\x00asm", "WebAssembly 程序"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "快捷方式"),
    (b"#!", "脚本"),
)
#: First bytes of what is not taken, with the mend.
_OTHERS: tuple[tuple[bytes, str, str], ...] = (
    (b"GIF8", "图片（GIF）", "请另存为 JPG 或 PNG"),
    (b"II*\x00", "图片（TIFF）", "请另存为 PDF、JPG 或 PNG"),
    (b"MM\x00*", "图片（TIFF）", "请另存为 PDF、JPG 或 PNG"),
    (b"BM", "图片（BMP）", "请另存为 JPG 或 PNG"),
    (b"{\\rtf", "RTF 文件", "请另存为 docx"),
    (b"Rar!", "RAR 压缩包", "请解压后逐个上传"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包", "请解压后逐个上传"),
    (b"\x1f\x8b", "gzip 压缩包", "请解压后逐个上传"),
    (b"BZh", "bzip2 压缩包", "请解压后逐个上传"),
    (b"\xfd7zXZ\x00", "xz 压缩包", "请解压后逐个上传"),
    (b"MSCF", "CAB 压缩包", "请解压后逐个上传"),
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEIC = re.compile(rb"^....ftyp(?:hei|hev|mif1|msf1|avif)", re.DOTALL)
_MARKUP = re.compile(
    rb"<\s*(?:!doctype|html|head|body|script|svg|iframe|object|\?xml|\?php|%)|\A\s*@echo\s+off|javascript:",
    re.IGNORECASE,
)
_PE_OFFSET = 0x3C


def container_of(data: bytes) -> str:
    """One of pdf, jpg, png, package, text; raises `Unfit` for a program and for kinds that are not taken."""
    if is_program(data):
        raise Unfit("program", f"内容是{is_program(data)}，不是文件材料", "请上传 PDF、图片或 Office 文件")
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"PK\x03\x04"):
        return "package"
    if data.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Unfit("encrypted", "Office 文件加了密码", "请在 Word 或 WPS 中去掉密码再另存")
        raise Unfit("macro", "旧版 Office 文件（doc、xls）可能带宏", "请另存为 docx 或 xlsx")
    for magic, name, mend in _OTHERS:
        if data.startswith(magic):
            raise Unfit("kind", f"内容是{name}，不在可收之列", mend)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        raise Unfit("kind", "内容是图片（WebP），不在可收之列", "请另存为 JPG 或 PNG")
    if _HEIC.match(data):
        raise Unfit("kind", "内容是苹果手机的 HEIC 图片，不在可收之列", "请在手机设置中选“兼容性最佳”或另存为 JPG")
    if data[257:262] == b"ustar":
        raise Unfit("kind", "内容是 tar 压缩包，不在可收之列", "请解压后逐个上传")
    if b"%PDF-" in data[:1024] or data.startswith(b"PK"):
        raise Unfit("polyglot", "文件开头混有别的内容", "请用原程序重新另存")
    return "text"


def is_program(data: bytes | memoryview) -> str:
    """What kind of program the bytes are, or ""."""
    head = bytes(data[:512])
    for magic, name in _PROGRAMS:
        if head.startswith(magic) and (magic != b"MZ" or _portable(head)):
            return name
    return ""


def _portable(head: bytes) -> bool:
    """Whether bytes that begin with MZ are a DOS or Windows program and not a text that happens to."""
    if len(head) < _PE_OFFSET + 4:
        return b"\x00" in head
    (offset,) = struct.unpack_from("<I", head, _PE_OFFSET)
    return b"\x00" in head[:64] or offset < 4096


def refuse_second(data: bytes, container: str) -> None:
    """Raise `Unfit` when another kind of file hides behind or inside the start of this one."""
    wrong = Unfit("polyglot", "一个文件里藏着两种内容", "请用原程序重新另存或截图后上传")
    if container != "package" and _ends_as_zip(data):
        raise wrong
    if container in ("jpg", "png") and b"%PDF-" in data[:1024]:
        raise wrong
    if container == "pdf" and len(data.rpartition(b"%%EOF")[2].strip()) > 1024 and b"%%EOF" in data:
        raise wrong
    if container == "png":
        end = data.rfind(b"IEND\xaeB`\x82")
        if end < 0:
            raise Unfit("broken", "图片不完整", "请重新导出或拍摄后上传")
        if data[end + 8 :].strip(b"\x00"):
            raise wrong
    if container == "jpg":
        tail = data[_end_of_photograph(data) :]
        if is_program(tail) or _MARKUP.search(tail) or tail.lstrip().startswith((b"Rar!", b"%PDF-", b"7z\xbc\xaf")):
            raise wrong
    if container == "text" and _MARKUP.search(data[:65536]):
        raise Unfit("active", "内容是网页或脚本，不是纯文字", "请复制文字另存为 txt，或打印为 PDF")


def _ends_as_zip(data: bytes) -> bool:
    """Whether the end of the file is the end of a zip archive (whatever stands before it)."""
    place = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    if place < 0 or place + 22 > len(data):
        return False
    entries, size, offset = struct.unpack_from("<HII", data, place + 10)
    return (
        0 < size <= place and offset <= place and data[place - size : place - size + 4] == b"PK\x01\x02" and entries > 0
    )


def _end_of_photograph(data: bytes) -> int:
    """Where the picture of a JPEG ends: after its first scan no end mark stands but the real one."""
    place = 2
    while place + 4 <= len(data) and data[place] == 0xFF:
        (length,) = struct.unpack_from(">H", data, place + 2)
        scan = data[place + 1] == 0xDA
        place += 2 + length
        if scan:
            break
    end = data.find(b"\xff\xd9", place)
    return end + 2 if end >= 0 else len(data)
