"""Office files and OFD: a zip that must be small, plain and complete, with nothing in it that runs or reaches out."""

import io
import re
import stat
import zipfile
import zlib
from dataclasses import replace
from typing import Any, Literal

from mingtang.text.formats.markup import MARKUP_ERRORS, xml_tree
from mingtang.text.guard.findings import Kind, Limits, Unfit
from mingtang.text.guard.signature import OLE, is_program

_BROKEN = Unfit("broken", "压缩结构不完整，打不开", "请用 Word、WPS 打开另存，或重新下载后再传")
_BOMB = Unfit("bomb", "展开后大得异常，像是压缩炸弹", "请用原程序重新另存后再传")
_MACRO = Unfit("macro", "带有宏或自动化内容", "请另存为不含宏的 docx 或 xlsx")
_READ_ERRORS: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    OSError,
    EOFError,
    NotImplementedError,
    ValueError,
    RuntimeError,
    zlib.error,
    KeyError,
)
_MACRO_PARTS = re.compile(r"vbaproject|vbadata|/macrosheets/|/dialogsheets/|/activex/|customui", re.IGNORECASE)
_MACRO_TYPES = re.compile(rb"macroenabled|vbaproject|ms-excel\.(?:intl)?macrosheet|activex", re.IGNORECASE)
_OBJECTS = re.compile(r"oleobject|packager", re.IGNORECASE)
_PROGRAM_PARTS = re.compile(
    r"\.(?:exe|dll|com|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|msi|scr|pif|jar|lnk|sh|html?)$", re.IGNORECASE
)
_OFFICE_PARTS = re.compile(r"\.(?:docx|xlsx|pptx)$", re.IGNORECASE)
#: A field that makes the office program start another one.
_DDE = re.compile(
    rb"<(?:\w+:)?(?:instrText|fldSimple)[^>]*?(?:>|instr=\")[^<\"]*\bDDE(?:AUTO)?\b|<(?:\w+:)?ddeLink|<(?:\w+:)?oleLink"
)
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
#: Relations that may point outside the file: a link the reader clicks, and a workbook's memory of another workbook.
_MAY_POINT_OUT = ("/hyperlink", "/externalLinkPath")
#: The part an office file cannot be without, and the type it is registered under.
_MAIN_PARTS: dict[Literal["docx", "xlsx", "pptx"], tuple[str, bytes]] = {
    "docx": ("word/document.xml", b"wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", b"spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", b"presentationml.presentation.main+xml"),
}
_CHUNK = 1 << 16


