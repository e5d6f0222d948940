"""What the portal's own pages say as data."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from mingtang.trace.pages import Entry
from mingtang.trace.shapes import ENTRY, FLAG, LINK, NUMBER, TEXT, Shape, field_of, many, maybe


def _number(item: Any) -> int | None:
    return item["number"][0] if item["number"] else None


DOOR = Shape(
    "Door",
    _("首页上的一个入口。"),
    (
        field_of("title", _("名称"), TEXT, "title"),
        field_of("url", _("地址"), LINK, "path"),
        field_of("summary", _("说明"), TEXT),
    ),
)
DOOR_SHOWN = Shape(
    "DoorShown",
    _("首页上的一个入口及其数字。"),
    (
        field_of("door", _("入口"), DOOR.kind, lambda item: item["door"]),
        field_of("number", _("数字"), maybe(NUMBER), _number),
        field_of("counts", _("数的是什么"), maybe(TEXT), lambda item: item["number"][1] if item["number"] else None),
        field_of("newest", _("最新一条"), maybe(ENTRY.kind), lambda item: item["newest"]),
    ),
)
PROGRESS = Shape(
    "Progress",
    _("一年的工作做到哪里。"),
    (
        field_of("title", _("名称"), TEXT),
        field_of("url", _("地址"), LINK, "path"),
        field_of("total", _("全部"), NUMBER),
        field_of("done", _("已完成"), NUMBER),
        field_of("going", _("进行中"), NUMBER),
        field_of("unit", _("数的是什么"), TEXT),
    ),
)


def _entries(page: Any) -> list[Entry]:
    return [row["entry"] for row in page["newest"]]


FRONT = Shape(
    "FrontPage",
    _("首页。"),
    (
        field_of("doors", _("入口"), many(DOOR_SHOWN.kind), lambda page: page["doors"]),
        field_of("newest", _("最新公开"), many(ENTRY.kind), _entries),
        field_of("progress", _("进度"), many(PROGRESS.kind), lambda page: page["progress"]),
    ),
)
CLAUSE = Shape(
    "Clause",
    _("依据的条款。"),
    (
        field_of("citation", _("出处"), TEXT, lambda rule: rule["citation"]),
        field_of("says", _("规定"), TEXT, lambda rule: rule["says"]),
        field_of("checked", _("是否已与公布文本核对"), FLAG, lambda rule: rule["checked"]),
    ),
)


def _rules(page: Any) -> list[Any]:
    return [rule for found in page["rules"].values() for rule in found]


ABOUT = Shape("AboutPage", _("公开指南所依据的条款。"), (field_of("rules", _("条款"), many(CLAUSE.kind), _rules),))
