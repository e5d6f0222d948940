"""A normative document as Akoma Ntoso 3.0 (OASIS LegalDocML): parts with their addresses, the acts on them.

https://docs.oasis-open.org/legaldocml/akn-core/v1.0/ – the strict schema holds for what is written here.
编 part, 章 chapter, 节 section, 条 article, 款 paragraph, 项 point, 目 indent; the levels of a document without
articles are hcontainers.
"""

import re
from collections.abc import Sequence
from datetime import date
from importlib import import_module
from typing import Any

from mingtang.press.norms.value import Attached, NormText, Part, kind_of
from mingtang.press.plain_text import plain

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_ELEMENTS = {
    "part": "part", "chp": "chapter", "sec": "section", "art": "article", "para": "paragraph", "item": "point",
    "point": "indent", "sub": "alinea",
}  # fmt: skip
#: who says so: this software, in the words of the standard the editor of the file
_SOURCE = "#mingtang"


def akoma_ntoso(norm: NormText) -> bytes:
    """The document as an XML file in UTF-8; the same document gives the same bytes."""
    etree: Any = import_module("lxml.etree")
    root: Any = etree.Element(f"{{{NAMESPACE}}}akomaNtoso", nsmap={None: NAMESPACE})
    act = _put(root, "act", name="act", contains="singleVersion" if norm.amendments else "originalVersion")
    _meta(act, norm)
    preface = _put(act, "preface")
    line = _put(preface, "p")
    _put(line, "docTitle", norm.title)
    if norm.number:
        line = _put(preface, "p")
        _put(line, "docNumber", norm.number)
    _put(preface, "p", f"（{norm.caption}）")
    if norm.opening:
        preamble = _put(act, "preamble")
        for words in norm.opening:
            _put(preamble, "p", words)
    body = _put(act, "body")
    _parts(body, norm.structure.body)
    if not len(body):
        # A body needs something in it.
        _content(_put(body, "hcontainer", name="empty", eId="empty"), "")
    if norm.structure.attachments:
        attachments = _put(act, "attachments")
        for attachment in norm.structure.attachments:
            _attachment(attachments, attachment, norm)
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _put(parent: Any, name: str, words: str = "", /, **attributes: str) -> Any:
    child = import_module("lxml.etree").SubElement(parent, f"{{{NAMESPACE}}}{name}", attributes)
    if words:
        child.text = plain(words)
    return child


def _slug(words: str) -> str:
    """A document number as part of an address: 云政规发〔2022〕3号 → 云政规发-2022-3."""
    return re.sub(r"[^\w]+", "-", words.removesuffix("号")).strip("-")


def _work(norm: NormText) -> str:
    return f"/akn/cn/act/{norm.made_on.isoformat()}/{_slug(norm.number or norm.title)}"


def _meta(act: Any, norm: NormText) -> None:
    meta = _put(act, "meta")
    _identification(meta, norm, "")
    if norm.published_on:
        _put(meta, "publication", date=norm.published_on.isoformat(), name="政府信息公开", showAs="政府信息公开")
    events = _events(norm)
    lifecycle = _put(meta, "lifecycle", source=_SOURCE)
    for at, (day, kind, _) in enumerate(events, start=1):
        _put(lifecycle, "eventRef", date=day.isoformat(), source=f"#ro{at}", type=kind, eId=f"e{at}")
    if any(amendment.clauses for amendment in norm.amendments):
        _modifications(meta, norm)
    references = _put(meta, "references", source=_SOURCE)
    for at, (_, _, words) in enumerate(events, start=1):
        name = "original" if at == 1 else "passiveRef"
        href = _work(norm) if at == 1 else f"/akn/cn/act/{events[at - 1][0].isoformat()}/{_slug(words)}"
        _put(references, name, eId=f"ro{at}", href=href, showAs=words)
    for at, issuer in enumerate(norm.issuers, start=1):
        _put(
            references, "TLCOrganization", eId=f"org{at}", href=f"/akn/ontology/organization/cn/{issuer}", showAs=issuer
        )
    _put(references, "TLCOrganization", eId="mingtang", href="/akn/ontology/organization/mingtang", showAs="明堂")