def kind_of_package(data: bytes, limits: Limits, depth: int = 0) -> Kind | Literal["pptx"]:
    """docx, xlsx, ofd (or pptx when it stands inside another); raises `Unfit` for anything else or unsafe."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _check_members(members, len(data), limits)
            parts = _Parts(archive, limits, depth)
            for member in members:
                parts.look(member)
            return _kind(archive, {member.filename for member in members})
    except _READ_ERRORS:
        raise _BROKEN from None


def _check_members(members: list[zipfile.ZipInfo], size: int, limits: Limits) -> None:
    """Judge the archive by its table of contents, before anything is unpacked."""
    if not members:
        raise _BROKEN
    if len(members) > limits.max_entries or sum(one.file_size for one in members) > limits.max_unpacked:
        raise _BOMB
    if any(one.file_size > 1 << 20 and one.file_size > one.compress_size * limits.max_ratio for one in members):
        raise _BOMB
    if any(one.flag_bits & 0x2041 for one in members):
        raise Unfit("encrypted", "文件加了密码", "请去掉密码再另存")
    if any(one.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for one in members):
        raise _BROKEN
    names = [one.filename.lower() for one in members]
    if len(set(names)) != len(names) or not all(_plain_path(one, limits) for one in members):
        raise Unfit("name", "里面的文件名重复或指向别处", "请用 Word、WPS 打开另存后再传")
    ordered = sorted(members, key=lambda one: one.header_offset)
    if ordered[0].header_offset != 0:
        raise Unfit("polyglot", "文件开头混有别的内容", "请用原程序重新另存")
    ends = [one.header_offset + 30 + len(one.filename.encode()) + one.compress_size for one in ordered]
    starts = [one.header_offset for one in ordered[1:]] + [size]
    if any(end > start for end, start in zip(ends, starts, strict=True)):
        raise _BOMB


def _plain_path(member: zipfile.ZipInfo, limits: Limits) -> bool:
    pieces = member.orig_filename.split("/")
    return not (
        member.orig_filename.startswith("/")
        or any(char in member.orig_filename for char in "\\:\x00")
        or ".." in pieces
        or len(pieces) > limits.max_path_depth
        or stat.S_ISLNK(member.external_attr >> 16)
    )


class _Parts:
    """Looks through the members of one archive, unpacking each within what is left of the allowance."""

    def __init__(self, archive: zipfile.ZipFile, limits: Limits, depth: int) -> None:
        self._archive = archive
        self._limits = limits
        self._depth = depth
        self._left = limits.max_unpacked

    def look(self, member: zipfile.ZipInfo) -> None:
        name = member.filename
        if _MACRO_PARTS.search(name):
            raise _MACRO
        if _OBJECTS.search(name):
            raise Unfit("embedded", "里面嵌着别的程序的对象", "请删去嵌入的对象，或打印为 PDF 后再传")
        if _PROGRAM_PARTS.search(name):
            raise Unfit("program", "里面夹带程序或网页文件", "请用 Word、WPS 打开另存后再传")
        content = self._content(member)
        self._refuse_inside(name, content)
        if name.endswith((".xml", ".rels")):
            _look_at_markup(name, content)

    def _content(self, member: zipfile.ZipInfo) -> bytes:
        pieces: list[bytes] = []
        with self._archive.open(member) as stream:
            while piece := stream.read(_CHUNK):
                self._left -= len(piece)
                if self._left < 0:
                    raise _BOMB
                pieces.append(piece)
        return b"".join(pieces)

    def _refuse_inside(self, name: str, content: bytes) -> None:
        if is_program(content):
            raise Unfit("program", f"里面夹带{is_program(content)}", "请用 Word、WPS 打开另存后再传")
        if content.startswith((OLE, b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b\x08", b"MSCF", b"%PDF-")):
            raise Unfit("embedded", "里面嵌着别的文件", "请删去嵌入的文件，单独上传")
        if content.startswith(b"PK\x03\x04"):
            if not _OFFICE_PARTS.search(name) or self._depth + 1 > self._limits.max_nesting:
                raise Unfit("embedded", "里面嵌着压缩包", "请删去嵌入的压缩包，解压后单独上传")
            kind_of_package(content, replace(self._limits, max_unpacked=self._left), self._depth + 1)
            self._left -= len(content)


def _look_at_markup(name: str, content: bytes) -> None:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        content = content.decode("utf-16", "replace").encode()
    if _ENTITIES.search(content):
        raise Unfit("bomb", "里面的标记含有实体定义", "请用 Word、WPS 打开另存后再传")
    if name == "[Content_Types].xml" and _MACRO_TYPES.search(content):
        raise _MACRO
    if _DDE.search(content):
        raise _MACRO
    if name.endswith(".rels"):
        _look_at_relations(content)


def _look_at_relations(content: bytes) -> None:
    for relation in _tree(content).iter():
        if not isinstance(relation.tag, str) or not relation.tag.endswith("}Relationship"):
            continue
        kind = str(relation.get("Type") or "")
        outside = relation.get("TargetMode") == "External"
        if outside and not kind.endswith(_MAY_POINT_OUT):
            raise Unfit("active", "打开时会去外部取模板、图片或对象", "请断开外部链接另存，或打印为 PDF 后再传")
        if kind.endswith(("/vbaProject", "/xlMacrosheet", "/control")):
            raise _MACRO


def _tree(content: bytes) -> Any:
    try:
        return xml_tree(content)
    except MARKUP_ERRORS:
        raise _BROKEN from None


def _kind(archive: zipfile.ZipFile, names: set[str]) -> Kind | Literal["pptx"]:
    if "OFD.xml" in names and b"ofdspec.org" in archive.read("OFD.xml"):
        return "ofd"
    types = archive.read("[Content_Types].xml") if "[Content_Types].xml" in names else b""
    for kind, (part, main) in _MAIN_PARTS.items():
        if part in names and main in types:
            _tree(archive.read(part))
            return kind
    raise Unfit("kind", "内容是压缩包或不认识的 Office 文件", "请解压后逐个上传，或另存为 docx、xlsx")
