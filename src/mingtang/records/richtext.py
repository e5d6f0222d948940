"""The text of a record as the public sees it: only harmless HTML, links to files and pictures where they are baked."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml import html
from markupsafe import Markup

from mingtang.records import mongolian

#: Elements that a text may have, with the attributes that they keep.
KEPT: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(
        ("p", "h2", "h3", "h4", "h5", "b", "strong", "i", "em", "ul", "ol", "li", "hr", "br", "sup", "sub"), frozenset()
    ),
    **dict.fromkeys(("blockquote", "table", "caption", "thead", "tbody", "tr"), frozenset()),
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"colspan", "rowspan", "scope"}),
}
#: Elements of which not even the words are text.
DROPPED = frozenset({"script", "style", "iframe", "object", "template", "noscript", "svg", "math", "title", "head"})
SCHEMES = frozenset({"http", "https", "mailto", "tel"})


@dataclass(frozen=True)
class Picture:
    """A picture in a text: its address and its size in pixels."""

    address: str
    width: int
    height: int


@dataclass(frozen=True)
class Mentioned:
    """Primary keys of the documents and images that a text speaks of."""

    documents: frozenset[int]
    images: frozenset[int]


def mentioned(text: str) -> Mentioned:
    """Which stored files a text links to or shows."""
    if "linktype" not in text and "embedtype" not in text:
        return Mentioned(frozenset(), frozenset())
    root = _parse(text)
    documents = [link.get("id", "") for link in root.iter("a") if link.get("linktype") == "document"]
    images = [embed.get("id", "") for embed in root.iter("embed") if embed.get("embedtype") == "image"]
    return Mentioned(_numbers(documents), _numbers(images))


def public_html(text: str, documents: Mapping[int, str], images: Mapping[int, Picture]) -> Markup:
    """Stored rich text as safe HTML.

    `documents` gives the address of each linked document and `images` each picture, by primary key; a link to
    anything else that is not on the web loses its link and keeps its words.
    """
    if not text.strip():
        return Markup("")
    root = _parse(text)
    for element in list(root.iter()):
        if element is root:
            continue
        if not isinstance(element.tag, str) or element.tag in DROPPED:
            element.drop_tree()
        elif element.tag == "a":
            _link(element, documents)
        elif element.tag == "embed":
            _show(element, images)
        elif element.tag in KEPT:
            _strip(element, KEPT[element.tag])
        else:
            element.drop_tag()
    if mongolian.is_in(text):
        mongolian.set_apart(root)
    for table in list(root.iter("table")):
        _let_scroll(table)
    inner = str(html.tostring(root, encoding="unicode"))
    # Every tag and attribute in it was let through above, one by one.
    return Markup(inner.removeprefix("<div>").removesuffix("</div>"))  # noqa: S704


def words(markup: str, longest: int) -> str:
    """The first words of a text without its markup, at most `longest` characters, with … where it goes on."""
    plain = " ".join(_parse(markup).text_content().split()) if markup.strip() else ""
    return plain if len(plain) <= longest else plain[: longest - 1].rstrip("，、；：（ ") + "…"


def _parse(text: str) -> html.HtmlElement:
    return html.fragment_fromstring(text, create_parent=True)


def _numbers(values: list[str]) -> frozenset[int]:
    return frozenset(int(value) for value in values if value.isdecimal())


def _strip(element: html.HtmlElement, kept: frozenset[str]) -> None:
    for name in set(element.attrib) - kept:
        del element.attrib[name]


def _link(element: html.HtmlElement, documents: Mapping[int, str]) -> None:
    kind, key, href = element.get("linktype"), element.get("id", ""), element.get("href", "").strip()
    _strip(element, frozenset())
    if kind == "document":
        address = documents.get(int(key)) if key.isdecimal() else None
    else:
        address = href if kind is None and _leads_somewhere_harmless(href) else None
    if address is None:
        element.drop_tag()
        return
    element.set("href", address)
    if urlsplit(address).netloc:
        element.set("rel", "external noreferrer")


def _leads_somewhere_harmless(href: str) -> bool:
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    if parts.scheme:
        return parts.scheme in SCHEMES
    return not parts.netloc and href.startswith(("/", "#")) and "\\" not in href


def _show(element: html.HtmlElement, images: Mapping[int, Picture]) -> None:
    key, words = element.get("id", ""), element.get("alt", "")
    picture = images.get(int(key)) if element.get("embedtype") == "image" and key.isdecimal() else None
    if picture is None:
        element.drop_tree()
        return
    _strip(element, frozenset())
    element.tag = "img"
    for name, value in (("src", picture.address), ("alt", words), ("loading", "lazy")):
        element.set(name, value)
    element.set("width", str(picture.width))
    element.set("height", str(picture.height))


def _let_scroll(table: html.HtmlElement) -> None:
    """Put a table into a frame that scrolls by itself, so that a wide one never widens the page."""
    frame = html.Element("div", {"class": "scroll", "tabindex": "0", "role": "region", "aria-label": "表格"})
    parent = table.getparent()
    if parent is None:
        return
    frame.tail, table.tail = table.tail, None
    parent.replace(table, frame)
    frame.append(table)
