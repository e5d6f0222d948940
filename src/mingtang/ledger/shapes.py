"""What the public may have of a ledger as data: the shapes of its pages and of the API's answers."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from mingtang.ledger.models import Ledger
from mingtang.ledger.public import Standing
from mingtang.trace.shapes import DAY, LINK, NUMBER, TEXT, Shape, field_of, many, maybe, within

STANDING = Shape(
    "Standing",
    _("单位任务各处于什么状态的条数。"),
    (
        field_of("total", _("全部"), NUMBER),
        field_of("done", _("已完成"), NUMBER),
        field_of("going", _("进行中"), NUMBER),
        field_of("waiting", _("尚未开始"), NUMBER),
        field_of("carried", _("转入下年"), NUMBER),
        field_of("overdue", _("其中已过期限"), NUMBER),
    ),
)
PROOF = Shape(
    "Evidence",
    _("已确认并公开的佐证。"),
    (
        field_of("title", _("标题"), TEXT),
        field_of("body", _("单位"), TEXT),
        field_of("on", _("日期"), DAY),
        field_of("href", _("地址"), maybe(LINK)),
        field_of("form", _("形式"), maybe(TEXT)),
    ),
)
DUTY = Shape(
    "Duty",
    _("一个单位的任务。"),
    (
        field_of("name", _("单位"), TEXT, lambda duty: duty[0]),
        field_of("state", _("状态"), TEXT, lambda duty: duty[2]),
    ),
)
QUOTA = Shape(
    "Quota",
    _("数量要求及其完成。"),
    (
        field_of("form", _("形式"), TEXT, lambda quota: quota[0]),
        field_of("counted", _("已计入"), NUMBER, lambda quota: quota[1]),
        field_of("wanted", _("要求"), NUMBER, lambda quota: quota[2]),
        field_of("unit", _("量词"), TEXT, lambda quota: quota[3]),
    ),
)
TASK = Shape(
    "Task",
    _("一项任务。"),
    (
        field_of("text", _("内容"), TEXT),
        field_of("deadline", _("通知所写的时限"), maybe(TEXT)),
        field_of("due_on", _("期限"), maybe(DAY)),
        field_of("bodies", _("责任单位"), many(DUTY.kind)),
        field_of("quotas", _("数量要求"), many(QUOTA.kind)),
        field_of("evidence", _("佐证"), many(PROOF.kind), "proofs"),
    ),
)
_ITEM = (
    field_of("number", _("条目序号"), NUMBER),
    field_of("title", _("标题"), TEXT),
    field_of("chapter", _("所在章"), maybe(TEXT)),
    field_of("state", _("状态"), TEXT, "standing.words"),
    field_of("standing", _("条数"), STANDING.kind),
    field_of("tasks", _("任务"), many(TASK.kind), "lines"),
)
ITEM = Shape("LedgerItem", _("台账的一个条目。"), _ITEM)
_HEAD = (
    field_of("year", _("年度"), NUMBER, "ledger.year"),
    field_of("url", _("页面地址"), LINK, lambda this: f"ledger/{this.ledger.year}/"),
    field_of("title", _("通知标题"), TEXT, "ledger.title"),
    field_of("issuer", _("发文机关"), TEXT, lambda this: this.ledger.issuer or this.ledger.body.name),
    field_of("document_number", _("发文字号"), maybe(TEXT), "ledger.document_number"),
    field_of("made_on", _("成文日期"), maybe(DAY), "ledger.made_on"),
    field_of("standing", _("条数"), STANDING.kind),
)
#: One ledger in the list of all; read from what has `ledger` and `standing`.
HEAD = Shape("LedgerHead", _("一个年度的工作台账。"), _HEAD)
#: A whole ledger; read from `public.Public`.
LEDGER = Shape(
    "Ledger",
    _("一个年度的工作台账及其全部条目。"),
    (
        *_HEAD,
        field_of("feedback_due", _("反馈期限"), maybe(DAY), "ledger.feedback_due"),
        field_of("as_of", _("统计到哪一天"), DAY, "on"),
        field_of("items", _("条目"), many(ITEM.kind), "entries"),
    ),
)
#: The page of one ledger.
LEDGER_PAGE = Shape(LEDGER.name, LEDGER.says, within(LEDGER.fields, lambda page: page["public"]))


@dataclass(frozen=True)
class Head:
    """A ledger and how far it is."""

    ledger: Ledger
    standing: Standing


def _heads(page: Any) -> list[Head]:
    return [Head(**row) for row in page["rows"]]


#: The page of all ledgers.
LEDGERS = Shape("LedgersPage", _("全部年度的工作台账。"), (field_of("ledgers", _("台账"), many(HEAD.kind), _heads),))
#: The page of one item.
ITEM_PAGE = Shape(
    "LedgerItemPage",
    _("台账条目的页面。"),
    (
        field_of("year", _("年度"), NUMBER, lambda page: page["public"].ledger.year),
        field_of("as_of", _("统计到哪一天"), DAY, lambda page: page["public"].on),
        *within(_ITEM, lambda page: page["entry"]),
        field_of("source", _("通知原文"), maybe(TEXT), lambda page: page["entry"].text),
    ),
)
