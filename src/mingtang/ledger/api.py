"""What the public API answers about ledgers."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.ledger import pages, shapes
from mingtang.trace import endpoints
from mingtang.trace.endpoints import Answer, Endpoint, Unknown
from mingtang.trace.shapes import Shape, field_of, many


@dataclass(frozen=True)
class Listed:
    """All issued ledgers."""

    items: Sequence[shapes.Head]


LEDGERS = Shape(
    "LedgerList",
    gettext_lazy("已下发的工作台账。"),
    (field_of("items", gettext_lazy("台账，新的在前"), many(shapes.HEAD.kind)),),
)


def register() -> None:
    """Tell the API about ledgers."""
    year = {"year": _("年度")}
    endpoints.register(
        Endpoint("ledgers", "ledgers", _("工作台账"), _("各年度的工作台账，新的在前。"), LEDGERS, ledgers),
        Endpoint(
            "ledger",
            "ledgers/<int:year>",
            _("一个年度的台账"),
            _("全部条目的任务、责任单位、时限、完成情况和佐证。"),
            shapes.LEDGER,
            ledger,
            asks=year,
        ),
        Endpoint(
            "ledger-item",
            "ledgers/<int:year>/items/<int:number>",
            _("台账的一个条目"),
            _("与条目页面旁的数据相同。"),
            shapes.ITEM_PAGE,
            item,
            asks={**year, "number": _("条目序号")},
        ),
    )


def ledgers() -> Answer:
    """All issued ledgers."""
    return Answer(Listed([shapes.Head(**row) for row in pages.ledgers_page().context["rows"]]))


def ledger(year: int) -> Answer:
    """One year's ledger."""
    page = pages.ledger_page(year) if year < LAST_YEAR else None
    if page is None:
        raise Unknown(_("没有 %s 年的工作台账。") % year)
    return Answer(page.context["public"])


def item(year: int, number: int) -> Answer:
    """One item of it."""
    page = pages.item_page(year, number) if year < LAST_YEAR else None
    if page is None:
        raise Unknown(_("%(year)s 年的工作台账没有第 %(number)s 项。") % {"year": year, "number": number})
    return Answer(page.context)


#: Years that a database may be asked for.
LAST_YEAR = 10_000
