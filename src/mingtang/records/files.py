"""What may be attached: kinds of file, told by their content and not by their name, without macros."""

import zipfile
from pathlib import PurePath
from typing import IO

from django.utils.translation import gettext as _

from mingtang.records.errors import FileRefused

#: Largest file that may be attached, in bytes.
LARGEST = 100 * 1024 * 1024
#: How much of a text file is read to see that it is text.
SAMPLE = 64 * 1024
ALLOWED = "pdf、docx、xlsx、csv、txt、jpg、png、zip"
#: Endings of files that may not hide inside a zip.
PROGRAMS = (".exe", ".dll", ".bat", ".cmd", ".ps1", ".vbs", ".js", ".jar", ".msi", ".scr", ".com", ".lnk", ".sh")


def examine(stream: IO[bytes], name: str) -> str:
    """The kind of an open file (its ending); raises `FileRefused` saying what is wrong and what to do."""
    ending = PurePath(name).suffix.lower().lstrip(".").replace("jpeg", "jpg")
    size = stream.seek(0, 2)
    stream.seek(0)
    if size == 0:
        raise FileRefused(_("文件是空的，请重新选择。"))
    if size > LARGEST:
        raise FileRefused(_("文件超过 %d MB，请压缩或拆分后上传。") % (LARGEST // 1024 // 1024))
    kind = _kind(stream, ending)
    stream.seek(0)
    if kind != ending:
        raise FileRefused(
            _("内容与扩展名“%(ending)s”不符，请用原程序另存为 %(allowed)s 之一。")
            % {"ending": ending or "无", "allowed": ALLOWED}
        )
    return kind


def _kind(stream: IO[bytes], ending: str) -> str:
    head = stream.read(SAMPLE)
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileRefused(_("是旧版 Office 文件或加密文件，可能带宏，请另存为不加密的 docx 或 xlsx。"))
    if head.startswith(b"PK"):
        return _kind_of_package(stream)
    if ending in ("txt", "csv") and _is_text(head):
        return ending
    return ""


def _kind_of_package(stream: IO[bytes]) -> str:
    try:
        with zipfile.ZipFile(stream) as package:
            names = [name.lower() for name in package.namelist()]
    except zipfile.BadZipFile as error:
        raise FileRefused(_("压缩包或文档已损坏，打不开，请重新导出后上传。")) from error
    if any(name.endswith("vbaproject.bin") for name in names):
        raise FileRefused(_("带有宏，不得公开，请另存为不含宏的 docx 或 xlsx。"))
    if "[content_types].xml" in names:
        return "docx" if "word/document.xml" in names else "xlsx" if "xl/workbook.xml" in names else ""
    if any(name.endswith(PROGRAMS) for name in names):
        raise FileRefused(_("压缩包里有程序文件，请去掉后重新压缩。"))
    return "zip"


def _is_text(head: bytes) -> bool:
    if b"\0" in head:
        return False
    for encoding in ("utf-8", "gb18030"):
        for cut in range(4):  # the sample may end inside a character
            try:
                head[: len(head) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            return True
    return False
