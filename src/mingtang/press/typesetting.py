"""Sets a document as PDF through Typst: one template, the document as data beside it, the same bytes every time."""

import datetime
import json
import threading
from collections.abc import Iterable
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from mingtang.press.document import Block, Cell, Document, Heading, Paragraph, Table, chinese_date, texts
from mingtang.press.errors import NotSet
from mingtang.press.fonts import Face, Fonts
from mingtang.press.fonts import find as find_fonts
from mingtang.press.geometry import GB9704
from mingtang.press.plain_text import plain

TEMPLATE = Path(__file__).parent / "typst" / "page.typ"
#: Typst keeps what it has learned between runs; one compiler at a time, and it forgets nothing of its fonts.
_ONE_AT_A_TIME = threading.Lock()


def pdf(document: Document, *, moment: datetime.datetime, fonts: Fonts | None = None) -> bytes:
    """The document as PDF/A-2u with its fonts embedded; `moment` is the time written into the file.

    The same document, moment and fonts give the same bytes. NoFonts, NoGlyphs (with the characters) or NotSet else.
    """
    fonts = fonts or find_fonts()
    fonts.require(map(plain, texts(document)))
    data = json.dumps(_data(document, fonts), ensure_ascii=False)
    import typst

    with _ONE_AT_A_TIME:
        try:
            made: Any = _compiler(fonts.folders).compile(
                format="pdf",
                sys_inputs={"document": data},
                pdf_standards="a-2a",
                timestamp=int(moment.timestamp()),
            )
        except typst.TypstError as error:
            raise NotSet(str(error)) from error
    return bytes(made)


@lru_cache(maxsize=4)
def _compiler(folders: tuple[str, ...]) -> Any:
    import typst

    return typst.Compiler(input=str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=list(folders))


def _data(document: Document, fonts: Fonts) -> dict[str, Any]:
    """What the template is told: words, faces and measures."""
    geometry = GB9704
    imprint = document.imprint
    return {
        "layout": document.layout.value,
        "meta": {"title": plain(document.title).replace("\n", ""), "author": list(map(plain, document.signature))},
        "faces": {face.value: {"families": fonts.families(face), "weight": fonts.weight(face)} for face in Face},
        "geometry": asdict(geometry)
        | {
            "right": geometry.right,
            "bottom": geometry.bottom,
            "character_points": geometry.character_points,
            "line_points": geometry.line_points,
        },
        "masthead": _plain_all(document.masthead),
        "vertical": _plain_all(document.vertical),
        "marks": _plain_all(document.marks),
        "number": plain(document.number),
        "signer": plain(document.signer),
        "title": plain(document.title),
        "addressee": plain(document.addressee),
        "blocks": [_block(block) for block in document.body],
        "attachments": _plain_all(document.attachments),
        "signature": _plain_all(document.signature),
        "dated": chinese_date(document.dated) if document.dated else "",
        "sealed": document.sealed,
        "note": plain(document.note),
        "annexes": [
            {"title": plain(annex.title), "blocks": [_block(block) for block in annex.body]}
            for annex in document.annexes
        ],
        "copies_to": _plain_all(document.copies_to),
        "imprint": {"by": plain(imprint.by), "on": chinese_date(imprint.on)} if imprint else None,
    }


def _plain_all(words: Iterable[str]) -> list[str]:
    return [plain(word) for word in words]


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "text": plain(block.text), "level": block.level}
        case Paragraph():
            return {
                "kind": "paragraph",
                "text": plain(block.text),
                "lead": plain(block.lead),
                "indented": block.indented,
            }
        case Table():
            return {
                "kind": "table",
                "caption": plain(block.caption),
                "widths": list(block.widths),
                "points": block.points,
                "together": block.together,
                "heads": [[_cell(cell) for cell in row] for row in block.head_lines],
                "rows": [[_cell(cell) for cell in row] for row in block.rows],
            }


def _cell(cell: Cell | str) -> dict[str, Any]:
    cell = cell if isinstance(cell, Cell) else Cell(cell)
    return {
        "text": plain(cell.text),
        "columns": cell.columns,
        "rows": cell.rows,
        "align": cell.align.value,
        "strong": cell.strong,
        "lines": cell.lines,
    }
