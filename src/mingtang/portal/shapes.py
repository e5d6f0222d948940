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
LATEST = Shape(
    "Latest",
    _("一个栏目最新的信息。"),
    (
        field_of("column", _("栏目"), ENTRY.kind, lambda block: Entry(block[0], block[1])),
        field_of("entries", _("信息"), many(ENTRY.kind), lambda block: block[2]),
    ),
)
FRONT = Shape(
    "FrontPage",
    _("首页。"),
    (
        field_of("doors", _("入口"), many(DOOR_SHOWN.kind), lambda page: page["doors"]),
        field_of("latest", _("最新公开"), many(LATEST.kind), lambda page: page["latest"]),
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
