"""What the public API answers about records and columns."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Max, Q, QuerySet
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtang.bodies.models import Body
from mingtang.records import classes, pages, places, shapes
from mingtang.records.column_pages import Branch, Tree
from mingtang.records.models import Record, State, Validity
from mingtang.trace import endpoints
from mingtang.trace.actions import name_of
from mingtang.trace.endpoints import MOST, USUAL, Answer, Endpoint, Gone, Parameter, Unknown
from mingtang.trace.models import Event
from mingtang.trace.shapes import LINK, Shape, field_of, many, maybe

#: Events that one request for changes reads at most; where filters leave little, it answers with fewer items.
READ_AT_MOST = 5000
PIECE = 500
PATH = "api/v1/records"
COLUMN_PATH = "[A-Za-z0-9_-]{1,60}(/[A-Za-z0-9_-]{1,60}){0,5}"


@dataclass(frozen=True)
class Listed:
    """A page of the list: its lines, and the address of the next one."""

    items: Sequence[shapes.Line]
    next: str


@dataclass(frozen=True)
class Columns:
    """All columns, those above first."""

    items: Sequence[Branch]


RECORDS = Shape(
    "RecordList",
    gettext_lazy("信息目录的一页。"),
    (
        field_of("items", gettext_lazy("信息"), many(shapes.LINE.kind)),
        field_of("next", gettext_lazy("下一页的地址；没有下一页时为空"), maybe(LINK)),
    ),
)
COLUMNS = Shape(
    "ColumnList", gettext_lazy("全部栏目。"), (field_of("items", gettext_lazy("栏目"), many(shapes.COLUMN.kind)),)
)


def register() -> None:
    """Tell the API about records and columns."""
    codes = [code for code in classes.load().topics if len(code) == 1]
    parameters: tuple[Parameter, ...] = (
        endpoints.code("body", _("发布机构的代号"), "[A-Za-z0-9_-]{1,64}", "jyj"),
        endpoints.code("column", _("栏目的代号，含其下级栏目"), COLUMN_PATH, "zwgk/tzgg"),
        endpoints.choice("topic", _("主题分类的一级代码"), codes),
        endpoints.choice("genre", _("体裁分类"), classes.load().genres),
        endpoints.number("year", _("首次发布的年份"), 1949, 2999),
        endpoints.choice("validity", _("有效性"), Validity.values),
        endpoints.moment(
            "changed_since",
            _("只要此刻之后有变化的信息，按变化先后排列，包括撤下的；同步时以上次最后一条的 changed_at 再取"),
        ),
        endpoints.code("cursor", _("从哪里接着取，来自上一页的 next"), "[A-Za-z0-9_-]{1,200}=*", "WyIyMDI2Il0="),
        endpoints.number("limit", _("一页几条"), 1, MOST, USUAL),
    )
    endpoints.register(
        Endpoint(
            "records",
            "records",
            _("信息目录"),
            _("公开信息，新的在前；或某时刻之后的变化，旧的在前。"),
            RECORDS,
            records,
            parameters,
        ),
        Endpoint(
            "record",
            "records/<slug:slug>",
            _("一条信息"),
            _("一条信息的全部公开内容，与页面旁的数据相同；已撤下的以 410 答复，并说明何时、为什么。"),
            shapes.RECORD,
            record,
            asks={"slug": _("信息的代号")},
            may_be_gone=True,
        ),
        Endpoint("columns", "columns", _("栏目"), _("全部栏目，上级在前。"), COLUMNS, columns),
        Endpoint(
            "column",
            "columns/<path:path>",
            _("一个栏目"),
            _("栏目的名称、说明和条数。"),
            shapes.COLUMN,
            column,
            asks={"path": _("栏目的代号，如 zwgk/tzgg")},
        ),
    )


def record(slug: str) -> Answer:
    """One record, as its page says it."""
    page = pages.record_page(slug)
    if page is None:
        raise Unknown(_("没有代号为“%s”的公开信息。") % slug)
    found: Record = page.context["record"]
    if found.state == State.WITHDRAWN and found.withdrawn_at:
        raise Gone(found.withdrawn_at, found.withdrawal_reason)
    return Answer(page.context, _changes([found])[name_of(found)])


def columns() -> Answer:
    """All columns."""
    branches = sorted(Tree.load().by_key.values(), key=lambda branch: branch.path.split("/"))
    return Answer(Columns(branches))


def column(path: str) -> Answer:
    """One column."""
    return Answer(_branch(Tree.load(), path))


def records(*, changed_since: datetime | None = None, cursor: str = "", limit: int = USUAL, **filters: Any) -> Answer:
    """A page of the list of records."""
    tree = Tree.load(counted=False)
    chosen = _filtered(tree, filters)
    asked = {**filters, "limit": limit}
    if changed_since is None:
        found, more = _newest(chosen.exclude(state=State.WITHDRAWN), cursor, limit)
    else:
        found, more = _changed(chosen, changed_since, cursor, limit)
        asked["changed_since"] = changed_since.isoformat()
    following = f"{PATH}?{urlencode({**asked, 'cursor': more})}" if more else ""
    changes = _changes(found)
    lines = [shapes.Line(each, tree.by_key[each.column_id], changes[name_of(each)]) for each in found]
    last = Event.objects.filter(verb__in=pages.TOLD).order_by("-seq").values_list("moment", flat=True).first()
    return Answer(Listed(lines, following), last)


def _filtered(tree: Tree, filters: dict[str, Any]) -> QuerySet[Record]:
    """Every record that has ever been public and passes; raises `Unknown` for a body or column that is not there."""
    chosen = places.placed().select_related("body").defer("text")
    if body := filters.get("body"):
        if not Body.objects.filter(code=body).exists():
            raise Unknown(_("没有代号为“%s”的机构。") % body)
        chosen = chosen.filter(body__code=body)
    if path := filters.get("column"):
        chosen = chosen.filter(column__in=_branch(tree, path).under)
    if topic := filters.get("topic"):
        chosen = chosen.filter(topic__startswith=topic)
    if year := filters.get("year"):
        chosen = chosen.annotate(year=ExtractYear("published_at")).filter(year=year)
    return chosen.filter(**{name: filters[name] for name in ("genre", "validity") if filters.get(name)})


def _branch(tree: Tree, path: str) -> Branch:
    branch = tree.by_path.get(path)
    if branch is None:
        raise Unknown(_("没有代号为“%s”的栏目。") % path)
    return branch


def _newest(chosen: QuerySet[Record], cursor: str, limit: int) -> tuple[list[Record], str]:
    if cursor:
        moment, key = _opened(cursor, str, int)
        try:
            since = datetime.fromisoformat(moment)
        except ValueError:
            raise _lost() from None
        chosen = chosen.filter(Q(published_at__lt=since) | Q(published_at=since, pk__lt=key))
    found = list(chosen.order_by("-published_at", "-pk")[: limit + 1])
    if len(found) <= limit:
        return found, ""
    last = found[limit - 1]
    return found[:limit], _sealed(last.published_at.isoformat() if last.published_at else "", last.pk)


def _changed(chosen: QuerySet[Record], since: datetime, cursor: str, limit: int) -> tuple[list[Record], str]:
    """Records by the last act that the public saw; a record that changes again comes again, later."""
    told = Event.objects.filter(verb__in=pages.TOLD, moment__gte=since).order_by("seq")
    (after,) = _opened(cursor, int) if cursor else (0,)
    found: list[Record] = []
    for _turn in range(0, READ_AT_MOST, PIECE):
        piece = list(told.filter(seq__gt=after).values_list("seq", "thing")[:PIECE])
        last = dict(
            Event.objects.filter(verb__in=pages.TOLD, thing__in={thing for _seq, thing in piece})
            .order_by()
            .values_list("thing")
            .annotate(last=Max("seq"))
        )
        rows = {name_of(each): each for each in chosen.filter(pk__in={_key(thing) for _seq, thing in piece})}
        for seq, thing in piece:
            if last[thing] == seq and thing in rows:
                if len(found) == limit:
                    return found, _sealed(after)
                found.append(rows[thing])
            after = seq
        if len(piece) < PIECE:
            return found, ""
    return found, _sealed(after)


def _key(thing: str) -> int:
    return int(thing.rpartition(":")[2])


def _changes(found: Sequence[Record]) -> dict[str, Any]:
    """When the public last saw each record change."""
    published = {name_of(each): each.withdrawn_at or each.published_at for each in found}
    told = Event.objects.filter(verb__in=pages.TOLD, thing__in=published).order_by()
    return published | dict(told.values_list("thing").annotate(last=Max("moment")))


def _sealed(*place: Any) -> str:
    return urlsafe_b64encode(json.dumps(place, separators=(",", ":")).encode()).decode()


def _opened(cursor: str, *kinds: type) -> tuple[Any, ...]:
    try:
        place = json.loads(urlsafe_b64decode(cursor))
    except ValueError:
        raise _lost() from None
    if not isinstance(place, list) or [type(each) for each in place] != list(kinds):
        raise _lost()
    if any(type(each) is int and not 0 <= each < 2**63 for each in place):
        raise _lost()
    return tuple(place)


def _lost() -> Unknown:
    return Unknown(_("游标不认识：请原样使用上一页 next 里的地址。"))
