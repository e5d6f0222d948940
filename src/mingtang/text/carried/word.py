"""What a docx carries besides its text: hidden type, comments, tracked changes, headers, notes, properties, files."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from mingtang.text.carried.part import Manner, Part
from mingtang.text.errors import UnreadableFile
from mingtang.text.formats.markup import MARKUP_ERRORS, xml_tree

Element = Any
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STORIES: tuple[tuple[str, str, Manner], ...] = (
    (r"word/header\d*\.xml", "页眉", "aside"),
    (r"word/footer\d*\.xml", "页脚", "aside"),
    (r"word/footnotes\.xml", "脚注", "aside"),
    (r"word/endnotes\.xml", "尾注", "aside"),
    (r"word/comments\w*\.xml", "批注", "comment"),
    (r"(?:docProps|word)/glossary/document\.xml", "自动图文集", "hidden"),
)
_PROPERTIES = {
    "creator": "作者",
    "lastModifiedBy": "最后修改人",
    "title": "标题",
    "subject": "主题",
    "keywords": "关键词",
    "description": "备注",
    "category": "类别",
    "Company": "单位",
    "Manager": "经理",
    "HyperlinkBase": "链接基址",
}
#: Type of this size (half points) or less cannot be read on paper.
_TINY = 6
_EMBEDDED = re.compile(r"(?:word|xl|ppt)/(?:embeddings|activeX)/", re.IGNORECASE)
_PICTURE = re.compile(r"(?:word|xl)/media/[^/]+\.(?:jpe?g|png|tiff?)$", re.IGNORECASE)
_LARGEST = 20 * 1024 * 1024


def parts(data: bytes) -> Iterator[Part]:
    """All that the package carries besides the text of the body; raises `UnreadableFile` when it is broken."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            yield from _body(archive, "word/document.xml", "正文")
            for pattern, label, manner in _STORIES:
                for name in names:
                    if re.fullmatch(pattern, name):
                        yield from _story(archive, name, label, manner)
            yield from properties(archive)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, *MARKUP_ERRORS):
        raise UnreadableFile("Word 文件已损坏，读不出来；请在 Word 或 WPS 中打开另存后再试。") from None


def _tree(archive: zipfile.ZipFile, name: str) -> Element | None:
    try:
        return xml_tree(archive.read(name))
    except KeyError:
        return None


def _story(archive: zipfile.ZipFile, name: str, label: str, manner: Manner) -> Iterator[Part]:
    root = _tree(archive, name)
    if root is None:
        return
    if manner == "comment":
        for number, comment in enumerate(root.iter(f"{W}comment"), start=1):
            author = str(comment.get(f"{W}author") or "").strip()
            if text := _words(comment):
                yield Part(f"批注{number}" + (f"（{author}）" if author else ""), "comment", text)
        return
    if text := "\n".join(filter(None, (_words(one) for one in root.iter(f"{W}p")))):
        yield Part(label, manner, text)
    yield from _body(archive, name, label)


def _words(node: Element) -> str:
    return "".join(str(one.text or "") for one in node.iter(f"{W}t", f"{W}delText")).strip()


def _body(archive: zipfile.ZipFile, name: str, label: str) -> Iterator[Part]:
    """Hidden runs and tracked changes, paragraph by paragraph."""
    root = _tree(archive, name)
    if root is None:
        return
    unseen = _unseen_styles(archive)
    for number, paragraph in enumerate(root.iter(f"{W}p"), start=1):
        place = f"{label}第{number}段"
        for tag, manner in ((f"{W}ins", "inserted"), (f"{W}del", "deleted"), (f"{W}moveFrom", "deleted")):
            text = "".join(_words(change) for change in paragraph.iter(tag))
            if text:
                yield Part(place, "inserted" if manner == "inserted" else "deleted", text, in_text=manner == "inserted")
        hidden = "".join(
            _words(run) for run in paragraph.iter(f"{W}r") if _is_hidden(run, unseen) and not _removed(run)
        )
        if hidden:
            yield Part(place, "hidden", hidden, in_text=name == "word/document.xml")


