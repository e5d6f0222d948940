"""How sure each field of a draft is: by where it was read, and by how well text recognition read it."""

import re
from datetime import date

from mingtang.text.cleaning import fold
from mingtang.text.document import Document
from mingtang.text.head import Head
from mingtang.text.norms.heading import Heading
from mingtang.text.norms.terms import Basis, Terms

#: Fields below this are marked in the review sheet.
LOOK = 0.85
_BASES: dict[Basis, float] = {"said": 0.95, "counted": 0.9, "assumed": 0.6, "": 0.7}


def confidence_of(document: Document, head: Head, heading: Heading, terms: Terms | None) -> dict[str, float]:
    """The confidence (0–1) of each field that was read; of a scan at most that of the lines the field stands in."""
    found: dict[str, float] = {}
    text = document.text
    facts = dict(head.facts)
    if heading.title:
        found["title"] = 0.97 if _bare(heading.title) in _bare(text[:1500]) else 0.7
    if heading.number:
        stated = _bare(facts.get("文号", ""))
        found["document_number"] = 0.98 if _bare(heading.number) in _bare(text[:1500]) else 0.85
        if stated and stated != _bare(heading.number):
            found["document_number"] = 0.6
    if heading.issuer:
        signed = all(_signed(text, name) for name in heading.issuer.split("、"))
        found["issuer"] = (
            0.97 if signed or heading.caption else 0.8 if heading.title.startswith(heading.issuer) else 0.65
        )
    made_on = heading.made_on or head.made_on
    if made_on:
        printed = _own_line(text, made_on)
        agrees = _bare(facts.get("成文日期", "")) in (
            "",
            _bare(_chinese(made_on)),
            made_on.isoformat().replace("-", ""),
        )
        found["made_on"] = (0.97 if printed or heading.caption else 0.8) if agrees else 0.7
    if terms is not None and terms.effective_on:
        found["effective_on"] = _BASES[terms.effective_basis]
    if terms is not None and terms.expires_on:
        found["expires_on"] = _BASES[terms.expires_basis]
    if terms is not None and terms.repeals:
        found["repeals"] = 0.9
    if document.recognized:
        found = {name: min(value, _read(document, name, heading, made_on)) for name, value in found.items()}
    return {name: round(value, 2) for name, value in found.items()}


def _read(document: Document, name: str, heading: Heading, made_on: date | None) -> float:
    """The least confidence among the recognized lines that hold a field's words; of all lines where none does."""
    words = {
        "title": heading.title,
        "document_number": heading.number or "",
        "issuer": heading.issuer or "",
        "made_on": _chinese(made_on) if made_on else "",
    }.get(name, "施行")
    bare = _bare(words)
    held = [
        line.confidence
        for line in document.recognized
        if len(_bare(line.text)) >= 4 and (_bare(line.text) in bare or bare in _bare(line.text))
    ]
    return min(held, default=min(line.confidence for line in document.recognized)) * 0.98


def _signed(text: str, name: str) -> bool:
    return re.search(rf"^(?:.*[ 　])?{re.escape(name)}(?:[ 　(（].*)?$", text, re.MULTILINE) is not None


def _own_line(text: str, day: date) -> bool:
    digits = rf"{day.year}\s?年\s?0?{day.month}\s?月\s?0?{day.day}\s?日"
    return re.search(rf"{digits}\s*$|[〇○零一二]{{2}}.{{2}}年.+月.+日\s*$", fold(text), re.MULTILINE) is not None


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _bare(text: str) -> str:
    return re.sub(r"\W", "", fold(text))
