"""What the public API answers about bodies."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.bodies import queries, shapes
from mingtang.bodies.models import Body, Kind, Level
from mingtang.trace import endpoints
from mingtang.trace.endpoints import MOST, USUAL, Answer, Endpoint, Unknown
from mingtang.trace.shapes import LINK, Shape, field_of, many, maybe

PATH = "api/v1/bodies"


@dataclass(frozen=True)
class Listed:
    """A page of the directory: its bodies, and the address of the next one."""

    items: Sequence[Body]
    next: str


BODIES = Shape(
    "BodyList",
    gettext_lazy("现有机构的一页。"),
    (
        field_of("items", gettext_lazy("机构"), many(shapes.BODY.kind)),
        field_of("next", gettext_lazy("下一页的地址；没有下一页时为空"), maybe(LINK)),
    ),
)


def register() -> None:
    """Tell the API about bodies."""
    endpoints.register(
        Endpoint(
            "bodies",
            "bodies",
            _("机构名录"),
            _("今天存在的机构，按代号排列。"),
            BODIES,
            bodies,
            (
                endpoints.choice("kind", _("类别"), Kind.values),
                endpoints.choice("level", _("层级"), Level.values),
                endpoints.code("after", _("从此代号之后取，来自上一页的 next"), "[A-Za-z0-9_-]{1,64}", "jyj"),
                endpoints.number("limit", _("一页几个"), 1, MOST, USUAL),
            ),
        ),
        Endpoint(
            "body",
            "bodies/<slug:code>",
            _("一个机构"),
            _("机构的职责、办公时间和政务公开联系方式，含已撤销的。"),
            shapes.BODY,
            body,
            asks={"code": _("机构的代号")},
        ),
    )


def bodies(*, after: str = "", limit: int = USUAL, **filters: str) -> Answer:
    """Today's bodies by their codes."""
    found = list(
        queries.directory(timezone.localdate()).filter(code__gt=after, **filters).order_by("code")[: limit + 1]
    )
    more = len(found) > limit
    asked = "".join(f"&{name}={value}" for name, value in filters.items())
    following = f"{PATH}?limit={limit}{asked}&after={found[limit - 1].code}" if more else ""
    return Answer(Listed(found[:limit], following))


def body(code: str) -> Answer:
    """One body."""
    found = Body.objects.filter(code=code).select_related("parent", "area").first()
    if found is None:
        raise Unknown(_("没有代号为“%s”的机构。") % code)
    return Answer(found)
