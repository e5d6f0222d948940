"""What the public may have of records and columns as data: the shapes of their pages and of the API's answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from mingtang.records import classes
from mingtang.records.column_pages import Branch
from mingtang.records.models import PUBLIC_STATES, Disclosure, Record, State, Validity
from mingtang.trace.pages import Entry
from mingtang.trace.shapes import (
    DAY,
    ENTRY,
    LINK,
    MOMENT,
    NAMED,
    NUMBER,
    TEXT,
    Field,
    Kind,
    Named,
    Shape,
    field_of,
    many,
    maybe,
    one_of,
    within,
)


@dataclass(frozen=True)
class Line:
    """A record with its column, and when the public last saw it change (None where nobody asked)."""

    record: Record
    column: Branch
    changed_at: datetime | None = None


def _shown(name: str, says: str, kind: Kind) -> Field:
    """A field of the text: a withdrawn record no longer says it."""
    return field_of(name, says, maybe(kind), lambda line: getattr(line.record, name) if line.record.is_public else None)


def _kept(name: str, says: str, kind: Kind) -> Field:
    """A field that stays when the text is withdrawn."""
    return field_of(name, says, kind, f"record.{name}")


def _body(line: Line) -> Named:
    return Named(line.record.body.code, line.record.body.name, f"bodies/{line.record.body.code}/")


def _column(line: Line) -> Named:
    return Named(line.column.path, line.column.name, f"columns/{line.column.path}/")


def _class(name: str) -> Any:
    def read(line: Line) -> Named:
        code: str = getattr(line.record, name)
        return Named(code, classes.topic_label(code) if name == "topic" else classes.load().genres.get(code, code))

    return read


def _when_public(line: Line) -> datetime | None:
    return line.record.withdrawn_at if line.record.state == State.WITHDRAWN else None


def _why_gone(line: Line) -> str:
    return line.record.withdrawal_reason if line.record.state == State.WITHDRAWN else ""


SEEN = (*PUBLIC_STATES, State.WITHDRAWN)
_LINE = (
    _kept("slug", _("信息的代号，也是地址的一段，永不改变"), TEXT),
    field_of("url", _("固定地址"), LINK, lambda line: f"records/{line.record.slug}/"),
    _kept("index_number", _("索引号"), TEXT),
    _shown("title", _("标题；已撤下的为空"), TEXT),
    _shown("document_number", _("发文字号"), TEXT),
    field_of("body", _("发布机构"), NAMED.kind, _body),
    field_of("column", _("栏目；代码即其地址"), NAMED.kind, _column),
    field_of("topic", _("主题分类"), NAMED.kind, _class("topic")),
    field_of("genre", _("体裁分类"), NAMED.kind, _class("genre")),
    field_of("keywords", _("主题词"), many(TEXT), lambda line: line.record.keywords if line.record.is_public else []),
    _shown("made_on", _("成文日期"), DAY),
    _shown("effective_on", _("施行日期"), DAY),
    _shown("expires_on", _("有效期至"), DAY),
    _kept("validity", _("有效性"), one_of(Validity.values)),
    _kept("state", _("状态：已发布、已被替代、已归档、已撤下"), one_of(SEEN)),
    _kept("published_at", _("首次发布的时刻"), MOMENT),
    field_of("withdrawn_at", _("撤下的时刻"), maybe(MOMENT), _when_public),
    field_of("withdrawal_reason", _("撤下的原因"), maybe(TEXT), _why_gone),
)
LINE = Shape(
    "RecordLine",
    _("目录中的一条信息。"),
    (*_LINE, field_of("changed_at", _("公众所见最近一次变化的时刻"), MOMENT)),
)

ATTACHMENT = Shape(
    "Attachment",
    _("信息所附的文件。"),
    (
        field_of("title", _("名称"), TEXT, lambda file: file["title"]),
        field_of("url", _("下载地址"), LINK, lambda file: file["address"]),
        field_of("kind", _("格式"), TEXT, lambda file: file["kind"]),
        field_of("size", _("大小"), TEXT, lambda file: file["size"]),
    ),
)
RELATED = Shape(
    "Related",
    _("与本件有关的信息。"),
    (
        field_of("relation", _("关系"), TEXT, lambda pair: pair[0]),
        field_of("records", _("信息"), many(ENTRY.kind), lambda pair: pair[1]),
    ),
)
ACT = Shape(
    "Act",
    _("公开之后的一次变化。"),
    (
        field_of("on", _("日期"), DAY, lambda act: act["on"]),
        field_of("act", _("行为"), TEXT, lambda act: act["title"]),
        field_of("note", _("说明"), maybe(TEXT), lambda act: act["note"]),
    ),
)
#: The page of a record; read from the page's context.
RECORD = Shape(
    "Record",
    _("一条信息的全部公开内容。"),
    (
        *within(_LINE, lambda page: Line(page["record"], page["column"])),
        field_of("disclosure", _("公开方式"), one_of([Disclosure.PROACTIVE]), lambda page: Disclosure.PROACTIVE.value),
        field_of("source", _("来源"), TEXT, lambda page: page["record"].source or page["record"].body.name),
        field_of("html", _("正文（HTML）；已撤下的为空"), maybe(TEXT), lambda page: page.get("text")),
        field_of("attachments", _("附件"), many(ATTACHMENT.kind), lambda page: page.get("attachments", ())),
        field_of("related", _("相关信息"), many(RELATED.kind), lambda page: page.get("related", ())),
        field_of("history", _("发布与更改"), many(ACT.kind), lambda page: page["history"]),
    ),
)


def _parent(branch: Branch) -> str | None:
    return branch.above[-1].path if branch.above else None


_COLUMN = (
    field_of("path", _("栏目的代号，也是地址的一段"), TEXT),
    field_of("url", _("页面地址"), LINK, lambda branch: f"columns/{branch.path}/"),
    field_of("name", _("名称"), TEXT),
    field_of("description", _("说明"), maybe(TEXT)),
    field_of("parent", _("上级栏目的代号"), maybe(TEXT), _parent),
)
COLUMN = Shape("Column", _("栏目。"), (*_COLUMN, field_of("records", _("公开信息条数，含下级栏目"), NUMBER, "count")))
#: The page that shows the tree of columns.
COLUMNS = Shape(
    "ColumnsPage",
    _("全部栏目。"),
    (
        field_of(
            "columns",
            _("栏目，上级在前"),
            many(COLUMN.kind),
            lambda page: sorted(page["tree"].by_key.values(), key=lambda branch: branch.path.split("/")),
        ),
    ),
)


def _row(row: Mapping[str, Any]) -> Entry:
    return row["entry"]


#: A page of a column's list.
COLUMN_PAGE = Shape(
    "ColumnPage",
    _("栏目列表的一页，新的在前。"),
    (
        *within(_COLUMN, lambda page: page["branch"]),
        field_of("page", _("由旧到新第几页；最新一页为空"), maybe(NUMBER), lambda page: page["number"]),
        field_of("newer", _("较新的一页"), maybe(LINK), lambda page: page["newer"]),
        field_of("older", _("更早的一页"), maybe(LINK), lambda page: page["older"]),
        field_of("entries", _("本页的信息"), many(ENTRY.kind), lambda page: [_row(row) for row in page["rows"]]),
    ),
)