def _removed(run: Element) -> bool:
    parent = run.getparent()
    return parent is not None and parent.tag in (f"{W}del", f"{W}moveFrom")


def _is_hidden(run: Element, unseen: frozenset[str]) -> bool:
    properties_ = run.find(f"{W}rPr")
    if properties_ is None:
        return False
    style = properties_.find(f"{W}rStyle")
    if style is not None and style.get(f"{W}val") in unseen:
        return True
    return _hides(properties_)


def _hides(properties_: Element) -> bool:
    for tag in ("vanish", "specVanish"):
        mark = properties_.find(f"{W}{tag}")
        if mark is not None and str(mark.get(f"{W}val", "true")).lower() not in ("0", "false", "off"):
            return True
    colour, shade = properties_.find(f"{W}color"), properties_.find(f"{W}shd")
    white = colour is not None and re.fullmatch(r"[fF][cdefCDEF]" * 3, str(colour.get(f"{W}val") or "")) is not None
    shaded = shade is not None and str(shade.get(f"{W}fill") or "auto").lower() not in ("auto", "ffffff")
    if white and not shaded and properties_.find(f"{W}highlight") is None:
        return True
    # Black type on a black ground is the black bar of word processors: it hides nothing.
    dark = colour is None or str(colour.get(f"{W}val") or "").lower() in ("auto", "000000", "black")
    mark = properties_.find(f"{W}highlight")
    barred = (mark is not None and mark.get(f"{W}val") == "black") or (
        shade is not None and str(shade.get(f"{W}fill") or "") == "000000"
    )
    if dark and barred:
        return True
    size = properties_.find(f"{W}sz")
    try:
        return size is not None and int(size.get(f"{W}val") or 24) <= _TINY
    except ValueError:
        return False


def _unseen_styles(archive: zipfile.ZipFile) -> frozenset[str]:
    root = _tree(archive, "word/styles.xml")
    if root is None:
        return frozenset()
    return frozenset(
        str(style.get(f"{W}styleId"))
        for style in root.iter(f"{W}style")
        if (given := style.find(f"{W}rPr")) is not None and _hides(given)
    )


def properties(archive: zipfile.ZipFile) -> Iterator[Part]:
    """Author, company and all the other things an office file says about itself (docx and xlsx alike)."""
    for name in ("docProps/core.xml", "docProps/app.xml"):
        root = _tree(archive, name)
        for node in root.iter() if root is not None else ():
            tag = str(node.tag).rpartition("}")[2]
            text = str(node.text or "").strip()
            if tag in _PROPERTIES and text:
                yield Part(f"属性·{_PROPERTIES[tag]}", "property", text)
    root = _tree(archive, "docProps/custom.xml")
    for node in root if root is not None else ():
        if text := "".join(node.itertext()).strip():
            yield Part(f"自定义属性·{node.get('name')}", "property", text)
    if any(name.startswith("customXml/item") for name in archive.namelist()):
        for name in archive.namelist():
            if re.fullmatch(r"customXml/item\d+\.xml", name):
                root = _tree(archive, name)
                text = " ".join("".join(root.itertext()).split()) if root is not None else ""
                if text:
                    yield Part("自定义数据", "property", text)


def embedded(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The files inside an office file: (name, bytes)."""
    yield from _members(data, _EMBEDDED)


def pictures(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The pictures inside an office file: (place, bytes)."""
    for name, content in _members(data, _PICTURE):
        yield f"图片 {name}", content


def _members(data: bytes, pattern: re.Pattern[str]) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                if pattern.search(member.filename) and 0 < member.file_size <= _LARGEST:
                    yield member.filename.rpartition("/")[2], archive.read(member)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError):
        raise UnreadableFile("文件已损坏（压缩结构不完整），请重新下载或另存后再试。") from None
