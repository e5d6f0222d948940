"""Corrected lines into documents that the library takes in: bodies, column, topic, genre, rich text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from mingtang.bodies.models import Body, Kind
from mingtang.bodies.queries import by_name
from mingtang.norms.actions import Intake
from mingtang.norms.models import NormKind
from mingtang.norms.stock.sheet import Entry
from mingtang.norms.stock.topics import suggested_topic, topic_code
from mingtang.records.models import Column
from mingtang.text import Document, Table
from mingtang.text.norms.structure import is_article

_KINDS = {
    Kind.GOVERNMENT: NormKind.GOVERNMENT, Kind.OFFICE: NormKind.GOVERNMENT, Kind.TOWN: NormKind.TOWNSHIP,
    Kind.SUMU: NormKind.TOWNSHIP, Kind.SUBDISTRICT: NormKind.TOWNSHIP,
}  # fmt: skip
_GENRES = (
    (r"办法|规定|细则|规则|条例|规程|标准|准则|规范|制度", "measures"), (r"令$", "order"), (r"决定$", "decision"),
    (r"通告$", "circular"), (r"公告$", "announcement"), (r"意见$", "opinion"), (r"方案|规划|计划", "plan"),
    (r"通知$", "notice"),
)  # fmt: skip
_HEADING = re.compile(r"^第[零〇一二三四五六七八九十百\d]{1,4}([编章节])(?![的第])")


@dataclass
class Desk:
    """What lines are looked up in: bodies by name, remembered; the column; the source that is written down."""

    column: Column
    source: str
    _bodies: dict[str, Body | None] = field(default_factory=dict[str, Body | None])

    def body(self, name: str) -> Body | None:
        """The body of a name, asked once."""
        if name not in self._bodies:
            found = by_name(name)
            self._bodies[name] = found if isinstance(found, Body) else None
        return self._bodies[name]

    def intake(self, entry: Entry, document: Document) -> Intake | str:
        """The document as the library takes it, or what is missing in one Chinese line."""
        if not entry.issuers:
            return "没有制定机关，请在表中补填。"
        bodies = [self.body(name) or name for name in entry.issuers]
        if isinstance(bodies[0], str):
            return f"制定机关“{bodies[0]}”不在机构库中，请先登记机构，或在表中改正。"
        if entry.made_on is None:
            return "没有成文日期，请在表中补填。"
        topic = topic_code(entry.topic) if entry.topic else suggested_topic(entry.title)
        if topic is None:
            return f"主题分类“{entry.topic}”不在目录中，请改用目录中的类名。"
        how = "，文字由扫描件识读" if entry.recognized else ""
        return Intake(
            title=entry.title, body=bodies[0], column=self.column, topic=topic, genre=_genre(entry.title),
            kind=_KINDS.get(Kind(bodies[0].kind), NormKind.DEPARTMENT), document_number=entry.document_number,
            made_on=entry.made_on, effective_on=entry.effective_on, expires_on=entry.expires_on,
            joint=tuple(bodies[1:]), text=rich_text(document), source_digest=entry.digest,
            source=f"{self.source}：{entry.file}"[: 200 - len(how)] + how,
        )  # fmt: skip


def _genre(title: str) -> str:
    inner = re.sub(r"^.*印发|转发", "", title)
    bare = re.sub(r"[（(].*?[）)]|[》〉]|的通知$", "", inner if inner != title else title)
    return next((genre for pattern, genre in _GENRES if re.search(pattern, bare)), "other")


def rich_text(document: Document) -> str:
    """The text of a document as rich text, a paragraph a line; rows of tables have tabs, which the structure knows."""
    return "".join(_blocks(document))


def _blocks(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Table):
            for row in block.rows:
                cells = [cell.text.replace("\n", " ") for cell in row]
                yield f"<p>{escape(chr(9).join(cells), quote=False)}</p>"
        elif (heading := _HEADING.match(block.text)) and len(block.text) <= 40 and not is_article(block.text):
            level = "h3" if heading.group(1) == "节" else "h2"
            yield f"<{level}>{escape(block.text, quote=False)}</{level}>"
        else:
            yield f"<p>{escape(block.text, quote=False)}</p>"
