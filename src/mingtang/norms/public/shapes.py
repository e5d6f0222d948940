"""What the public may have of the library as data: lists with what each document is worth, and one document."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from mingtang.law.validity import Standing
from mingtang.norms.models import NormKind
from mingtang.norms.public.lists import Choice, Line
from mingtang.trace.shapes import DAY, LINK, NUMBER, TEXT, Shape, field_of, many, maybe, one_of

STANDING = one_of([each.value for each in Standing])


def _standing(line: Line) -> str:
    return line.standing.value


LINE = Shape(
    "NormLine",
    _("文件库里的一件文件，及其当天的效力。"),
    (
        field_of("title", _("标题"), TEXT),
        field_of("url", _("页面地址"), LINK, "path"),
        field_of("document_number", _("发文字号"), maybe(TEXT), "number"),
        field_of("body", _("发文机关的代码"), TEXT, "body_code"),
        field_of("topic", _("主题分类的代码"), TEXT),
        field_of("kind", _("类别"), one_of(NormKind.values)),
        field_of("made_on", _("成文日期"), maybe(DAY)),
        field_of("standing", _("效力"), STANDING, _standing),
        field_of("since", _("这一效力自哪天起"), DAY),
    ),
)


def _choices(page: dict[str, Any]) -> list[Choice]:
    return [*(each for _heading, choices in page["facets"] for each in choices), *page["years"]]


NARROWER = Shape(
    "NormList",
    _("更窄的一个目录。"),
    (
        field_of("name", _("名称"), TEXT),
        field_of("url", _("页面地址"), LINK, "path"),
        field_of("norms", _("文件件数"), NUMBER, "number"),
    ),
)
LIST = Shape(
    "NormsPage",
    _("文件库的一个目录：现行有效的在前，最新的若干件。"),
    (
        field_of("day", _("效力按哪一天算"), DAY, lambda page: page["day"]),
        field_of("title", _("名称"), TEXT, lambda page: page["title"]),
        field_of("in_force", _("这一目录主要列出的件数"), NUMBER, lambda page: page["holding"]),
        field_of("others", _("尚未施行和不再有效的件数"), NUMBER, lambda page: page["ended"]),
        field_of("norms", _("文件"), many(LINE.kind), lambda page: [*page["rows"], *page["past"]]),
        field_of("narrower", _("更窄的目录"), many(NARROWER.kind), _choices),
    ),
)
MOMENT = Shape(
    "NormMoment",
    _("文件沿革中的一件事。"),
    (
        field_of("on", _("日期"), DAY, lambda each: each["on"]),
        field_of("what", _("事项"), TEXT, lambda each: each["title"]),
        field_of("note", _("说明"), maybe(TEXT), lambda each: each["note"]),
        field_of("by", _("依据的文件"), maybe(TEXT), lambda each: each["by"]),
        field_of("url", _("依据的文件的地址"), maybe(LINK), lambda each: each["path"]),
    ),
)
REFERENCE = Shape(
    "NormReference",
    _("依据或者引用的文件。"),
    (
        field_of("role", _("关系"), TEXT, lambda each: each["role"]),
        field_of("title", _("名称"), TEXT, lambda each: each["title"]),
        field_of("document_number", _("文号"), maybe(TEXT), lambda each: each["number"]),
        field_of("clause", _("条款"), maybe(TEXT), lambda each: each["clause"]),
        field_of("url", _("地址"), maybe(LINK), lambda each: each["path"]),
    ),
)
PLACE = Shape(
    "NormPlace",
    _("文件的一条（章），在页面里有自己的地址。"),
    (
        field_of("anchor", _("页面里的地址，写在 # 之后"), TEXT),
        field_of("label", _("序号"), TEXT),
        field_of("words", _("开头的字"), TEXT),
    ),
)


def _if_public(name: str) -> Any:
    return lambda page: page.get(name, ())


NORM = Shape(
    "Norm",
    _("一件规范性文件：效力、条文、沿革与引用；已撤下的只有地址。"),
    (
        field_of("slug", _("代号"), TEXT, lambda page: page["norm"].slug),
        field_of("record", _("信息页的地址"), LINK, lambda page: f"records/{page['norm'].slug}/"),
        field_of("title", _("标题"), maybe(TEXT), lambda page: page["norm"].title if "text" in page else None),
        field_of("day", _("效力按哪一天算"), DAY, lambda page: page["day"]),
        field_of(
            "standing", _("效力"), maybe(STANDING), lambda page: page["standing"].value if "text" in page else None
        ),
        field_of("since", _("这一效力自哪天起"), maybe(DAY), lambda page: page.get("since")),
        field_of("until", _("有效期的最后一天"), maybe(DAY), lambda page: page.get("until")),
        field_of("citation", _("引用格式"), maybe(TEXT), lambda page: page.get("citation")),
        field_of("places", _("条文目录"), many(PLACE.kind), _if_public("places")),
        field_of("timeline", _("沿革"), many(MOMENT.kind), _if_public("moments")),
        field_of("cites", _("依据与引用"), many(REFERENCE.kind), _if_public("named")),
        field_of("cited_by", _("被引用"), many(REFERENCE.kind), _if_public("naming")),
    ),
)
