"""The door to lxml, which comes without types: XML and HTML into element trees, as data only."""

from importlib import import_module
from typing import Any

_etree: Any = import_module("lxml.etree")
_html: Any = import_module("lxml.html")

#: what the parsers raise on damaged input
MARKUP_ERRORS: tuple[type[Exception], ...] = (_etree.ParserError, _etree.XMLSyntaxError, ValueError)
#: the "tag" of a comment node
COMMENT: Any = _etree.Comment


def xml_tree(data: bytes) -> Any:
    """The root element of an XML part: no entities, no network, libxml2's own limits. Raises `MARKUP_ERRORS`."""
    parser = _etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return _etree.fromstring(data, parser)


def html_tree(text: str) -> Any:
    """The root element of a page, mended as browsers do. Raises `MARKUP_ERRORS` when there is nothing in it."""
    parser = _html.HTMLParser(encoding="utf-8", huge_tree=False)
    return _html.document_fromstring(text.encode("utf-8"), parser=parser)


def as_html(root: Any) -> str:
    """A page as text again."""
    return str(_html.tostring(root, encoding="unicode", doctype="<!DOCTYPE html>"))
