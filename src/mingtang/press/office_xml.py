"""Elements of WordprocessingML by their short names, where python-docx has no words for what is wanted."""

from importlib import import_module
from typing import Any


def tag(name: str) -> str:
    """The full name of an element or attribute of the w namespace."""
    qn: Any = import_module("docx.oxml.ns").qn
    return qn(f"w:{name}")


def element(name: str, /, *children: Any, **attributes: object) -> Any:
    """An element of the w namespace with its attributes, which are of that namespace too, and its children."""
    made: Any = import_module("docx.oxml").OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(tag(key), str(value))
    for child in children:
        made.append(child)
    return made


def text(words: str) -> Any:
    """A text element that keeps its spaces."""
    made = element("t")
    made.text = words
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def insert(parent: Any, child: Any, after: tuple[str, ...]) -> None:
    """Inserts a child behind those that the schema wants before it."""
    earlier = {tag(name) for name in after}
    parent.insert(max((at + 1 for at, each in enumerate(parent) if each.tag in earlier), default=0), child)


def parse(blob: bytes) -> Any:
    """The root of a part of the file."""
    return import_module("docx.oxml").parse_xml(blob)


def serialize(root: Any) -> bytes:
    """The bytes of a part."""
    return import_module("lxml.etree").tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
