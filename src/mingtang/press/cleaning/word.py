"""A docx without what is not seen: comments, changes, hidden type, properties, files inside; words changed on the way.

The package is written anew with only the parts that a reader sees. A tracked insertion stays as text, a deletion goes.
"""

import io
import re
import zipfile
from collections.abc import Callable
from importlib import import_module
from typing import Any

from mingtang.press.cleaning.picture import clean_picture

Element = Any
Veil = Callable[[str], str]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DROPPED = re.compile(
    r"docProps/|customXml/|word/(?:comments\w*|people|commentsExtended|commentsIds|glossary/.*|embeddings/.*|activeX/.*"
    r"|vbaProject\w*|vbaData|printerSettings/.*|stylesWithEffects)(?:\.\w+)?(?:\.rels)?$|word/_rels/comments|docMetadata/",
    re.IGNORECASE,
)
_STORY = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_REMOVED = (
    *("del", "moveFrom", "commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef", "rPrChange"),
    *("pPrChange", "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange", "tblGridChange", "numberingChange"),
    *(
        "moveFromRangeStart",
        "moveFromRangeEnd",
        "moveToRangeStart",
        "moveToRangeEnd",
        "object",
        "cellDel",
        "cellIns",
    ),
)
_UNWRAPPED = ("ins", "moveTo")
_TINY = 6  # half points


def clean_word(data: bytes, veil: Veil) -> bytes:
    """The docx with only what is seen; `veil` gets the words of each paragraph and returns as many characters.

    Raises ValueError where the package does not hold together.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError) as error:
        raise ValueError("Word 文件已损坏，打不开") from error
    kept = {name: content for name, content in parts.items() if not _DROPPED.match(name)}
    styles = parts.get("word/styles.xml")
    hidden = _hidden_styles(styles) if styles else frozenset[str]()
    for name, content in kept.items():
        if _STORY.fullmatch(name):
            kept[name] = _story(content, veil, hidden)
        elif name.endswith(".rels"):
            kept[name] = _relations(content, name, kept)
        elif name == "[Content_Types].xml":
            kept[name] = _types(content, kept)
        elif name == "word/settings.xml":
            kept[name] = _settings(content)
        elif re.search(r"word/media/.*\.(?:jpe?g|png|tiff?)$", name, re.IGNORECASE):
            kept[name] = _picture(content)
    return packed(kept)


def packed(parts: dict[str, bytes]) -> bytes:
    """The parts as a package, all of one moment."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _picture(content: bytes) -> bytes:
    try:
        return clean_picture(content)
    except ValueError:
        return content


def _etree() -> Any:
    return import_module("lxml.etree")


def _tree(content: bytes) -> Element:
    etree = _etree()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ValueError("Word 文件的一部分已损坏") from error


def _written(root: Element) -> bytes:
    return _etree().tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _story(content: bytes, veil: Veil, hidden: frozenset[str]) -> bytes:
    root = _tree(content)
    for tag in _REMOVED:
        for node in [*root.iter(W + tag)]:
            _take_out(node)
    for tag in _UNWRAPPED:
        for node in [*root.iter(W + tag)]:
            _unwrap(node)
    for run in [*root.iter(f"{W}r")]:
        if _is_hidden(run, hidden):
            _take_out(run)
    for node in root.iter():
        if isinstance(node.tag, str):
            for key in [key for key in node.attrib if key.startswith(W + "rsid")]:
                del node.attrib[key]
    for paragraph in root.iter(f"{W}p"):
        _veil(paragraph, veil)
    return _written(root)


def _take_out(node: Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def _unwrap(node: Element) -> None:
    parent = node.getparent()
    if parent is None:
        return
    place = parent.index(node)
    for offset, child in enumerate(list(node)):
        parent.insert(place + offset, child)
    parent.remove(node)


def _veil(paragraph: Element, veil: Veil) -> None:
    """Change the words of a paragraph character for character, each staying in its run."""
    pieces = [piece for piece in paragraph.iter(f"{W}t") if _paragraph_of(piece) is paragraph]
    words = "".join(str(piece.text or "") for piece in pieces)
    changed = veil(words) if words.strip() else words
    if changed == words or len(changed) != len(words):
        return
    at = 0
    for piece in pieces:
        length = len(piece.text or "")
        piece.text = changed[at : at + length]
        at += length


def _paragraph_of(piece: Element) -> Element:
    return next(piece.iterancestors(f"{W}p"))


def _is_hidden(run: Element, hidden: frozenset[str]) -> bool:
    properties = run.find(f"{W}rPr")
    if properties is None:
        return False
    style = properties.find(f"{W}rStyle")
    return (style is not None and style.get(f"{W}val") in hidden) or _hides(properties)


def _hides(properties: Element) -> bool:
    for tag in ("vanish", "specVanish"):
        mark = properties.find(f"{W}{tag}")
        if mark is not None and str(mark.get(f"{W}val", "true")).lower() not in ("0", "false", "off"):
            return True
    colour, shade = properties.find(f"{W}color"), properties.find(f"{W}shd")
    mark = properties.find(f"{W}highlight")
    fill = str(shade.get(f"{W}fill") or "auto").lower() if shade is not None else "auto"
    shown = str(colour.get(f"{W}val") or "").lower() if colour is not None else ""
    if re.fullmatch(r"(?:f[cdef]){3}", shown) and fill in ("auto", "ffffff") and mark is None:
        return True
    barred = fill == "000000" or (mark is not None and mark.get(f"{W}val") == "black")
    if barred and shown in ("", "auto", "000000", "black"):
        return True
    size = properties.find(f"{W}sz")
    return size is not None and str(size.get(f"{W}val")).isdigit() and int(size.get(f"{W}val")) <= _TINY


def _hidden_styles(content: bytes) -> frozenset[str]:
    return frozenset(
        str(style.get(f"{W}styleId"))
        for style in _tree(content).iter(f"{W}style")
        if (given := style.find(f"{W}rPr")) is not None and _hides(given)
    )


def _relations(content: bytes, name: str, kept: dict[str, bytes]) -> bytes:
    """Only the relations whose target is still in the package, and links."""
    root = _tree(content)
    folder = name.replace("_rels/", "").rpartition("/")[0]
    for node in list(root):
        target = str(node.get("Target") or "")
        if node.get("TargetMode") == "External":
            if not str(node.get("Type")).endswith("/hyperlink"):
                root.remove(node)
            continue
        path = target.lstrip("/") if target.startswith("/") else _joined(folder, target)
        if path not in kept:
            root.remove(node)
    return _written(root)


def _joined(folder: str, target: str) -> str:
    pieces = folder.split("/") if folder else []
    for piece in target.split("/"):
        if piece == "..":
            pieces = pieces[:-1]
        elif piece != ".":
            pieces.append(piece)
    return "/".join(pieces)


def _types(content: bytes, kept: dict[str, bytes]) -> bytes:
    root = _tree(content)
    for node in list(root):
        part = str(node.get("PartName") or "")
        if part and part.lstrip("/") not in kept:
            root.remove(node)
    return _written(root)


def _settings(content: bytes) -> bytes:
    root = _tree(content)
    for tag in ("trackRevisions", "rsids", "docVars", "attachedTemplate", "mailMerge", "revisionView"):
        for node in [*root.iter(W + tag)]:
            _take_out(node)
    return _written(root)
