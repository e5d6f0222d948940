"""What the public may have of bodies as data: the shapes of their pages and of the API's answers."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from mingtang.bodies.models import Body, Kind, Level
from mingtang.trace.shapes import DAY, ENTRY, LINK, TEXT, Shape, field_of, many, maybe, one_of, within

_BODY = (
    field_of("code", _("机构的代号，也是地址的一段"), TEXT),
    field_of("url", _("页面地址"), LINK, lambda body: f"bodies/{body.code}/"),
    field_of("name", _("全称"), TEXT),
    field_of("short_name", _("简称"), TEXT),
    field_of("kind", _("类别"), one_of(Kind.values)),
    field_of("level", _("层级"), one_of(Level.values)),
    field_of("parent", _("上级机构的代号"), maybe(TEXT), lambda body: body.parent.code if body.parent else None),
    field_of("area", _("区划代码"), maybe(TEXT), lambda body: body.area.code if body.area else None),
    field_of("credit_code", _("统一社会信用代码"), maybe(TEXT)),
    field_of("duties", _("主要职责"), maybe(TEXT)),
    field_of("address", _("办公地址"), maybe(TEXT)),
    field_of("office_hours", _("办公时间"), maybe(TEXT)),
    field_of("openness_office", _("政务公开工作机构"), maybe(TEXT)),
    field_of("openness_phone", _("政务公开联系电话"), maybe(TEXT)),
    field_of("openness_email", _("政务公开电子邮箱"), maybe(TEXT)),
    field_of("starts_on", _("设立日期"), maybe(DAY)),
    field_of("ends_on", _("撤销日期；现有机构为空"), maybe(DAY)),
)
BODY = Shape("Body", _("负有公开义务的机构。"), _BODY)


def _directory(page: Any) -> list[Body]:
    return [body for chapter in page["chapters"] for body in chapter.bodies]


#: The directory of bodies.
DIRECTORY = Shape("DirectoryPage", _("机构名录。"), (field_of("bodies", _("机构"), many(BODY.kind), _directory),))
SECTION = Shape(
    "Section",
    _("机构页面上的一栏。"),
    (
        field_of("title", _("标题"), TEXT, lambda pair: pair[0]),
        field_of("entries", _("各行"), many(ENTRY.kind), lambda pair: pair[1].entries),
    ),
)
#: The page of one body.
PROFILE = Shape(
    "BodyPage",
    _("一个机构的页面。"),
    (
        *within(_BODY, lambda page: page["body"]),
        field_of("below", _("下级机构"), many(TEXT), lambda page: [body.code for body in page["below"]]),
        field_of("sections", _("各栏"), many(SECTION.kind), lambda page: page["sections"]),
    ),
)