def _events(norm: NormText) -> list[tuple[date, str, str]]:
    """When the text was made, amended and ended."""
    found = [(norm.made_on, "generation", norm.title)]
    found.extend((one.on, "amendment", one.number or one.title) for one in norm.amendments)
    if norm.expires_on:
        found.append((norm.expires_on, "repeal", norm.title))
    return found


def _identification(meta: Any, norm: NormText, part: str) -> None:
    """Work, expression and manifestation; `part` is the component (an attachment) the identification is of."""
    work = _work(norm)
    version = max((amendment.on for amendment in norm.amendments), default=norm.effective_on or norm.made_on)
    expression = f"{work}/zho@{version.isoformat()}"
    component = f"/!{part}" if part else "/!main"
    identification = _put(meta, "identification", source=_SOURCE)
    levels = (
        ("FRBRWork", work, norm.made_on, "制定"),
        ("FRBRExpression", expression, version, "本文本"),
        ("FRBRManifestation", f"{expression}.xml", version, "本文件"),
    )
    for name, uri, day, words in levels:
        level = _put(identification, name)
        _put(level, "FRBRthis", value=uri.removesuffix(".xml") + component + (".xml" if uri.endswith(".xml") else ""))
        _put(level, "FRBRuri", value=uri)
        if norm.address and name == "FRBRExpression":
            _put(level, "FRBRalias", value=norm.address, name="网址")
        _put(level, "FRBRdate", date=day.isoformat(), name=words)
        for at in range(1, len(norm.issuers) + 1) if name != "FRBRManifestation" else ():
            _put(level, "FRBRauthor", href=f"#org{at}")
        if name == "FRBRManifestation" or not norm.issuers:
            _put(level, "FRBRauthor", href=_SOURCE)
        if name == "FRBRWork":
            _put(level, "FRBRcountry", value="cn")
            if norm.number:
                _put(level, "FRBRnumber", value=norm.number)
            _put(level, "FRBRname", value=norm.title)
        if name == "FRBRExpression":
            _put(level, "FRBRlanguage", language="zho")


def _modifications(meta: Any, norm: NormText) -> None:
    """Which act touched which clause; references into attachments are written with their own addresses."""
    analysis = _put(meta, "analysis", source=_SOURCE)
    passive = _put(analysis, "passiveModifications")
    number = 0
    for at, amendment in enumerate(norm.amendments, start=2):
        for clause in amendment.clauses:
            number += 1
            change = _put(passive, "textualMod", type="substitution", eId=f"pmod_{number}")
            _put(change, "source", href=f"#ro{at}")
            _put(change, "destination", href=f"#{clause}")


def _parts(parent: Any, parts: Sequence[Part]) -> None:
    for part in parts:
        kind = kind_of(part)
        if kind in _ELEMENTS:
            made = _put(parent, _ELEMENTS[kind], eId=part.id)
        else:
            made = _put(parent, "hcontainer", name="table" if kind == "table" else f"level-{kind[1:]}", eId=part.id)
        if part.label:
            _put(made, "num", part.label)
        if part.heading:
            _put(made, "heading", part.heading)
        if kind == "table":
            _table(_put(made, "content"), part.text)
        elif part.children:
            if part.text:
                _put(_put(made, "intro"), "p", part.text)
            _parts(made, part.children)
        else:
            _content(made, part.text)


def _content(parent: Any, words: str) -> None:
    _put(_put(parent, "content"), "p", words)


def _table(content: Any, text: str) -> None:
    table = _put(content, "table")
    for line in text.splitlines():
        row = _put(table, "tr")
        for cell in line.split("\t"):
            _put(_put(row, "td"), "p", cell.strip())


def _attachment(parent: Any, attachment: Attached, norm: NormText) -> None:
    made = _put(parent, "attachment", eId=attachment.id)
    _put(made, "heading", attachment.title or attachment.label)
    document = _put(made, "doc", name="attachment")
    meta = _put(document, "meta")
    _identification(meta, norm, attachment.id)
    preface = _put(document, "preface")
    _put(preface, "p", attachment.label)
    main = _put(document, "mainBody")
    for words in attachment.opening:
        _put(main, "p", words)
    _parts(main, attachment.body)
    if not len(main):
        _put(main, "p")
